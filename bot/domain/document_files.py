"""What of a post-mortem lies in Slack as files: the document, in one format or two, and the picture of its timeline. Every version is a new
file there, so that the usual choice is what Slack itself can show."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from bot.domain import errors


class What(StrEnum):
    """The names by which settings speak of them."""

    MARKDOWN = "markdown"
    HTML = "html"
    PICTURE = "picture"


Files = tuple[What, ...]
# Slack shows Markdown and pictures where they lie; HTML has to be downloaded first, so whoever wants it asks for it.
USUAL: Files = (What.MARKDOWN, What.PICTURE)
# Those that are the document: the first one that there is is linked.
DOCUMENTS = (What.MARKDOWN, What.HTML)


def read(entries: Iterable[str]) -> Files:
    """`markdown`, `html`, `picture`, each at most once; the document in one format at least. Raises BadInput."""
    found = {_one(entry) for entry in entries}
    if not found.intersection(DOCUMENTS):
        raise errors.bad_input("bad_files", "Name markdown or html, or both, so that there is a document to link to.")
    return tuple(each for each in What if each in found)


def _one(entry: str) -> What:
    try:
        return What(entry.strip().lower())
    except ValueError:
        known = ", ".join(What)
        raise errors.bad_input("bad_files", f"There is no file {entry[:40]!r}: choose among {known}.") from None
