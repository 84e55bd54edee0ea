"""auth.*, apps.*, api.test: who is asking, by which installation, and the end of one."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import install


def auth_test(call: Call) -> Json:
    """auth.test."""
    team, app = call.world.team, call.app
    bot = call.world.users[app.bot_user_id]
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def auth_revoke(call: Call) -> Json:
    """auth.revoke: the app's only token here, so the app hears that it is gone."""
    if call.flag("test"):
        return {"revoked": False}
    install.end(call.world, call.app, "token_revoked")
    return {"revoked": True}


def uninstall(call: Call) -> Json:
    """apps.uninstall."""
    known = {app.client_id: app for app in call.world.apps}
    app = known.get(call.text("client_id"))
    if app is None:
        raise SlackError("invalid_client_id")
    if app.client_secret != call.text("client_secret"):
        raise SlackError("bad_client_secret")
    if app is not call.app:
        raise SlackError("client_id_token_mismatch")
    install.end(call.world, app, "account_inactive")
    return {"uninstalled": True}


def authorizations(call: Call) -> Json:
    """apps.event.authorizations.list: for whom an event is visible; here one installation, that of the app."""
    if not call.text("event_context").startswith("4-"):
        raise SlackError("invalid_event_context")
    return {"authorizations": [] if call.app.revoked else [install.authorization(call.world, call.app)]}


def api_test(call: Call) -> Json:
    """api.test."""
    if call.text("error"):
        raise SlackError(call.text("error"), args=call.args)
    return {"args": call.args}


def connections_open(call: Call) -> Json:
    """apps.connections.open: an address for one WebSocket connection."""
    ticket = call.world.tickets.socket(call.app.id)
    base = call.world.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={ticket}&app_id={call.app.id}"}


METHODS: dict[str, Handler] = {
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "api.test": api_test,
    "apps.connections.open": connections_open,
    "apps.event.authorizations.list": authorizations,
    "apps.uninstall": uninstall,
}
