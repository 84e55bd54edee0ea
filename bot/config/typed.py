"""What settings are typed as: lists, times and ids of Slack, and the sentence for one that cannot be used."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUP = "Write the group's id, which begins with S; Slack shows it in the address of the group's page."
PEOPLE = "Write people's ids, which begin with U or W, with commas between; a profile's menu copies them."
CHANNEL = "Write the channel's id, which begins with C or G; it stands at the end of the channel's details."

Group = Annotated[str, Field(pattern=r"^S[A-Z0-9]+$")]
People = Annotated[list[Annotated[str, Field(pattern=r"^[UW][A-Z0-9]+$")]], NoDecode]
Channel = Annotated[str, Field(pattern=r"^[CG][A-Z0-9]+$")]
Port = Annotated[int, Field(ge=0, le=65535)]
Emoji = Annotated[str, Field(pattern=r"^[^\s:,]{1,100}$"), BeforeValidator(lambda value: str(value).strip(":"))]


class Part(BaseSettings):
    """Some of the settings, by the names that they have in the environment."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, case_sensitive=False)


def words(value: object) -> list[str]:
    """A list typed with commas or spaces between."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return list(value) if isinstance(value, (list, tuple, set, frozenset)) else []


def phrases(value: object) -> list[str]:
    """A list typed with commas between, whose entries may have spaces in them."""
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return list(value) if isinstance(value, (list, tuple)) else []


def names(value: object) -> list[str]:
    """A list of reactions typed with or without colons; `none` is an empty one."""
    found = [each.strip(":") for each in words(value)]
    return [] if found == ["none"] else found


def clock(value: str) -> time:
    """A local time such as 9:00, or 9; of no zone. Raises ValueError."""
    written = re.fullmatch(r"(\d{1,2})(?::(\d{2})(?::00)?)?", value.strip(), re.ASCII)
    if written is None:
        raise ValueError("Write a local time such as 15:00.")
    return time(int(written[1]), int(written[2] or 0))


def span(value: str) -> tuple[time, time]:
    """Two local times with a dash between. Raises ValueError with a sentence."""
    try:
        opens, closes = (clock(part) for part in value.split("-"))
    except ValueError:
        raise ValueError("Write two times with a dash between, such as 09:00-17:00.") from None
    return opens, closes
