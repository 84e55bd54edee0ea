"""A whole bot on both databases; of suites that only ask at the door, on SQLite alone unless somebody wants both."""

from __future__ import annotations

import pytest

from tests import door_only
from tests.blocks.conftest import accepts
from tests.fakes.fixtures import bot, engine, shared_postgres, shared_sqlite

__all__ = ["accepts", "bot", "engine", "shared_postgres", "shared_sqlite"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and say so, what would ask the same at the door once more."""
    again = [item for item in items if _on_postgres(item) and door_only.at_the_door(item.path.as_posix())]
    if again:
        config.hook.pytest_deselected(items=again)
        items[:] = [item for item in items if item not in set(again)]


def _on_postgres(item: pytest.Item) -> bool:
    chosen = getattr(item, "callspec", None)
    return chosen is not None and chosen.params.get("engine") == "postgres"
