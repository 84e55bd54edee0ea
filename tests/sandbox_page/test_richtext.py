"""A rich_text block is drawn from its elements, and files and attachments as what they are."""

from __future__ import annotations

import pytest


def text(words, **style):
    return {"type": "text", "text": words, "style": style} if style else {"type": "text", "text": words}


def section(*pieces):
    return {"type": "rich_text_section", "elements": list(pieces)}


@pytest.fixture
def shows(page, slack, web):
    """Posts elements as one rich_text block, and gives the page back."""

    def post(*elements):
        channel = slack.see.channel("inc")["id"]
        web.chat_postMessage(channel=channel, text="x", blocks=[{"type": "rich_text", "elements": list(elements)}])
        page.see(".message .rich")
        return page

    return post


@pytest.mark.parametrize(
    ("style", "tag"),
    [("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code"), ("underline", "u")],
    ids=lambda one: str(one),
)
def test_a_style_is_a_tag(shows, style, tag):
    page = shows(section(text("plain "), text("styled", **{style: True}), text(" *not bold*")))
    page.see(f".rich {tag}", "styled")
    page.see(".rich", "plain styled *not bold*")


def test_styles_lie_inside_each_other(shows):
    shows(section(text("both", bold=True, italic=True))).see(".rich em strong, .rich strong em", "both")


def test_mentions_links_emoji_dates_and_colours_are_drawn(shows, slack):
    page = shows(
        section(
            {"type": "user", "user_id": slack.see.user("aino")["id"]},
            {"type": "usergroup", "usergroup_id": slack.see("people")["usergroups"][0]["id"]},
            {"type": "channel", "channel_id": slack.see.channel("general")["id"]},
            {"type": "broadcast", "range": "here"},
            {"type": "link", "url": "https://example.com/x", "text": "the link", "style": {"bold": True}},
            {"type": "emoji", "name": "tada"},
            {"type": "date", "timestamp": 1772442000, "format": "{date_num} {time}", "fallback": "then"},
            {"type": "color", "value": "#00ff00"},
        )
    )
    page.see(".rich .mention.me", "@aino")
    page.see(".rich .mention.me", "@sre")
    page.see(".rich a.mention", "#general")
    page.see(".rich .mention", "@here")
    page.see(".rich strong a[href='https://example.com/x']", "the link")
    page.see(".rich .emoji[aria-label=tada]")
    page.see(".rich time", "02/03/2026 11:00")
    page.see(".rich .colour", "#00ff00")
    assert page.style(".rich .swatch", "backgroundColor") == "rgb(0, 255, 0)"


def test_lists_quotes_and_preformatted_text_are_drawn(shows):
    items = [section(text("one")), section(text("two"))]
    page = shows(
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": items},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "border": 1, "elements": items[:1]},
        {"type": "rich_text_quote", "elements": [text("said")]},
        {"type": "rich_text_preformatted", "elements": [text("x = 1\n  y")]},
    )
    page.see(".rich ol[start='3'] li", "two")
    page.see(".rich blockquote ul li", "one")
    page.see(".rich blockquote", "said")
    assert page.last(".rich pre").inner_text() == "x = 1\n  y"


def test_the_older_attachments_are_drawn_and_their_buttons_are_not_known(page, slack):
    row = {
        "color": "danger",
        "pretext": "before",
        "author_name": "Grafana",
        "title": "Latency",
        "title_link": "https://example.com/d",
        "text": "*high*",
        "fields": [{"title": "p99", "value": "4 s", "short": True}],
        "footer": "eu-1",
        "ts": 1772442000,
        "actions": [{"type": "button", "text": "Old"}],
    }
    slack.act.post_as_bot("Grafana", "inc", "alert", attachments=[row])
    page.see(".attachment a", "Latency")
    page.see(".attachment strong", "high")
    page.see(".attachment .field", "4 s")
    page.see(".attachment", "eu-1 · 11:00")
    page.see(".attachment .unknown", "the older kind of button")
    assert page.style(".attachment-bar", "backgroundColor") == "rgb(207, 61, 61)"


def test_a_markdown_file_reads_as_a_document_and_a_film_has_its_player(page, slack):
    files = [
        {"name": "notes.md", "content": "# Notes\n**all** <i>well</i>"},
        {"name": "call.mp4", "content": "no film"},
    ]
    slack.act.post("ben", "inc", "see", files=files)
    page.see("video.file-video")
    page.click(".snippet .link", "Show")
    page.see(".peek h3", "Notes")
    page.see(".peek strong", "all")
    page.see(".peek", "<i>well</i>")
    page.click(".snippet .link", "Hide")
    page.gone(".peek")
