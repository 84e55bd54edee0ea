"""What a check of `app.py doctor` finds: one plain sentence, and whether all is well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is what was looked at, in a word or two; `said` says how it is, or what is wrong and how to mend it."""

    check: str
    said: str
    well: bool

    def line(self) -> str:
        """As it is printed."""
        return f"{'ok   ' if self.well else 'WRONG'} {self.check}: {self.said}"


def fine(check: str, said: str) -> Finding:
    """All is well."""
    return Finding(check, said, well=True)


def wrong(check: str, said: str) -> Finding:
    """Something is to be mended; `said` ends with how."""
    return Finding(check, said, well=False)
