"""What `app.py doctor` asks Slack: whether it knows our tokens, and whether they allow what the bot does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.config import Settings
from bot.domain import phrases
from bot.integrations import slack_identity, slack_scopes
from bot.integrations.slack_call import BAD_TOKEN, SlackCall
from bot.ports.errors import IntegrationError
from cli.finding import Finding, fine, wrong

REINSTALL = "add it under OAuth & Permissions and reinstall the app"
# Slack's requests are refused when they seem older than five minutes; well before that somebody should know.
CLOCK_SECONDS = 60
_SECRET = re.compile(r"[0-9a-f]{32}")


def look(settings: Settings, now: datetime) -> Iterator[Finding]:
    """All that concerns Slack. `now` is aware."""
    yield from _bot(settings, now)
    if settings.slack.socket_mode:
        yield _socket(settings)
    else:
        yield _signing_secret(settings)


def _bot(settings: Settings, now: datetime) -> Iterator[Finding]:
    call = _call(settings, settings.slack.bot_token.get_secret_value())
    try:
        answer, headers = call.exchange("auth.test")
    except IntegrationError as error:
        yield wrong("bot token", _refused("SLACK_BOT_TOKEN", error, settings))
        return
    identity = slack_identity.read(answer)
    if not identity.bot_id:
        text = "SLACK_BOT_TOKEN is no bot's token: copy the Bot User OAuth Token, which begins with xoxb-."
        yield wrong("bot token", text)
        return
    yield fine("bot token", f"{identity.url or identity.team_id} knows it as {identity.bot_user}.")
    yield from _scopes(headers, frozenset({"canvases:write"} if settings.policy.canvas else ()))
    yield from _clock(headers, now)
    yield from _groups(call, settings)
    yield from _channels(call, settings)


def _scopes(headers: Mapping[str, str], wanted: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """`wanted` are optional ones that the settings ask for."""
    told = headers.get("x-oauth-scopes")
    if told is None:
        yield fine("scopes", "Slack does not tell them here; a call that lacks one will say so.")
        return
    granted = frozenset(told.replace(",", " ").split())
    for name in slack_scopes.missing(granted, wanted):
        why = slack_scopes.SCOPES[name].why
        yield wrong("scopes", f"The app lacks {name}, which it needs to {why}: {REINSTALL}.")
    for name in slack_scopes.left_out(granted, wanted):
        without = slack_scopes.SCOPES[name].without
        yield fine("optional scope", f"The app lacks {name}: without it {without}. If you want them, {REINSTALL}.")
    if not slack_scopes.missing(granted, wanted):
        more = sorted(granted - slack_scopes.SCOPES.keys())
        extra = f" (and {phrases.listing(more)}, which it does not need)" if more else ""
        yield fine("scopes", f"all {len(slack_scopes.SCOPES.keys() & granted)} are granted{extra}.")


def _clock(headers: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """Slack's time is in every answer; one that cannot be read says nothing about our clock."""
    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return
    ahead = (now - theirs.replace(tzinfo=theirs.tzinfo or UTC)).total_seconds()
    if abs(ahead) <= CLOCK_SECONDS:
        yield fine("clock", "agrees with Slack's.")
        return
    which = "ahead of" if ahead > 0 else "behind"
    yield wrong("clock", f"This machine is {abs(ahead):.0f} s {which} Slack's time: set its clock, or use NTP.")


def _groups(call: SlackCall, settings: Settings) -> Iterator[Finding]:
    policy = settings.policy
    for setting, group in (("IC_GROUP", policy.ic_group), ("SUPPORT_GROUP", policy.support_group)):
        if group:
            yield _group(call, setting, group)


def _channels(call: SlackCall, settings: Settings) -> Iterator[Finding]:
    policy = settings.policy
    for setting, channel in (
        ("SUPPORT_CHANNEL", policy.support_channel),
        ("REVIEW_CHANNEL", policy.review_channel),
        ("LEARNINGS_CHANNEL", policy.learnings_channel),
    ):
        if channel:
            yield _channel(call, setting, channel)


def _channel(call: SlackCall, setting: str, channel: str) -> Finding:
    check = setting.lower().replace("_", " ")
    try:
        found = call("conversations.info", form=True, channel=channel).get("channel") or {}
    except IntegrationError as error:
        return wrong(
            check, f"Slack does not show {setting} {channel} ({error.name}): check its id, and invite the bot there."
        )
    if found.get("is_archived"):
        return wrong(check, f"{setting} #{found.get('name')} is archived: choose another channel.")
    if found.get("is_private") and not found.get("is_member"):
        return wrong(check, f"The bot is not in {setting} #{found.get('name')}: type /invite with its name there.")
    return fine(check, f"#{found.get('name')} can be posted to.")


def _group(call: SlackCall, setting: str, group: str) -> Finding:
    check = "IC group" if setting == "IC_GROUP" else "support group"
    try:
        members = call("usergroups.users.list", form=True, usergroup=group).get("users") or []
    except IntegrationError as error:
        text = f"Slack does not give the members of {setting} {group} ({error.name}): check the group's id."
        return wrong(check, text)
    return fine(check, f"{group} has {phrases.count(len(members), 'member')}.")


def _socket(settings: Settings) -> Finding:
    assert settings.slack.app_token
    try:
        _call(settings, settings.slack.app_token.get_secret_value())("apps.connections.open")
    except IntegrationError as error:
        return wrong("app token", _refused("SLACK_APP_TOKEN", error, settings))
    return fine("app token", "Slack opens a socket for it.")


def _signing_secret(settings: Settings) -> Finding:
    secret = settings.slack.signing_secret
    if secret is None or not _SECRET.fullmatch(secret.get_secret_value()):
        text = "SLACK_SIGNING_SECRET is not of Slack's form (32 of 0-9 and a-f): copy it from Basic Information."
        return wrong("signing secret", text)
    return fine("signing secret", "of the right form.")


def _refused(setting: str, error: IntegrationError, settings: Settings) -> str:
    if error.name == "missing_scope" and setting == "SLACK_APP_TOKEN":
        return f"{setting} lacks {slack_scopes.APP_TOKEN_SCOPE}: make an app-level token with it."
    if error.name in BAD_TOKEN:
        where = "Basic Information, App-Level Tokens" if setting == "SLACK_APP_TOKEN" else "OAuth & Permissions"
        return f"{setting} is refused by Slack ({error.name}): copy it anew from {where}."
    if error.retryable:
        address = settings.slack.api_url
        return f"Slack does not answer at {address} ({error.name}): check the network, the proxy and SLACK_API_URL."
    return f"Slack refuses the call with {setting} ({error.name}): check the app at https://api.slack.com/apps."


def _call(settings: Settings, token: str) -> SlackCall:
    return SlackCall(slack_identity.client(token, settings.slack.api_url))
