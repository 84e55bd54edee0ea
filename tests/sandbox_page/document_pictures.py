"""The pictures of docs/document.md: `python -m tests.sandbox_page.document_pictures docs/images`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from bot.documents import html, timeline_png
from bot.domain import document, draft_timeline
from demo.gallery import samples


def main(folder: Path) -> None:
    """The head of the page by night, and the timeline of the gallery's post-mortem with few and with many events."""
    for name, number in (("timeline-few", 6), ("timeline-many", 60)):
        lived = samples.life(content=samples.content(), items=samples.items(number, apart=23))
        drawn = draft_timeline.picture(samples.overview(lived=lived))
        if drawn is None:
            raise SystemExit("the gallery's post-mortem has no timeline any more")
        (folder / f"{name}.png").write_bytes(timeline_png.render(drawn))
    lived = samples.life(content=samples.content(), items=samples.items(6), actions=samples.actions())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1060, "height": 900}, color_scheme="dark")
        page.set_content(html.render(document.build(samples.overview(lived=lived))))
        page.screenshot(path=folder / "document.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
