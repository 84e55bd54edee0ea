"""Processes are watched and ended, and waiting ends when one of them does."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.children import Child, ChildEnded, Children
from demo.watch import Stopped, TooLate, Watch

STAYS = "import time; print('here', flush=True); time.sleep(600)"
FAILS = "import sys; sys.exit('the port is taken')"
SOON = 20.0


@pytest.fixture
def children() -> Iterator[Children]:
    made = Children()
    yield made
    made.stop()


@pytest.fixture
def watch(children: Children) -> Iterator[Watch]:
    made = Watch(children)
    yield made
    made.close()


def start(children: Children, folder: Path, code: str) -> Child:
    files = {"log": folder / "child.log", "printed": folder / "child.out"}
    return children.start("The helper", [sys.executable, "-c", code], cwd=folder, env={}, **files)


def test_what_a_process_prints_and_what_it_complains_of_are_kept(
    children: Children, watch: Watch, tmp_path: Path
) -> None:
    start(children, tmp_path, STAYS)
    assert watch.until((tmp_path / "child.out").read_text, "The first line", SOON) == "here\n"


def test_a_process_that_ends_is_named_with_the_end_of_its_log(children: Children, watch: Watch, tmp_path: Path) -> None:
    start(children, tmp_path, FAILS)
    with pytest.raises(ChildEnded) as ended:
        watch.until(lambda: None, "Anything", SOON)
    assert (
        str(ended.value)
        == f"The helper ended with status 1. The last lines of {tmp_path}/child.log:\n    the port is taken"
    )


def test_after_the_end_no_process_is_left(children: Children, tmp_path: Path) -> None:
    child = start(children, tmp_path, STAYS)
    children.stop()
    assert child.process.returncode == -signal.SIGTERM
    assert children.running == []


def test_waiting_ends_at_a_signal(watch: Watch) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(Stopped):
        watch.forever()


def test_waiting_in_vain_says_what_did_not_happen(watch: Watch) -> None:
    with pytest.raises(TooLate, match=r"^The document did not happen within 0 s\.$"):
        watch.until(lambda: None, "The document", 0)


def test_signals_are_given_back(children: Children) -> None:
    before = signal.getsignal(signal.SIGTERM)
    Watch(children).close()
    assert signal.getsignal(signal.SIGTERM) == before
