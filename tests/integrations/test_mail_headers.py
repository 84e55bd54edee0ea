"""The lines above a mail: whatever people are called, a reader sees it as it is, and nothing of it is another header."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import typed
from bot.domain.mail import Mailbox
from bot.integrations import mail_headers as headers


def read(*lines: bytes) -> Any:
    return message_from_bytes(b"".join(lines) + b"\r\nBody", policy=policy.default)


@given(st.text(max_size=400))
@example("=?utf-8?q?Eve?=")
@example("a\r\nBcc: eve@evil.example")
@example('"quoted", <angle> (comment) \\ back')
@example("é" * 300)
def test_any_title_is_read_as_it_was_written_and_lines_are_short(text: str) -> None:
    line = headers.line("Subject", headers.words(text))
    found = read(line)
    assert found.keys() == ["Subject"]
    assert str(found["Subject"]) == typed.clip(typed.one_line(text), 300)
    assert all(len(each) <= 90 for each in line.split(b"\r\n"))


@given(st.lists(st.text(max_size=100), min_size=1, max_size=4))
@example(["Eve\r\nBcc: eve@evil.example", '"', "\\", "a@b.example, c@d.example"])
def test_any_names_are_read_as_they_were_written_each_with_its_own_address(names: list[str]) -> None:
    boxes = [Mailbox(f"person-{number}@acme.example", name) for number, name in enumerate(names)]
    found = read(headers.line("To", headers.mailboxes(boxes)))
    assert found.keys() == ["To"]
    assert [(each.display_name, each.addr_spec) for each in found["To"].addresses] == [
        (typed.clip(typed.one_line(each.name), 64), each.address) for each in boxes
    ]


@pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\nBcc: x", "a\rBcc: x", "a\r\n\r\nbody"])
def test_a_value_that_would_begin_another_header_is_a_mistake(value: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        headers.line("Subject", value)
