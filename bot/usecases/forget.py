"""Forgetting a person: their id and names are taken out of everything stored, and the history keeps that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.harvest.person import Person
from bot.domain.postmortem import Audit
from bot.ports.erasure import Forgotten
from bot.ports.store import Unit
from bot.usecases import canvas_rows, rows

TOKEN = "a former colleague"  # noqa: S105 - a phrase
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Forget:
    """For administrators; the door asks who they are."""

    def check(self, unit: Unit, team_id: str, user_id: str) -> None:
        """Raises `Refused` for somebody whom an open post-mortem still needs."""
        # One that was merged is worked on in its primary: nobody is named there any more.
        open_ones = [record for record in unit.census.open(team_id) if record.merged is None]
        needed = [record.name for record in open_ones if user_id in (record.owner, record.roles.ic)]
        if needed:
            listed = ", ".join(needed[:5])
            raise Refused(
                f"<@{user_id}> is the owner or the IC of {listed}, still open. Name somebody else there first, then forget them."
            )

    def __call__(self, unit: Unit, team_id: str, user_id: str, by: str, now: datetime) -> Forgotten:
        """What was changed. Documents and cards of the post-mortems concerned are drawn anew."""
        self.check(unit, team_id, user_id)
        person = unit.people.get(team_id, user_id)
        # Mails hold the address, which nobody types as a name.
        address = (person.email,) if person and "@" in person.email else ()
        found = unit.erasure.person(team_id, user_id, (*names_of(person), *address), TOKEN)
        for record_id in found.records:
            record = unit.records.get(record_id, lock=True)
            if record is None:
                continue
            saved = record.changed()
            unit.records.save(saved)
            actor = TOKEN if by == user_id else by
            unit.ledger.note(Audit(record.id, now, actor, "taken out", None, TOKEN, "command"))
            unit.outbox.put(rows.card(saved, now), rows.document(saved, now))
            canvas_rows.take_away(unit, saved, now)
        return found


def names_of(person: Person | None) -> tuple[str, ...]:
    """Under which names people write of them. A handle of letters alone is often a word of the language: it counts with
    its @ only."""
    if person is None:
        return ()
    names = [person.name.strip(), person.real_name.strip()]
    if person.handle.strip():
        handle = person.handle.strip()
        names.append(f"@{handle}" if handle.isalpha() else handle)
    return tuple(dict.fromkeys(name for name in names if len(name) >= _SHORTEST))
