"""The control API over HTTP: POST act/NAME and NAME with JSON, GET see/NAME with a query; refusals are sentences with status 400."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.control import acts, bodies, changes, installs, levers, modals, panes, papers, presses, sees, steps
from sandbox.control.desk import Desk
from sandbox.spec import strict
from sandbox.spec.types import Json, Refusal, SlackError

ACTS: dict[str, Callable[[Desk, Json], Any]] = {
    **acts.ACTS,
    **changes.ACTS,
    **presses.ACTS,
    **modals.ACTS,
    **panes.ACTS,
    **papers.ACTS,
    **steps.ACTS,
}
SEES: dict[str, Callable[[Desk, Json], Any]] = {**sees.SEES, **panes.SEES, **papers.SEES, **steps.SEES}


def add(app: web.Application, desk: Desk, prefix: str = "/control") -> None:
    """Put the control API into an aiohttp application."""
    app.router.add_post(f"{prefix}/act/{{name}}", _handler(desk, ACTS))
    app.router.add_get(f"{prefix}/see/{{name}}", _handler(desk, SEES))
    app.router.add_post(f"{prefix}/{{name}}", _handler(desk, {**levers.LEVERS, **installs.LEVERS}))


def _handler(
    desk: Desk, table: Mapping[str, Callable[[Desk, Json], Any]]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if not _from_here(request):
            return _refusal("a page of another site may not act here", status=403)
        if name not in table:
            return _refusal(f"no {name!r}; there are {', '.join(sorted(table))}", status=404)
        try:
            body = dict(request.query) if request.method == "GET" else bodies.checked(await _json(request))
            done = table[name](desk, body)
            result = await done if inspect.isawaitable(done) else done
        except Refusal as refusal:
            return _refusal(refusal.reason, **refusal.details)
        except SlackError as error:
            return _refusal(f"Slack says {error.name}", error=error.name, **error.extra)
        except bodies.UNREADABLE as error:
            return _refusal(bodies.sentence(error))
        return web.json_response({"ok": True, **result})

    return handle


def _from_here(request: web.Request) -> bool:
    """Scripts send no Origin, our own page sends our own: what any other site's page sends is not obeyed."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


async def _json(request: web.Request) -> Json:
    raw = await request.text()
    body = strict.loads(raw) if raw.strip() else {}
    if not isinstance(body, dict):
        raise Refusal("the body must be a JSON object")
    return body


def _refusal(reason: str, status: int = 400, **details: Any) -> web.Response:
    return web.json_response({"ok": False, "reason": reason, **details}, status=status)
