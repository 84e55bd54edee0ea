"""Confluence: where it is, and who may read restricted pages."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode

from bot import wiki_settings
from bot.config.typed import Part
from bot.domain.wiki import WikiRules
from bot.wiki_settings import WikiSettings


class ConfluencePart(Part):
    """Confluence."""

    confluence_url: str | None = None
    confluence_email: Annotated[str, Field(pattern=r"^[^\s@:]+@[^\s@:]+$")] | None = None
    confluence_token: SecretStr | None = None
    confluence_space: Annotated[str, Field(pattern=r"^~?[A-Za-z0-9]{1,255}$")] | None = None
    confluence_parent: str = ""
    confluence_by_year: bool = False
    confluence_private_channels: bool = False
    confluence_restrict_to: Annotated[tuple[str, ...], NoDecode] = ()

    @field_validator("confluence_url")
    @classmethod
    def _confluence_address(cls, value: str | None) -> str | None:
        return None if value is None else wiki_settings.address(value)

    @field_validator("confluence_parent")
    @classmethod
    def _confluence_parent(cls, value: str) -> str:
        return wiki_settings.parent(value) if value.strip() else ""

    @field_validator("confluence_restrict_to", mode="before")
    @classmethod
    def _confluence_readers(cls, value: object) -> object:
        return wiki_settings.readers(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _whole_wiki(self) -> Self:
        why = wiki_settings.lacking(
            self.confluence_url, self.confluence_email, self.confluence_token, self.confluence_space,
            ("CONFLUENCE_PARENT", self.confluence_parent), ("CONFLUENCE_BY_YEAR", self.confluence_by_year),
            ("CONFLUENCE_PRIVATE_CHANNELS", self.confluence_private_channels),
            ("CONFLUENCE_RESTRICT_TO", self.confluence_restrict_to),
        )  # fmt: skip
        if why is not None:
            raise ValueError(why)
        return self


def rules(env: ConfluencePart) -> WikiRules | None:
    """Who may read what; None without Confluence."""
    if env.confluence_url is None:
        return None
    return WikiRules(env.confluence_restrict_to, env.confluence_by_year, env.confluence_private_channels)


def wiki(env: ConfluencePart) -> WikiSettings | None:
    """How Confluence is reached; None without it."""
    url, email, token, space = env.confluence_url, env.confluence_email, env.confluence_token, env.confluence_space
    if url is None or email is None or token is None or space is None:
        return None
    return WikiSettings(url=url, email=email, token=token, space=space, parent=env.confluence_parent)
