"""The address of the page that people share, when it is not our document (R-29): a wiki, as a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import details, errors, leading
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, meeting_rows, rows, standing


@dataclass(frozen=True, slots=True)
class SetPage:
    """Set the address, or take it away with None."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, record_id: str, url: str | None, by: str, now: datetime) -> Postmortem:
        """Raises `BadInput` for what is no http or https address, `Refused` for anybody but owner, IC and deputy."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        leading.only_leads(actors.actor(unit, record, by, self.policy), record, "set the address of the page")
        if url is not None and not details.is_web_address(url):
            text = (
                "This is no web address: type `/postmortem page https://...`, or `/postmortem page none` to remove it."
            )
            raise errors.bad_input("bad_link", text)
        if url == record.page_url:
            return record
        saved = record.changed(page_url=url)
        unit.records.save(saved)
        unit.ledger.note(Audit(record.id, now, by, "page", record.page_url, url, "command"))
        made = [each for each in unit.tickets.of_record(record.id) if each.key]
        lead = [rows.ticket_page(saved, each.action_id, now) for each in made]
        unit.outbox.put(rows.card(saved, now), rows.document(saved, now), *lead)
        meeting_rows.review_waits(unit, saved, self.policy, now)
        meeting_rows.follow(unit, saved, now)
        return saved
