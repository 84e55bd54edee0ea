"""What the trees of the second look are made from: each message of a labelled channel, its answer, and its values."""

from __future__ import annotations

from pathlib import Path

from bot.domain.harvest.among import NAMES
from bot.domain.harvest.trees import Forest
from evaluation import reading, second
from evaluation.examples import DOUBTFUL_WISH, fold_of
from tests.evaluation.test_reading import written

BODY = (
    "14:02 ana: we should add an alert for the pool next week\n  ~ todo\n"
    "14:03 ana: someone could perhaps write a test for it later\n  ~ maybe todo\n"
    "14:04 ana: errors are at 40 % since the deploy\n  ~ timeline impact_start\n"
    "14:05 ana: and latency is up\n  ~ more\n"
    "14:06 pager: resolved: errors\n"
    "14:07 ana: TODO: rotate the key\n  ~ todo\n"
    "14:08 ana: is it lunch time?\n"
)


def rows(tmp_path: Path, what: str) -> list[second.Row]:
    return [each for each in second.of_channel(reading.read(written(tmp_path, BODY))) if each.what == what]


def test_each_message_of_a_person_is_a_row_with_its_answer_and_weight(tmp_path: Path) -> None:
    found = rows(tmp_path, "follow_ups")
    assert [(each.there, each.weight) for each in found] == [
        (True, 1.0),
        (True, DOUBTFUL_WISH),
        (False, 1.0),
        (False, 1.0),
        (True, 1.0),
        (False, 1.0),
    ]
    assert {each.part for each in found} == {fold_of(reading.read(written(tmp_path, BODY)).name)}


def test_what_goes_on_with_a_line_is_no_row_of_the_timeline(tmp_path: Path) -> None:
    found = rows(tmp_path, "timeline")
    assert len(found) == 6
    assert [each.there for each in found].index(True) == 2


def test_what_a_mark_settles_and_what_is_too_light_has_no_values(tmp_path: Path) -> None:
    wish, _, _, _, marked, light = rows(tmp_path, "follow_ups")
    assert wish.values is not None
    assert len(wish.values) == len(NAMES)
    assert (wish.settled, marked.settled, marked.values, light.values) == (False, True, None, None)


def test_a_tree_is_written_as_the_bot_reads_it() -> None:
    root = {
        "is_leaf": 0,
        "feature_idx": 1,
        "num_threshold": 0.25,
        "missing_go_to_left": 1,
        "left": 1,
        "right": 2,
        "value": 9.0,
    }
    known = {**root, "num_threshold": float("inf"), "feature_idx": 0, "left": 1, "right": 2}
    leaves = [{"is_leaf": 1, "value": 2.00004}, {"is_leaf": 1, "value": -1.0}]
    forest = Forest(0.5, [[second.step(each) for each in (root, *leaves)]], gate=-9.0, least=0.0, sure=1.0)
    assert [forest.add_up([0.0, each]) for each in (0.25, 0.3, float("nan"))] == [2.5, -0.5, 2.5]
    asks = Forest(0.0, [[second.step(each) for each in (known, *leaves)]], gate=-9.0, least=0.0, sure=1.0)
    assert asks.add_up([1e6, 0.0]) == 2.0
