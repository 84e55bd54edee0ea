"""A text is cut into the longest pieces that are known."""

from __future__ import annotations

import pytest

from bot.domain.harvest.pieces import Pieces

KNOWN = (
    "[PAD]",
    "[UNK]",
    "[SEP]",
    "un",
    "##aff",
    "##able",
    "##a",
    "cafe",
    "don",
    "'",
    "t",
    "日",
    "up",
    ":",
    "!",
    "(",
    ")",
)


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(KNOWN)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("unaffable", ["un", "##aff", "##able"]),
        ("una", ["un", "##a"]),
        ("Café", ["cafe"]),
        ("CAFE\N{NO-BREAK SPACE}up\tup\nup", ["cafe", "up", "up", "up"]),
        ("don't", ["don", "'", "t"]),
        ("don’t", ["don", "[UNK]", "t"]),
        ("up!!(up):", ["up", "!", "!", "(", "up", ")", ":"]),
        ("日up", ["日", "up"]),
        ("u\N{ZERO WIDTH SPACE}p\0", ["up"]),
        ("unz", ["[UNK]"]),
        ("up" + "p" * 100, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_and_marks_stand_alone(pieces: Pieces, said: str, found: list[str]) -> None:
    assert [KNOWN[each] for each in pieces.numbers(said)] == found


def test_a_piece_is_named_as_it_is_written(pieces: Pieces) -> None:
    assert pieces.number("[SEP]") == 2
    with pytest.raises(KeyError):
        pieces.number("[CLS]")


def test_what_is_known_has_one_piece_for_the_unknown() -> None:
    with pytest.raises(KeyError):
        Pieces(("a", "b"))
