"""Wording while somebody types: a line of hints under each field, drawn anew in the open form. The fields keep their names,
so that Slack keeps what is typed in them; where nothing changed, nothing is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks import parts, text
from bot.blocks.parts import Block
from bot.domain.wording.finding import Finding
from bot.domain.wording.sections import Section

# Every field of our forms whose words are looked at while they are typed.
FIELDS: Mapping[str, Section] = {
    "overview": Section.OVERVIEW,
    "what_happened": Section.WHAT_HAPPENED,
    "trigger": Section.CONTRIBUTING_FACTORS,
    "factors": Section.CONTRIBUTING_FACTORS,
    "resolution": Section.RESOLUTION,
    "long_term": Section.RESOLUTION,
    "well": Section.WENT_WELL,
    "badly": Section.WENT_BADLY,
    "lucky": Section.LUCKY,
    "canary": Section.COULD_HAVE_BEEN_CAUGHT,
    "tests": Section.COULD_HAVE_BEEN_CAUGHT,
    "load_test": Section.COULD_HAVE_BEEN_CAUGHT,
    "summary": Section.EXTERNAL_SUMMARY,
    "happened": Section.EXTERNAL_HAPPENED,
    "doing": Section.EXTERNAL_DOING,
}
_PREFIX = "hints-"
_MOST, _WORDS = 3, 80
_SENT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close", "clear_on_close")


def section_of(block_id: str) -> Section | None:
    """Where the words of a field belong; a further field of a long text belongs with the first one."""
    return FIELDS.get(block_id.partition("__")[0])


def live(block: Block) -> Block:
    """An input that tells of each character; one that takes none of the looked-at fields stays as it is."""
    element = block["element"]
    if element["type"] == "plain_text_input" and section_of(str(block["block_id"])):
        element = {**element, "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    elif element["type"] != "checkboxes":
        return block
    return {**block, "dispatch_action": True, "element": element}


def line(block_id: str, found: Sequence[Finding]) -> list[Block]:
    """The hints under one field: none for a text that reads well."""
    if not found:
        return []
    said = [_hint(each) for each in found[:_MOST]]
    if len(found) > _MOST:
        said.append(f"… and {len(found) - _MOST} more, under “Look at the wording”.")
    return [{**parts.context("\n".join(said)), "block_id": f"{_PREFIX}{block_id}"}]


def placed(blocks: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Finding]]) -> list[Block]:
    """The blocks of a form with these hints under their fields, and no others."""
    drawn: list[Block] = []
    for block in blocks:
        block_id = str(block.get("block_id") or "")
        if not block_id.startswith(_PREFIX):
            drawn += [dict(block), *line(block_id, found.get(block_id, ()))]
    return drawn


def redrawn(view: Mapping[str, Any], found: Mapping[str, Sequence[Finding]]) -> dict[str, Any] | None:
    """The open form with these hints; None when it shows them already."""
    shown = [block for block in view.get("blocks") or [] if isinstance(block, Mapping)]
    blocks = placed(shown, found)
    if _said(blocks) == _said(shown):
        return None
    return {**{name: view[name] for name in _SENT if view.get(name) is not None}, "blocks": blocks}


def _said(blocks: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What the hints say, and where; entities come back as Slack likes."""
    hints = [block for block in blocks if str(block.get("block_id") or "").startswith(_PREFIX)]
    return [(str(block["block_id"]), _words(block)) for block in hints]


def _words(block: Mapping[str, Any]) -> str:
    elements = block.get("elements")
    texts = [each.get("text") for each in elements if isinstance(each, Mapping)] if isinstance(elements, list) else []
    return "".join(each for each in texts if isinstance(each, str))


def _hint(found: Finding) -> str:
    better = " or ".join(f"_{text.escape(each)}_" for each in found.replacements if each.strip())
    instead = f" Better: {better}." if better else ""
    words = text.escape(text.clip(" ".join(found.words.split()), _WORDS))
    return f":bulb: *{words}*: {text.escape(found.reason)}{instead}"
