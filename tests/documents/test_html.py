"""The HTML that comes out, as a strict parser of HTML reads it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import html, html_style, timeline_colours
from bot.domain import document, typed
from bot.domain.document import Bullets, Code, Document, Link, Note, Paragraph, Section, Table, Text
from bot.domain.life import Life
from tests import factories
from tests.documents import pictures

Element = ElementTree.Element
X = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>", "</style></title><img src=x onerror=alert(1)>", "]]> <![CDATA[", "{code} {{x}} ${y}",
    "a | b || c", "```\nfence\n```", "&amp; &copy &lt;", "\" ' onclick=\"x", "<!-- c --> --!>", "مرحبا بالعالم 123", "שלום (x)",
    "👩‍👩‍👧 🔥 é", "# heading", "</bdi></td></table>", "<!channel> @here", "line\nbreak", "  two  spaces  ", "数据库", "",
]  # fmt: skip
typed_text = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=50), st.text(alphabet="<>&\"'/=!-[]{}` \n\r", max_size=40)
)
inlines = st.one_of(
    st.builds(Text, typed_text, st.booleans()),
    st.builds(Link, typed_text | st.just("https://x.example/a?b=1&copy=2"), typed_text),
)
inline_lines = st.lists(inlines, max_size=4).map(tuple)
KNOWN = {"html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "nav",
         "ol", "ul", "li", "bdi", "main", "section", "p", "strong", "div", "table", "thead", "tbody", "tr", "th", "td", "pre", "code",
         "figure"}  # fmt: skip


def parsed(text: str) -> Element:
    """The tree; raises where a validator of HTML would complain about the syntax."""
    tree: Element = html5lib.HTMLParser(strict=True).parse(text)
    return tree


def page(*blocks: Any, facts: Any = (), title: str = "PM-7") -> Element:
    return parsed(html.render(Document(title, facts, (Section("S", blocks),))))


def said(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def shown(text: str) -> str:
    """What of typed text a document may show: everything but what no file can hold and what turns the direction of others."""
    shown = re.sub("[\x85\ufdd0-\ufdef]", "\ufffd", typed.clean(re.sub("\r\n?", "\n", text)))
    return "".join("\ufffd" if ord(each) & 0xFFFE == 0xFFFE else each for each in shown)


def harmless(tree: Element) -> None:
    own = [each for each in tree.iter() if isinstance(each.tag, str) and not each.tag.startswith(SVG)]
    assert {each.tag.removeprefix(X) for each in own} <= KNOWN
    assert not [
        name for each in tree.iter() for name in each.attrib if name.startswith("on") or name in ("src", "srcset")
    ]
    for each in tree.iter(f"{X}a"):
        assert re.match(r"https?://|mailto:|#", each.attrib["href"], re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_to_the_letter_from_every_place(text: str) -> None:
    line = (Text(text),)
    facts = ((text, line),)
    blocks = (Paragraph(line), Note(line), Bullets((line,)), Table((text, "b"), ((line, line),)), Code(text))
    tree = parsed(html.render(Document(text, facts, (Section(text, blocks),))))
    harmless(tree)
    for tag in ("title", "h1", "dt", "dd", "h2", "li", "td", "code"):
        found = [said(each) for each in tree.iter(f"{X}{tag}")]
        assert text in found, tag
    assert [said(each) for each in tree.iter(f"{X}p")] == [text, text]
    assert [said(each) for each in tree.iter(f"{X}th")] == [text, "b", text]


@pytest.mark.parametrize("typed", ["\U0001fffe", "\U0002ffff", "\U0010fffe", "\ufdd0", "\uffff"])
def test_what_is_no_character_is_shown_as_none(typed: str) -> None:
    tree = parsed(html.render(Document(f"a{typed}b", (), ())))
    assert said(tree.find(f".//{X}h1")) == "a\ufffdb"


@given(line=inline_lines, code=typed_text, heading=typed_text)
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_the_file_is_valid_and_the_text_is_kept(line: Any, code: str, heading: str) -> None:
    blocks = (Paragraph(line), Table(("a", "b"), ((line, line),)), Code(code))
    text = html.render(Document(heading, ((heading, line),), (Section(heading, blocks, (Section(heading),)),)))
    tree = parsed(text)
    harmless(tree)
    expected = "".join(
        shown(each.text) if isinstance(each, Text) else shown(each.label) if each.label.strip() else "link"
        for each in line
    )
    assert said(tree.find(f".//{X}p")) == said(tree.find(f".//{X}td")) == said(tree.find(f".//{X}dd")) == expected
    assert said(tree.find(f".//{X}code")) == shown(code)
    assert said(tree.find(f".//{X}h3")) == shown(heading)
    assert text.encode()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", " javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "ftp://x", "//x.example", "file:///etc/passwd",
        "https://a@b.example", "http://", "x", "mailto:", "mailto:a@b?bcc=c@d", "mailto:a@b,c@d", "vbscript:x",
        "https://x.example/ onclick=x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_or_of_mail_is_no_link(url: str) -> None:
    tree = page(Paragraph((Link(url, "label"),)))
    paragraph = tree.find(f".//{X}p")
    assert said(paragraph) == "label"
    assert paragraph is not None
    assert not list(paragraph)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a?b=1&copy=2&lt;#d", "http://x.example:8080/[1]", "https://x.example/?q=a%20b'c", "mailto:ana@acme.example",
        "HTTPS://x.example/a_(b)",
    ],
)  # fmt: skip
def test_an_address_arrives_unchanged(url: str) -> None:
    (link,) = [each for each in page(Paragraph((Link(url, "there"),))).iter(f"{X}a") if said(each) == "there"]
    assert link.attrib["href"] == url
    assert link.attrib["rel"] == "noreferrer"


def test_paper_shows_addresses_but_not_twice() -> None:
    tree = page(Paragraph((Link("https://x.example/", "there"), Link("https://x.example/", "https://x.example/"))))
    paragraph = tree.find(f".//{X}p")
    assert paragraph is not None
    assert [each.attrib.get("class") for each in paragraph] == [None, "same"]
    assert 'content:" (" attr(href) ")"' in html_style.CSS


def whole(number: int = 60) -> str:
    """A long post-mortem: proposals, follow-ups and the picture."""
    found = factories.findings(timeline=pictures.proposals(number, HOSTILE))
    record = factories.postmortem(title=HOSTILE[0], services=(HOSTILE[1], "checkout"))
    return html.render(document.build(factories.overview(record, findings=found)))


def test_a_long_timeline_is_whole_in_the_table_and_in_the_picture() -> None:
    tree = parsed(whole(60))
    harmless(tree)
    tables = [each for each in tree.iter(f"{X}table") if "Time (UTC)" in said(each)]
    assert len([row for table in tables for row in table.iter(f"{X}tr")]) == 61
    (svg,) = tree.iter(f"{SVG}svg")
    assert said(svg.find(f"{SVG}title")).startswith("PM-7, timeline: ")
    numbers = {said(each) for each in svg.iter(f"{SVG}text")}
    assert {str(number) for number in range(1, 61)} <= numbers


def test_the_same_document_gives_the_same_file() -> None:
    assert whole() == whole()


def test_nothing_is_fetched_and_nothing_runs() -> None:
    tree = parsed(whole())
    harmless(tree)
    styles = "".join(said(each) for each in tree.iter() if str(each.tag).endswith("}style"))
    assert styles
    assert re.search(r"url\(|@import", styles) is None
    assert {each.attrib["fill"] for each in tree.iter() if "url" in each.attrib.get("fill", "")} <= {
        f"url(#tl-{hatch})" for hatch in ("rising", "falling", "upright", "dots")
    }
    (policy,) = [each for each in tree.iter(f"{X}meta") if each.attrib.get("http-equiv") == "Content-Security-Policy"]
    assert policy.attrib["content"].startswith("default-src 'none'; ")


def test_readers_with_a_screen_reader_find_their_way() -> None:
    tree = parsed(whole())
    html_element = tree if tree.tag == f"{X}html" else tree.find(f"{X}html")
    assert html_element is not None
    assert html_element.attrib["lang"] == "en"
    body = html_element.find(f"{X}body")
    assert body is not None
    assert [each.tag.removeprefix(X) for each in body] == ["a", "header", "nav", "main"]
    assert body[0].attrib["href"] == "#content"
    assert body[3].attrib["id"] == "content"
    ids = [each.attrib["id"] for each in tree.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    for each in tree.iter():
        for name in ("aria-labelledby",):
            assert set(each.attrib.get(name, "").split()) <= set(ids)
    assert {each.attrib["href"][1:] for each in tree.iter(f"{X}a") if each.attrib["href"].startswith("#")} <= set(ids)
    headings = [int(each.tag[-1]) for each in tree.iter() if re.fullmatch(rf"{re.escape(X)}h[1-6]", str(each.tag))]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(headings))
    for head in tree.iter(f"{X}th"):
        assert head.attrib["scope"] in ("col", "row")


def test_right_to_left_text_is_isolated_from_what_stands_beside_it() -> None:
    tree = page(Paragraph((Text("by "), Text("שלום"), Text(" at 14:02"))))
    assert "שלום" in [said(each) for each in tree.iter(f"{X}bdi")]
    paragraph = tree.find(f".//{X}p")
    assert paragraph is not None
    assert paragraph.attrib["dir"] == "auto"


@pytest.mark.parametrize("colours", [html_style.LIGHT, html_style.DARK], ids=["light", "dark"])
def test_text_has_contrast_enough(colours: Any) -> None:
    for words, behind in html_style.TEXT_ON:
        assert timeline_colours.contrast(colours[words], colours[behind]) >= 4.5, (words, behind)


def test_paper_keeps_headings_and_rows_together_and_is_light() -> None:
    paper = html_style.CSS.partition("@media print{")[2]
    for rule in (
        "break-after:avoid",
        "tr,li,dt,dd,figure,.note{break-inside:avoid}",
        "thead{display:table-header-group}",
    ):
        assert rule in paper
    assert html_style.LIGHT["paper"] in paper
    assert "size:" not in html_style.CSS.partition("@page{")[2].partition("}")[0]


def test_a_document_without_anything_to_draw_has_no_picture() -> None:
    text = html.render(document.build(factories.overview(life=Life())))
    assert "<figure" not in text
    parsed(text)
