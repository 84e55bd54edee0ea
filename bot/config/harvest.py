"""What is read in channels, and which reactions mean what."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import NoDecode

from bot import vocabulary_file
from bot.config import typed
from bot.config.typed import Emoji, Part, words
from bot.domain.capture import Reactions

HINTS = {
    "INCIDENT_CHANNELS": "Write patterns of channel names such as inc-*,incident-*, or none.",
    **dict.fromkeys(
        ("REACTIONS_TIMELINE", "REACTIONS_TODO", "REACTIONS_EVIDENCE", "REACTIONS_QUERY", "REACTION_ANSWER"),
        "Write the names of reactions without colons, such as stopwatch,memo, or none.",
    ),
}


class HarvestPart(Part):
    """Reading channels, and reactions."""

    harvest_vocabulary: str = ""
    harvest_lookback_days: Annotated[int, Field(ge=0, le=3650)] = 0
    incident_channels: Annotated[list[Annotated[str, Field(pattern=r"^[\w*?\[\]!-]{1,80}$")]], NoDecode] = [
        "inc-*", "incident-*", "sev-*", "sev[0-9]*",
    ]  # fmt: skip
    reactions_timeline: Annotated[list[Emoji], NoDecode] = list(Reactions().timeline)
    reactions_todo: Annotated[list[Emoji], NoDecode] = list(Reactions().todo)
    reactions_evidence: Annotated[list[Emoji], NoDecode] = list(Reactions().evidence)
    reactions_query: Annotated[list[Emoji], NoDecode] = list(Reactions().query)
    reaction_answer: Emoji = Reactions().answer

    _names = field_validator(
        "reactions_timeline", "reactions_todo", "reactions_evidence", "reactions_query", mode="before"
    )(typed.names)

    @field_validator("incident_channels", mode="before")
    @classmethod
    def _channel_names(cls, value: object) -> object:
        """As people write channels, with a # before them or not; `none` is for no name at all."""
        named = [each.lstrip("#").lower() for each in words(value)]
        return [] if named == ["none"] else named

    @field_validator("harvest_vocabulary")
    @classmethod
    def _own_words(cls, value: str) -> str:
        vocabulary_file.read(value)
        return value

    @model_validator(mode="after")
    def _one_meaning(self) -> Self:
        """A reaction that meant two things would put a message where nobody wanted it."""
        sets = {
            "REACTIONS_TIMELINE": self.reactions_timeline,
            "REACTIONS_TODO": self.reactions_todo,
            "REACTIONS_EVIDENCE": self.reactions_evidence,
            "REACTIONS_QUERY": self.reactions_query,
            "REACTION_ANSWER": [self.reaction_answer],
        }
        seen: dict[str, str] = {}
        for setting, reactions in sets.items():
            for each in dict.fromkeys(reactions):
                if each in seen:
                    raise ValueError(
                        f"The reaction {each} is in {seen[each]} and in {setting}: leave it in one of them."
                    )
                seen[each] = setting
        return self


def rules(env: HarvestPart) -> dict[str, Any]:
    """By their names in the policy."""
    return {
        "dialect": vocabulary_file.read(env.harvest_vocabulary),
        "lookback": timedelta(days=env.harvest_lookback_days) if env.harvest_lookback_days else None,
        "incident_channels": tuple(env.incident_channels),
        "reactions": Reactions(
            tuple(env.reactions_timeline),
            tuple(env.reactions_todo),
            tuple(env.reactions_evidence),
            tuple(env.reactions_query),
            env.reaction_answer,
        ),
    }
