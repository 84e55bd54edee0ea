"""The levers: time, faults, limits, modes of delivery, connections, and a fresh start."""

from __future__ import annotations

import asyncio

from sandbox.control.desk import Desk
from sandbox.spec import shapes
from sandbox.spec.types import Json, Refusal
from sandbox.web.faults import Fault


async def advance(desk: Desk, body: Json) -> Json:
    """{seconds, grace?}: moves the clock; what falls due on the way happens, with a moment of real time to be answered."""
    grace = float(body.get("grace", 0.3))
    await desk.world.clock.advance(float(body["seconds"]), lambda: desk.delivery.settle(grace))
    return {"now": desk.world.clock.now()}


async def fault(desk: Desk, body: Json) -> Json:
    """{method, how, call?, every?, seconds?, retry_after?, times?, chance?}; {clear: true} takes all away."""
    if body.get("clear"):
        desk.api.faults.clear()
        return {}
    call = None if body.get("every") else int(body.get("call", 1))
    made = Fault(str(body["method"]), str(body["how"]), call)
    made.seconds = float(body.get("seconds", made.seconds))
    made.retry_after = int(body.get("retry_after", made.retry_after))
    made.chance = float(body.get("chance", made.chance))
    made.times = int(body["times"]) if body.get("times") is not None else None
    try:
        desk.api.faults.add(made)
    except ValueError as error:
        raise Refusal(str(error)) from error
    return {}


async def rules(desk: Desk, body: Json) -> Json:
    """{rate_limits?, profile?, short_pages?, strict?, offline?: hold or drop, disconnect_every?, disconnect_grace?: seconds}."""
    try:
        desk.world.rules.change(body)
    except ValueError as error:
        raise Refusal(str(error)) from error
    if body.keys() & {"disconnect_every", "disconnect_grace"}:
        desk.hub.refresh.rearm(desk.hub.connections)
    desk.api.rates.clear()
    return {}


async def modes(desk: Desk, body: Json) -> Json:
    """{frozen?, duplicate?, shuffle?}: of event delivery. Setting frozen to false delivers what was held."""
    for key in ("duplicate", "shuffle"):
        if key in body:
            setattr(desk.events.modes, key, bool(body[key]))
    if body.get("frozen") is False:
        return {"released": desk.events.thaw()}
    if "frozen" in body:
        desk.events.modes.frozen = True
    return {}


async def disconnect(desk: Desk, body: Json) -> Json:
    """{app?, reason?: warning, refresh_requested or link_disabled, close?, kill?}: kill cuts without a close frame."""
    app = desk.app(body)
    if body.get("kill"):
        return {"connections": desk.hub.kill(app.id)}
    reason = str(body.get("reason", "warning"))
    return {"connections": await desk.hub.disconnect(app.id, reason, close=bool(body.get("close")))}


async def deliver(desk: Desk, body: Json) -> Json:
    """{app?, url: address or null, verify?}: HTTP delivery to that address, null for Socket Mode; verify does the handshake."""
    app = desk.app(body)
    if body.get("url") and not shapes.is_url(str(body["url"])):
        raise Refusal(f"{body['url']!r} is no address that begins with http:// or https://")
    app.deliver_url = (body["url"] or None) if "url" in body else app.deliver_url
    if body.get("verify") and app.deliver_url:
        return {"verified": await desk.http.verify(app, app.deliver_url)}
    return {}


async def wait(desk: Desk, body: Json) -> Json:
    """{sockets?, quiet?, timeout?}: until so many connections are open; until nothing was called or delivered for `quiet` seconds.

    `timeout` is 10 seconds, or 10 more than the quiet that is waited for."""
    quiet = float(body.get("quiet") or 0)
    timeout = float(body.get("timeout", quiet + 10))
    if quiet >= timeout:
        raise Refusal(f"{timeout:g} s of patience are too few for {quiet:g} s of quiet: give a longer timeout")
    if body.get("sockets"):
        count = await desk.hub.connected(desk.app(body).id, int(body["sockets"]), timeout)
        if count < int(body["sockets"]):
            raise Refusal(f"{count} connections after {timeout:g} s")
    if quiet:
        await _quiet(desk, quiet, timeout)
    return {}


async def _quiet(desk: Desk, quiet: float, timeout: float) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + timeout
    seen, since = -1, loop.time()
    while loop.time() < end:
        count = desk.api.calls_seen + len(desk.delivery.log)
        if count != seen or desk.delivery.busy():
            seen, since = count, loop.time()
        if loop.time() - since >= quiet:
            return
        await asyncio.sleep(min(0.02, quiet))
    raise Refusal(f"the app was still busy after {timeout:g} s")


async def reset(desk: Desk, body: Json) -> Json:
    """The workspace as it was at the start, tokens and ids included; connections stay."""
    desk.events.cancel()
    fresh = desk.renew()
    fresh.move_to(desk.world.base_url)
    kept = {"listeners": desk.world.listeners}
    desk.world.__dict__.update({**fresh.__dict__, **kept})
    desk.api.faults.clear()
    desk.api.rates.clear()
    desk.api.traffic.clear()
    desk.delivery.log.clear()
    desk.events.dropped.clear()
    desk.states.clear()
    desk.suggested.clear()
    desk.reads.clear()
    desk.hub.refresh.rearm(desk.hub.connections)
    desk.world.announce({"type": "sandbox.reset"})
    return {}


LEVERS = {
    "advance": advance,
    "fault": fault,
    "rules": rules,
    "modes": modes,
    "disconnect": disconnect,
    "deliver": deliver,
    "wait": wait,
    "reset": reset,
}
