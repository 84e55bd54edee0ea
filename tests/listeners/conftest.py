"""A whole bot with a chat, screens and a clock in memory, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from tests.fakes.bot import Bot


@pytest.fixture
def bot(engine: Engine) -> Bot:
    """Wired by app.build; the list of people is known."""
    return Bot(engine)
