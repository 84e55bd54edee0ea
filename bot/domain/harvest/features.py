"""What the weighing looks at: the words of a sentence and what stands around it, as plain names. The same names stand in the table
of weights, so that every result can be read back word by word."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.vocabulary import AT_ONCE, DOING_VERBS, DONE_VERBS, LASTING, NO_NAMES

_TOKEN = re.compile(
    r"https?://\S+|@[\w.'-]+(?: [A-Z][\w.'-]+)?|:[a-z][\w+'-]*:|[A-Z]{2,10}-\d+|#\d+|\b[0-9a-f]{7,40}\b|"
    r"\d{1,2}:\d\d(?::\d\d)?|[\d][\d.,]*\s?%|\d[\d.,]*[a-zA-Z]{0,3}|[^\W\d_][\w']*|[?!…]|→|->"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s+(?:[–—]|--)\s+")
_CLOCK, _PERCENT = re.compile(r"\d{1,2}:\d\d"), "%"
_MOST = 60  # tokens of a sentence that are looked at
_NEAR, _SOON = 180.0, 600.0
MINUTES = (10, 30, 60, 120, 240, 600, 1440)
LATELY = (2, 4, 8, 16, 32)
NEW, KNOWN, SHARES = (1, 2, 3, 5, 8), (1, 2, 3, 5), (0.02, 0.05, 0.1, 0.2, 0.35)


def tokens(said: str) -> list[str]:
    """The words of a text, folded: all links are one word, all numbers one, all mentions one."""
    return [_folded(each) for each in _TOKEN.findall(said)[:_MOST]]


def _folded(token: str) -> str:
    first = token[0]
    if first.isalpha():
        if token.startswith("http") and "://" in token:
            return "<url>"
        if token[-1].isdigit() and "-" in token:
            return "<key>"
        return token.lower()
    if first.isdigit():
        if _CLOCK.match(token):
            return "<time>"
        return "<%>" if token.endswith(_PERCENT) else "<n>"
    return "@" if first == "@" else "<key>" if first == "#" else token


def sentences(said: str, note: Note) -> list[str]:
    """The sentences of a line; the dot of somebody's name ("Ana B.") ends none."""
    parts = [each for each in _SENTENCE.split(said)[:20] if each.strip()]
    dotted = [f"@{name}" for name in note.mentions if name.endswith((".", "!", "?"))] if "@" in said else []
    for place in range(len(parts) - 2, -1, -1):
        if parts[place].endswith(tuple(dotted)):
            parts[place : place + 2] = [f"{parts[place]} {parts[place + 1]}"]
    return parts


@lru_cache(maxsize=64)  # the timeline and the follow-ups ask about the same sentence, one after the other
def of_sentence(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a sentence, and the names for them."""
    words = tokens(said)
    return tuple(words), tuple(of_words(words))


def of_words(words: Sequence[str]) -> Iterator[str]:
    """The names for a sentence's words: each, each pair, and how it begins."""
    before = "^"
    for word in words:
        yield word
        yield f"{before} {word}"
        before = word
    yield f"{before} $"
    yield from _classes(words)


_JOINERS = frozenset(("and", "or", "@", "will", "should", "please", "also", "both", "all"))


def given(words: Sequence[str]) -> Iterator[str]:
    """`nick to draft the note`, `ana and bo to meet them`, `nick will ...`, `nick needs to ...`: somebody is named in front of work."""
    for place, word in enumerate(words[:7]):
        if word in ("to", "will", "should", "needs", "must"):
            if (
                place
                and all(each in _JOINERS or each not in NO_NAMES for each in words[:place])
                and words[0] not in _JOINERS - {"@"}
            ):
                yield f"~names {word}"
                following = words[place + 1] if place + 1 < len(words) else ""
                for name, group in _GROUPS:
                    if following in group:
                        yield f"~names {word} {name}"
            return
        if word in NO_NAMES or word[0] in "<:?!":
            return


def _classes(words: Sequence[str]) -> Iterator[str]:
    size = len(words)
    yield "~words:" + (
        "1"
        if size < 2
        else "2-3"
        if size < 4
        else "4-6"
        if size < 7
        else "7-12"
        if size < 13
        else "13-24"
        if size < 25
        else "25+"
    )
    if not words:
        return
    for place, word in enumerate(words[:3]):
        for name, group in _GROUPS:
            if word in group:
                yield f"~{name}@{place}"
        if len(word) > 4:
            if word.endswith("ing"):
                yield f"~-ing@{place}"
            elif word.endswith("ed"):
                yield f"~-ed@{place}"
    for name, group in _GROUPS:
        if not group.isdisjoint(words):
            yield f"~{name}@any"


_GROUPS = (("lasting", LASTING), ("step", AT_ONCE), ("done", DONE_VERBS), ("doing", DOING_VERBS))


def around(note: Note, ctx: Context) -> tuple[str, ...]:
    """The names for what a message is, whatever it says."""
    if ctx.around is None or ctx.around[0] is not note:
        ctx.around = (note, tuple(_around(note, ctx)))
    return ctx.around[1]


def _around(note: Note, ctx: Context) -> list[str]:
    said = note.message
    names = ["~app" if not note.human else "~reply" if said.is_reply else "~talk"]
    if said.files:
        names.append("~a file")
    if note.codes:
        names.append("~code")
    if note.human and said.reply_count:
        names.append("~a thread under it")
    if not note.human and said.reply_count:
        names.append("~a thread under an app's message")
    if len(note.lines) > 1:
        names.append("~lines:" + ("2-3" if len(note.lines) < 4 else "4+"))
    if said.reactions:
        names.append("~a reaction")
    if ctx.ended_at is not None and note.at >= ctx.ended_at:
        names.append("~after the end")
    names += [*_before(note, ctx), *_after(note, ctx), *_in_conversation(note, ctx)]
    return names + _when(note, ctx)


def _when(note: Note, ctx: Context) -> list[str]:
    """How late in the conversation, and how much is said around it: what is to be done later is mostly said late."""
    place, total, minutes, lately = ctx.standing(note)
    if total == 1:
        return ["~alone"]
    names = [f"~since:{bisect.bisect(MINUTES, minutes)}", f"~pace:{bisect.bisect(LATELY, lately)}"]
    return [*names, f"~part:{place * 6 // total}"]


def _in_conversation(note: Note, ctx: Context) -> list[str]:
    """Whether it says what nobody said before, speaks of what everybody speaks of, and is by one who says much."""
    stand = ctx.stand(note)
    if stand is None:
        return []
    names = [f"~new:{bisect.bisect(NEW, stand.new)}", f"~known:{bisect.bisect(KNOWN, stand.known)}"]
    return [*names, f"~share:{bisect.bisect(SHARES, stand.share)}"] if note.human else names


def _after(note: Note, ctx: Context) -> list[str]:
    """What comes next in the channel or the thread, within minutes."""
    following = next(ctx.after(note, _SOON, 1), None)
    if following is None:
        return ["~last for a while"]
    if not following.human:
        return ["~before an app"]
    if following.author != note.author:
        return ["~answered"]
    return ["~more follows" if (following.at - note.at).total_seconds() <= _NEAR else "~more later"]


def _before(note: Note, ctx: Context) -> list[str]:
    previous = ctx.before(note)
    if previous is None:
        return []
    near = (note.at - previous.at).total_seconds() <= _NEAR
    if not previous.human:
        return ["~after an app"] if near else ["~after a pause"]
    if not near:
        return ["~after a pause"]
    if previous.author == note.author:
        return ["~goes on"]
    return ["~after a question"] if previous.message.text.rstrip().endswith("?") else []
