"""A mail server with a memory, whose calls fail as the test says: before the last step, or after it, when it has the mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.mail import Delivery, Mail
from bot.ports.errors import IntegrationError


@dataclass
class FakeMailer:
    """`box` is what was taken, `tries` how often it was asked. `before` and `after` hold the errors of the next calls, by number from 1.
    `refuses` are addresses with the reason why."""

    box: list[Mail] = field(default_factory=list)
    tries: int = 0
    before: dict[int, BaseException] = field(default_factory=dict)
    after: dict[int, BaseException] = field(default_factory=dict)
    refuses: dict[str, str] = field(default_factory=dict)

    @property
    def configured(self) -> bool:
        return True

    def fail_next(self, error: BaseException, *, after: bool = False) -> None:
        (self.after if after else self.before)[self.tries + 1] = error

    def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Delivery:
        if not mail.to:
            raise ValueError("a mail to nobody")
        self.tries += 1
        number = self.tries
        if error := self.before.pop(number, None):
            raise error
        refused = tuple((each.address, self.refuses[each.address]) for each in mail.to if each.address in self.refuses)
        if len(refused) == len(mail.to):
            raise IntegrationError(
                f"The mail server takes no address: {refused[0][1]}", name="smtp_550", retryable=False
            )
        hand_over()
        self.box.append(mail)
        if error := self.after.pop(number, None):
            raise error
        return Delivery(f"<{mail.identity}@mail.example>", refused)

    def check(self) -> None:
        """All is well."""


def lost() -> IntegrationError:
    """The server has it, and its answer never came."""
    return IntegrationError("The mail server's answer was lost.", name="TimeoutError", retryable=True, unknown=True)


def busy() -> IntegrationError:
    """Not now."""
    return IntegrationError("The mail server asks us to come again: 451.", name="smtp_451", retryable=True)


def refused() -> IntegrationError:
    """Never."""
    return IntegrationError("The mail server refused it: 554.", name="smtp_554", retryable=False)
