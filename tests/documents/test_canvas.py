"""The document as a canvas takes it: what another Markdown library reads in it, and what the local Slack refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents import canvas, markdown
from bot.domain import document, typed
from bot.domain.kept_canvas import MOST_BYTES, MOST_CELLS
from bot.domain.page import Bullets, Code, Document, Link, Note, Paragraph, Section, Table, Text
from sandbox.spec import canvas as slack
from tests import factories

FILE = "https://acme.slack.com/files/U1/F1/pm-7.md"
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = [
    "مرحبا بالعالم \u202e gone", "🔥👩‍👩‍👧‍👦 :tada:", "```\n#### no heading\n> > no quote\n```", "~~~", "| a | b |\n|---|---|",
    "]]>", "{code}x{code}", "<script>alert(1)</script>", "<!channel> <!here> <@U1> @channel", "![](@U123) ![](#C123)",
    "#### four", "> > twice", "- a\n  | x | y |\n  |---|---|", "a \\| b || c", "\u2028\u2029\x0b\x0c\x85", "\ud800\x00",
    "[x](javascript:alert(1))", "1. one", "- [ ] open", "---", "&lt;!channel&gt;", "https://x.example/a|b",
]  # fmt: skip
said = st.sampled_from(HOSTILE) | st.text(alphabet="|\\`*_[]()<>!#-+=~&@:/.1 \n", max_size=30)


def tokens(text: str) -> list[Token]:
    """All tokens, those inside lines included."""
    return [each for token in PARSER.parse(text) for each in (token, *(token.children or ()))]


def headings(text: str) -> list[tuple[str, str]]:
    found = PARSER.parse(text)
    return [(each.tag, found[at + 1].content) for at, each in enumerate(found) if each.type == "heading_open"]


def cells(text: str) -> list[int]:
    """The number of cells of each table."""
    counted: list[int] = []
    for token in PARSER.parse(text):
        if token.type == "table_open":
            counted.append(0)
        elif token.type in ("td_open", "th_open"):
            counted[-1] += 1
    return counted


def takes(text: str) -> None:
    """A canvas holds it, and nothing in it is more than text that people typed."""
    assert slack.problem(text) is None
    assert len(text.encode()) <= 1024 * 1024
    kinds = {token.type for token in tokens(text)}
    assert not kinds & {"html_block", "html_inline", "image", "hr", "code_block", "ordered_list_open"}
    assert all(0 < each <= MOST_CELLS for each in cells(text))
    links = [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]
    assert all(each.startswith(("http://", "https://")) for each in links)


def of(*blocks: Any, sections: tuple[Section, ...] = ()) -> str:
    return canvas.render(Document("PM-7", (), (Section("S", blocks, sections),)), FILE)


def test_it_says_that_it_is_a_copy_before_anything_else() -> None:
    text = of(Note((Text("mine"),)))
    quotes = [line for line in text.splitlines() if line.startswith(">")]
    assert quotes == [f"> {canvas.COPY}", "> mine"]


def test_headings_are_of_three_levels_and_what_is_deeper_is_bold() -> None:
    deep = Section("Three", (), (Section("Four", (Paragraph((Text("text"),)),), (Section("Five"),)),))
    text = of(sections=(deep,))
    assert headings(text) == [("h1", "PM-7"), ("h2", "S"), ("h3", "Three")]
    assert text.endswith("### Three\n\n**Four**\n\ntext\n\n**Five**\n")
    takes(text)


@pytest.mark.parametrize("columns", [1, 3, 40])
@pytest.mark.parametrize("rows", [0, 1, 60, 120])
def test_a_long_table_is_several_with_the_same_header_and_no_row_is_lost(columns: int, rows: int) -> None:
    names = tuple(f"c{number}" for number in range(columns))
    table = Table(names, tuple(tuple((Text(f"r{row}"),) for _ in names) for row in range(rows)))
    text = of(table)
    takes(text)
    shown = [token.content for token in tokens(text) if token.type == "inline"]
    assert [each for each in shown if each[0] == "r"] == [f"r{row}" for row in range(rows) for _ in names]
    assert shown.count("c0") == len(cells(text))


@given(texts=st.lists(said, min_size=1, max_size=6))
@settings(max_examples=120, deadline=None)
def test_whatever_was_typed_a_canvas_takes_it_and_nobody_is_called(texts: list[str]) -> None:
    lines = tuple((Text(each), Link(each, each), Text(each, strong=True)) for each in texts)
    blocks = (
        *map(Paragraph, lines),
        *map(Note, lines),
        Bullets(lines),
        Table(("a", "b"), tuple((x, x) for x in lines)),
    )
    text = of(*blocks, sections=(Section(texts[0], sections=(Section(texts[-1], sections=(Section(texts[0]),)),)),))
    takes(text)
    for call in ("<!channel>", "<!here>", "<@U1>", "@channel", "](@U", "](#C", "![", "<script"):
        assert call not in text


@given(code=st.sampled_from(HOSTILE) | st.text(alphabet="`~\n ab<>|#", max_size=60))
@settings(max_examples=120, deadline=None)
def test_code_is_shown_to_the_letter(code: str) -> None:
    text = of(Code(code), Paragraph((Text("after"),)))
    takes(text)
    (fence,) = [token for token in tokens(text) if token.type == "fence"]
    assert fence.content == code.replace("\x00", "\ufffd").replace("\ud800", "\ufffd") + "\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_timeline_of_sixty_events_with_hostile_words_is_a_canvas(text: str) -> None:
    began = factories.NOW - timedelta(hours=2)
    events = [
        factories.event(f"{number} {text}", at=began + timedelta(minutes=number), ts=factories.ts(began, number))
        for number in range(60)
    ]
    found = factories.findings(timeline=tuple(events), todos=(factories.todo(text),) * 60)
    overview = factories.overview(factories.postmortem(title=text), findings=found)
    rendered = canvas.render(document.build(overview), FILE)
    takes(rendered)
    inline = [token.content for token in tokens(rendered) if token.type == "inline"]
    assert [sum(f"{number} " in each for each in inline) >= 1 for number in range(60)] == [True] * 60


def test_what_is_too_long_says_so_and_leads_to_all_of_it() -> None:
    small, large = Paragraph((Text("short"),)), Paragraph((Text("é" * MOST_BYTES),))
    sections = (Section("First", (small,)), Section("Large", (large,)), Section("Last", (small,)))
    text = canvas.render(Document("PM-7", (), sections), FILE)
    takes(text)
    assert headings(text) == [("h1", "PM-7"), ("h2", "First"), ("h2", "Large"), ("h2", "Last")]
    assert text.count("short") == 2
    assert f"> {canvas.TOO_LONG} [the file]({FILE})." in text
    assert f"## Large\n\n{canvas.LEFT_OUT}" in text


@given(sizes=st.lists(st.integers(1, 900), min_size=1, max_size=8), most=st.integers(700, 3000))
@settings(max_examples=100, deadline=None)
def test_it_is_never_longer_than_it_may_be_and_as_a_whole_where_it_fits(sizes: list[int], most: int) -> None:
    sections = tuple(Section(f"S{n}", (Paragraph((Text("x" * size),)),)) for n, size in enumerate(sizes))
    given_document = Document("PM-7", (), sections)
    text = canvas.render(given_document, FILE, most)
    assert len(text.encode()) <= most
    whole = canvas.render(given_document, FILE)
    assert (canvas.TOO_LONG in text) == (len(whole.encode()) > most)


def test_even_the_head_may_be_too_long() -> None:
    text = canvas.render(Document("é" * 900, (), (Section("S"),)), None, 400)
    assert len(text.encode()) <= 400
    assert "the file in the thread of the card" in text


def test_the_words_are_those_of_the_file() -> None:
    overview = factories.overview(findings=factories.findings())
    file, shown = (
        {token.content.strip(typed.WORD_JOINER) for token in tokens(text) if token.type == "text" and token.content}
        for text in (markdown.render(document.build(overview)), canvas.render(document.build(overview), FILE))
    )
    assert shown - file == {canvas.COPY}
    assert file <= shown
