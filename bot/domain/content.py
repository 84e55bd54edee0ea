"""What people write into a post-mortem, section by section: each section is one form, one value and one version, so that
two people who edit different sections never meet, and two who edit the same one are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.outgoing import Json


class Section(StrEnum):
    """The sections of the template that people fill in (section 4 of the process)."""

    OVERVIEW = "overview"
    FACTORS = "factors"
    RESOLUTION = "resolution"
    IMPACT = "impact"
    CAUGHT = "caught"
    RETROSPECT = "retrospect"
    RECORDING = "recording"
    RESPONDERS = "responders"
    SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Entry:
    """One section as it was last saved. `value` holds the section's fields; `version` rises by one with each save."""

    section: Section
    value: Mapping[str, Json] = field(default_factory=dict)
    version: int = 0
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All sections; one that nobody has saved is empty, with version 0."""

    entries: Mapping[Section, Entry] = field(default_factory=dict)

    def entry(self, section: Section) -> Entry:
        """The section, empty when nobody has saved it."""
        return self.entries.get(section) or Entry(section)

    def text(self, section: Section, name: str) -> str:
        """One field as text; empty when it is not there or no text."""
        value = self.entry(section).value.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, section: Section, name: str) -> tuple[str, ...]:
        """One field as a list of texts; empty ones are left out."""
        value = self.entry(section).value.get(name)
        listed = value if isinstance(value, list) else []
        return tuple(each for each in listed if isinstance(each, str) and each.strip())

    def flag(self, section: Section, name: str) -> bool:
        """One field as yes or no; no when it is not there."""
        return self.entry(section).value.get(name) is True
