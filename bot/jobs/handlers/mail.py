"""A mail is handed over once (R-13, R-53, R-55): a refusal is tried again by the outbox, an answer that was lost is put to a person,
and so is a mail in the middle of whose last step the process ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.errors import DomainError
from bot.domain.kept_mail import KeptMail, MailState, Purpose
from bot.domain.mail import Mail
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.jobs.outcome import Done, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.mailer import Mailer
from bot.usecases import send_mail

# Draws a mail from the record as it stands now. Raises `DomainError` where it is not wanted any more.
Draw = Callable[[Scene, Overview, KeptMail], Mail]
WAITING = "the mail server may still answer"


@dataclass(frozen=True, slots=True)
class DeliverMail:
    """One mail a row. `drawn` has a function for each purpose."""

    scene: Scene
    mailer: Mailer
    drawn: Mapping[Purpose, Draw]

    def __call__(self, row: Row) -> Outcome:
        with self.scene.store.reading() as unit:
            kept = unit.mails.get(str(row.payload["mail"]))
        overview = self.scene.overview(row)
        if kept is None or overview is None:
            return Obsolete("the mail is gone")
        if kept.state is MailState.HANDING_OVER:
            return self._in_between(kept)
        if kept.state in (MailState.SENT, MailState.UNKNOWN, MailState.DROPPED):
            return Done({"mail": kept.state})
        return self._wanted(kept, overview)

    def _in_between(self, kept: KeptMail) -> Outcome:
        """Whoever had it in hand may still hear an answer; after that only a person can tell."""
        wait = kept.answer_due_in(self.scene.clock.now())
        return NotYet(wait, WAITING) if wait is not None else self._lost(kept)

    def _wanted(self, kept: KeptMail, overview: Overview) -> Outcome:
        try:
            mail = self.drawn[kept.purpose](self.scene, overview, kept)
        except DomainError as error:
            with self.scene.store.transaction(PATIENCE) as unit:
                send_mail.dropped(unit, kept, error.message, self.scene.clock.now())
            return Obsolete(error.message)
        return self._sent(_Handing(self.scene, kept), mail)

    def _sent(self, handing: _Handing, mail: Mail) -> Outcome:
        try:
            delivery = self.mailer.send(mail, handing)
        except IntegrationError as error:
            if error.unknown:
                return self._lost(handing.mail)
            with self.scene.store.transaction(PATIENCE) as unit:
                send_mail.not_taken(unit, handing.mail, str(error))
            raise
        with self.scene.store.transaction(PATIENCE) as unit:
            kept = send_mail.taken(unit, handing.mail, delivery, self.scene.clock.now())
        return Done({"mail": kept.state, "message_id": kept.message_id})

    def _lost(self, kept: KeptMail) -> Outcome:
        with self.scene.store.transaction(PATIENCE) as unit:
            send_mail.lost(unit, kept, self.scene.clock.now())
        return Done({"mail": MailState.UNKNOWN})


@dataclass(slots=True)
class _Handing:
    """Writes down that the last step is taken. `mail` is what is known of it by then."""

    scene: Scene
    mail: KeptMail

    def __call__(self) -> None:
        with self.scene.store.transaction(PATIENCE) as unit:
            self.mail = send_mail.handing_over(unit, self.mail, self.scene.clock.now())
