"""What stands in for a mail server where none is configured: nothing is sent, and people copy the text or follow its mailto link."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from bot.domain.mail import Delivery, Mail
from bot.ports.errors import IntegrationError

NONE = "No mail server is set up: copy the text, or open it in your own mail program. An administrator sets SMTP_HOST for mail."


class ConsoleMailer:
    """bot.ports.mailer.Mailer without one."""

    @property
    def configured(self) -> bool:
        """There is none."""
        return False

    def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Delivery:
        """Refused."""
        if not mail.to:
            raise ValueError("a mail to nobody")
        _none()

    def check(self) -> None:
        """Refused."""
        _none()


def _none() -> NoReturn:
    raise IntegrationError(NONE, name="no_mail", retryable=False)
