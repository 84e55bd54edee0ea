"""Suites that ask what is answered at the door, where the database makes no difference: they run on SQLite in `make check`, and
on Postgres as well with `make test-postgres`. Everything that is stored, raced for or killed runs on both in either."""

from __future__ import annotations

import os

FILES = frozenset(
    f"tests/listeners/{name}.py"
    for name in (
        "test_commands", "test_content", "test_details_form", "test_examples", "test_external", "test_malformed",
        "test_meeting", "test_moves", "test_permissions", "test_review", "test_status_matrix", "test_wording_forms",
    )
)  # fmt: skip
EVERYWHERE = "EVERY_DATABASE"


def at_the_door(path: str) -> bool:
    """Whether the test of this path runs on SQLite alone."""
    return EVERYWHERE not in os.environ and any(path.endswith(file) for file in FILES)
