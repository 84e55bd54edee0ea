"""The HTML document in a real browser, where the browser for tests is: words do not touch, nothing is asked for, and a telephone shows
it without moving it sideways."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from bot.documents import html, timeline_svg
from bot.domain import document
from bot.domain.picture_marks import Event
from tests import factories
from tests.documents import pictures

TOUCHING = """() => {
  const svg = document.querySelector("svg"), wide = svg.viewBox.baseVal.width;
  const boxes = [...svg.querySelectorAll("text")].map((text) => {
    const {x, y, width, height} = text.getBBox();
    return {left: x, right: x + width, top: y + 0.2 * height, bottom: y + 0.8 * height, text: text.textContent};
  });
  const outside = boxes.filter((box) => box.left < 0 || box.right > wide).map((box) => box.text);
  const touching = boxes.flatMap((one, at) => boxes.slice(at + 1).filter((other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  ).map((other) => [one.text, other.text]));
  return [...outside, ...touching];
}"""


@pytest.mark.parametrize("found", pictures.TIMELINES.values(), ids=pictures.TIMELINES.keys())
def test_no_words_touch_or_leave_the_picture(browser: Browser, found: list[Event]) -> None:
    page = browser.new_page()
    page.set_content(timeline_svg.render(pictures.drawn(found)))
    assert page.evaluate(TOUCHING) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_asked_for_and_a_telephone_shows_it(browser: Browser, scheme: Any) -> None:
    asked: list[str] = []
    said: list[str] = []
    page = browser.new_page(viewport={"width": 360, "height": 640}, color_scheme=scheme)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    found = factories.findings(
        timeline=pictures.proposals(60, ["<img src=https://x.example/x.png>", "https://x.example/" + "y" * 200])
    )
    page.set_content(html.render(document.build(factories.overview(findings=found))))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (asked, said) == ([], [])
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.close()
