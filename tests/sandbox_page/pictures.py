"""Pictures of the page with the demo's workspace and of one of everything: `python -m tests.sandbox_page.pictures FOLDER`.

The ones in docs/images are made by it, and whoever changes how the page looks should look at all of them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from demo import story as stories
from sandbox.client import Sandbox
from tests.sandbox_page import gallery, real_bot
from tests.sandbox_page.tab import Tab

HERE = Path(__file__).parent


@contextmanager
def everything() -> Iterator[Sandbox]:
    """A workspace in which an app has posted, published and offers one of every block."""
    slack = Sandbox.start(in_process=True, workspace=HERE / "workspace.yml", manifest=HERE / "manifest.yml")
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    app = App(client=web, signing_secret=slack.signing_secret, process_before_response=True)
    handler = SocketModeHandler(app, slack.app_token, trace_enabled=False)
    handler.client.web_client = WebClient(slack.app_token, base_url=slack.api_url)
    handler.connect()
    slack.wait_for_sockets(1)
    app.event("app_home_opened")(lambda event: web.views_publish(user_id=event["user"], view=gallery.home()))
    app.command("/form")(lambda ack, body: (ack(), web.views_open(trigger_id=body["trigger_id"], view=gallery.modal())))
    for blocks in gallery.message():
        web.chat_postMessage(channel=slack.see.channel("inc")["id"], text="one of everything", blocks=blocks)
    yield slack
    handler.client.auto_reconnect_enabled = False
    slack.disconnect(kill=True)
    handler.close()
    slack.stop()


def incident(shoot: Callable[..., Tab], story: stories.Story, slack: Sandbox) -> None:
    """The main job as the commander and the owner see it."""
    who, owner = story.user(story.command.who), story.user(story.command.owner)
    tab = shoot("channel", f"{slack.url}/#u={who.id}&c={story.channel.id}")
    tab.write(".composer-field", f"/postmortem assign @{owner.name} ")
    tab.see(".modal h2")
    shoot("modal", tab=tab)
    tab.set("Title", story.command.modal.title)
    tab.choose("Severity", f"SEV-{story.command.modal.severity}")
    tab.click(".modal .primary")
    tab.gone(".modal[open]")
    tab.see(".message .block-header", story.command.modal.title)
    tab.click(".message:has(.block-header) .replies")
    tab.see(".side a.file")
    tab.last(".message:has(.replies)").evaluate("(one) => one.scrollIntoView()")
    shoot("card", tab=tab)
    tab.click("[data-inspector=toggle]")
    tab.click(".inspector .tab", "Problems")
    tab.click(".log-row")
    shoot("problems", tab=tab)
    tab.page.get_by_role("tab", name="All", exact=True).click()
    tab.click(".log-row", "view_submission")
    shoot("inspector", tab=tab)
    tab = shoot("narrow", f"{slack.url}/#u={who.id}&c={story.channel.id}", width=420, height=800)
    tab = shoot("dark", f"{slack.url}/#u={who.id}&c={story.channel.id}&i=1", color_scheme="dark")
    owner_tab = shoot("owner", f"{slack.url}/#u={owner.id}&c={story.channel.id}")
    owner_tab.click(".room", "Post-mortem")
    owner_tab.see(".button.primary", "Accept")
    shoot("dm", tab=owner_tab)


def blocks(shoot: Callable[..., Tab], slack: Sandbox) -> None:
    """One of every block and element, on every surface."""
    at = f"{slack.url}/#u={slack.see.user('aino')['id']}&c={slack.see.channel('inc')['id']}"
    for name, more in (("blocks", {}), ("blocks-dark", {"color_scheme": "dark"}), ("blocks-narrow", {"width": 420})):
        shoot(name, at, **{"height": 3300, **more})
    tab = shoot("form", at, height=2700)
    tab.write(".composer-field", "/form")
    tab.see(".modal h2")
    shoot("form", tab=tab)
    tab = shoot("home", at.replace(slack.see.user("aino")["id"], slack.see.user("ben")["id"]), height=2400)
    tab.click(".room", "Helper")
    tab.click(".tab", "Home")
    tab.see(".home .block-header")
    shoot("home", tab=tab)


def main(folder: Path) -> None:
    """Make them all."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        shoot = camera(browser, folder)
        with real_bot.connected(Path(tempfile.mkdtemp()) / "demo") as (story, slack):
            incident(shoot, story, slack)
        with everything() as slack:
            blocks(shoot, slack)
        browser.close()


def camera(browser: Browser, folder: Path) -> Callable[..., Tab]:
    """Gives `shoot(name, address)` for a new tab, `shoot(name, tab=...)` for one that is open."""

    def shoot(
        name: str, url: str = "", tab: Tab | None = None, width: int = 1280, height: int = 800, **more: str
    ) -> Tab:
        if tab is None:
            context = browser.new_context(viewport={"width": width, "height": height}, **more)
            tab = Tab(context.new_page())
            tab.serves(gallery.PICTURE, gallery.GRAPH, "image/svg+xml")
            tab.open(url)
        tab.page.wait_for_timeout(400)
        tab.picture(folder / f"{name}.png")
        return tab

    return shoot


if __name__ == "__main__":
    main(Path(sys.argv[1]))
