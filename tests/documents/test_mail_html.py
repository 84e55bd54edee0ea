"""The HTML of a mail: the same words, none of them markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.documents import mail_html


class Read(HTMLParser):
    """What a reader sees, and the tags that made it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(text: str) -> Read:
    found = Read()
    found.feed(mail_html.page(text))
    return found


def test_addresses_are_links_and_markup_is_words() -> None:
    found = read('See https://x.example/a?b=c&d="e", and <script>alert(1)</script>.\nSecond (https://y.example/).')
    assert found.links == ["https://x.example/a?b=c&d=", "https://y.example/"]
    assert "script" not in found.tags
    assert "<script>alert(1)</script>" in "".join(found.words)


@given(st.text())
def test_nothing_that_people_write_is_markup(text: str) -> None:
    found = read(text)
    assert found.tags <= {"html", "head", "meta", "body", "p", "br", "a"}
    assert all(each and each.startswith(("http://", "https://")) for each in found.links)
