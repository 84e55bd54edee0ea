"""People and bots as Slack shows them: deactivated ones, guests, strangers of a Slack Connect channel, two of one name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.spec.types import Json


@dataclass
class User:
    """A member of the workspace. `name` is the handle; `tz` an IANA zone; `raw` what an export said, kept as it was."""

    id: str
    name: str
    team_id: str
    real_name: str = ""
    display_name: str = ""
    tz: str = "Etc/UTC"
    email: str | None = None
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    away: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    updated: int = 0
    raw: Json = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The name a reader sees beside a message."""
        return self.display_name or self.real_name or self.name


@dataclass
class Group:
    """A user group; `handle` has no @."""

    id: str
    handle: str
    name: str
    users: list[str]
    description: str = ""
    disabled: bool = False


def offset(zone: str, now: float) -> int:
    """Seconds east of UTC in that zone at that moment."""
    try:
        delta = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(zone)).utcoffset()
    except (KeyError, ValueError):
        return 0
    return int(delta.total_seconds()) if delta else 0


_SIZES = (24, 32, 48, 72, 192, 512)


def profile(user: User, *, with_email: bool) -> Json:
    """The `profile` object; the e-mail only for who holds users:read.email, and never for strangers."""
    first, _, last = user.real_name.partition(" ")
    shown: Json = {
        **user.raw.get("profile", {}),
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name,
        "display_name_normalized": user.display_name,
        "fields": None,
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        **{f"image_{size}": f"https://avatars.example/{user.id}-{size}.png" for size in _SIZES},
        "avatar_hash": "g" + user.id.lower(),
        "first_name": first,
        "last_name": last,
        "team": user.team_id,
    }
    shown.pop("email", None)
    if user.is_bot:
        shown |= {"api_app_id": user.app_id or "", "bot_id": user.bot_id or "", "always_active": False}
    elif with_email and user.email and not user.is_stranger:
        shown["email"] = user.email
    return shown


def shape(user: User, now: float, *, with_email: bool, with_locale: bool = False) -> Json:
    """The user object of users.info and users.list."""
    shown: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": offset(user.tz, now),
        "profile": profile(user, with_email=with_email),
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
        "is_email_confirmed": not user.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if user.is_stranger:
        shown["is_stranger"] = True
    if user.deleted:
        for key in ("tz", "tz_label", "tz_offset", "color", "is_admin", "is_owner", "is_primary_owner", "real_name"):
            shown.pop(key)
    if with_locale:
        shown["locale"] = "en-US"
    return shown


def group_shape(group: Group, team_id: str, *, with_users: bool, with_count: bool) -> Json:
    """The usergroup object of usergroups.list."""
    shown: Json = {
        "id": group.id,
        "team_id": team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": 1 if group.disabled else 0,
        "auto_type": None,
        "prefs": {"channels": [], "groups": []},
    }
    if with_users:
        shown["users"] = list(group.users)
    if with_count:
        shown["user_count"] = len(group.users)
    return shown
