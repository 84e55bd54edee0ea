"""What Slack says of the body of a call before it looks at the arguments: its content type, its charset, its form."""

from __future__ import annotations

import re

from aiohttp import web

from sandbox.spec import strict
from sandbox.spec.types import Json, SlackError

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
TYPES = FORMS | {"application/json", "text/plain"}
CHARSETS = frozenset({"utf-8", "utf8", "iso-8859-1"})
MISSING = "[WARN] A Content-Type HTTP header was presented but did not declare a charset, such as a 'utf-8'"
_NAME = re.compile(r"\w{1,128}", re.ASCII)


def warning(request: web.Request) -> tuple[str, list[str]] | None:
    """missing_charset or superfluous_charset with its sentences; None when the content type is as Slack likes it."""
    if request.method != "POST" or "Content-Type" not in request.headers:
        return None
    if request.content_type in FORMS:
        return ("superfluous_charset", []) if request.charset else None
    return None if request.charset else ("missing_charset", [MISSING])


async def read(request: web.Request) -> tuple[Json, str]:
    """The arguments of a POST and its content type. SlackError when Slack would not take such a body."""
    if request.method != "POST" or not request.can_read_body:
        return {}, request.content_type
    if "Content-Type" not in request.headers:
        raise SlackError("missing_post_type")
    kind = request.content_type
    if kind not in TYPES:
        raise SlackError("invalid_post_type")
    if request.charset and request.charset.lower() not in CHARSETS:
        raise SlackError("invalid_charset")
    return (await _form(request) if kind in FORMS else await _json(request)), kind


async def _form(request: web.Request) -> Json:
    try:
        form = await request.post()
    except (ValueError, AssertionError):
        raise SlackError("invalid_form_data") from None
    return {key: value for key, value in form.items() if isinstance(value, str)}


async def _json(request: web.Request) -> Json:
    raw = await request.read()
    if request.content_type == "text/plain" or not raw.strip():
        return {}
    try:
        body = strict.loads(raw)
    except (ValueError, RecursionError):
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return {key: value for key, value in body.items() if value is not None}


def check_names(args: Json) -> None:
    """SlackError invalid_array_arg for names like users[], invalid_arg_name for other odd ones."""
    for name in args:
        if re.fullmatch(r"\w+\[\w*\]", name):
            raise SlackError("invalid_array_arg")
        if not _NAME.fullmatch(name):
            raise SlackError("invalid_arg_name")
