"""The format of labelled channels: what is read from a file, and what is said of one that is not in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evaluation import reading, report, score
from evaluation.reading import BadCorpus
from evaluation.score import Score, Tally

HEAD = "company: Acme\nperson: ana | Ana Berg | Europe/Oslo\nbot: pager | Pager\nresponders: ana\nstarted: 2026-01-05T14:00Z\n"


def written(folder: Path, body: str) -> Path:
    path = folder / "acme.txt"
    path.write_text(f"{HEAD}\n== 2026-01-05\n{body}", "utf-8")
    return path


def test_messages_replies_files_and_labels_are_read(tmp_path: Path) -> None:
    body = (
        "14:02:10 pager: alert\n  | second line\n  ~ timeline detection\n  > 14:03 ana: @ana looks\n  >   + image a.png\n"
        "14:05 ana: we should add one\n  ~ todo assignee=ana due=next week\n  ~ timeline action at=13:50\n  + :memo: ana\n"
    )
    channel = reading.read(written(tmp_path, body))
    alert, reply, wish = channel.messages
    assert (alert.text, alert.is_bot, alert.reply_count) == ("alert\nsecond line", True, 1)
    assert (reply.thread_ts, reply.text, reply.files[0].name) == (alert.ts, "<@U00ANA> looks", "a.png")
    assert (wish.reactions, channel.labels.follow_ups[0].due) == (("memo",), "next week")
    assert channel.labels.timeline[1].at == datetime(2026, 1, 5, 13, 50, tzinfo=UTC)
    assert channel.labels.responders == {"U00ANA"}


@pytest.mark.parametrize(
    "line", ["14:05 bob: who is that", "14:05 ana: x\n  ~ nonsense", "what is this", "14:05 ana: x\n  ~ role king ana"]
)
def test_a_file_that_is_not_in_the_format_names_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadCorpus, match=r"acme\.txt, line \d+"):
        reading.read(written(tmp_path, f"{line}\n"))


def test_what_is_found_is_counted_beside_what_is_there(tmp_path: Path) -> None:
    body = "14:02 ana: TODO: a\n  ~ todo\n14:03 ana: TODO: b\n14:04 ana: lovely\n  ~ todo\n14:05 ana: TODO: c\n  ~ maybe todo\n"
    found = score.channel(reading.read(written(tmp_path, body))).tallies["follow-ups"]
    assert (found.right, found.wrong, found.missed) == (1, 1, 1)
    assert (found.precision, found.recall) == (0.5, 0.5)


def test_a_follow_up_that_is_said_again_counts_once_wherever_it_is_found(tmp_path: Path) -> None:
    body = (
        "14:02 ana: alerts would be lovely\n  ~ todo thing=alert\n14:03 ana: TODO: an alert\n  ~ again alert\n"
        "14:04 ana: TODO: an alert on lag at 5 min\n  ~ again alert\n14:05 ana: TODO: tea\n  ~ maybe todo thing=tea\n"
        "14:06 ana: TODO: tea for all of us\n  ~ again tea\n14:07 ana: docs\n  ~ todo\n"
    )
    found = score.channel(reading.read(written(tmp_path, body))).tallies
    assert found["follow-ups"] == Tally(0, 2, 2)
    assert found["  wherever said"] == Tally(1, 1, 1)


def test_a_label_says_which_line_of_a_list_says_it_again(tmp_path: Path) -> None:
    said = "14:02 ana: alerts\n  ~ todo thing=alert\n14:03 ana: TODO: tea\n  ~ todo thing=tea\n"
    listed = "14:04 ana: so:\n  | - tea\n  | - an alert\n  ~ again alert line=3\n  ~ again tea\n"
    alert, tea = reading.read(written(tmp_path, said + listed)).labels.follow_ups
    assert alert.lines == ((alert.again[0], 2),)
    assert (tea.again, tea.lines) == (alert.again, ())


def test_what_is_said_again_must_be_labelled_somewhere(tmp_path: Path) -> None:
    with pytest.raises(BadCorpus, match=r"acme\.txt: no follow-up is named 'alert'"):
        reading.read(written(tmp_path, "14:03 ana: TODO: an alert\n  ~ again alert\n"))


def test_a_figure_under_its_floor_is_a_sentence() -> None:
    said = report.below("tuned", Score({"timeline": Tally(1, 9, 9)}))
    assert any("the precision of timeline is 0.100, and must be" in each for each in said)
    assert any("nothing measures follow-ups" in each for each in said)


def test_what_only_some_channels_label_is_counted_in_those(tmp_path: Path) -> None:
    body = (
        "14:02 ana: 40 customers affected\n  ~ customers 40\n14:03 ana: PR #12 fixes it\n  ~ pull\n"
        '14:04 pager: PR #12 merged\n  ~ pull\n14:05 ana: now OPS-7\n14:06 ana: wording: "We are on it, sorry."\n'
    )
    tallies = score.channel(reading.read(written(tmp_path, body))).tallies
    assert (tallies["customers"], tallies["pull"]) == (Tally(1, 0, 0), Tally(2, 0, 0))
    assert not {"ticket", "statuspage"} & tallies.keys()
    labelled = score.channel(
        reading.read(written(tmp_path, f"{body}  ~ statuspage\n14:07 ana: hm\n  ~ ticket\n"))
    ).tallies
    assert (labelled["statuspage"], labelled["ticket"]) == (Tally(1, 0, 0), Tally(0, 1, 1))
