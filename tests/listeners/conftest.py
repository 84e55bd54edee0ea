"""A whole bot on both databases."""

from __future__ import annotations

from tests.blocks.conftest import accepts
from tests.fakes.fixtures import bot, engine, shared_postgres, shared_sqlite

__all__ = ["accepts", "bot", "engine", "shared_postgres", "shared_sqlite"]
