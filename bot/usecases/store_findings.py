"""The end of a harvest: the findings are stored as proposals, and whoever they concern learns of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.harvest.finding import Findings
from bot.domain.harvest_state import HarvestState, Phase
from bot.domain.noticed import QUIET
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import designate, rows, settle_proposals
from bot.usecases.hear_message import LIVE_PAUSE
from bot.usecases.request_harvest import RequestHarvest


@dataclass(frozen=True, slots=True)
class StoreFindings:
    """Save an analysis together with the end of the reading, so that a part is never shown as the whole."""

    policy: Policy

    def __call__(
        self,
        unit: Unit,
        record: Postmortem,
        state: HarvestState,
        findings: Findings,
        now: datetime,
        *,
        live: bool = False,
    ) -> None:
        """`state` is the reading that was analysed; it ends here. After a `live` one nothing is posted: the card shows what
        was found, and the document follows with what people do."""
        unit.proposals.replace(record.id, findings)
        settle_proposals.found_again(unit, record)
        done = replace(state, phase=Phase.DONE, finished_at=now, waiting_until=None, trouble=None, again_at=None)
        unit.harvests.put_state(done)
        if state.again_at:
            everything = state.live_from is None
            RequestHarvest(self.policy).one(unit, record, record.channel_id, now, everything=everything)
        elif state.heard_at:
            unit.outbox.put(rows.harvest(record, now + LIVE_PAUSE))
        record = self._end_of_call(unit, record, findings, now)
        designate.tell_named_ic(unit, record, record.roles.ic or record.created_by, now)
        unit.outbox.put(rows.card(record, now), *([] if live else [rows.document(record, now, soon=False)]))

    @staticmethod
    def _end_of_call(unit: Unit, record: Postmortem, findings: Findings, now: datetime) -> Postmortem:
        """The end-of-call message stands in for the end of the incident until somebody enters it."""
        at = findings.end_of_call.at if findings.end_of_call else None
        if at is None or at == record.end_of_call_at:
            return record
        if record.end_of_call_at is not None and at - record.end_of_call_at > QUIET:
            # Half a day later another call is over, in a room that has many.
            return record
        saved = record.changed(end_of_call_at=at)
        unit.records.save(saved)
        old = record.end_of_call_at.isoformat() if record.end_of_call_at else None
        unit.ledger.note(Audit(record.id, now, "bot", "end of the call", old, at.isoformat(), "harvest"))
        return saved
