"""What people do with the findings about wording: take the better words, leave the text as it is, or ignore the finding and
say why. Each is kept; none of them is ever asked for twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import errors, external_message, wording_places, writing
from bot.domain.actors import Actor
from bot.domain.content import Entry
from bot.domain.content import Section as Kept
from bot.domain.life import Life
from bot.domain.looked_at import LookedAt, Verdict
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.wording import checks
from bot.domain.wording.checks import Located
from bot.domain.wording_places import Place, Store
from bot.ports.store import Unit
from bot.usecases import actors, facts, rows, standing, wording

CHANGED = "The text was changed in the meantime: look at the list once more. Nothing was changed."

# What names a finding: its section, and its key within it.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """The findings that nobody has looked at, warnings first; `looked` are the others, and `life` what they stand in."""

    left: tuple[Located, ...]
    looked: int
    life: Life


@dataclass(frozen=True, slots=True)
class LookAtWording:
    """Shows the findings to somebody who writes, and keeps what they say."""

    policy: Policy

    def record(self, unit: Unit, team_id: str, record_id: str, by: str) -> tuple[Postmortem, Actor]:
        """The record, held, for somebody who writes. Raises Refused for others, and for a text that was agreed on."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        actor = actors.actor(unit, record, by, self.policy)
        writing.check_text(record, actor)
        return record, actor

    def listing(self, unit: Unit, record: Postmortem) -> Listing:
        """What is found now."""
        harvest = unit.proposals.load(record.id)
        life = facts.life(unit, record, harvest)
        responders = wording.names(unit, record, harvest)
        found = wording.findings(life, full_outage=record.full_outage, responders=responders)
        left = wording.unseen(found, life.looked_at)
        return Listing(left, len(found) - len(left), life)

    def look(
        self, unit: Unit, team_id: str, record_id: str, keys: Collection[Key], by: str, now: datetime, reason: str | None = None
    ) -> Postmortem:  # fmt: skip
        """Leave these as they are; with a reason, ignore them. Raises BadInput for a reason without words, Refused."""
        record, _ = self.record(unit, team_id, record_id, by)
        if reason is not None and not reason.strip():
            raise errors.bad_input("reason_missing", "Say in a few words why this is right as it stands.")
        why = (reason or "").strip()
        verdict = Verdict.SEEN if reason is None else Verdict.IGNORED
        for each in self.listing(unit, record).left:
            if (each.section.value, each.finding.key) in keys:
                seen = LookedAt(record.id, each.section.value, each.finding.key, verdict, by, now, why)
                unit.reviews.look((seen,))
                via = f"{verdict.value}: {why}" if why else verdict.value
                unit.ledger.note(Audit(record.id, now, by, f"wording.{each.section}", each.finding.words, None, via))
        unit.outbox.put(rows.card(record, now, soon=True))
        return record

    def take(
        self, unit: Unit, team_id: str, record_id: str, key: Key, seen: str, number: int, by: str, now: datetime
    ) -> Postmortem:  # fmt: skip
        """Put the nth offered words into the text; `seen` is the digest of the text that was shown. Raises Stale when it is
        another one by now, Refused for who may not change it."""
        record, actor = self.record(unit, team_id, record_id, by)
        listing = self.listing(unit, record)
        located = next((each for each in listing.left if (each.section.value, each.finding.key) == key), None)
        if located is None or wording_places.digest(located.text) != seen:
            raise errors.Stale(CHANGED)
        if number >= len(located.finding.replacements):
            raise errors.Stale(CHANGED)
        text = checks.apply(located.text, located.finding, located.finding.replacements[number])
        place = wording_places.places(listing.life)[located.section][located.item]
        self._put(unit, record, actor, listing.life, place, text, now)
        old, new = located.text, text
        unit.ledger.note(Audit(record.id, now, by, f"wording.{located.section}", old, new, located.finding.rule.value))
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))
        return record

    def _put(
        self, unit: Unit, record: Postmortem, actor: Actor, life: Life, place: Place, text: str, now: datetime
    ) -> None:
        """Where it stands, as a new version: a form that is open meanwhile is told."""
        by = actor.user_id
        match place.store:
            case Store.CONTENT:
                entry = life.content.entry(Kept(place.owner))
                value = wording_places.put(entry.value, place.path, text)
                unit.contents.save(record.id, Entry(entry.section, value, entry.version + 1, by, now))
            case Store.ITEM:
                item = next(each for each in life.items if each.id == place.owner)
                unit.items.put_item(replace(item, text=text, by=by, saved_at=now, version=item.version + 1))
            case Store.ACTION:
                action = next(each for each in life.actions if each.id == place.owner)
                unit.items.put_action(replace(action, text=text, by=by, version=action.version + 1))
            case Store.EXTERNAL:
                external_message.check_right(actor)
                said = wording_places.put_external(life.external, place.owner, text)
                unit.meetings.put_external(record.id, replace(life.external, text=said, by=by, at=now))


def key_of(located: Located) -> Key:
    """What names a finding for good."""
    return located.section.value, located.finding.key
