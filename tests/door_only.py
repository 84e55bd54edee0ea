"""Suites that ask what is answered at the door, where the database makes no difference: they run on SQLite in `make check`, and
on Postgres as well with `make test-postgres`. So do the further cases of sweeps over what somebody outside answers or types: the
first case of each runs on both. Everything that is stored, raced for or killed runs on both in either."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

FILES = frozenset(
    f"tests/listeners/{name}.py"
    for name in (
        "test_commands", "test_content", "test_details_form", "test_examples", "test_external", "test_malformed",
        "test_meeting", "test_moves", "test_permissions", "test_review", "test_status_matrix", "test_wording_forms",
    )
)  # fmt: skip
SWEEPS = frozenset(
    f"tests/{name}.py"
    for name in (
        "jobs/test_mail", "jobs/test_posting", "jobs/test_text_safety", "listeners/test_assign", "listeners/test_door",
        "listeners/test_mail_form", "listeners/test_ticket_links", "listeners/test_tracker_hook",
    )
)  # fmt: skip
EVERYWHERE = "EVERY_DATABASE"


def at_the_door(path: str) -> bool:
    """Whether tests of this path run on SQLite alone, or some of their cases do."""
    return EVERYWHERE not in os.environ and any(path.endswith(file) for file in FILES | SWEEPS)


def again(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Those that would ask the same on Postgres once more."""
    seen, found = set[str](), []
    for item in items:
        path = item.path.as_posix()
        if not _on_postgres(item) or not at_the_door(path):
            continue
        swept, name = any(path.endswith(file) for file in SWEEPS), item.nodeid.partition("[")[0]
        if not swept or name in seen:
            found.append(item)
        seen.add(name)
    return found


def _on_postgres(item: pytest.Item) -> bool:
    chosen = getattr(item, "callspec", None)
    return chosen is not None and chosen.params.get("engine") == "postgres"
