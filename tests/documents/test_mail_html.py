"""A mail's text as HTML, as a parser reads it: people's words are words, whole web addresses are links, and nothing else is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import mail_html
from bot.domain import typed

OURS = {"html", "head", "meta", "style", "title", "body", "p", "strong", "ul", "li", "br", "a"}
NASTY = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a, b; \"c\" 'd' & e", "<!channel> <@U1> @here",
    "</body></html>", "مرحبا بالعالم", "👩‍💻 done", "https://x.example/?a=1&b=2\" onclick=\"x", "javascript:alert(1)",
    "- <b>point</b>", "line\r\nline", "\x00\ud800", "--", "&amp; &lt;", "- ", "http://", "https://x.example/<script>",
]  # fmt: skip
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=80), st.text(alphabet="<>&\"'- \n:/.h", max_size=60))


class Reader(HTMLParser):
    """What a mail program would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self._inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = self._inside or tag == "body"
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.words += " " if tag in ("p", "li", "br") else ""

    def handle_data(self, data: str) -> None:
        self.words += data if self._inside else ""


@given(subject=words, body=words)
def test_whatever_people_write_is_words(subject: str, body: str) -> None:
    read = Reader(mail_html.page(body, subject))
    assert set(read.tags) <= OURS
    assert read.attributes <= {"lang", "charset", "name", "content", "style", "dir", "href"}
    assert all(link.lower().startswith(("https://", "http://")) for link in read.links)


@pytest.mark.parametrize("said", NASTY, ids=range(len(NASTY)))
def test_the_words_are_all_there(said: str) -> None:
    shown = "".join(Reader(mail_html.page(said)).words.split())
    wanted = "".join(typed.clean(said).split())
    assert shown == wanted.removeprefix("-") if said.startswith("- ") else shown == wanted


def test_paragraphs_lists_and_headings_are_what_they_look_like() -> None:
    said = "One.\nTwo.\n\nImpact\n- 45 minutes\n- 12 accounts\n\nAll: https://x.example/pm?a=1&b=2."
    page = mail_html.page(said, headings=("Impact",))
    assert '<p dir="auto" style="margin:0 0 12px">One.<br>Two.</p>' in page
    assert "<strong>Impact</strong>" in page
    assert '<li dir="auto">45 minutes</li><li dir="auto">12 accounts</li>' in page
    assert '<a href="https://x.example/pm?a=1&amp;b=2">' in page
    assert Reader(page).links == ["https://x.example/pm?a=1&b=2"]


def strong(page: str) -> list[str]:
    return re.findall("<strong>(.*?)</strong>", page)


def test_a_line_before_a_list_is_a_heading_where_it_is_one_and_a_greeting_is_none() -> None:
    said = 'Hello, "world"\n- first\n\n1. Recap\n   - three lines\n2. Impact\n- none\n3. What else\nRuns it: Ana'
    assert strong(mail_html.page(said)) == []
    page = mail_html.page(said, headings=("1. Recap", "2. Impact", "3. What else"))
    assert strong(page) == ["1. Recap", "2. Impact", "3. What else"]
    assert page.count("<ul") == 3


def test_addresses_end_where_the_sentence_goes_on_and_markup_is_words() -> None:
    read = Reader(
        mail_html.page(
            'See https://x.example/a?b=c&d="e", and <script>alert(1)</script>.\nSecond (https://y.example/).'
        )
    )
    assert read.links == ["https://x.example/a?b=c&d=", "https://y.example/"]
    assert "<script>alert(1)</script>" in read.words


def test_it_is_read_in_the_dark_and_fetches_nothing() -> None:
    page = mail_html.page("words")
    assert 'name="color-scheme" content="light dark"' in page
    assert "background" not in page
    assert not {"img", "link", "script", "iframe"} & set(Reader(page).tags)
