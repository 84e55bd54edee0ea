"""The pipeline of every Web API call: token, scope, arguments, rate, fault, handler, log; in that order, for every method."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.spec import answers, methods
from sandbox.spec.types import Json, SlackError
from sandbox.web import args as arguments
from sandbox.web import bodies
from sandbox.web.call import Call
from sandbox.web.faults import Fault, Faults
from sandbox.web.rate import Rates
from sandbox.web.traffic import Traffic
from sandbox.world.apps import App
from sandbox.world.workspace import World

Handler = Callable[[Call], Json]
APP_TOKEN_METHODS = frozenset({"apps.connections.open", "apps.event.authorizations.list"})
ANY_TOKEN_METHODS = frozenset({"auth.test"})
NO_TOKEN_METHODS = frozenset({"api.test"})


class Api:
    """Answers /api/{method} from a table of handlers."""

    def __init__(self, world: World, handlers: dict[str, Handler], traffic: Traffic, faults: Faults) -> None:
        self.world, self.traffic, self.faults = world, traffic, faults
        self.rates = Rates(world)
        self._handlers = handlers
        self.calls_seen = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler."""
        name = request.match_info["method"]
        row: Json = {
            "method": name,
            "args": {},
            "token": "none",
            "ok": False,
            "error": None,
            "t": self.world.clock.now(),
        }
        self.calls_seen += 1
        fault = self.faults.strike(name, self.world.rng)
        if fault and not fault.how.endswith("_after_effect"):
            spoiled = await self._spoil(fault, request, row)
            if spoiled is not None:
                return spoiled
        response = await self._respond(name, request, row)
        self.traffic.record(row, response.text)
        if fault and fault.how.endswith("_after_effect"):
            return await self._lose(fault, request)
        return response

    async def _respond(self, name: str, request: web.Request, row: Json) -> web.Response:
        headers: dict[str, str] = {}
        status = 200
        try:
            body = await self._run(name, request, row, headers)
        except SlackError as error:
            status = error.status
            body = {"ok": False, "error": error.name, **error.extra}
            self._self_check(name, error.name)
        _warn(body, bodies.warning(request))
        row["ok"], row["error"] = body["ok"], body.get("error")
        return web.json_response(body, status=status, headers=headers)

    async def _run(self, name: str, request: web.Request, row: Json, headers: dict[str, str]) -> Json:
        method = methods.table().get(name)
        args, token = await arguments.read(request, method)
        row["args"] = args
        app, row["token"] = self._who(token)
        if methods.for_people(name):
            self._allow(name, app, token, row["token"])
            raise SlackError("not_allowed_token_type")
        if method is None or name not in self._handlers:
            raise SlackError("unknown_method", req_method=name)
        if name not in NO_TOKEN_METHODS:
            self._allow(name, app, token, row["token"])
        call = Call(self.world, name, app or self.world.apps[0], args)
        self._headers(method, call, headers)
        try:
            self._gate(method, call, headers)
            body = {"ok": True, **self._handlers[name](call)}
        finally:
            self._keep_violations(call, row)
        for warning in call.warnings:
            _warn(body, (warning, []))
        self._check_answer(name, body)
        return body

    def _gate(self, method: methods.Method, call: Call, headers: dict[str, str]) -> None:
        call.need_scope(*method.scopes)
        unknown = arguments.unknown(method, call.args)
        call.violations += [f"unknown argument {name}" for name in unknown]
        wait = self.rates.check(call.app.id, method, call.text("channel"))
        if wait is not None:
            headers["Retry-After"] = str(wait)
            raise SlackError("ratelimited", status=429)
        arguments.check(method, call.args)

    def _keep_violations(self, call: Call, row: Json) -> None:
        if call.violations:
            row["violations"] = call.violations
            for text in call.violations:
                self.world.violation("call", text, method=call.method)

    def _headers(self, method: methods.Method, call: Call, headers: dict[str, str]) -> None:
        headers["x-oauth-scopes"] = ",".join(call.app.scopes)
        if method.scopes:
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)

    def _who(self, token: str | None) -> tuple[App | None, str]:
        for app in self.world.apps:
            if token == app.bot_token or token in app.old_tokens:
                return app, "bot"
            if token == app.app_token:
                return app, "app"
        for run in self.world.tickets.runs.values():
            if token == run.token and run.state == "running":
                return self.world.app_of(app_id=run.app), "bot"
        return None, "none"

    def _allow(self, name: str, app: App | None, token: str | None, kind: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if app is None:
            raise SlackError("invalid_auth")
        if token in app.old_tokens or (app.ended and kind == "bot"):
            raise SlackError(app.old_tokens.get(token, app.ended))
        wanted = "app" if name in APP_TOKEN_METHODS else "bot"
        if kind != wanted and name not in ANY_TOKEN_METHODS:
            raise SlackError("not_allowed_token_type")

    def _check_answer(self, name: str, body: Json) -> None:
        for problem in answers.problems(name, body)[:3]:
            text = f"{name} answered what Slack does not: {problem.text} [json-pointer:{problem.pointer}]"
            self.world.violation("sandbox", text, method=name)

    def _self_check(self, name: str, error: str) -> None:
        method = methods.table().get(name)
        if method and error not in method.errors and name not in NO_TOKEN_METHODS:
            self.world.violation(
                "sandbox", f"{name} answered {error}, which Slack's reference does not list", method=name
            )

    async def _spoil(self, fault: Fault, request: web.Request, row: Json) -> web.StreamResponse | None:
        if fault.how == "hang":
            await asyncio.sleep(fault.seconds)
            return None
        method = methods.table().get(row["method"])
        row["args"], token = await arguments.read(request, method)
        row["token"], row["error"], row["fault"] = self._who(token)[1], fault.how.removeprefix("error:"), fault.how
        self.traffic.record(row)
        if fault.how == "429":
            body = {"ok": False, "error": "ratelimited"}
            return web.json_response(body, status=429, headers={"Retry-After": str(fault.retry_after)})
        if fault.how.startswith("error:"):
            return web.json_response({"ok": False, "error": row["error"]})
        if fault.how in ("500", "503"):
            return web.Response(status=int(fault.how), text="upstream error")
        if fault.how == "junk":
            return web.Response(text="<!DOCTYPE html><p>not what you asked for", content_type="text/html")
        return await self._lose(fault, request)

    async def _lose(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        """The answer never arrives: the connection dies at once (reset), or after a silence (timeout, hang)."""
        if not fault.how.startswith("reset"):
            await asyncio.sleep(fault.seconds)
        transport: Any = request.transport
        if transport is not None:
            transport.abort()
        return web.Response(status=500)


def _warn(body: Json, warning: tuple[str, list[str]] | None) -> None:
    """Put a warning where Slack puts it: its name twice, its sentences once."""
    if warning is None:
        return
    name, sentences = warning
    body["warning"] = ",".join([*filter(None, [body.get("warning")]), name])
    meta = body.setdefault("response_metadata", {})
    meta["warnings"] = [*meta.get("warnings", []), name]
    if sentences:
        meta["messages"] = [*meta.get("messages", []), *sentences]
