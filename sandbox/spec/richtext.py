"""The shapes inside a rich_text block."""

from __future__ import annotations

from sandbox.spec.shapes import Check, array, boolean, choice, mapping, string, typed, whole

STYLE = mapping(
    dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean)
)


def _piece(kind: str, *required: str, **fields: Check) -> Check:
    return mapping({"type": choice(kind), "style": STYLE, **fields}, "type", *required)


PIECES: dict[str, Check] = {
    "text": _piece("text", "text", text=string(least=1)),
    "link": _piece("link", "url", url=string(3000, 1), text=string(), unsafe=boolean),
    "user": _piece("user", "user_id", user_id=string(pattern=r"[UW][A-Z0-9]+")),
    "usergroup": _piece("usergroup", "usergroup_id", usergroup_id=string(pattern=r"S[A-Z0-9]+")),
    "channel": _piece("channel", "channel_id", channel_id=string(pattern=r"[CGD][A-Z0-9]+")),
    "team": _piece("team", "team_id", team_id=string()),
    "broadcast": _piece("broadcast", "range", range=choice("here", "channel", "everyone")),
    "emoji": _piece("emoji", "name", name=string(least=1), unicode=string(), url=string(), skin_tone=whole(2, 6)),
    "color": _piece("color", "value", value=string()),
    "date": _piece("date", "timestamp", "format", timestamp=whole(), format=string(), fallback=string(), url=string()),
}
_LINE = array(typed(PIECES))
SECTION = mapping({"type": choice("rich_text_section"), "elements": _LINE}, "type", "elements")
_BORDER = choice(0, 1)
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_quote": mapping({"type": choice("rich_text_quote"), "elements": _LINE, "border": _BORDER}, "elements"),
    "rich_text_preformatted": mapping(
        {
            "type": choice("rich_text_preformatted"),
            "elements": array(typed({"text": PIECES["text"], "link": PIECES["link"]})),
            "border": _BORDER,
            "language": string(),
        },
        "elements",
    ),
    "rich_text_list": mapping(
        {
            "type": choice("rich_text_list"),
            "elements": array(SECTION),
            "style": choice("bullet", "ordered"),
            "indent": whole(0, 8),
            "offset": whole(0),
            "border": _BORDER,
        },
        "elements",
        "style",
    ),
}
BLOCK = mapping(
    {"type": choice("rich_text"), "block_id": string(255), "elements": array(typed(PARTS))},
    "type",
    "elements",
)
