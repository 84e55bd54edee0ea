"""What the weighing looks at: the words of a sentence and what stands around it, as plain names. The same names stand in the table
of weights, so that every result can be read back word by word."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from bot.domain.harvest.late import late
from bot.domain.harvest.note import FEW, Context, Note
from bot.domain.harvest.round_up import Answer
from bot.domain.harvest.vocabulary import AT_ONCE, DOING_VERBS, DONE_VERBS, LASTING, NO_NAMES

_TOKEN = late(
    r"https?://\S+|@[\w.'-]+(?: [A-Z][\w.'-]+)?|:[a-z][\w+'-]*:|[A-Z]{2,10}-\d+|#\d+|\b[0-9a-f]{7,40}\b|"
    r"\d{1,2}:\d\d(?::\d\d)?|[\d][\d.,]*\s?%|\d[\d.,]*[a-zA-Z]{0,3}|[^\W\d_][\w']*|[?!…]|→|->"
)
_SENTENCE = late(r"(?<=[.!?;])\s+|\s+(?:[–—]|--)\s+")
_ENDS = late(r"[.!?;–—]\s|--\s")  # without one of these it is one sentence
_FULL_NAME = late(r"@\S* [A-Z]")
_CLOCK, _PERCENT = late(r"\d{1,2}:\d\d"), "%"
MOST = 60  # tokens of a sentence that are looked at
_NEAR, _SOON = 180.0, 600.0
MINUTES = (10, 30, 60, 120, 240, 600, 1440)
LATELY = (2, 4, 8, 16, 32)
ROUND = (2, 3, 5)
NEW, TALKED_OF, SHARES = (1, 2, 3, 5, 8), (1, 2, 3, 5), (0.02, 0.05, 0.1, 0.2, 0.35)


def tokens(said: str) -> list[str]:
    """The words of a text, folded: all links are one word, all numbers one, all mentions one."""
    if "%" in said or _FULL_NAME.search(said):  # only these words go on behind a blank
        return [_folded(each) for each in _TOKEN.findall(said)[:MOST]]
    return list(islice(chain.from_iterable(map(_in_piece, said.split())), MOST))


@lru_cache(maxsize=20_000)  # people say the same words over and over
def _in_piece(piece: str) -> tuple[str, ...]:
    return tuple(_folded(each) for each in _TOKEN.findall(piece))


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
    if not _ENDS.search(said):
        return [said] if said.strip() else []
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


LINKS = frozenset(("to", "will", "should", "needs", "must"))
_JOINERS = frozenset(("and", "or", "@", "will", "should", "please", "also", "both", "all"))


def given(words: Sequence[str]) -> Iterator[str]:
    """`nick to draft the note`, `ana and bo to meet them`, `nick will ...`, `nick needs to ...`: somebody is named in front of work."""
    for place, word in enumerate(words[:7]):
        if word in LINKS:
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
    yield length(len(words))
    for place, word in enumerate(words[:OPENING]):
        yield from of_place(word, place)
    for name, group in _GROUPS:
        if not group.isdisjoint(words):
            yield f"~{name}@any"


def length(size: int) -> str:
    """The name for how many words a sentence has."""
    return f"~words:{_LENGTHS[bisect.bisect_right(_LONGER, size)]}"


_LONGER, _LENGTHS = (2, 4, 7, 13, 25), ("1", "2-3", "4-6", "7-12", "13-24", "25+")
OPENING = 3  # so many words show how a sentence begins


@lru_cache(maxsize=20_000)
def of_place(word: str, place: int) -> tuple[str, ...]:
    """The names for one of the first words of a sentence."""
    names = [f"~{name}@{place}" for name, group in _GROUPS if word in group]
    if len(word) > 4 and word.endswith("ing"):
        names.append(f"~-ing@{place}")
    elif len(word) > 4 and word.endswith("ed"):
        names.append(f"~-ed@{place}")
    return tuple(names)


def kinds(word: str) -> Iterator[str]:
    """The names for what a word is, wherever it stands."""
    return (f"~{name}@any" for name, group in _GROUPS if word in group)


_GROUPS = (("lasting", LASTING), ("step", AT_ONCE), ("done", DONE_VERBS), ("doing", DOING_VERBS))
KNOWN = frozenset().union(*(group for _, group in _GROUPS))


LINES, _SENTENCES = 12, 20  # so much of a message is weighed


def said(note: Note) -> list[str]:
    """The sentences of a message that are weighed."""
    lines = (note.talk if note.human else note.lines)[:LINES]
    return [each for line in lines for each in sentences(line.said[:1500], note)][:_SENTENCES]


def also(words: Sequence[str], note: Note, ctx: Context) -> tuple[str, ...]:
    """The names for the words of a message that stand outside a sentence of it: what was weighed apart was said in one breath."""
    return tuple(f"~also:{word}" for word in outside(words, note, ctx))


def outside(words: Sequence[str], note: Note, ctx: Context) -> frozenset[str]:
    """The words of a message that stand outside a sentence of it."""
    if ctx.words_of is None or ctx.words_of[0] is not note:
        every = said(note)
        ctx.words_of = (note, frozenset(chain.from_iterable(map(tokens, every))) if len(every) > 1 else frozenset())
    whole = ctx.words_of[1]
    return whole.difference(words) if whole else whole


def around(note: Note, ctx: Context) -> tuple[str, ...]:
    """The names for what a message is, whatever it says. The same tuple for all messages that are alike."""
    if ctx.around is None or ctx.around[0] is not note:
        ctx.around = (
            note,
            (
                *_alike(*_is(note, ctx), _before(note, ctx), *_when(note, ctx)),
                *_beside(*_in_conversation(note, ctx)),
                *_asked(ctx.answers(note)),
            ),
        )
    return ctx.around[1]


def _is(note: Note, ctx: Context) -> tuple[bool, bool, bool, bool, bool, int, bool, bool]:
    """An app's message, a reply, with a file, with code, with a thread under it, its lines, with a reaction, after the end."""
    said = note.message
    over = ctx.ended_at is not None and note.at >= ctx.ended_at
    lines = len(note.lines)
    return (
        not note.human,
        bool(note.room),
        bool(said.files),
        bool(note.codes),
        bool(said.reply_count),
        min(lines, 4) if lines != 3 else 2,
        bool(said.reactions),
        over,
    )


_NOWHERE = (-1, -1, -1)


def _when(note: Note, ctx: Context) -> tuple[int, int, int] | tuple[None, None, None]:
    """How late in the conversation, and how much is said around it: what is to be done later is mostly said late."""
    place, total, minutes, lately = ctx.standing(note)
    if total == 1:
        return None, None, None
    if total <= FEW:
        return _NOWHERE
    return bisect.bisect(MINUTES, minutes), bisect.bisect(LATELY, lately), place * 6 // total


def _in_conversation(note: Note, ctx: Context) -> tuple[str, int, int, int]:
    """What comes next, whether it says what nobody said before, speaks of what everybody speaks of, and is by one who says much."""
    stand = ctx.stand(note)
    if stand is None:
        return _after(note, ctx), -1, -1, -1
    share = bisect.bisect(SHARES, stand.share) if note.human else -1
    return _after(note, ctx), bisect.bisect(NEW, stand.new), bisect.bisect(TALKED_OF, stand.known), share


def _asked(answers: Answer | None) -> tuple[str, ...]:
    """How soon it follows a question about what is to be done."""
    return (f"~round:{bisect.bisect(ROUND, answers.place)}",) if answers else ()


def _after(note: Note, ctx: Context) -> str:
    """What comes next in the channel or the thread, within minutes."""
    following = next(ctx.after(note, _SOON, 1), None)
    if following is None:
        return "~last for a while"
    if not following.human:
        return "~before an app"
    if following.author != note.author:
        return "~answered"
    return "~more follows" if seconds_between(note, following) <= _NEAR else "~more later"


def _before(note: Note, ctx: Context) -> str:
    previous = ctx.before(note)
    if previous is None:
        return ""
    near = seconds_between(previous, note) <= _NEAR
    if not previous.human:
        return "~after an app" if near else "~after a pause"
    if not near:
        return "~after a pause"
    if previous.author == note.author:
        return "~goes on"
    return "~after a question" if previous.message.text.rstrip().endswith("?") else ""


def seconds_between(first: Note, second: Note) -> float:
    """From one message to another, exact to the microsecond."""
    (since, micros), (until, more) = first.key, second.key
    return (until - since) + (more - micros) / 1e6


@lru_cache(maxsize=4096)
def _alike(
    app: bool,
    reply: bool,
    file: bool,
    code: bool,
    thread: bool,
    lines: int,
    reaction: bool,
    over: bool,
    before: str,
    since: int | None,
    pace: int | None,
    part: int | None,
) -> tuple[str, ...]:
    names = ["~app" if app else "~reply" if reply else "~talk"]
    names += ["~a file"] if file else []
    names += ["~code"] if code else []
    names += ["~a thread under it" if not app else "~a thread under an app's message"] if thread else []
    names += ["~lines:" + ("2-3" if lines < 4 else "4+")] if lines > 1 else []
    names += ["~a reaction"] if reaction else []
    names += ["~after the end"] if over else []
    names += [before] if before else []
    if since is None:
        return (*names, "~alone")
    return (*names, *([f"~since:{since}", f"~pace:{pace}", f"~part:{part}"] if since >= 0 else ()))


@lru_cache(maxsize=1024)
def _beside(after: str, new: int, known: int, share: int) -> tuple[str, ...]:
    if new < 0:
        return (after,)
    return (after, f"~new:{new}", f"~known:{known}", *([f"~share:{share}"] if share >= 0 else []))
