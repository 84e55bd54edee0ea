"""Why the harvest made of one message what it made, for a person: line by line, in Markdown that nothing somebody wrote can break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.documents import finding_words as words
from bot.documents import harvest_markdown as md
from bot.documents import outcome_words
from bot.domain.harvest.explanation import Asked, Explanation, OnScale, Part, Read, Scaled, Verdict

MOST = 8
_NEVER = -8.9  # what a line without a sentence is said to weigh


PASSED_OVER = (
    "Nothing around this message sounds of an incident, so the harvest passed it over but for marked lines. What follows is what it makes "
    "of it with `--whole`."
)


def as_markdown(
    channel: str,
    explained: Explanation,
    names: Mapping[str, str],
    *,
    messages_read: int,
    passed_over: bool = False,
    skipped: Iterable[str] = (),
) -> str:
    """A page for people. `passed_over`: only `--whole` looks at it; `skipped`: what was left out, one plain sentence each."""
    left_out = [f"**Not everything was read:** {md.inline(each)}" for each in skipped]
    parts = [
        f"# One message of #{md.inline(channel)}, explained",
        *left_out,
        *([PASSED_OVER] if passed_over else ()),
        _read(explained.read, messages_read),
        *(_talk(explained, names) if explained.read.talk else ()),
    ]
    return "\n\n".join(parts) + "\n"


def _talk(explained: Explanation, names: Mapping[str, str]) -> list[str]:
    found = [_verdict(each, names) for each in explained.verdicts]
    found += [
        f"- {each.rule}, {words.name(each)} beside: {md.inline(words.text(each, names))}" for each in explained.beside
    ]
    return [
        "## The rules that were asked\n\n" + "\n".join(_asked(each, names) for each in explained.asked),
        *(_on_scale(each) for each in explained.weighed),
        "## What became of it\n\n" + ("\n".join(found) or "Nothing was found in it."),
    ]


def _read(read: Read, messages_read: int) -> str:
    said = read.message
    where = f"in the thread of {read.thread_ts}" if read.thread_ts else "in the channel itself"
    head = (
        f"{said.at:%Y-%m-%d %H:%M:%S} UTC, {md.inline(said.name)}, {where} ({said.ts}; {messages_read} messages read):"
    )
    quote = "\n".join(f"> {md.inline(line)}" for line in said.text.splitlines()[:40]) or "> (no words)"
    return f"{head}\n\n{quote}\n\n" + "\n".join(f"- {each}" for each in _facts(read))


def _facts(read: Read) -> list[str]:
    if not read.talk:
        what = f"Slack's own notice ({md.inline(read.subtype)})" if read.subtype else "the bot's own"
        return [f"It does not count as talk: it is {what}. No rule is asked about it and nothing is weighed."]
    author = (
        "It counts as talk, by a person."
        if read.human
        else "It counts as talk, but no person wrote it: only rules that read apps are asked."
    )
    follow_ups, response = _in(read.in_follow_ups), _in(read.in_response)
    times = (
        f"It is {follow_ups} the time in which follow-ups are looked for, and {response} that of timeline and roles."
    )
    lent = [f"It belongs to the entry of {read.lent_to}."] if read.lent_to else []
    return [author, times, *lent, *_bare_times(read)]


def _bare_times(read: Read) -> list[str]:
    if read.bare_times is None:
        return []
    why = "as its times and those around it fit best" if read.bare_times == "UTC" else "the zone of its author"
    return [f"Its times without a zone are read in {md.inline(read.bare_times)}, {why}."]


def _in(inside: bool) -> str:
    return "in" if inside else "outside"


def _asked(asked: Asked, names: Mapping[str, str]) -> str:
    woken = "by " + ", ".join(f"“{md.inline(cue)}”" for cue in asked.cues[:MOST]) if asked.cues else "always"
    said = [f"{words.name(each)}: “{md.inline(_short(words.text(each, names)))}”" for each in asked.found]
    return f"- {asked.rule} {md.inline(asked.title)} (asked {woken}): {'; '.join(said) or 'nothing'}"


def _short(said: str, most: int = 160) -> str:
    line = " ".join(said.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _on_scale(of: OnScale) -> str:
    head = "## Weighed for the " + ("follow-ups" if of.what == "follow_ups" else "timeline")
    if of.unweighed:
        return f"{head}\n\n{outcome_words.UNWEIGHED[of.unweighed]}"
    asked = (
        f"From {_number(of.least)} on it is proposed{_why(of)}; from {_number(max(of.sure, of.least))} on it is sure."
    )
    likely = [f"Its likeliest kind is “{of.likely.value.replace('_', ' ')}”."] if of.likely else []
    return "\n\n".join([head, asked, *(_scaled(each) for each in of.scaled), *likely])


def _why(of: OnScale) -> str:
    if of.gate is not None:
        return f" (what weighs {_number(of.gate)} or more by its words is looked at again, among what else was said)"
    if of.noticed:
        return " (less than of others, since a rule noticed it)"
    if abs(of.shift) < 0.005:
        return ""
    more = "more" if of.shift > 0 else "less"
    return f" (the channel shifts that by {_number(-of.shift)}, since {more} of its talk than usual is about later)"


def _scaled(of: Scaled) -> str:
    if of.weight <= _NEVER and not of.parts:
        return "A line without a sentence weighs nothing."
    said = f"“{md.inline(of.said)}”" if of.said else "What stands around it"
    line = f" (line {of.line + 1})" if of.line else ""
    enough = "enough" if of.enough else "not enough"
    rows = [f"- it starts at {_number(of.start)}", *_side("for", of.parts, 1), *_side("against", of.parts, -1)]
    return f"{said}{line} weighs {_number(of.weight)}: {enough}.\n\n" + "\n".join(rows)


def _side(name: str, parts: tuple[Part, ...], sign: int) -> list[str]:
    side = [each for each in parts if each.weight * sign > 0]
    rest = sum(each.weight for each in side[MOST:])
    rows = [f"- {name}: {_number(each.weight)} {md.inline(each.label)}" for each in side[:MOST]]
    return rows + ([f"- {name}: {_number(rest)} by {len(side) - MOST} more"] if len(side) > MOST else [])


def _number(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _verdict(of: Verdict, names: Mapping[str, str]) -> str:
    said = md.inline(_short(words.text(of.finding, names)))
    return f"- {of.rule} {md.inline(of.title)}, {words.name(of.finding)} “{said}”: {outcome_words.outcome(of)}."
