"""canvases.edit and canvases.sections.lookup: which sections there are, and one change to them a call."""

from __future__ import annotations

from typing import Any

from sandbox.spec import canvas as markdown_of
from sandbox.spec.types import Json, SlackError
from sandbox.web import canvases as documents
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import canvases
from sandbox.world.canvas import Canvas, Section

NEEDS_SECTION = ("insert_before", "insert_after", "delete")
NEEDS_CONTENT = ("insert_before", "insert_after", "insert_at_start", "insert_at_end", "replace")
OPERATIONS = (*NEEDS_CONTENT, "delete", "rename")


def _change(call: Call) -> Json:
    given = call.structure("changes", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise documents.invalid("must provide an array", "/changes")
    if len(given) > 1:
        raise documents.invalid("no more than 1 items allowed", "/changes")
    change = given[0]
    if not isinstance(change, dict):
        raise documents.invalid("must provide an object", "/changes/0")
    if change.get("operation") not in OPERATIONS:
        raise documents.invalid(f"value must be one of: {', '.join(OPERATIONS)}", "/changes/0/operation")
    for key, needed in _needs(str(change["operation"])).items():
        if needed and not change.get(key):
            raise documents.invalid(f"missing required field: {key}", "/changes/0")
    return change


def _needs(operation: str) -> dict[str, bool]:
    return {
        "section_id": operation in NEEDS_SECTION,
        "document_content": operation in NEEDS_CONTENT,
        "title_content": operation == "rename",
    }


def edit(call: Call) -> Json:
    """canvases.edit."""
    change = _change(call)
    canvas = documents.writable(call)
    operation = str(change["operation"])
    if operation == "rename":
        title = documents.content_of(change["title_content"], "/changes/0/title_content").strip()
        if not title:
            raise SlackError("canvas_editing_failed", detail="'title_content' error: the title is empty")
        canvases.rename(call.world, canvas, title)
        return {}
    fresh = _fresh(call, change) if operation in NEEDS_CONTENT else []
    sections = _applied(canvas, operation, change.get("section_id"), fresh)
    if sum(len(one.markdown.encode("utf-8", "replace")) + 2 for one in sections) > markdown_of.MAX_BYTES:
        raise SlackError("canvas_too_large")
    canvases.rewrite(call.world, canvas, sections)
    return {}


def _fresh(call: Call, change: Json) -> list[Section]:
    text = documents.content_of(change["document_content"], "/changes/0/document_content")
    return canvases.cut(call.world, documents.checked(text, "canvas_editing_failed", "canvas_too_large"))


def _applied(canvas: Canvas, operation: str, section_id: Any, fresh: list[Section]) -> list[Section]:
    old = canvas.sections
    if operation == "insert_at_start":
        return [*fresh, *old]
    if operation == "insert_at_end":
        return [*old, *fresh]
    if operation == "replace" and not section_id:
        return fresh
    at = next((place for place, one in enumerate(old) if one.id == section_id), None)
    if at is None:
        raise SlackError("canvas_editing_failed", detail="'section_id' error: no such section in this canvas")
    first, last = {"insert_before": (at, at), "insert_after": (at + 1, at + 1)}.get(operation, (at, at + 1))
    return [*old[:first], *fresh, *old[last:]]


def lookup(call: Call) -> Json:
    """canvases.sections.lookup: by type of heading, by text (of either case), or by both."""
    criteria = call.structure("criteria", "invalid_arguments")
    if not isinstance(criteria, dict):
        raise documents.invalid("must provide an object", "/criteria")
    types, text = criteria.get("section_types"), criteria.get("contains_text")
    if types is None and text is None:
        raise documents.invalid("must provide section_types or contains_text", "/criteria")
    wanted = _wanted(types) if types is not None else None
    if text is not None and not isinstance(text, str):
        raise documents.invalid("must provide a string", "/criteria/contains_text")
    canvas = documents.found(call, gone="canvas_deleted")
    words = (text or "").casefold()
    rows = [one for one in canvas.sections if wanted is None or one.kind in wanted]
    return {"sections": [{"id": one.id} for one in rows if words in one.markdown.casefold()]}


def _wanted(types: Any) -> set[str]:
    known = ("any_header", *markdown_of.HEADERS)
    if not isinstance(types, list) or not 1 <= len(types) <= 3:
        raise documents.invalid("must provide an array of 1 to 3 items", "/criteria/section_types")
    for place, name in enumerate(types):
        if name not in known:
            raise documents.invalid(f"value must be one of: {', '.join(known)}", f"/criteria/section_types/{place}")
    return set(markdown_of.HEADERS) if "any_header" in types else set(types)


METHODS: dict[str, Handler] = {"canvases.edit": edit, "canvases.sections.lookup": lookup}
