"""chat.unfurl: what an app shows below a link that it was told of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from sandbox.spec.types import Json, SlackError
from sandbox.web import content
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import posting
from sandbox.world.channels import Channel


def _where(call: Call) -> tuple[Channel, str]:
    """The message, by channel and ts or by unfurl_id and source. SlackError missing_…, invalid_…, cannot_find_…."""
    if call.text("unfurl_id") or call.text("source"):
        return _by_id(call)
    for name in ("channel", "ts"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")
    channel = call.world.channels.get(call.text("channel"))
    if channel is None or (channel.kind != "public" and call.me not in channel.members):
        raise SlackError("cannot_find_channel")
    return channel, call.ts("ts", "cannot_find_message") or ""


def _by_id(call: Call) -> tuple[Channel, str]:
    for name in ("unfurl_id", "source"):
        if not call.text(name):
            raise SlackError(f"missing_{name}")
    key, _, rest = call.text("unfurl_id").partition(".")
    channel = call.world.channels.get(key)
    if channel is None:
        raise SlackError("invalid_unfurl_id")
    if call.text("source") != "conversations_history":
        raise SlackError("invalid_source")
    return channel, rest.rpartition(".")[0]


def _attachment(call: Call, url: str, given: Any) -> Json:
    if not isinstance(given, dict):
        raise SlackError("invalid_unfurls_format")
    row = {**given, "from_url": url, "app_unfurl_url": url, "is_app_unfurl": True, "app_id": call.app.id}
    row |= {"bot_id": call.app.bot_id}
    if "blocks" in row:
        row["blocks"] = content.checked_blocks(call.world, row["blocks"])
    elif not any(row.get(key) for key in ("text", "title", "fallback", "image_url", "fields", "preview")):
        raise SlackError("cannot_parse_attachment")
    return row


def _ours(call: Call, url: str) -> bool:
    """True for a link to one of the app's domains, or to what is below one."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return any(host == one or host.endswith(f".{one}") for one in call.app.unfurl_domains)


def _stands(text: str, url: str) -> bool:
    return any(f"<{form}{end}" in text for form in (url, url.replace("&", "&amp;")) for end in (">", "|"))


def unfurl(call: Call) -> Json:
    """chat.unfurl."""
    channel, ts = _where(call)
    given = call.structure("unfurls", "invalid_unfurls_format")
    prompts = any(call.args.get(f"user_auth_{name}") for name in ("message", "required", "url", "blocks"))
    if given is None:
        if prompts:
            return {}
        raise SlackError("missing_unfurls")
    if not isinstance(given, dict) or not given:
        raise SlackError("invalid_unfurls_format")
    message = channel.messages.by_ts.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise SlackError("cannot_find_message")
    text = str(message.get("text") or "")
    if not all(_ours(call, url) and _stands(text, url) for url in given):
        raise SlackError("cannot_unfurl_url")
    fresh = [_attachment(call, url, row) for url, row in given.items()]
    kept = [row for row in message.get("attachments") or [] if row.get("from_url") not in given]
    rows = [{**row, "id": number} for number, row in enumerate([*kept, *fresh], 1)]
    posting.edit(call.world, channel, ts, {"attachments": rows}, call.me, mark=False)
    return {}


METHODS: dict[str, Handler] = {"chat.unfurl": unfurl}
