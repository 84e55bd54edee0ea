"""Installed apps, read from their Slack manifest: what each may call, hear, and offer to people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.spec import events, files, manifests, methods
from sandbox.spec.types import Json


@dataclass
class App:
    """An app in this workspace with its tokens. `scopes` are the bot scopes; `deliver_url` overrides Socket Mode;
    `ended` is what its token answers once the app is gone, `old_tokens` what those of earlier installations answer."""

    id: str
    name: str
    bot_user_id: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    manifest: Json = field(default_factory=dict)
    deliver_url: str | None = None
    ended: str = ""
    old_tokens: dict[str, str] = field(default_factory=dict)

    @property
    def revoked(self) -> bool:
        """True once the app was uninstalled or its token revoked."""
        return bool(self.ended)

    @property
    def client_id(self) -> str:
        """What the app's page at Slack shows; made from its own secrets, so it is always the same."""
        return f"{int(self.verification_token[:12], 16)}.{int(self.verification_token[12:], 16)}"

    @property
    def client_secret(self) -> str:
        """The secret beside it."""
        return hashlib.sha256(self.signing_secret.encode()).hexdigest()[:32]

    @property
    def scopes(self) -> list[str]:
        """The bot scopes of the manifest, in its order."""
        return list(_dig(self.manifest, "oauth_config", "scopes", "bot") or [])

    @property
    def bot_events(self) -> set[str]:
        """The events the manifest subscribes to."""
        return set(_dig(self.manifest, "settings", "event_subscriptions", "bot_events") or [])

    @property
    def metadata_subscriptions(self) -> list[Json]:
        """Whose metadata of which type the app hears of; "*" stands for all."""
        return list(_dig(self.manifest, "settings", "event_subscriptions", "metadata_subscriptions") or [])

    @property
    def unfurl_domains(self) -> list[str]:
        """The domains whose links the app hears of."""
        return list(_dig(self.manifest, "features", "unfurl_domains") or [])

    @property
    def commands(self) -> list[Json]:
        """The slash commands, none unless the scope `commands` is held."""
        return self._offered("slash_commands")

    @property
    def shortcuts(self) -> list[Json]:
        """Global and message shortcuts, none unless the scope `commands` is held."""
        return self._offered("shortcuts")

    def _offered(self, what: str) -> list[Json]:
        if self.revoked or "commands" not in self.scopes:
            return []
        return list(_dig(self.manifest, "features", what) or [])

    @property
    def socket_mode_enabled(self) -> bool:
        """True when the manifest turns Socket Mode on."""
        return bool(_dig(self.manifest, "settings", "socket_mode_enabled"))

    def enable_socket_mode(self, on: bool) -> None:
        """Turn it on or off, as the switch on the app's page does."""
        self.manifest.setdefault("settings", {})["socket_mode_enabled"] = on

    @property
    def socket_mode(self) -> bool:
        """True when the manifest turns Socket Mode on and nobody asked for HTTP."""
        return self.socket_mode_enabled and not self.deliver_url

    @property
    def interactive(self) -> bool:
        """False when the manifest turns interactivity off."""
        return bool(_dig(self.manifest, "settings", "interactivity", "is_enabled"))

    @property
    def home_tab(self) -> bool:
        """True when the manifest turns the Home tab on."""
        return bool(_dig(self.manifest, "features", "app_home", "home_tab_enabled"))

    @property
    def messages_tab(self) -> bool:
        """False when the manifest turns the Messages tab off, and with it direct messages to the app."""
        return _dig(self.manifest, "features", "app_home", "messages_tab_enabled") is not False

    def url_for(self, kind: str, command: str = "") -> str | None:
        """Where HTTP goes: kind is events, interactivity or command. None when nothing is configured."""
        if self.deliver_url:
            return self.deliver_url
        if kind == "command":
            return next((c.get("url") for c in self.commands if c.get("command") == command), None)
        section = "event_subscriptions" if kind == "events" else "interactivity"
        url = _dig(self.manifest, "settings", section, "request_url")
        return str(url) if url else None


def _dig(node: Any, *path: str) -> Any:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def read_manifest(path: Path) -> Json:
    """A manifest in YAML or JSON. OSError, or ValueError when it is not a mapping or Slack would not take it."""
    manifest = files.mapping(path, "Slack manifest")
    if wrong := manifests.problem(manifest):
        raise ValueError(f"{path}: {wrong}")
    return manifest


def bot_name(manifest: Json, fallback: str) -> str:
    """The handle of the bot user that a manifest describes."""
    shown = _dig(manifest, "features", "bot_user", "display_name") or _dig(manifest, "display_information", "name")
    return str(shown or fallback)


def permissive_manifest() -> Json:
    """For scripts that bring no manifest: every bot scope and event known here, Socket Mode on, no commands."""
    scopes = {scope for method in methods.table().values() for scope in method.scopes}
    scopes |= {"commands", "chat:write.public", "chat:write.customize", "users:read.email", "im:write", "mpim:write"}
    scopes |= {scope for needed in events.SCOPES.values() for scope in needed}
    return {
        "display_information": {"name": "App"},
        "features": {"bot_user": {"display_name": "app"}, "app_home": {"home_tab_enabled": True}},
        "oauth_config": {"scopes": {"bot": sorted(scopes)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted({*events.SCOPES, *events.MESSAGE_EVENTS.values()})},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }
