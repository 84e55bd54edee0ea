"""The shape of what a form does when it comes back. To add a form: name it in bot/blocks/ids.py, write its act in a file
here, and put the file's table into the one in bot/listeners/views/submissions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.errors import BadInput, DomainError, Reason
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

Submit = Callable[[Desk, Unit, Call, datetime], Answer]


class at:
    """Refusals of this block belong to a field of the form; those that name their own field keep it."""

    def __init__(self, field: str, *, always: bool = False) -> None:
        self.field, self.always = field, always

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DomainError) and (self.always or not error.reasons):
            raise BadInput(error.message, reasons=(Reason(self.field, error.message),)) from error
