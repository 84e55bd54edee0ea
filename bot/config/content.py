"""What stands in a post-mortem and how it is shown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import field_validator
from pydantic_settings import NoDecode

from bot.config import typed
from bot.config.typed import Part
from bot.domain import document_files, headings
from bot.domain import examples as links
from bot.domain.errors import DomainError

HINTS = {"DOCUMENT_CANVAS": "Write on or off."}


class ContentPart(Part):
    """The document, and what the forms ask for."""

    impact_dimensions: Annotated[list[str], NoDecode] = ["Requests failed", "Processing delayed", "Notifications late"]
    document_sections: Annotated[list[str], NoDecode] = [f"{part}={heading}" for part, heading in headings.USUAL]
    document_canvas: bool = False
    document_files: Annotated[list[str], NoDecode] = list(document_files.USUAL)
    examples: Annotated[list[str], NoDecode] = [f"{link.name} {link.url}" for link in links.PUBLIC]

    _file_words = field_validator("document_files", mode="before")(typed.words)
    _phrases = field_validator("impact_dimensions", "document_sections", "examples", mode="before")(typed.phrases)

    @field_validator("examples")
    @classmethod
    def _links(cls, value: list[str]) -> list[str]:
        try:
            [links.read(each) for each in value]
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("document_sections")
    @classmethod
    def _sections(cls, value: list[str]) -> list[str]:
        try:
            headings.read(value)
        except DomainError as error:
            raise ValueError(error.message) from error
        return value

    @field_validator("document_files")
    @classmethod
    def _files(cls, value: list[str]) -> list[str]:
        try:
            document_files.read(value)
        except DomainError as error:
            raise ValueError(error.message) from error
        return value


def rules(env: ContentPart) -> dict[str, Any]:
    """By their names in the policy."""
    return {
        "impact_dimensions": tuple(env.impact_dimensions),
        "headings": headings.read(env.document_sections),
        "canvas": env.document_canvas,
        "files": document_files.read(env.document_files),
        "examples": tuple(links.read(each) for each in env.examples),
    }
