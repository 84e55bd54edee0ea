"""A mail as a link: read back by the rules of such links it says the same, and what did not fit is said."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import mail_link
from bot.domain.mail import Mailbox

TO = (Mailbox("ana@acme.example", "Ana"), Mailbox("o'neil+pm@acme.example"))


def read(url: str) -> tuple[list[str], str, str]:
    parts = urlsplit(url)
    assert parts.scheme == "mailto"
    assert url.isascii()
    values = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True)
    assert set(values) == {"subject", "body"}
    return [unquote(each) for each in parts.path.split(",") if each], values["subject"][0], values["body"][0]


@pytest.mark.parametrize(
    "words", ["Hello, you & me?", "a=b;c#d %41", "שלום 🦊\nsecond line", 'quote " and <tag>', "1 + 1"]
)
def test_read_back_it_says_the_same(words: str) -> None:
    link = mail_link.mailto(TO, words.splitlines()[0], words)
    assert read(link.url) == ([each.address for each in TO], words.splitlines()[0], words.replace("\n", "\r\n"))
    assert (link.whole, link.left_out) == (True, ())


def test_no_header_is_begun_by_a_title_or_an_address() -> None:
    link = mail_link.mailto((Mailbox("a@x.example?bcc=eve@x.example&x="),), "Hi\r\nBcc: eve@x.example", "text")
    addresses, subject, _ = read(link.url)
    assert (addresses, subject) == (["a@x.example?bcc=eve@x.example&x="], "Hi Bcc: eve@x.example")


def test_a_long_text_is_cut_between_words_and_says_so() -> None:
    link = mail_link.mailto(TO, "Summary", "word " * 1000)
    _, _, body = read(link.url)
    assert (link.whole, len(link.url) <= mail_link.LONGEST) == (False, True)
    assert body.endswith(mail_link.CUT.replace("\n", "\r\n"))
    assert body.startswith("word word ")


def test_addresses_that_have_no_place_are_named() -> None:
    many = [Mailbox(f"somebody-{number}@acme.example") for number in range(200)]
    link = mail_link.mailto(many, "Summary", "text")
    addresses, _, _ = read(link.url)
    assert [*addresses, *link.left_out] == [each.address for each in many]
    assert link.left_out
    assert (link.whole, len(link.url) <= mail_link.LONGEST) == (False, True)


@given(st.text(max_size=3000), st.text(max_size=400))
def test_it_is_never_longer_than_a_browser_takes(subject: str, text: str) -> None:
    link = mail_link.mailto(TO, subject, text * 5)
    assert len(link.url) <= mail_link.LONGEST
    read(link.url)
