"""Every method this sandbox answers, by name; the one table to look into."""

from __future__ import annotations

from sandbox.web import (
    canvas_access,
    canvas_edits,
    canvases,
    chat,
    conversations,
    files,
    history,
    items,
    people,
    views,
)
from sandbox.web.api import Handler

METHODS: dict[str, Handler] = {
    **chat.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **people.METHODS,
    **views.METHODS,
    **files.METHODS,
    **items.METHODS,
    **canvases.METHODS,
    **canvas_edits.METHODS,
    **canvas_access.METHODS,
}
