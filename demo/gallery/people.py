"""The people, channels and groups of the gallery, for the bot and for whatever draws its page."""

from __future__ import annotations

from bot.domain.harvest.person import Person
from demo.gallery.entry import Json

TEAM, WORKSPACE = "T0ACME", "https://acme.slack.com/"
CHANNEL, REVIEWS, SUPPORT_ROOM, DIRECT = "C0INC1", "C0REV1", "C0SUP1", "D0BOT1"
SUPPORT = "S0SUP1"
APP, BOT, BOT_USER = "A0PM", "B0PM", "U0PM"
ANA, BEN, CHIOMA, DANA, ELIF, FARID, GAST = "U0ANA1", "U0BEN1", "U0CHI1", "U0DAN1", "U0ELI1", "U0FAR1", "U0GAS1"

_EVERYBODY = (
    (ANA, "ana", "Ana Lima", "America/New_York", "Incident commander"),
    (BEN, "ben", "Ben Okafor", "Europe/Berlin", "Checkout team"),
    (CHIOMA, "chioma", "Chioma Eze", "Europe/London", "Database team"),
    (DANA, "dana", "Dana Petrov", "America/New_York", "Payments team"),
    (ELIF, "elif", "Elif Kaya", "Europe/Istanbul", "Customer support"),
    (FARID, "farid", "فريد حداد", "Asia/Dubai", "Search team"),
)
PEOPLE = {user: Person(user, shown.split()[0], shown, tz, handle=handle) for user, handle, shown, tz, _ in _EVERYBODY}
# Somebody who left, and is still named in what was written.
GONE = Person(GAST, "Gaston", "Gaston Roy", "Europe/Paris", deleted=True, handle="gaston")


def directory(url: str = WORKSPACE) -> Json:
    """What the page of the local Slack knows of a workspace when Ana looks at it."""
    users = [
        {"id": user, "name": handle, "shown": shown.split()[0], "real_name": shown, "tz": tz, "title": title}
        for user, handle, shown, tz, title in _EVERYBODY
    ]
    left = {"id": GAST, "name": "gaston", "shown": "Gaston", "real_name": "Gaston Roy", "tz": "Europe/Paris"}
    bot = {"id": BOT_USER, "name": "postmortem", "shown": "Post-mortem", "real_name": "Post-mortem", "tz": "Etc/UTC"}
    members = [*(user["id"] for user in users), BOT_USER]
    rooms = ((CHANNEL, "inc-checkout"), (REVIEWS, "post-mortem-reviews"), (SUPPORT_ROOM, "support-handover"))
    return {
        "team": {"id": TEAM, "name": "Acme", "domain": "acme"},
        "url": url.rstrip("/"),
        "me": ANA,
        "users": [*users, {**left, "deleted": True}, {**bot, "is_bot": True, "app_id": APP}],
        "usergroups": [{"id": SUPPORT, "handle": "customer-support", "name": "Customer support", "users": [ELIF]}],
        "apps": [{"id": APP, "name": "Post-mortem", "bot_user_id": BOT_USER, "bot_id": BOT, "home_tab": True}],
        "channels": [
            *({"id": key, "name": name, "kind": "public", "members": members, "pins": []} for key, name in rooms),
            {"id": DIRECT, "name": "", "kind": "im", "members": [ANA, BOT_USER], "pins": []},
        ],
    }
