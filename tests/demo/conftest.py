"""The story begun at a fixed instant, and its document to spoil."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from demo import story as stories
from demo.story import Story

START = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def story() -> Story:
    return stories.load(start=START)


@pytest.fixture
def document() -> dict[str, Any]:
    return copy.deepcopy(stories.read_yaml(stories.STORY_FILE))
