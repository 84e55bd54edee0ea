"""What every handler has at hand: the memory, the chat, the time, the rules, and where the workspace lives."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.earlier import Earlier
from bot.domain.harvest.person import Person
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.jobs.posting import Posting
from bot.ports.chat import Chat
from bot.ports.clock import Clock
from bot.ports.store import Store
from bot.usecases import overviews, standing, visibility
from bot.usecases.find_similar import FindSimilar


@dataclass(frozen=True, slots=True)
class Scene:
    """`workspace_url` ends with a slash; `bot_user` is our own user id."""

    store: Store
    chat: Chat
    clock: Clock
    policy: Policy
    workspace_url: str
    bot_user: str

    @property
    def posting(self) -> Posting:
        """How messages are posted once and redrawn."""
        return Posting(self.chat, self.store)

    def overview(self, row: Row) -> Overview | None:
        """The row's record as it stands now; None when it is gone."""
        with self.store.reading() as unit:
            record = unit.records.get(row.postmortem_id or "")
            if record is None:
                return None
            return overviews.overview(unit, record, self.policy, self.workspace_url, self.clock.now())

    def concerns(self, overview: Overview, user_id: str) -> bool:
        """Whether somebody may be written to about it: of a restricted one, whoever may see it (R-63)."""
        return not overview.postmortem.restricted or self.sees(overview, user_id)

    def sees(self, overview: Overview, user_id: str) -> bool:
        """Whether somebody may see it, and so be told what is in it."""
        with self.store.reading() as unit:
            return visibility.may_see(unit, overview.postmortem, user_id)

    def chief(self, overview: Overview) -> str:
        """Who is told what the IC should know."""
        with self.store.reading() as unit:
            return standing.chief(unit, overview.postmortem)

    def similar(self, overview: Overview, user_id: str) -> tuple[Earlier, ...]:
        """Earlier ones like it that this person may see."""
        with self.store.reading() as unit:
            return FindSimilar(self.policy, self.workspace_url)(unit, overview.postmortem, user_id)

    def person(self, team_id: str, user_id: str) -> Person | None:
        """A person as cached."""
        with self.store.reading() as unit:
            return unit.people.get(team_id, user_id)
