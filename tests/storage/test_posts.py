"""Messages that are edited in place, and uploaded documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.postmortem import DocumentFile, FileState, Posted


def test_a_message_is_remembered_moved_and_forgotten(write, record):
    card = Posted(record.id, "card", "C1", "1700000000.000100")
    with write() as unit:
        assert unit.posts.get(record.id, "card") is None
        unit.posts.put(card)
        unit.posts.put(replace(card, name="progress", ts="2"))
        assert unit.posts.get(record.id, "card") == card
        unit.posts.put(replace(card, ts="1700000000.000200"))
        assert unit.posts.get(record.id, "card") == replace(card, ts="1700000000.000200")
        unit.posts.forget(record.id, "card")
        unit.posts.forget(record.id, "card")
        assert unit.posts.get(record.id, "card") is None
        assert unit.posts.get(record.id, "progress") is not None


def test_uploads_are_listed_oldest_first_and_updated_by_file_id(write, record, noon):
    first = DocumentFile(record.id, "F2", "ab" * 32, FileState.RESERVED, None, noon)
    second = replace(first, file_id="F1", reserved_at=noon + timedelta(seconds=1))
    with write() as unit:
        assert unit.posts.files(record.id) == []
        unit.posts.put_file(second)
        unit.posts.put_file(first)
        shared = replace(first, state=FileState.SHARED, permalink="https://x/F2")
        unit.posts.put_file(shared)
    with write() as unit:
        assert unit.posts.files(record.id) == [shared, second]
        assert unit.posts.files("other") == []
