"""One payload, one short transaction: receipt, change and outgoing rows are committed together, and then it is answered."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.blocks import refusals
from bot.domain.errors import DomainError
from bot.listeners import answer as answers
from bot.listeners.answer import Answer
from bot.ports.clock import Clock
from bot.ports.errors import Busy, Outdated, Unsure
from bot.ports.screens import Screens
from bot.ports.store import Store, Unit

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=2)
TRIES = 3
BUSY = "The bot is busy right now. Nothing was saved: please try again in a moment."

Act = Callable[[Unit, datetime], Answer]


@dataclass(frozen=True, slots=True)
class Intake:
    """Accepts payloads."""

    store: Store
    clock: Clock
    screens: Screens

    def accept(self, team_id: str, key: str, act: Act) -> Answer:
        """Do it once. An exact replay gets the first answer and has no second effect; a refusal is not kept, so its correction is accepted.

        Raises whatever is neither a refusal nor a busy database: a bug, which the door logs.
        """
        try:
            answer = self._committed(team_id, key, act)
        except DomainError as error:
            return self._accepted_meanwhile(team_id, key) or self._refused(error)
        except (Busy, Outdated):
            return Answer(refusals.sentence(BUSY), errors={"": BUSY})
        for screen in answer.screens:
            self.screens.show(screen)
        return answer

    def _accepted_meanwhile(self, team_id: str, key: str) -> Answer | None:
        """The same payload twice at one moment: the second finds its own work done, which is no reason to refuse it."""
        try:
            with self.store.reading() as unit:
                kept = unit.receipts.find(team_id, key)
        except Busy:
            return None
        return None if kept is None else answers.from_json(kept)

    def concerns(self, ask: Callable[[Unit], bool]) -> bool:
        """Whether a payload concerns us, found out without a transaction of its own; in doubt it does."""
        try:
            with self.store.reading() as unit:
                return ask(unit)
        except Busy:
            return True

    def look(self, read: Act) -> Answer:
        """Answer from what is stored, changing nothing."""
        try:
            with self.store.reading() as unit:
                answer = read(unit, self.clock.now())
        except DomainError as error:
            return self._refused(error)
        except Busy:
            return Answer(refusals.sentence(BUSY), errors={"": BUSY})
        for screen in answer.screens:
            self.screens.show(screen)
        return answer

    def _committed(self, team_id: str, key: str, act: Act) -> Answer:
        for attempt in range(TRIES):
            try:
                with self.store.transaction(PATIENCE) as unit:
                    kept = unit.receipts.find(team_id, key)
                    if kept is not None:
                        return answers.from_json(kept)
                    now = self.clock.now()
                    answer = act(unit, now)
                    if answer.kept:
                        unit.receipts.add(team_id, key, answer.as_json(), now)
                return answer
            except (Outdated, Unsure):
                # Somebody else saved at this very moment, or our own saving was cut off: the receipt tells, or decide anew.
                if attempt == TRIES - 1:
                    raise
        raise Outdated

    @staticmethod
    def _refused(error: DomainError) -> Answer:
        errors = {reason.code: reason.text for reason in error.reasons} or {"": error.message}
        return Answer(refusals.refusal(error), errors=errors)


def bug(what: str) -> Answer:
    """The sentence for an error of ours, with the id that the log has; to be called while the exception is handled."""
    number = uuid.uuid4().hex[:8]
    log.exception("bug %s in %s", number, what)
    said = f"Something went wrong on the bot's side (id {number}). Nothing was saved: please try again, and tell an administrator the id."
    return Answer(refusals.sentence(said), errors={"": said})
