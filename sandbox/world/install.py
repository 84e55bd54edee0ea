"""Puts an app into a workspace: tokens, bot user, ids; the same manifest always gets the same ones."""

from __future__ import annotations

from sandbox.spec.types import Json
from sandbox.world import apps
from sandbox.world.users import User
from sandbox.world.workspace import World


def install(world: World, manifest: Json, *, name: str = "app", deliver_url: str | None = None) -> apps.App:
    """Install an app and add its bot user, who is in no channel yet."""
    handle = apps.bot_name(manifest, name).lower().replace(" ", "-")
    ids = world.ids
    app_id, bot_id, user_id = ids.named("A", handle), ids.named("B", handle), ids.named("U", f"bot {handle}")
    app = apps.App(
        id=app_id,
        name=str((manifest.get("display_information") or {}).get("name") or handle),
        bot_user_id=user_id,
        bot_id=bot_id,
        bot_token=_bot_token(world),
        app_token=f"xapp-1-{app_id}-{int(ids.hex(10), 16)}-{ids.hex(64)}",
        signing_secret=ids.hex(32),
        verification_token=ids.hex(24),
        manifest=manifest,
        deliver_url=deliver_url,
    )
    world.apps.append(app)
    world.users[user_id] = User(
        user_id, handle, world.team.id, real_name=app.name, is_bot=True, app_id=app_id, bot_id=bot_id
    )
    return app


def end(world: World, app: apps.App, answer: str) -> None:
    """The app is told that it is gone, and from then on its token answers `answer`: token_revoked or account_inactive.

    Uninstalled (account_inactive), its bot is deactivated and in no channel any more."""
    if app.revoked:
        return
    tokens = {"oauth": [], "bot": [app.bot_user_id]}
    for event in ({"type": "tokens_revoked", "tokens": tokens}, {"type": "app_uninstalled"}):
        world.announce({**event, "event_ts": world.new_ts(), "sandbox_app": app.id})
    app.ended = answer
    if answer == "account_inactive":
        world.users[app.bot_user_id].deleted = True
        for channel in world.channels.values():
            if app.bot_user_id in channel.members and not channel.direct:
                channel.members.remove(app.bot_user_id)
    world.announce({"type": "sandbox.workspace"})


def again(world: World, app: apps.App) -> None:
    """Install an app once more: a fresh bot token, the bot active and in no channel it was not left in. ValueError."""
    if not app.revoked:
        raise ValueError(f"{app.name} is installed")
    app.old_tokens[app.bot_token] = app.ended
    app.bot_token, app.ended = _bot_token(world), ""
    world.users[app.bot_user_id].deleted = False
    world.announce({"type": "sandbox.workspace"})


def _bot_token(world: World) -> str:
    ids = world.ids
    return f"xoxb-{int(ids.hex(10), 16)}-{int(ids.hex(10), 16)}-{ids.hex(24)}"


def authorization(world: World, app: apps.App) -> Json:
    """The installation as events and apps.event.authorizations.list name it."""
    return {
        "enterprise_id": None,
        "team_id": world.team.id,
        "user_id": app.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }


def author(world: World, app: apps.App) -> Json:
    """The keys that mark a message as that app's."""
    icons = {f"image_{size}": f"{world.base_url}/icons/bot_{size}.png" for size in (36, 48, 72)}
    profile: Json = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user_id, "name": app.name, "icons": icons}
    profile |= {"deleted": False, "updated": int(world.clock.now()), "team_id": world.team.id}
    return {
        "user": app.bot_user_id,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "team": world.team.id,
        "bot_profile": profile,
    }


def webhook_author(world: World, name: str) -> Json:
    """The keys of an incoming webhook or an app of another maker: a name, a bot_id, no user."""
    return {"subtype": "bot_message", "username": name, "bot_id": world.ids.named("B", f"webhook {name}")}
