"""The canvas of a document with a fault at every call for it: made anew where somebody deleted it, and filled anew when
the details come. However it goes, there is one, with all that is known, and nobody could write in it when the words came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.blocks import ids
from tests.faults.disk import Disk
from tests.faults.faults import How
from tests.faults.job import DETAILS, Job
from tests.faults.slack import Canvas
from tests.faults.sweep import Sweep

OURS = frozenset({"make_canvas", "canvases_called", "let_read", "fill_canvas", "canvas_link", "delete_canvas"})
LATER = DETAILS | {ids.TITLE: {"type": "plain_text_input", "value": "Checkout is down"}}


class Shown(Job):
    """From a record with its owner and its first document to the document with the details."""

    configured: ClassVar[Mapping[str, Any]] = {"document_canvas": True}
    counted: ClassVar[Collection[str]] = OURS

    def acts(self) -> Sequence[Callable[[], Any]]:
        return (self._again, lambda: self.bot.fill_in(LATER))

    def afterwards(self, number: int) -> None:
        """Nobody does anything about a refusal."""

    def _again(self) -> None:
        """Somebody deleted what there is."""
        self.slack.canvases.clear()
        self.bot.fill_in(DETAILS)

    def canvases(self) -> list[Canvas]:
        return list(self.slack.canvases.values())

    def card(self) -> str:
        return str([post.drawing.blocks for post in self.slack.posts if post.mark.startswith("card:")])


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Sweep[Shown]:
    return Sweep(Shown, tmp_path_factory.mktemp("shown"), _migrated_sqlite)


def check(job: Shown, where: str) -> None:
    (canvas,) = job.canvases()
    assert (canvas.access, canvas.written_while_open) == ("read", False), where
    assert "Checkout is down" in str(canvas.text), where
    assert next(iter(job.slack.canvases)) in job.card(), where


def test_undisturbed_it_stands_once_and_is_linked(sweep: Sweep[Shown]) -> None:
    check(sweep.clean, "undisturbed")
    assert sweep.clean.chat.number == 6, "filled in vain, made, opened, filled, asked for its address, filled anew"
    assert sweep.clean.dead() == []


# What never took effect is tried on both databases in tests/jobs/test_canvas.py.
@pytest.mark.parametrize("how", [How.CRASH_AFTER, How.LOST_AFTER, How.LIMITED])
def test_a_fault_at_any_call_leaves_one_with_everything_in_it(disk: Disk, sweep: Sweep[Shown], how: How) -> None:
    for job in sweep.spoiled(disk, how):
        where = f"call {job.chat.at} ({job.chat.fired}): {how}"
        check(job, where)
        assert job.dead() == [], where


def test_a_refusal_for_good_leaves_no_old_words_and_is_told(disk: Disk, sweep: Sweep[Shown]) -> None:
    for job in sweep.spoiled(disk, How.REFUSED):
        where = f"call {job.chat.at} ({job.chat.fired})"
        if not job.chat.fired:
            continue
        assert job.canvases() == [], where
        assert "as a canvas" not in job.card(), where
        assert len([post for post in job.slack.posts if ":trouble:" in post.mark]) == 1, where
