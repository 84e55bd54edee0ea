"""What became of the messages that people mark: in a line for the card, and beside each line of the timeline what happened to
its message in Slack since."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import text
from bot.domain import phrases, side_rooms
from bot.domain.capture import PIN, Capture, Question
from bot.domain.harvest import text as slack_text
from bot.domain.overview import Overview
from bot.domain.status import Status
from bot.domain.timeline import Item

_SHOWN = 300


def summary(overview: Overview) -> str:
    """How many messages are marked, and what there is to know of them; "" for none."""
    if overview.postmortem.status is Status.CLOSED:
        return ""
    captures = overview.life.captures.values()
    standing = {item.id for item in overview.life.items}
    there = [each for each in captures if any(mark.on for mark in each.heard.marks)]
    lines = sum(each.item_id in standing for each in captures)
    lost = sum(bool(each.trouble) and each.item_id is None and bool(each.heard.marks) for each in captures)
    asked = sum(each.question is Question.ASKED and each.item_id in standing for each in captures)
    said = [phrases.count(len(there), "message") if there else ""]
    said += [f"{phrases.count(lines, 'line')} of the timeline" if lines else ""]
    said += [f"{lost} deleted before I could read {'it' if lost == 1 else 'them'}" if lost else ""]
    said += [f"{phrases.count(asked, 'line')} that nobody marks any more, and somebody is asked" if asked else ""]
    told = ", ".join(each for each in said if each)
    return f"Marked by people: {told}." if told else ""


def beside(overview: Overview, item: Item) -> list[str]:
    """What happened to the message of a line since: edited, deleted, marked by nobody any more. Nothing for most."""
    capture = of(overview, item)
    if capture is None:
        return []
    heard, said = capture.heard, list[str]()
    if heard.edited_at and heard.before is not None:
        when = f"edited in Slack {heard.edited_at:%Y-%m-%d %H:%M} UTC"
        follows = capture.item_id == item.id and capture.item_version == item.version
        other = (
            f"before: {_quoted(overview, heard.before)}" if follows else f"now: {_quoted(overview, heard.said or '')}"
        )
        said.append(f":pencil2: {when}; {other}")
    if heard.deleted_at:
        said.append(f":wastebasket: deleted in Slack {heard.deleted_at:%Y-%m-%d %H:%M} UTC; its words are kept here")
    if capture.question is Question.ASKED and capture.item_id == item.id:
        said.append(
            ":grey_question: nobody marks its message any more, and somebody changed this line: it stays until it is taken out"
        )
    return said


def source(overview: Overview, item: Item) -> str:
    """Where a line comes from, above its form: when the message was posted, and who marked it."""
    capture = of(overview, item)
    if capture is None or capture.body is None:
        return ""
    posted = f"Posted {capture.body.at:%Y-%m-%d %H:%M:%S} UTC"
    marks = [mark for mark in capture.heard.marks if mark.on]
    by = phrases.listing([_mark(each.name, each.user_id) for each in marks], most=8)
    return f"{posted}, marked by {by}." if marks else f"{posted}."


def of(overview: Overview, item: Item) -> Capture | None:
    """What was heard of the message that a line comes from."""
    channel = item.channel_id or overview.postmortem.channel_id
    return overview.life.captures.get((channel, side_rooms.place(item.ts)[0])) if item.ts else None


def _mark(name: str, user: str) -> str:
    who = text.mention(user) if user else "somebody"
    return f"{who} ({'a pin' if name == PIN else f':{text.escape(name)}:'})"


def _quoted(overview: Overview, raw: str) -> str:
    def name(user_id: str, label: str) -> str:
        person = overview.people.get(user_id)
        return person.name if person else slack_text.no_names(user_id, label)

    words = " ".join(slack_text.plain(raw, name).split())
    return f"“{text.escape(text.clip(words, _SHOWN))}”"


def joined(said: Sequence[str]) -> str:
    """Each on a line of its own, below what stands there."""
    return "".join(f"\n{each}" for each in said)
