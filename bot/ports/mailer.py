"""The way to people outside Slack: mail (R-13, R-53, R-55). Nothing is retried behind this port."""

from __future__ import annotations

from typing import Protocol

from bot.domain.mail import Delivery, Mail


class Mailer(Protocol):
    """Raises `IntegrationError`: `unknown` where the server had the whole mail and its answer was lost, in all other cases
    nothing was sent; not `retryable` where another try cannot help (no recipient is accepted, the login is refused)."""

    @property
    def configured(self) -> bool:
        """Whether mail can be sent at all; without a server a mail is text to copy."""
        ...

    def send(self, mail: Mail) -> Delivery:
        """Hand it to the server, once. Raises `ValueError` for a mail to nobody."""
        ...

    def check(self) -> None:
        """Go as far as the server lets us without sending anything."""
        ...
