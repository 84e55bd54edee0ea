"""Arguments as Slack takes them: JSON bodies, forms, multipart, query; and what is missing or unknown among them."""

from __future__ import annotations

from aiohttp import web

from sandbox.spec.methods import Method
from sandbox.spec.types import Json, SlackError, words
from sandbox.web import bodies

ADDED_BY_SDKS = frozenset({"team_id"})
"""What the official SDKs put into every call of a listener's client by themselves; Slack ignores it where it means nothing."""


STRUCTURES = words(
    """
    attachments blocks canvas_ids changes channel_ids channels chunks criteria document_content emails file_ids files metadata
    outputs profile types unfurled_attachments unfurls user_auth_blocks user_ids users view
    """
)
"""Arguments that may be lists or objects in a JSON body; every other one is a string, a number or a truth value."""


async def read(request: web.Request, method: Method | None) -> tuple[Json, str | None]:
    """(arguments, token). A JSON body carries no token and is not read by methods that take forms only. SlackError."""
    args: Json = dict(request.query)
    token = _bearer(request)
    body, kind = await bodies.read(request)
    if kind == "application/json":
        body.pop("token", None)
        if method is not None and not method.json:
            body = {}
    args |= body
    token = token or args.get("token")
    args.pop("token", None)
    return args, token


def _bearer(request: web.Request) -> str | None:
    header = request.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def check(method: Method, args: Json) -> None:
    """SlackError invalid_arguments that names what is missing, no string, outside its list, or too long."""
    bodies.check_names(args)
    wrong = [f"[ERROR] missing required field: {name}" for name in method.required if args.get(name) in (None, "")]
    lists = [name for name in sorted(method.args - STRUCTURES) if isinstance(args.get(name), list | dict)]
    wrong += [f"[ERROR] must provide a string [json-pointer:/{name}]" for name in lists]
    for name, allowed in method.enums.items():
        if name in args and name not in lists and args[name] not in allowed:
            wrong.append(f"[ERROR] value must be one of: {', '.join(allowed)} [json-pointer:/{name}]")
    for name, most in method.lengths.items():
        if isinstance(args.get(name), str) and len(args[name]) > most:
            wrong.append(f"[ERROR] must be less than {most + 1} characters [json-pointer:/{name}]")
    if wrong:
        raise SlackError("invalid_arguments", messages=wrong)


def unknown(method: Method, args: Json) -> list[str]:
    """Names of arguments that Slack would ignore; usually a typing mistake."""
    return sorted(name for name in args if name not in method.args | ADDED_BY_SDKS)
