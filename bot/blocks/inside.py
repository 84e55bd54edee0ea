"""Something to read inside an open form: Slack lays three modals over one another and no fourth, and a form that gives way
to another loses what is typed in it. The fields keep their names, so that Slack keeps the words in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.blocks import parts
from bot.blocks.parts import Block

_PREFIX = "look-"
_MOST = 100
_SENT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close", "clear_on_close")
_CUT = "… the rest has no room in here. Save the form, and open it from the card of the post-mortem to see all of it."
_FORM = ":warning: Nothing more can be opened over this form. Save it or close it first, then press the button again."


def holds_words(view: Mapping[str, Any]) -> bool:
    """Whether somebody may have typed or chosen something in it."""
    return any(block.get("type") == "input" for block in _blocks(view))


def instead(under: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Any]:
    """What the modal `under` shows where `view` cannot be laid over it: the view itself, and a form only takes up what is
    there to be read."""
    if not holds_words(under):
        return dict(view)
    return shown(under, [parts.section(_FORM)] if holds_words(view) else _blocks(view))


def shown(form: Mapping[str, Any], blocks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The open form with these blocks at its end, in the place of those that were shown there before."""
    kept = [dict(block) for block in _blocks(form) if not str(block.get("block_id") or "").startswith(_PREFIX)]
    room = _MOST - len(kept) - 1
    more = [*blocks[: room - 1], parts.context(_CUT)] if len(blocks) > room else list(blocks)
    look: list[Block] = [parts.divider(), *(dict(block) for block in more)] if room > 0 else []
    named = [{**block, "block_id": f"{_PREFIX}{number}"} for number, block in enumerate(look)]
    return {**{name: form[name] for name in _SENT if form.get(name) is not None}, "blocks": [*kept, *named]}


def _blocks(view: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [block for block in view.get("blocks") or [] if isinstance(block, Mapping)]
