"""The Markdown that comes out, as a CommonMark parser reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.documents import markdown
from bot.domain import document, typed
from bot.domain.document import Bullets, Code, Document, Link, Note, Paragraph, Section, Table, Text
from tests import factories

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = [
    "a | b || c", "\\", "ends with \\", "\\|", "`code` ``` fence", "<b>html</b> <!-- c --> <script>", "&copy; &amp;",
    "# heading", "- item", "+ item", "1. item", "2) item", "> quote", "---", "===", "***", "~~~", "~~gone~~", "    four",
    "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "[ref]: https://x", "[^1]", "<https://x.example>",
    "<!channel> @channel @here <@U1> @ana a@b.example", "https://x.example/a|b?c=<d>&copy;", "مرحبا \u202e x", "\ud800\x00",
    "line\nbreak\r\n# heading\u2028x", "!", "$x$ ^2^", "www.example.com", "*", "_", "a*b_c*d_", "\t", "",
]  # fmt: skip
typed_text = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=60), st.text(alphabet="|\\`*_[]()<>!#-+=~&@:/.1 \n", max_size=40)
)
inlines = st.one_of(
    st.builds(Text, typed_text, st.booleans()),
    st.builds(Link, typed_text | st.just("https://x.example/a?b=1"), typed_text),
)
inline_lines = st.lists(inlines, max_size=4).map(tuple)


def tokens(text: str) -> list[Token]:
    """All tokens, those inside lines included."""
    found = []
    for token in PARSER.parse(text):
        found.append(token)
        found.extend(token.children or ())
    return found


def kinds(text: str) -> set[str]:
    return {token.type for token in tokens(text)}


def rows_of(text: str) -> list[int]:
    """The number of cells of each row of each table."""
    counted: list[int] = []
    for token in PARSER.parse(text):
        if token.type == "tr_open":
            counted.append(0)
        elif token.type in ("td_open", "th_open"):
            counted[-1] += 1
    return counted


def shown(text: str) -> str:
    """What a reader sees, without the invisible marks that keep it harmless."""
    said = "".join(token.content for token in tokens(text) if token.type in ("text", "code_inline", "text_special"))
    return said.translate(dict.fromkeys(map(ord, f"{typed.WORD_JOINER}\u2068\u2069")))


def of(*blocks: Any) -> str:
    return markdown.render(Document("PM-7", (), (Section("S", blocks),)))


def safe(text: str) -> None:
    assert not kinds(text) & {"html_block", "html_inline", "image", "hr", "code_block", "softbreak"}
    links = [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]
    assert all(link.lower().startswith(("http://", "https://")) for link in links)
    text.encode()


@given(rows=st.lists(st.lists(inline_lines, min_size=3, max_size=3).map(tuple), min_size=1, max_size=4).map(tuple))
@settings(max_examples=300, deadline=None)
def test_a_table_keeps_its_rows_and_cells_whatever_is_typed(rows: tuple[Any, ...]) -> None:
    text = of(Table(("Time (UTC)", "Event", "Data Link"), rows))
    safe(text)
    assert rows_of(text) == [3] * (len(rows) + 1)


@given(line=inline_lines)
@settings(max_examples=300, deadline=None)
def test_typed_text_stays_text_in_every_place(line: tuple[Any, ...]) -> None:
    document_ = Document("x", (("Fact", line),), (Section("S", (Paragraph(line), Note(line), Bullets((line, line)))),))
    text = markdown.render(document_)
    safe(text)
    found = [token.type for token in tokens(text)]
    assert found.count("heading_open") == 2
    assert found.count("bullet_list_open") == 2
    assert found.count("list_item_open") == 3
    assert found.count("blockquote_open") == 1
    assert not {"fence", "ordered_list_open", "code_inline", "s_open", "em_open"} & set(found)


@given(title=typed_text, heading=typed_text)
@settings(max_examples=200, deadline=None)
def test_a_heading_is_one_line(title: str, heading: str) -> None:
    text = markdown.render(Document(title, (), (Section(heading, sections=(Section(heading),)),)))
    safe(text)
    assert [token.tag for token in tokens(text) if token.type == "heading_open"] == ["h1", "h2", "h3"]


@pytest.mark.parametrize("given_text", [each for each in NASTY if "\ud800" not in each and "\u202e" not in each])
def test_a_reader_sees_what_was_typed(given_text: str) -> None:
    assert shown(of(Paragraph((Text(f"x {given_text} y"),)))) == "PM-7S" + " ".join(f"x {given_text} y".split())


@given(code=st.text(alphabet="`~\n ab<>|", max_size=60) | st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_code_comes_back_to_the_letter(code: str) -> None:
    text = of(Code(code), Paragraph((Text("after"),)))
    (fence,) = [token for token in tokens(text) if token.type == "fence"]
    expected = code.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    assert fence.content == expected + "\n"
    assert "after" in shown(text)


@pytest.mark.parametrize("call", ["@channel", "@here", "@everyone", "@ana", "<!channel>", "<@U1>"])
def test_nobody_is_pinged(call: str) -> None:
    text = of(Paragraph((Text(f"hey {call}!"),)), Table(("a",), (((Text(call),),),)))
    assert call not in text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//x.example", "https://a@b.example", "http://", "x"]
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert "link_open" not in kinds(of(Paragraph((Link(url, "label"),))))


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a?b=1&c=2#d",
        "https://x.example/a_(b)_*c*",
        "https://x.example/?q=a%20b&copy;=1",
        "http://x.example:8080/[1]",
    ],
)
def test_a_web_address_arrives_unchanged(url: str) -> None:
    text = of(Table(("a",), (((Link(url, url),),),)))
    (link,) = [token for token in tokens(text) if token.type == "link_open"]
    assert (
        str(link.attrs["href"]).replace("%28", "(").replace("%29", ")").replace("%5B", "[").replace("%5D", "]") == url
    )


def test_right_to_left_text_is_fenced_in() -> None:
    assert "\u2068مرحبا\u2069" in of(Paragraph((Text("مرحبا"),)))


@given(text=typed_text, number=st.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_whole_document_is_rendered_whatever_was_harvested(text: str, number: int) -> None:
    found = factories.findings(
        timeline=(factories.event(text, evidence=(text, "https://x.example/" + text)),) * number,
        todos=(factories.todo(text, detail=text, assignee=text),) * number,
        responders=(factories.responder("U7", text, why=text),) * number,
    )
    record = factories.postmortem(title=text, services=(text, text), recording=text)
    overview = factories.overview(record, findings=found, people={"U1": factories.person("U1", text)})
    rendered = markdown.render(document.build(overview))
    safe(rendered)
    assert rendered == markdown.render(document.build(overview))
    assert set(rows_of(rendered)) <= {2, 3, 4}
    assert rows_of(rendered).count(3) == (number + 1 if number else 0)


def test_an_exclamation_mark_before_a_link_makes_no_picture() -> None:
    text = of(Paragraph((Text("look!"), Link("https://x.example/x.png", "here"))))
    assert "image" not in kinds(text)
    assert shown(text).endswith("look!here")


@pytest.mark.parametrize(
    "address", ["https://x.example", "http://x.example", "ftp://x", "www.x.example", "mailto:a@b.c"]
)
def test_no_renderer_makes_a_link_of_typed_text_by_itself(address: str) -> None:
    """GitHub links whatever looks like an address, also where we show an address that is no link of ours."""
    for typed_address in (address, address.upper(), f"({address})", f"_{address}"):
        assert typed_address not in of(Paragraph((Text(typed_address),))).replace("\\_", "_")
