"""The storage format that comes out, as an XML parser reads it with Confluence's namespaces declared."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import confluence
from bot.domain import document, typed
from bot.domain.document import Bullets, Code, Document, Link, Note, Paragraph, Section, Table, Text
from tests import factories
from tests.documents import pictures
from tests.documents.test_html import HOSTILE, inline_lines, typed_text

Element = ElementTree.Element
AC = "{urn:ac}"
KNOWN = {"page", "p", "h2", "h3", "h4", "h5", "h6", "ul", "li", "table", "tbody", "tr", "th", "td", "strong", "a", f"{AC}structured-macro",
         f"{AC}parameter", f"{AC}rich-text-body", f"{AC}plain-text-body"}  # fmt: skip
MACROS = {"anchor", "details", "status", "toc", "info", "code"}


def parsed(body: str) -> Element:
    return ElementTree.fromstring(f'<page xmlns:ac="urn:ac" xmlns:ri="urn:ri">{body}</page>')


def page(*blocks: Any, facts: Any = ()) -> Element:
    return parsed(confluence.render(Document("PM-7", facts, (Section("S", blocks),))))


def macros(tree: Element, name: str) -> list[Element]:
    return [each for each in tree.iter(f"{AC}structured-macro") if each.attrib[f"{AC}name"] == name]


def said(element: Element | None) -> str:
    assert element is not None
    return "".join(element.itertext())


def fit(text: str) -> str:
    return typed.clean(re.sub("\r\n?", "\n", text))


def shown(text: str) -> str:
    """What of typed text a page may show: everything but what XML cannot hold, with text from right to left fenced in."""
    return typed.isolate(fit(text))


def harmless(tree: Element) -> None:
    assert {each.tag for each in tree.iter()} <= KNOWN
    assert {each.attrib[f"{AC}name"] for each in tree.iter(f"{AC}structured-macro")} <= MACROS
    assert {name for each in tree.iter() for name in each.attrib} <= {f"{AC}name", "href"}
    for link in tree.iter("a"):
        assert re.match(r"https?://|mailto:", link.attrib["href"], re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_to_the_letter_from_every_place(text: str) -> None:
    line = (Text(text),)
    blocks = (Paragraph(line), Note(line), Bullets((line,)), Table((text, "b"), ((line, line),)), Code(text))
    tree = parsed(confluence.render(Document(text, ((text, line),), (Section(text, blocks),))))
    harmless(tree)
    expected = typed.isolate(text)
    for tag in ("h2", "li", "td"):
        assert expected in [said(each) for each in tree.iter(tag)], tag
    assert [said(each) for each in tree.iter("th")] == [expected, expected, "b", expected]
    assert [said(each) for each in macros(tree, "info")] == [expected]
    assert said(tree.find(f".//{AC}plain-text-body")) == text
    assert expected in [said(each) for each in tree.findall("p")]


@given(line=inline_lines, code=typed_text, heading=typed_text)
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_the_page_is_well_formed_and_the_text_is_kept(line: Any, code: str, heading: str) -> None:
    blocks = (Table(("a", "b"), ((line, line),)), Code(code), Note(line))
    sections = (Section(heading, blocks, (Section(heading),)), Section(heading))
    body = confluence.render(Document(heading, ((heading, line), ("Status", line)), sections))
    tree = parsed(body)
    harmless(tree)
    expected = "".join(
        shown(each.text) if isinstance(each, Text) else shown(each.label if each.label.strip() else "link")
        for each in line
    )
    assert said(tree.find(".//td")) == said(macros(tree, "info")[0]) == expected
    assert said(tree.find(f".//{AC}plain-text-body")) == fit(code)
    assert said(tree.find(".//h3")) == shown(heading)
    assert body.encode()
    assert confluence.merged(body, body) == body
    assert confluence.merged("", body) == body


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f", "\ufffe", "\uffff", "\ud83d"], ids=repr)
def test_a_character_that_xml_does_not_allow_is_taken_out_visibly(character: str) -> None:
    tree = page(Paragraph((Text(f"a{character}b"),)), Code(f"c{character}d"))
    assert "a\ufffdb" in [said(each) for each in tree.iter("p")]
    assert said(tree.find(f".//{AC}plain-text-body")) == "c\ufffdd"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "mailto:a@b?bcc=c@d", "x"])
def test_what_is_no_address_of_the_web_or_of_mail_is_no_link(url: str) -> None:
    tree = page(Paragraph((Link(url, "label"),)))
    assert not list(tree.iter("a"))
    assert "label" in [said(each) for each in tree.iter("p")]


@pytest.mark.parametrize(
    "url", ["https://x.example/a?b=1&copy=2&lt;#d", "mailto:ana@acme.example", "HTTPS://x.example/a_(b)"]
)
def test_an_address_arrives_unchanged(url: str) -> None:
    (link,) = page(Paragraph((Link(url, "there"),))).iter("a")
    assert (link.attrib["href"], said(link)) == (url, "there")


@pytest.mark.parametrize(("status", "colour"), [("Draft", "Blue"), ("Closed", "Green")])
def test_the_status_is_a_status_macro(status: str, colour: str) -> None:
    (macro,) = macros(page(facts=(("Status", (Text(status),)),)), "status")
    assert [said(each) for each in macro] == [colour, status]


def test_a_whole_document_has_its_contents_its_properties_and_its_long_timeline() -> None:
    found = factories.findings(timeline=pictures.proposals(60, HOSTILE))
    record = factories.postmortem(title=HOSTILE[0], services=(HOSTILE[1], "checkout"))
    whole = document.build(factories.overview(record, findings=found))
    body = confluence.render(whole)
    tree = parsed(body)
    harmless(tree)
    assert len(macros(tree, "toc")) == len(macros(tree, "details")) == len(macros(tree, "status")) == 1
    tables = [each for each in tree.iter("table") if "Time (UTC)" in said(each)]
    assert len([row for table in tables for row in table.iter("tr")]) == 61
    assert [said(each) for each in tree.iter("h2")] == [each.heading for each in whole.sections]
    assert len(macros(tree, "anchor")) == 2 * (1 + len(whole.sections))
    assert body == confluence.render(whole)


def test_each_part_has_a_name_of_its_own() -> None:
    headings = ("Impact", "impact", "Impact!", "Impact", "数据库", "متن", "", "head")
    tree = parsed(confluence.render(Document("PM-7", (), tuple(Section(each) for each in headings))))
    names = [said(each) for each in macros(tree, "anchor")]
    assert len(names) == len(set(names)) == 2 * (1 + len(headings))


@given(typed_text | st.text(min_size=200, max_size=400))
@settings(deadline=None)
def test_a_title_is_one_line_that_confluence_takes(text: str) -> None:
    title = confluence.title(Document(f"PM-7: {text}", (), ()))
    assert title.startswith("PM-7:")
    assert title == typed.one_line(title)
    assert len(title.encode("utf-16-le")) // 2 <= 255


def test_a_long_title_is_cut_visibly_and_keeps_its_number() -> None:
    title = confluence.title(Document("PM-7: " + "🔥" * 200, (), ()))
    assert title.startswith("PM-7: 🔥")
    assert title.endswith("🔥…")
    assert confluence.title(Document(" \n", (), ())) == "Post-mortem"
