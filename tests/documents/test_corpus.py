"""Thirty post-mortems through every renderer: what people typed comes back from each of them, and is mark-up in none."""

from __future__ import annotations

import email
import io
import re
from collections.abc import Callable, Iterable
from email import policy as email_policy
from itertools import pairwise
from xml.etree import ElementTree

import html5lib
import icalendar
import pytest
from markdown_it import MarkdownIt
from PIL import Image

from bot import calendar_file
from bot.blocks import results_post, review_post
from bot.documents import confluence, html, mail_html, markdown, timeline_png, timeline_svg
from bot.domain import document, draft_timeline, invitation, summary_mail, timeline_picture, typed
from bot.domain.invitees import Guest, Guests
from bot.domain.mail_draft import Letter
from bot.domain.picture import Picture
from bot.ports.chat import Drawing
from tests.documents import corpus, test_confluence, test_html, test_markdown
from tests.documents.corpus import Case

X, SVG = test_html.X, test_html.SVG
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LINK = "https://wiki.acme.example/pm/7"
# What is never to be seen in Slack's mark-up but as we write it: mentions of people and links.
OURS = re.compile(r"<(@U\w+|!date\^\d+\^[^<>|]*\|[^<>]*|https?://[^<>|]*(\|[^<>]*)?)>")
each_case = pytest.mark.parametrize("case", corpus.CASES, ids=[case.name for case in corpus.CASES])


def bare(text: str) -> str:
    """The text as eyes compare it: without white space, what is invisible, and what no file can hold."""
    kept = typed.clean(typed.verbatim(text))
    return "".join(kept.translate(dict.fromkeys([0x2060, 0x2068, 0x2069, 0xFFFD, *range(0xFDD0, 0xFDF0)])).split())


def all_there(rendered: str, texts: Iterable[str]) -> None:
    shown = bare(rendered)
    for text in texts:
        assert bare(text) in shown, text[:80]


def from_markdown(text: str) -> str:
    tokens = MARKDOWN.parse(text)
    parts = [token.content for token in tokens if token.type == "fence"]
    said = (
        [each.content for each in token.children or () if each.type in ("text", "text_special")] for token in tokens
    )
    parts += map("".join, said)
    return "\n".join(parts)


def from_html(text: str) -> str:
    tree = html5lib.HTMLParser(strict=True).parse(text)
    body = tree.find(f"{X}body") if tree.tag == f"{X}html" else tree.find(f"{X}html/{X}body")
    assert body is not None
    return "".join(body.itertext())


def from_confluence(text: str) -> str:
    return "".join(test_confluence.parsed(text).itertext())


READERS: dict[str, tuple[Callable[[document.Document], str], Callable[[str], str]]] = {
    "markdown": (markdown.render, from_markdown),
    "html": (html.render, from_html),
    "confluence": (confluence.render, from_confluence),
}


@each_case
@pytest.mark.parametrize("name", READERS)
def test_all_that_was_typed_comes_back(case: Case, name: str) -> None:
    render, read = READERS[name]
    built = document.build(case.overview)
    rendered = render(built)
    rendered.encode()
    # Confluence keeps the title beside the page.
    texts = [
        text for where, listed in case.texts.items() if (where, name) != ("title", "confluence") for text in listed
    ]
    all_there(read(rendered), texts)
    if name == "confluence":
        all_there(
            confluence.title(built),
            [typed.clip(case.texts["title"][0], 200).rstrip("…")] if case.texts["title"] else [],
        )


@each_case
def test_it_is_mark_up_in_none(case: Case) -> None:
    built = document.build(case.overview)
    test_markdown.safe(markdown.render(built))
    test_confluence.harmless(test_confluence.parsed(confluence.render(built)))
    tree = test_html.parsed(html.render(built))
    test_html.harmless(tree)
    ids = [each.attrib["id"] for each in tree.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    levels = [int(each.tag[-1]) for each in tree.iter() if re.fullmatch(rf"{re.escape(X)}h[1-6]", str(each.tag))]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert re.search(r"url\((?!#tl-)|@import|https?://[^\s\"]*\.(?:css|js|woff2?)\b", test_html.html_style.CSS) is None


def drawn(case: Case) -> Picture | None:
    found = draft_timeline.picture(case.overview)
    assert (found is None) == (not case.overview.life.items)
    return found


@each_case
def test_the_picture_as_svg_has_every_event_and_nothing_else(case: Case) -> None:
    found = drawn(case)
    if found is None:
        return
    tree = ElementTree.fromstring(timeline_svg.render(found))
    tags = {str(each.tag).removeprefix(SVG) for each in tree.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "defs",
        "pattern",
        "path",
        "circle",
        "rect",
        "polyline",
        "polygon",
        "text",
    }
    words = [bare("".join(each.itertext())) for each in tree.iter(f"{SVG}text")]
    for item in case.overview.life.items:
        begin = bare(timeline_picture.plain(item.text))[:6]
        assert any(f"{item.at:%H:%M}" in each for each in words)
        assert any(begin in each for each in words), item.text[:60]
    assert not any(each.startswith(":") and each.endswith(":") for each in words)


@pytest.mark.parametrize("case", corpus.CASES[::3], ids=[case.name for case in corpus.CASES[::3]])
def test_the_picture_as_png_opens_and_is_no_larger_than_slack_shows_well(case: Case) -> None:
    found = drawn(case)
    if found is None:
        return
    content = timeline_png.render(found)
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        assert (image.format, image.width) == ("PNG", 1920)
        assert 200 < image.height < 6000
    assert len(content) < 1_000_000
    assert all(timeline_png.drawable(timeline_png.shown(each.text)) for each in found.words)


def marked_up(drawing: Drawing) -> list[str]:
    """Every text of a message that Slack reads as mark-up."""
    found: list[str] = [drawing.text]

    def look(value: object) -> None:
        if isinstance(value, dict):
            if value.get("type") == "mrkdwn":
                found.append(str(value["text"]))
            for each in value.values():
                look(each)
        elif isinstance(value, list | tuple):
            for each in value:
                look(each)

    look([dict(block) for block in drawing.blocks])
    return found


@each_case
@pytest.mark.parametrize("draw", [review_post.drawing, results_post.drawing], ids=["review", "results"])
def test_messages_ping_nobody_and_have_room_for_it(case: Case, draw: Callable[..., Drawing]) -> None:
    drawing = draw(case.overview)
    for text in marked_up(drawing):
        assert not re.search(r"<(?!@U2|!date)[@!#]", text), text
        assert "<" not in OURS.sub("", text), text
        assert not re.search(r"@(?:channel|here|everyone)\b", text), text
        text.encode()
    assert len(drawing.blocks) <= 50
    title = "".join(case.texts["title"])
    if draw is review_post.drawing and len(title) < 200:
        plain = drawing.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert bare(title) in bare(plain)


@each_case
def test_calendars_and_mailboxes_get_it_as_words(case: Case) -> None:
    event = invitation.event(case.overview, Guests((Guest("U2", ("owner",)),)), "UBOT")
    assert event is not None
    (read,) = icalendar.Calendar.from_ical(calendar_file.write(event)).walk("VEVENT")
    title = "".join(case.texts["title"])
    all_there(str(read["SUMMARY"]), [title[:60]])
    written = summary_mail.compose(case.overview, Letter.SUMMARY, LINK)
    assert "\n" not in written.subject
    page = mail_html.page(written.body, written.subject)
    tree = html5lib.HTMLParser().parse(page)
    assert {str(each.tag).removeprefix(X) for each in tree.iter()} <= {
        "html", "head", "meta", "style", "title", "body", "p", "strong", "ul", "li", "br", "a",
    }  # fmt: skip
    all_there("".join(tree.itertext()), [typed.clip(text, 100).rstrip("…") for text in case.texts["overview"]])
    letter = email.message.EmailMessage(policy=email_policy.SMTP)
    letter["Subject"] = written.subject
    assert letter.as_bytes()
