"""A browser for the whole run, a sandbox with a Bolt app for each test, and a page on it that must not complain."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from demo.story import Story
from sandbox.client import Sandbox
from tests.sandbox_page import real_bot
from tests.sandbox_page.tab import Tab

HERE = Path(__file__).parent
PROGRAMS = ("chromium-headless-shell", "chromium")
"""The same browser; the one that cannot open a window does the same work in a third of the time."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, but never where the suite is the judge."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        how = f"apt-get install {PROGRAMS[0]}"
        if os.environ.get("CI"):
            pytest.fail(f"there is no chromium, and CI must test the page: {how}")
        pytest.skip(f"there is no chromium on this machine ({how})")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Callable[..., Tab]]:
    """Makes tabs that remember nothing of each other; at the end none of them may have complained."""
    made: list[Tab] = []

    def opener(width: int = 1280, height: int = 800, **more: Any) -> Tab:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        made.append(Tab(context.new_page()))
        return made[-1]

    yield opener
    for tab in made:
        tab.page.context.close()
    assert [line for tab in made for line in tab.complaints] == []


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Story, Sandbox]]:
    """The demo's story on a sandbox, and the real bot connected to it."""
    with real_bot.connected(tmp_path_factory.mktemp("demo") / "demo") as both:
        yield both


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """The sandbox of workspace.yml, with the machine's clock."""
    running = Sandbox.start(
        in_process=True, workspace=HERE / "workspace.yml", manifest=HERE / "manifest.yml", rate_limits=False
    )
    yield running
    running.stop()


@pytest.fixture
def web(slack: Sandbox) -> WebClient:
    """The app's client."""
    return WebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def bolt(slack: Sandbox, web: WebClient) -> Iterator[App]:
    """A real Bolt app on Socket Mode; tests give it listeners."""
    app = App(client=web, signing_secret=slack.signing_secret, process_before_response=True)
    handler = SocketModeHandler(app, slack.app_token, trace_enabled=False)
    handler.client.web_client = WebClient(slack.app_token, base_url=slack.api_url)
    handler.connect()
    slack.wait_for_sockets(1)
    yield app
    # With its socket cut it has nothing to wait for.
    handler.client.auto_reconnect_enabled = False
    slack.disconnect(kill=True)
    # Whoever hands on what comes waits for it a second, and nothing is something.
    handler.client.closed = True
    handler.client.message_queue.put(None)
    closing = threading.Thread(target=handler.close)
    closing.start()
    while closing.is_alive():
        # The client can take this back while it closes, when its session has only just begun, and would then wait for ever.
        handler.client.current_session_state.terminated = True
        closing.join(0.2)


@pytest.fixture
def visit(slack: Sandbox, tabs: Callable[..., Tab]) -> Callable[..., Tab]:
    """Opens the page as somebody, in some channel."""

    def opener(user: str = "aino", channel: str = "inc", more: str = "", **window: Any) -> Tab:
        tab = tabs(**window)
        tab.open(f"{slack.url}/#u={slack.see.user(user)['id']}&c={slack.see.channel(channel)['id']}{more}")
        return tab

    return opener


@pytest.fixture
def page(visit: Callable[..., Tab]) -> Tab:
    """aino in #inc."""
    return visit()
