"""How much each labelled message counts when the table of weights is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evaluation import examples, reading
from tests.evaluation.test_reading import written

BODY = "14:02 ana: we should add an alert\n  ~ todo\n14:03 ana: maybe a test\n  ~ maybe todo\n14:04 ana: it is back\n14:05 pager: ok\n"


def test_what_may_be_a_follow_up_counts_as_one_and_less(tmp_path: Path) -> None:
    channel = reading.read(written(tmp_path, BODY))
    found = [(each.there, each.weight) for each in examples.follow_ups(channel)]
    assert found == [(True, 1.0), (True, examples.DOUBTFUL_WISH), (False, 1.0)]
    assert examples.DOUBTFUL_WISH < 0.5


def test_for_channels_a_line_counts_less_and_for_lines_no_doubtful_message_counts(tmp_path: Path) -> None:
    sure, doubtful, other = examples.follow_ups(reading.read(written(tmp_path, BODY)))
    line, further = examples.of_lines([(True, "nick to write the runbook"), (False, "hello all")], "lines")
    found = examples.wished([sure, doubtful, other, line], [further])
    assert [each.weight for each in found["follow_ups"]] == [
        1.0,
        examples.DOUBTFUL_WISH,
        1.0,
        examples.LINE_FOR_CHANNELS,
    ]
    assert found["single_lines"] == [
        *(replace(each, weight=examples.CHANNEL_FOR_LINES) for each in (sure, other)),
        line,
        further,
    ]
