"""Every method this sandbox answers, by name; the one table to look into."""

from __future__ import annotations

from sandbox.web import (
    canvas_access,
    canvas_edits,
    canvases,
    chat,
    conversations,
    file_lists,
    files,
    functions,
    groups,
    history,
    installs,
    items,
    people,
    profiles,
    reacted,
    rooms,
    streams,
    unfurls,
    views,
)
from sandbox.web.api import Handler

METHODS: dict[str, Handler] = {
    **chat.METHODS,
    **streams.METHODS,
    **functions.METHODS,
    **conversations.METHODS,
    **history.METHODS,
    **people.METHODS,
    **views.METHODS,
    **files.METHODS,
    **items.METHODS,
    **canvases.METHODS,
    **canvas_edits.METHODS,
    **canvas_access.METHODS,
    **rooms.METHODS,
    **groups.METHODS,
    **profiles.METHODS,
    **installs.METHODS,
    **unfurls.METHODS,
    **reacted.METHODS,
    **file_lists.METHODS,
}
