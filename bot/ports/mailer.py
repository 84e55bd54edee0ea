"""The way to people outside Slack: mail (R-13, R-53, R-55). Nothing is retried behind this port."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.domain.mail import Delivery, Mail


class Mailer(Protocol):
    """Raises `IntegrationError`: `unknown` where the server had the whole mail and its answer was lost, in all other cases
    nothing was sent; not `retryable` where another try cannot help (no recipient is accepted, the login is refused)."""

    @property
    def configured(self) -> bool:
        """Whether mail can be sent at all; without a server a mail is text to copy."""
        ...

    def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Delivery:
        """Hand it to the server, once. `hand_over` is called when only the very last step is left, after which the server may have
        it: what it raises is raised, and nothing is sent. Raises `ValueError` for a mail to nobody."""
        ...

    def check(self) -> None:
        """Go as far as the server lets us without sending anything."""
        ...
