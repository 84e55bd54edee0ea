"""Levers on the installation of an app: its end, its return, and the switch of Socket Mode."""

from __future__ import annotations

from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import install


async def revoke(desk: Desk, body: Json) -> Json:
    """{app?}: its token is revoked; it hears tokens_revoked and app_uninstalled, and calls answer token_revoked."""
    install.end(desk.world, desk.app(body), "token_revoked")
    return {}


async def uninstall(desk: Desk, body: Json) -> Json:
    """{app?}: somebody removes the app; it hears the same, calls answer account_inactive, and its bot is gone from the channels."""
    install.end(desk.world, desk.app(body), "account_inactive")
    return {}


async def reinstall(desk: Desk, body: Json) -> Json:
    """{app?}: back again, with a fresh bot token, which is the answer."""
    app = desk.app(body)
    try:
        install.again(desk.world, app)
    except ValueError as error:
        raise Refusal(str(error)) from error
    return {"bot_token": app.bot_token}


async def socket_mode(desk: Desk, body: Json) -> Json:
    """{app?, on}: off disconnects every socket with link_disabled, and new ones get the same as their first frame."""
    app = desk.app(body)
    app.enable_socket_mode(bool(body["on"]))
    gone = 0 if app.socket_mode_enabled else await desk.hub.disconnect(app.id, "link_disabled", close=True)
    return {"connections": gone}


LEVERS = {"revoke": revoke, "uninstall": uninstall, "reinstall": reinstall, "socket_mode": socket_mode}
