"""Canvases: the tab of a channel, the card of a file, what stands in them, and writing in them."""

from __future__ import annotations

import pytest

MARKDOWN = """# Plan
Ask ![](@USER) in ![](#CHANNEL), **now** :rocket: \\*not bold\\* &amp; `a_b`

- [x] done
- [ ] to do
  - nested

| what | count |
|---|---:|
| <b>x</b> | 3 |

> quoted
> more

```
fence *as it is*
```
[a link](https://example.com) [bad](javascript:alert(1)) <img src=x onerror="window.hit=1">"""


@pytest.fixture
def canvas(slack):
    """The canvas of #inc, written by aino; its id."""
    text = MARKDOWN.replace("USER", slack.see.user("ben")["id"]).replace("CHANNEL", slack.see.channel("general")["id"])
    return slack.act("create_canvas", user="aino", channel="inc", title="Runbook", markdown=text)["canvas"]


def test_the_canvas_of_a_channel_is_a_tab_and_reads_as_a_document(page, slack, canvas):
    page.click(".tab", "Canvas")
    page.see(".canvas h1", "Runbook")
    page.see(".canvas h3", "Plan")
    page.see(".canvas .mention", "@Ben")
    page.see(".canvas a.mention", "#general")
    page.see(".canvas strong", "now")
    page.see(".canvas .line", "*not bold* & a_b")
    page.see(".canvas .item", "☑")
    page.see(".canvas td", "<b>x</b>")
    page.see(".canvas blockquote", "more")
    page.see(".canvas pre", "fence *as it is*")
    assert page.all(".canvas a[href^='javascript']").count() == 0
    assert page.run("'hit' in window") is False
    page.reload()
    page.see(".canvas h1", "Runbook")
    page.click(".tab", "Messages")
    page.see(".message", "back up")


def test_a_canvas_is_written_by_hand_and_seen_by_others_at_once(visit, slack, canvas):
    page, other = visit("aino", "inc", f"&f={canvas}"), visit("ben", "inc", f"&f={canvas}")
    other.see(".canvas h3", "Plan")
    page.click(".canvas .button", "Edit")
    page.page.get_by_label("Title").fill("Runbook 2")
    page.page.get_by_label("Text of the canvas").fill("# Changed\nby hand")
    page.click(".canvas .button", "Save")
    page.see(".canvas h3", "Changed")
    other.see(".canvas h1", "Runbook 2")
    other.see(".canvas .line", "by hand")
    assert slack.see("canvas", id=canvas)["canvas"]["markdown"].startswith("# Changed")


def test_a_channel_gets_a_canvas_from_the_list_of_its_members(page, slack):
    page.click(".channel-head .button[title=Members]")
    page.click(".panel .button", "Add a canvas")
    page.see(".canvas", "Nothing is written here yet.")
    page.see(".tab[aria-selected=true]", "Canvas")
    assert len(slack.see("canvases", channel="inc")["canvases"]) == 1


def test_the_address_of_a_canvas_leads_to_it_and_only_who_may_see_it_does(visit, slack, tabs, canvas):
    link = slack.see("canvas", id=canvas)["canvas"]["permalink"]
    page = visit("ben", "general")
    page.page.goto(link.replace("https://acme.slack.com", slack.url.rstrip("/")))
    page.ready()
    page.see(".canvas h1", "Runbook")
    stranger = tabs()
    stranger.refuses("see/canvas")
    stranger.open(f"{slack.url}/#u={slack.see.user('cho')['id']}&c={slack.see.channel('general')['id']}&f={canvas}")
    stranger.see(".canvas", "may not see it")
