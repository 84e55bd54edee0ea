"""The demo's workspace with the real bot connected to it, as processes: for tests of the page and for its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo import runner
from demo import story as stories
from demo.children import Children
from demo.stage import Stage
from demo.watch import Watch
from sandbox.client import Sandbox


@contextmanager
def connected(folder: Path) -> Iterator[tuple[stories.Story, Sandbox]]:
    """The story and the local Slack, until the block ends."""
    children = Children()
    watch = Watch(children)
    story, stage = stories.load(), Stage(folder)
    try:
        stage.clear()
        slack = stage.start_slack(story, children, watch)
        stage.start_bot(slack, children, watch, story.user(runner.SUPPORT).id)
        yield story, slack
    finally:
        children.stop()
        watch.close()
