"""The pictures of the gallery in docs/images: `python -m tests.sandbox_page.gallery_pictures docs/images`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from demo.gallery import page as pages
from demo.gallery.table import GROUPS, entries

# What stands side by side in each picture, by the place on the page.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "gallery-card": (
        "card--card-read-everything-to-be-confirmed",
        "card--card-half-written",
        "card--card-reviewed-with-the-support-team",
    ),
    "gallery-home": ("home--home-for-the-owner",),
    "gallery-direct": (
        "owner--you-are-the-owner-to-be-answered",
        "review--please-read-with-notes-and-approvals",
        "held--was-it-held-changes-are-needed",
    ),
    "gallery-writing": (
        "content--write-the-post-mortem-half-written",
        "content--section-impact-filled-in",
        "content--section-overview-with-hints-on-its-wording",
    ),
    "gallery-timeline": (
        "timeline--into-the-timeline-three",
        "timeline--timeline-two-lines-without-evidence",
        "changing--what-shows-it-two-addresses-were-found",
    ),
    "gallery-asking": (
        "questions--you-are-asked-to-be-answered",
        "questions--questions-for-a-reader",
        "queries--into-the-queries-three-one-looks-like-a-secret",
    ),
    "gallery-reminders": (
        "reminders--reminder-two-at-once",
        "reminders--the-week-everything-at-once",
        "found--search-words-in-the-text",
    ),
    "gallery-meeting": (
        "meeting--the-meeting-nothing-booked",
        "external--message-to-customers-written",
        "review--notes-open-and-done",
    ),
    "gallery-support": (
        "support--task-to-be-posted",
        "answers--refusal-topics-and-a-message-are-left",
        "todos--action-items-one-of-each",
    ),
}
ALONE = (
    "#index, .payload, .gallery-group > h2, .gallery-group > p { display: none } body { display: block } "
    ".picture { content-visibility: visible } .picture:not(.chosen) { display: none } "
    "#pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(0, 520px)); gap: 22px; padding: 18px; "
    "align-items: start; width: max-content; grid-auto-flow: column; grid-auto-columns: 520px } "
    ".gallery-group, .pictures { display: contents } #pictures:has(.on-home.chosen) { grid-template-columns: 760px }"
)


def main(folder: Path) -> None:
    """Make them all."""
    where = Path(tempfile.mkdtemp()) / "index.html"
    where.write_text(pages.page(list(entries(GROUPS))), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_context(viewport={"width": 1700, "height": 1000}).new_page()
        tab.goto(where.as_uri())
        tab.add_style_tag(content=ALONE)
        for name, places in SHOWN.items():
            tab.evaluate(
                "(ids) => document.querySelectorAll('.picture').forEach((one) => one.classList.toggle('chosen', ids.includes(one.id)))",
                list(places),
            )
            if tab.locator(".picture.chosen").count() != len(places):
                raise SystemExit(f"{name}: a picture is not in the gallery any more")
            tab.locator("#pictures").screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
