"""Everything that a listener may reach for: the acts, and what drawing an answer needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import overviews
from bot.usecases.answer_ownership import AcceptOwnership, DeclineOwnership
from bot.usecases.complete_details import CompleteDetails
from bot.usecases.decide_proposal import ConfirmProposal
from bot.usecases.designate import Designate
from bot.usecases.look_after_owner import PersonChanged
from bot.usecases.move_status import MoveStatus
from bot.usecases.open_record import OpenRecord
from bot.usecases.request_harvest import RequestHarvest
from bot.usecases.show_home import ShowHome


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases, ready to be called inside a transaction."""

    policy: Policy
    workspace_url: str
    open_record: OpenRecord
    designate: Designate
    accept: AcceptOwnership
    decline: DeclineOwnership
    confirm: ConfirmProposal
    complete: CompleteDetails
    request_harvest: RequestHarvest
    person_changed: PersonChanged
    move: MoveStatus
    show_home: ShowHome

    def overview(self, unit: Unit, record: Postmortem, now: datetime) -> Overview:
        """Everything there is to show of a record."""
        return overviews.overview(unit, record, self.policy, self.workspace_url, now)
