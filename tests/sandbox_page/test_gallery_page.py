"""The gallery of the bot is one file that opens from a disk, with everything drawn and nothing asked of any network."""

from __future__ import annotations

import pytest

from demo.gallery import page as pages
from demo.gallery.table import GROUPS, entries


@pytest.fixture(scope="module")
def drawn():
    return list(entries(GROUPS))


@pytest.fixture
def opened(tabs, drawn, tmp_path):
    where = tmp_path / "index.html"
    where.write_text(pages.page(drawn), encoding="utf-8")

    def opener(**window):
        tab = tabs(**window)
        asked = []
        tab.page.on("request", lambda request: asked.append(request.url))
        tab.page.goto(where.as_uri())
        tab.until("document.documentElement.dataset.drawn")
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        return tab

    return opener


def test_every_picture_is_drawn_and_fits(opened, drawn):
    tab = opened()
    shown = tab.run(
        "[...document.querySelectorAll('.picture')].map((one) => [one.id, one.querySelectorAll('.drawn-entry .block').length])"
    )
    assert dict(shown) == {
        group.anchor(entry): len(entry.payload["blocks"]) + len(_inner(entry.payload["blocks"]))
        for group, entry in drawn
    }
    assert tab.run("document.querySelectorAll('.unknown').length") == 0
    # As a reader scrolls: what is far away is drawn late.
    tab.page.add_style_tag(content=".picture { content-visibility: visible !important }")
    wide = "[...document.querySelectorAll('.picture')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.id)"
    for width in (1280, 420):
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert tab.run(wide) == []
        assert tab.run("document.documentElement.scrollWidth") <= width


def _inner(blocks):
    """Blocks that hold others; none of ours does."""
    return [inner for block in blocks for inner in block.get("child_blocks", ())]


def test_it_is_filtered_turned_dark_and_tells_what_a_button_would_send(opened):
    tab = opened()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.run(ground)
    tab.click("#index .button", "Light / dark")
    assert tab.run(ground) != light
    tab.page.fill("#index input", "review channel archived")
    tab.wait_for(lambda: tab.texts(".picture h3") == ["review channel · is archived"], "one picture is left, and drawn")
    tab.page.fill("#index input", "home for the owner")
    tab.click(".on-home .button", "Open")
    tab.see(".notice", "home_record")
    # A time is shown as it was for whoever drew the samples, whenever the page is looked at.
    tab.page.fill("#index input", "All steps half written")
    tab.see(".on-whisper", "As it stood today at 10:05.")
    assert tab.page.url.startswith("file:")
