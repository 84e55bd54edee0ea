"""Arguments as Slack takes them: JSON bodies, forms, multipart, query; and what is missing or unknown among them."""

from __future__ import annotations

import json

from aiohttp import web

from sandbox.spec.methods import Method
from sandbox.spec.types import Json, SlackError


async def read(request: web.Request, method: Method | None) -> tuple[Json, str | None]:
    """(arguments, token). A JSON body carries no token and is not read by methods that take forms only. SlackError."""
    args: Json = dict(request.query)
    token = _bearer(request)
    kind = request.content_type
    if request.method == "POST" and kind == "application/json":
        body = await _json(request)
        body.pop("token", None)
        if method is None or method.json:
            args |= body
    elif request.method == "POST" and request.can_read_body:
        form = await request.post()
        args |= {key: value for key, value in form.items() if isinstance(value, str)}
    token = token or args.get("token")
    args.pop("token", None)
    return args, token


def _bearer(request: web.Request) -> str | None:
    header = request.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


async def _json(request: web.Request) -> Json:
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return {key: value for key, value in body.items() if value is not None}


def check(method: Method, args: Json) -> None:
    """SlackError invalid_arguments that names what is missing, outside its list, or too long."""
    wrong = [f"[ERROR] missing required field: {name}" for name in method.required if args.get(name) in (None, "")]
    for name, allowed in method.enums.items():
        if name in args and args[name] not in allowed:
            wrong.append(f"[ERROR] value must be one of: {', '.join(allowed)} [json-pointer:/{name}]")
    for name, most in method.lengths.items():
        if isinstance(args.get(name), str) and len(args[name]) > most:
            wrong.append(f"[ERROR] must be less than {most + 1} characters [json-pointer:/{name}]")
    if wrong:
        raise SlackError("invalid_arguments", messages=wrong)


def unknown(method: Method, args: Json) -> list[str]:
    """Names of arguments that Slack would ignore; usually a typing mistake."""
    return sorted(name for name in args if name not in method.args)
