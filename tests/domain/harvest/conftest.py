"""A channel in a few lines: who said what, a minute apart unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.harvest import analyse
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

START = 1_767_621_600  # 2026-01-05 14:00:00 UTC

PEOPLE = {
    person.user_id: person
    for person in (
        Person("UANA", "ana", "Ana Alvarez", tz="Europe/Madrid"),
        Person("UBO", "bo", "Bo Berg", tz="Europe/Stockholm"),
        Person("UCY", "cy", "Cy Young", tz="America/New_York"),
        Person("UDEE", "dee", "Dee Day"),
        Person("UBOT", "robot", is_bot=True),
    )
}


def ts(minute: float) -> str:
    micros = round(minute * 60_000_000)
    return f"{START + micros // 1_000_000}.{micros % 1_000_000 + 100:06d}"


def at(minute: float) -> datetime:
    return datetime.fromtimestamp(START + minute * 60, tz=UTC)


def said(text: str, who: str | None = "UANA", minute: float = 0, **more: object) -> Message:
    return Message("C1", ts(minute), user_id=who, text=text, **more)  # type: ignore[arg-type]


@pytest.fixture
def people() -> dict[str, Person]:
    return PEOPLE


@pytest.fixture
def say() -> Callable[..., Message]:
    return said


@pytest.fixture
def stamp() -> Callable[[float], str]:
    return ts


@pytest.fixture
def clock() -> Callable[[float], datetime]:
    return at


@pytest.fixture
def harvest() -> Callable[..., Findings]:
    """`harvest("text", ("text", "UBO"), Message(...), window=...)`: findings of these messages, a minute apart."""

    def run(*lines: str | tuple[str, str] | Message, **options: object) -> Findings:
        messages = []
        for minute, line in enumerate(lines):
            if isinstance(line, Message):
                messages.append(line)
            else:
                text, who = (line, "UANA") if isinstance(line, str) else line
                messages.append(said(text, who, minute))
        return analyse.analyse(messages, PEOPLE, analyse.Options(**options))  # type: ignore[arg-type]

    return run
