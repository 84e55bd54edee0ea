"""What is learnt from labels that say what is said again."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import reading, same_work
from evaluation.channel import Channel

HEAD = (
    "company: Acme\nstarted: 2026-03-02T13:55Z\nended: 2026-03-02T16:20Z\n"
    "person: ana | Ana Berg | UTC\nperson: bo | Bo Dahl | UTC\n\n== 2026-03-02\n"
)
WISH = "14:10 ana: TODO: alert on the lag of the importer\n  ~ todo{}\n"
OTHER = "14:12 bo: TODO: write down how to roll back pricing\n  ~ todo\n"


@pytest.fixture
def channel(tmp_path: Path) -> Channel:
    body = WISH.format(" thing=alert") + OTHER + "14:20 bo: TODO: importer lag alert, 5 min\n  ~ again alert\n"
    return _read(
        tmp_path, body + "14:30 ana:\n  | - [ ] pricing rollback\n  | - [ ] lag alert\n  ~ again alert line=3\n"
    )


def _read(folder: Path, body: str) -> Channel:
    path = folder / "acme.txt"
    path.write_text(HEAD + body, "utf-8")
    return reading.read(path)


def test_pairs_are_the_same_where_labels_say_so(channel: Channel) -> None:
    pairs = list(same_work.of_channel(channel))
    assert [(each.later, each.same) for each in pairs[:3]] == [(1, False), (2, True), (2, False)]
    lines = [each for each in pairs if each.later == 4]  # the second line of the list
    assert sorted(each.same for each in lines) == [False, True, True]
    assert {each.counts for each in pairs} == {1.0}


def test_where_no_label_says_what_is_said_again_two_labels_are_two(tmp_path: Path) -> None:
    pairs = list(same_work.of_channel(_read(tmp_path, WISH.format("") + OTHER + "14:20 bo: TODO: tea\n")))
    assert [(each.same, each.counts) for each in pairs] == [(False, same_work.BESIDE_COUNTS)]


def test_less_is_asked_of_what_is_compared() -> None:
    lighter = same_work.lighter({"follow_ups": {"least": -0.5, "gate": 1.0}, "timeline": {"least": 2.0}})
    assert lighter == {"follow_ups": {"least": -0.5 - same_work.LIGHTER, "gate": 1.0}, "timeline": {"least": 2.0}}
