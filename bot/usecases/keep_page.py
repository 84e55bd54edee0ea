"""The page in the wiki as the one that people share (R-29), where nobody entered another; and what people may do when it could not be
kept: have it tried again, or have a new one made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import leading
from bot.domain.errors import Refused
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.wiki import SHUT, KeptPage
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, results_rows, rows, standing

NO_WIKI = "No wiki is set up any more: there is no page to be brought up to date."
STANDS = "The page of {} is not lost: nothing was changed."


def written(unit: Unit, record: Postmortem, kept: KeptPage, policy: Policy, now: datetime) -> None:
    """It says what it is to say; its address becomes the page that people share, once, where none was entered."""
    if not kept.told and record.page_url is None:
        saved = _share(unit, record, kept.url, now)
        meeting_rows.review_waits(unit, saved, policy, now)
        kept = replace(kept, told=True)
    unit.wiki_pages.put(kept)
    # Where it says that something was in the way.
    unit.outbox.put(rows.card(record, now, soon=True))


def shut(unit: Unit, record: Postmortem, kept: KeptPage, now: datetime) -> None:
    """Nothing of it stands in the wiki: its address is shared no more."""
    if kept.url and record.page_url == kept.url:
        _share(unit, record, None, now)
        kept = replace(kept, told=False)
    unit.wiki_pages.put(replace(kept, digest=SHUT, labels=()))
    unit.outbox.put(rows.card(record, now, soon=True))


def _share(unit: Unit, record: Postmortem, url: str | None, now: datetime) -> Postmortem:
    """As if a person had entered it, with all that follows."""
    saved = record.changed(page_url=url)
    unit.records.save(saved)
    unit.ledger.note(Audit(record.id, now, "bot", "page", record.page_url, url, "wiki"))
    made = [each for each in unit.tickets.of_record(record.id) if each.key]
    unit.outbox.put(rows.card(saved, now), *(rows.ticket_page(saved, each.action_id, now) for each in made))
    results_rows.follow(unit, saved, now)
    meeting_rows.follow(unit, saved, now)
    return saved


@dataclass(frozen=True, slots=True)
class PublishAgain:
    """By a button on the card."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, record_id: str, now: datetime) -> Postmortem:
        """Try it once more. Raises `Refused` where there is no wiki."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        self._check()
        unit.outbox.put(rows.wiki_page(record, now), rows.card(record, now, soon=True))
        return record

    def anew(self, unit: Unit, team_id: str, record_id: str, by: str, now: datetime) -> Postmortem:
        """Give up the page that people put away, for a new one. Raises `Refused` for anybody but owner, IC and deputy, and while it is not
        known to be lost."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        self._check()
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "have a new page made")
        kept = unit.wiki_pages.get(record.id, lock=True)
        if kept is None or not kept.state.lost:
            raise Refused(STANDS.format(record.name))
        unit.wiki_pages.put(kept.anew())
        unit.ledger.note(Audit(record.id, now, by, "wiki page", kept.url, "a new one", "button"))
        if record.page_url == kept.url:
            record = _share(unit, record, None, now)
        unit.outbox.put(rows.wiki_page(record, now), rows.card(record, now, soon=True))
        return record

    def _check(self) -> None:
        if self.policy.wiki is None:
            raise Refused(NO_WIKI)
