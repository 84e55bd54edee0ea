"""Cells of a CSV file. One that a spreadsheet would take for a formula is quoted, so that people's words never compute anything."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: str) -> str:
    """The cell as it may stand in a file."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value
