"""A whole bot on both databases."""

from tests.fakes.fixtures import bot, engine, shared_postgres, shared_sqlite

__all__ = ["bot", "engine", "shared_postgres", "shared_sqlite"]
