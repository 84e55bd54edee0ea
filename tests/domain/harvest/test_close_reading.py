"""A message is read whole, with its neighbours."""

from __future__ import annotations

import pytest

from bot.domain.harvest import analyse, close_reading
from bot.domain.harvest.close_reading import HEAD, NEAR, OWN, CloseReading, Reading
from bot.domain.harvest.message import Message
from bot.domain.harvest.network import Network
from bot.domain.harvest.note import Context
from tests.domain.harvest.conftest import PEOPLE, said, ts
from tests.domain.harvest.test_network import arrays

KNOWN = (
    "[PAD]",
    *(f"[mark{each}]" for each in range(1, 9)),
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"abcdefg",
    "link",
    ".",
    "[",
    "]",
    "code",
)


def context(*messages: Message) -> Context:
    return analyse.prepared(messages, PEOPLE)[0]


@pytest.fixture
def pieces() -> close_reading.Pieces:
    return close_reading.Pieces(KNOWN)


def read(ctx: Context, place: int, pieces: close_reading.Pieces) -> tuple[str, str]:
    row = close_reading.row(ctx.notes[place], ctx, pieces)
    return " ".join(KNOWN[each] for each in row.own), " ".join(KNOWN[each] for each in row.around)


def test_a_message_stands_between_its_neighbours_and_says_whose_they_are(pieces: close_reading.Pieces) -> None:
    ctx = context(said("a b"), said("c\nhttps://x.example d", minute=1), said("e ```x```", "UBO", 2))
    assert read(ctx, 0, pieces) == ("[CLS] [mark1] [mark3] a b [SEP]", "[mark5] [SEP] [mark8] c . link d [SEP]")
    assert read(ctx, 1, pieces) == (
        "[CLS] [mark1] [mark3] c . link d [SEP]",
        "[mark6] a b [SEP] [mark7] e [ code ] [SEP]",
    )


def test_a_reply_stands_in_its_thread_and_an_app_is_one(pieces: close_reading.Pieces) -> None:
    first, app = said("a"), said("b", "UBOT", 1, bot_id="B1")
    ctx = context(first, app, said("c", "UBO", 2, thread_ts=ts(0)), said("d", "UBO", 3))
    assert read(ctx, 1, pieces) == ("[CLS] [mark2] [mark3] b [SEP]", "[mark5] a [SEP] [mark7] d [SEP]")
    assert read(ctx, 2, pieces) == ("[CLS] [mark1] [mark4] c [SEP]", "[mark5] a [SEP] [mark7] [SEP]")


def test_of_long_messages_beginning_and_end_are_read(pieces: close_reading.Pieces) -> None:
    ctx = context(said("a " * 100 + "b " * 60), said("c", minute=1), said("d " * 40, minute=2))
    own, _ = read(ctx, 0, pieces)
    assert own.split()[3:-1] == ["a"] * HEAD + ["b"] * (OWN - HEAD)
    _, around = read(ctx, 1, pieces)
    assert around.split() == ["[mark6]", *["b"] * NEAR, "[SEP]", "[mark8]", *["d"] * NEAR, "[SEP]"]


def test_several_are_read_as_each_alone() -> None:
    ctx = context(*(said(f"we should look at {each}", minute=place) for place, each in enumerate("abcdef")))
    closely = close_reading.of(ctx)
    assert closely is not None
    alone = [closely.of(note) for note in ctx.notes]
    assert closely.each(ctx.notes) == alone
    assert len({each.follow_ups for each in alone}) > 1


def test_a_wish_is_read_as_one_and_a_report_as_an_event() -> None:
    ctx = context(
        said("ok the mirror is out of space again, deleted the old nightlies and the sync runs through"),
        said("ideally we should prune those by themselves, someone should look at that next week", "UBO", 1),
        said("hehe", "UCY", 2),
    )
    closely = close_reading.of(ctx)
    assert closely is not None
    report, wish, chat = map(closely.of, ctx.notes)
    assert wish.follow_ups > 0 > max(report.follow_ups, chat.follow_ups)
    assert report.timeline > 0 > max(wish.timeline, chat.timeline)


def test_the_words_are_told_without_which_it_would_be_read_otherwise() -> None:
    ctx = context(said("a b c d"))
    by = CloseReading(ctx, Small(arrays()))
    assert by.of(ctx.notes[0]) == Reading(4.0, -4.0, (0.5,))
    assert by.most_for(ctx.notes[0], "follow_ups", most=1) == ("c",)
    assert by.most_for(ctx.notes[0], "timeline") == ()


class Small(Network):
    """Counts the words, and for the follow-ups a "c" twice."""

    def __init__(self, of):  # type: ignore[no-untyped-def]
        super().__init__(of)
        self.pieces = close_reading.Pieces(KNOWN)

    def read(self, rows):  # type: ignore[no-untyped-def]
        words = [[KNOWN[each] for each in row.own if KNOWN[each] in "abcdefg"] for row in rows]
        return [(len(each) + each.count("c") - 1.0, -float(len(each)), 0.5) for each in words]
