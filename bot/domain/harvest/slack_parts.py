"""The nested parts of Slack's message JSON (blocks, attachments), turned back into its markup. Messages of apps often
have no text of their own, and newer clients write lists, quotes and code as nested elements; the rules read text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_BROKEN = re.compile("[\x00\ud800-\udfff]")
_URL = re.compile(r"https?://[^\s<>|\"]+")
_DEPTH = 12


def clean(value: object) -> str:
    """The value when it is text, with NUL and lone surrogates (no database or terminal takes them) replaced."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and "\x00" not in value:
        return value
    return _BROKEN.sub("\ufffd", value)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blocks_text(blocks: object) -> str:
    """The text of a list of blocks in Slack's markup; empty for anything else."""
    return "\n".join(part for block in _dicts(blocks) if (part := _block(block)))


def attachments_text(attachments: object) -> list[str]:
    """What an app's attachments say, one entry an attachment."""
    texts = []
    for attachment in _dicts(attachments):
        parts = [clean(attachment.get(key)) for key in ("pretext", "title", "text")]
        parts += [
            f"{clean(field.get('title'))}: {clean(field.get('value'))}" for field in _dicts(attachment.get("fields"))
        ]
        parts.append(blocks_text(attachment.get("blocks")))
        said = "\n".join(part for part in parts if part.strip()) or clean(attachment.get("fallback"))
        if said.strip():
            texts.append(said)
    return texts


def links_beyond(text: str, *nested: object) -> tuple[str, ...]:
    """Every http address in the nested parts that `text` does not hold, in order, once each."""
    found = dict.fromkeys(url for part in nested if part for url in _urls(part, _DEPTH))
    return tuple(url for url in found if url not in text)


def _urls(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from _URL.findall(clean(value).replace("&amp;", "&")) if "://" in value else ()
    elif depth and isinstance(value, Mapping):
        for key, inner in value.items():
            if not str(key).endswith(("_icon", "image_url", "thumb_url", "author_link", "footer_icon")):
                yield from _urls(inner, depth - 1)
    elif depth and isinstance(value, list):
        for inner in value:
            yield from _urls(inner, depth - 1)


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def _block(block: Mapping[str, Any]) -> str:
    if block.get("type") == "rich_text":
        return "\n".join(_rich(element, _DEPTH) for element in _dicts(block.get("elements")))
    pieces = [block.get("text"), *_dicts(block.get("fields"))]
    if block.get("type") == "context":
        pieces += list(_dicts(block.get("elements")))
    return "\n".join(said for piece in pieces if (said := _text_object(piece)))


def _text_object(value: object) -> str:
    if isinstance(value, str):
        return clean(value)
    if not isinstance(value, Mapping):
        return ""
    said = clean(value.get("text"))
    return escape(said) if value.get("type") == "plain_text" else said


def _rich(element: Mapping[str, Any], depth: int) -> str:
    if depth == 0:
        return ""
    inner = [(_rich if "elements" in each else _leaf)(each, depth - 1) for each in _dicts(element.get("elements"))]
    kind = element.get("type")
    if kind == "rich_text_list":
        return "\n".join(f"• {item}" for item in inner)
    joined = "".join(inner)
    if kind == "rich_text_preformatted":
        return f"```{joined}```"
    if kind == "rich_text_quote":
        return "\n".join(f"&gt; {line}" for line in joined.split("\n"))
    return joined


def _leaf(leaf: Mapping[str, Any], _depth: int) -> str:
    kind, said = leaf.get("type"), escape(clean(leaf.get("text")))
    if kind == "text":
        style = leaf.get("style")
        mark = _mark(style) if isinstance(style, Mapping) and said.strip() else ""
        return f"{mark}{said}{mark}"
    if kind == "link":
        url = escape(clean(leaf.get("url")))
        return f"<{url}|{said}>" if said else f"<{url}>"
    token = _TOKENS.get(str(kind))
    return token[0] + clean(leaf.get(token[1])) + token[2] if token else said


def _mark(style: Mapping[str, Any]) -> str:
    return next((mark for name, mark in _MARKS if style.get(name)), "")


_MARKS = (("code", "`"), ("strike", "~"), ("bold", "*"), ("italic", "_"))
_TOKENS = {
    "user": ("<@", "user_id", ">"),
    "channel": ("<#", "channel_id", ">"),
    "usergroup": ("<!subteam^", "usergroup_id", ">"),
    "broadcast": ("<!", "range", ">"),
    "emoji": (":", "name", ":"),
    "date": ("", "fallback", ""),
}
