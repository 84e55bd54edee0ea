"""What the network learns from, and how it is shipped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.domain.harvest.close_reading import KINDS
from bot.domain.harvest.network import Network, shipped
from bot.domain.harvest.pieces import Pieces, Row
from evaluation import network, reading, stored, wide
from evaluation.examples import DOUBTFUL, DOUBTFUL_WISH
from tests.domain.harvest.test_close_reading import KNOWN
from tests.domain.harvest.test_network import arrays
from tests.evaluation.test_reading import written

BODY = (
    "14:02 ana: a b\n  ~ todo\n"
    "14:03 ana: c\n  ~ maybe todo\n  ~ maybe timeline\n"
    "14:04 ana: d\n  ~ timeline detection\n"
    "14:05 ana: e\n  ~ more\n"
    "14:06 pager: f\n  ~ timeline resolved\n"
)


def test_of_each_message_it_is_learnt_what_it_is_and_how_much_that_counts(tmp_path: Path) -> None:
    found = list(network.of_channel(reading.read(written(tmp_path, BODY)), Pieces(KNOWN)))
    assert [each.there for each in found[:3]] == [(1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    assert [each.counts for each in found[:3]] == [(1.0, 1.0), (DOUBTFUL_WISH, DOUBTFUL), (1.0, 1.0)]
    assert [KINDS[each.kind].value for each in found if each.kind >= 0] == ["detection", "resolved"]
    assert found[-1].counts == (0.0, 1.0)
    assert (0.0, 0.0) not in [each.counts for each in found]


def test_widely_read_it_is_learnt_of_what_may_be_a_follow_up_whether_it_is_said_first(tmp_path: Path) -> None:
    by = shipped()
    assert by is not None
    said = (
        "14:02 ana: we should alert on the queue\n  ~ todo thing=alert\n14:03 ana: someone should look at the mirror\n"
    )
    again = f"{said}14:04 ana: we should really alert on the queue\n  ~ again alert\n14:05 ana: ok\n"
    once, twice = (list(wide.of_channel(reading.read(written(tmp_path, each)), by)) for each in (said, again))
    assert [(each.there, each.counts, each.kind) for each in once] == [((1, 0), (1, 0), -1), ((0, 0), (1, 0), -1)]
    assert [each.there[0] for each in twice] == [1, 0, 0]
    assert {each.counts for each in twice} == {(wide.TWICE, 0)}


def test_of_what_is_nothing_half_is_shown_the_same_half_each_time(tmp_path: Path) -> None:
    body = "".join(f"14:{minute:02} ana: a\n" for minute in range(60))
    channel = reading.read(written(tmp_path, body))
    shown = [list(network.of_channel(channel, Pieces(KNOWN))) for _ in range(2)]
    assert shown[0] == shown[1]
    assert 15 < len(shown[0]) < 45


@pytest.mark.parametrize(
    ("number", "piece", "kept"),
    [
        (3, "[unused3]", True), (9, "[unused9]", False), (101, "[CLS]", True), (103, "[MASK]", False), (1_000, "the", True),
        (20_000, "rare", False), (20_001, "used", True), (20_002, "##q", True), (1_500, "\u0436", False),
    ],
)  # fmt: skip
def test_of_the_pieces_those_that_are_used_or_usual_are_shipped(number: int, piece: str, kept: bool) -> None:
    assert stored.is_kept(number, piece, {20_001}) is kept


def test_what_is_shipped_reads_as_what_was_learnt(tmp_path: Path) -> None:
    of = arrays()
    learnt = {
        name: each * of[f"{name}.scale"][:, None] if f"{name}.scale" in of else each
        for name, each in of.items()
        if not name.endswith(".scale") and name != "pieces"
    }
    pieces = Pieces([*"abcdefgh", "[UNK]"])
    file = tmp_path / "network.npz"
    file.write_bytes(stored.written(learnt, pieces, ()))
    with np.load(file) as held:
        kept = Network(dict(held))
        assert held["0.qkv"].dtype == np.int8
    assert list(kept.pieces.known) == list(pieces.known)
    rows = [Row((1, 2, 3), (4, 5)), Row((5,), ())]
    for mine, theirs in zip(kept.read(rows), Network(of).read(rows), strict=True):
        assert mine == pytest.approx(theirs, abs=0.15)


def test_the_network_that_reads_widely_has_its_pieces_from_the_other(tmp_path: Path) -> None:
    of = arrays()
    like = Network(of)
    file = tmp_path / "wide.npz"
    file.write_bytes(stored.widely(stored.unscaled(of)))
    with np.load(file) as held:
        assert "known" not in held
        wider = Network(dict(held), like)
    assert wider.pieces is like.pieces
    row = Row((1, 2, 3), (4, 5))
    assert wider.read([row])[0] == pytest.approx(like.read([row])[0][:1], abs=0.15)
