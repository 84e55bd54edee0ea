"""A browser for the whole run, a sandbox with a Bolt app for each test, and a page on it that must not complain."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.client import Sandbox
from tests.sandbox_page.browser import Browser, Page, find

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, but never where the suite is the judge."""
    program = find()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no chromium, and CI must test the page: apt-get install chromium")
        pytest.skip("there is no chromium on this machine (apt-get install chromium)")
    running = Browser(program, tmp_path_factory.mktemp("chromium"))
    yield running
    running.close()


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
    closing = threading.Thread(target=handler.close)
    closing.start()
    while closing.is_alive():
        # The client can take this back while it closes, when its session has only just begun, and would then wait for ever.
        handler.client.current_session_state.terminated = True
        closing.join(0.2)


@pytest.fixture
def visit(slack: Sandbox, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the page as somebody, in some channel."""
    made: list[Page] = []

    def opener(user: str = "aino", channel: str = "inc", more: str = "") -> Page:
        page = browser.page()
        made.append(page)
        page.open(f"{slack.url}/#u={slack.see.user(user)['id']}&c={slack.see.channel(channel)['id']}{more}")
        return page

    yield opener
    complaints = [line for page in made for line in page.complaints]
    for page in made:
        page.call("Page.close")
    assert complaints == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """aino in #inc."""
    return visit()
