"""Anticipated refusals: what the rules say to a person when the answer is no. Every text says what was wrong and what
to do next, and the single reasons travel as data so that a card can list them and a test can name them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way: a stable code for programs, a plain sentence for people."""

    code: str
    text: str


class DomainError(Exception):
    """An anticipated refusal. `message` is a plain sentence; `reasons` are its parts, in the order to show them.

    `about` is the id of the record it is about, when something can be done about it there.
    """

    def __init__(self, message: str, *, reasons: tuple[Reason, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.reasons = reasons
        self.about: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons, in order."""
        return tuple(reason.code for reason in self.reasons)


class Refused(DomainError):
    """The rules of the process do not allow this now, or not for this person."""


class Stale(Refused):
    """Somebody else was faster: the state that the person saw is no longer the state of the record."""


class BadInput(DomainError):
    """What was typed cannot be used as it is."""


def bad_input(code: str, text: str) -> BadInput:
    """A BadInput with exactly one reason."""
    return BadInput(text, reasons=(Reason(code, text),))


def refused(code: str, text: str) -> Refused:
    """A Refused with exactly one reason."""
    return Refused(text, reasons=(Reason(code, text),))
