"""The findings about wording as a list to go through: each with the words in their sentence, why they are marked, and one
click for better ones. Leaving everything as it is takes one click a page: it is an offer, and no wall."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, lines, modals, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases, typed, wording_places
from bot.domain.postmortem import Postmortem
from bot.domain.wording.checks import Located
from bot.domain.wording.finding import Level

SIZE = 8
_AROUND, _WORDS, _LABEL = 90, 200, 40
_TAKE = (ids.WORDING_TAKE, ids.WORDING_TAKE_OTHER)


def listing(record: Postmortem, left: Sequence[Located], looked: int, number: int = 0) -> dict[str, Any]:
    """One page of the list, from 0; the last one when it was beyond."""
    last = max(0, (len(left) - 1) // SIZE)
    number = min(number, last)
    shown = left[number * SIZE : (number + 1) * SIZE]
    blocks = [parts.context(_head(record, left, looked))]
    for each in shown:
        blocks += _entry(record, each)
    if not left:
        blocks.append(parts.section(":white_check_mark: Nothing is left to look at."))
    else:
        blocks += _foot(record, shown, number, last)
    return {
        "type": "modal",
        "callback_id": ids.WORDING,
        "title": parts.plain("Wording", 24),
        "close": parts.plain("Close", 24),
        "private_metadata": json.dumps({"record": record.id, "page": str(number)}),
        "blocks": blocks,
    }


def ignore_form(record: Postmortem, located: Located, value: str) -> dict[str, Any]:
    """The form that asks why a finding is right as it stands."""
    blocks = [
        parts.section(f"{lines.name(record)}\n{_excerpt(located)}"),
        inputs.line(
            "Why is it right as it stands?", ids.REASON, "", most=500, multiline=True, hint="The history keeps it."
        ),
    ]
    return modals.view(
        ids.IGNORE, "Ignore it", "Ignore", blocks, json.dumps({"record": record.id, "finding": rest(value)})
    )


def value(record: Postmortem, located: Located) -> str:
    """What a button hands back: the record, the section, the text that was shown, and which finding in it."""
    section, key = located.section.value, located.finding.key
    return f"{record.id}:{section}|{wording_places.digest(located.text)}|{key}"


def read(said: str) -> tuple[tuple[str, str], str]:
    """(section, finding) and the digest, of what stands behind the record in a button's value."""
    section, _, more = said.partition("|")
    digest, _, key = more.partition("|")
    return (section, key), digest


def rest(said: str) -> str:
    """The value without its record."""
    return said.partition(":")[2]


def short(located: Located) -> str:
    """A few letters that stand for a finding, so that a button can name a page of them."""
    return hashlib.sha256(located.key.encode("utf-8", "replace")).hexdigest()[:10]


def _head(record: Postmortem, left: Sequence[Located], looked: int) -> str:
    warned = sum(each.finding.level is Level.WARN for each in left)
    said = [f"{record.name}: these are offers. Take the better words, or leave it as it is: both are fine."]
    if warned:
        said.append(f"{phrases.count(warned, 'warning')} to be looked at before the review.")
    if looked:
        said.append(f"{phrases.count(looked, 'finding')} looked at already.")
    return " ".join(said)


def _entry(record: Postmortem, located: Located) -> list[Block]:
    finding, handed = located.finding, value(record, located)
    sign = ":warning:" if finding.level is Level.WARN else ":bulb:"
    line = f"{sign} *{located.section.label}*{_which(located)}\n{_excerpt(located)}\n{text.escape(finding.reason)}"
    better = [
        parts.button(_better(words), action_id, handed, "primary" if number == 0 else None)
        for number, (words, action_id) in enumerate(zip(finding.replacements, _TAKE, strict=False))
    ]
    buttons = [
        *better,
        parts.button("Leave it", ids.WORDING_LEAVE, handed),
        parts.button("Ignore because…", ids.WORDING_IGNORE_OPEN, handed),
    ]
    return [parts.section(line), parts.actions(*buttons)]


def _which(located: Located) -> str:
    return f", line {located.item + 1}" if located.item else ""


def _better(words: str) -> str:
    return f"“{typed.clip(words.strip(), _LABEL)}”" if words.strip() else "Leave the word out"


def _excerpt(located: Located) -> str:
    """The words within their sentence, in bold."""
    finding, said = located.finding, located.text
    before, after = said[: finding.start], said[finding.end :]
    head = before if len(before) <= _AROUND else "…" + before[-_AROUND:]
    tail = after if len(after) <= _AROUND else after[:_AROUND] + "…"
    words = typed.clip(" ".join(finding.words.split()), _WORDS)
    return f"&gt; {_line(head)}*{text.escape(words)}*{_line(tail)}"


def _line(words: str) -> str:
    """On one line, the blanks at its ends kept; marks that would end the bold are taken out."""
    cleaned = text.escape(" ".join(words.replace("*", "").split()))
    lead = " " if words[:1].isspace() else ""
    trail = " " if cleaned and words[-1:].isspace() else ""
    return f"{lead}{cleaned}{trail}"


def _foot(record: Postmortem, shown: Sequence[Located], number: int, last: int) -> list[Block]:
    named = ",".join(map(short, shown))
    label = "Leave them all as they are" if last == 0 else "Leave all on this page as they are"
    buttons = [parts.button(label, ids.WORDING_LEAVE_PAGE, f"{record.id}:{named}")]
    if number > 0:
        buttons.append(parts.button("← Back", ids.WORDING_PAGE, f"{record.id}:{number - 1}"))
    if number < last:
        buttons.append(parts.button("More →", ids.WORDING_PAGE, f"{record.id}:{number + 1}"))
    # Two buttons of one name may not stand in one row of buttons.
    rows = [parts.actions(buttons[0]), *([parts.actions(*buttons[1:2])] if len(buttons) > 1 else [])]
    rows += [parts.actions(*buttons[2:])] if len(buttons) > 2 else []
    where = [parts.context(f"Page {number + 1} of {last + 1}")] if last else []
    return [parts.divider(), *where, *rows]
