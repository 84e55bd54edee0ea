"""An operator has mended what was in the way: a row that was given up is tried once more, as if it had just failed. What an
earlier attempt did is looked for first, so nothing is sent twice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import harvest_pace
from bot.domain.errors import refused
from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Kind, Outgoing, Row, RowState
from bot.ports.clock import Clock
from bot.ports.store import Unit
from bot.usecases import rows

_STATES = {RowState.OPEN: "is still to be done", RowState.DONE: "is done", RowState.CANCELLED: "is not needed any more"}


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Re-open a dead row."""

    clock: Clock

    def __call__(self, unit: Unit, row_id: int) -> Row:
        """The row as it was. Raises `Refused` for one that does not exist or was not given up."""
        row = unit.outbox.row(row_id)
        if row is None:
            raise refused(
                "unknown", f"There is no row {row_id}: `app.py outbox --dead` lists those that were given up."
            )
        if row.state is not RowState.DEAD:
            raise refused(
                "not_dead", f"Row {row_id} {_STATES[row.state]}: only one that was given up can be tried again."
            )
        # The record first, as everybody else does: two that lock in another order wait for each other.
        record = unit.records.get(row.postmortem_id, lock=True) if row.postmortem_id else None
        now = self.clock.now()
        unit.outbox.put(Outgoing(row.kind, row.key, row.team_id, now, row.postmortem_id, row.payload, again=True))
        if record and row.kind is Kind.HARVEST:
            self._read_on(unit, record.id, rows.channel(row))
        if record and row.kind is not Kind.CARD:
            unit.outbox.put(rows.card(record, now))
        return row

    @staticmethod
    def _read_on(unit: Unit, record_id: str, channel_id: str | None) -> None:
        """A reading that stopped reads its window again: what is stored already changes nothing."""
        state = unit.harvests.state(record_id, channel_id, lock=True)
        if state and state.phase is Phase.STOPPED:
            going_on = replace(state, phase=Phase.HISTORY, cursor=None, pages=0, trouble=None, waiting_until=None)
            unit.harvests.put_state(harvest_pace.anew(going_on))
