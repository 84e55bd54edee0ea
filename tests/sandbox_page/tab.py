"""What a person does with the page, as calls on Playwright; and whatever the browser complains about, kept until the end of the test."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

PATIENCE = 15_000
"""Milliseconds that anything may take."""
READY = "document.documentElement.dataset.live === 'yes' && document.querySelector('#center').dataset.ready === 'yes'"


class Tab:
    """A tab. Selectors are CSS; `text` narrows to elements that contain it; of several the last is meant. Everything waits
    until it can be done."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._refusals: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # What the network refused is told, with its address, by the two below.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self._complain(request.url, str(request.failure))

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(response.url, str(response.status))

    def _complain(self, url: str, what: str) -> None:
        if not any(part in url for part in self._refusals):
            self.complaints.append(f"{what}: {url}")

    def refuses(self, *parts: str) -> None:
        """Requests to addresses with these words in them are meant to fail in this test."""
        self._refusals.extend(parts)

    def serves(self, address: str, body: str, kind: str) -> None:
        """What the browser gets from an address that does not exist. (Only where it is needed: it slows every request down.)"""
        self.page.route(address, lambda route: route.fulfill(body=body, content_type=kind))

    def open(self, url: str) -> None:
        """Go to an address, and wait until the page has its connection."""
        self.page.goto(url)
        self.ready()

    def reload(self) -> None:
        """As with F5."""
        self.page.reload()
        self.ready()

    def ready(self) -> None:
        """Wait until the page has its connection and its conversation."""
        self.until(READY)

    def run(self, script: str) -> Any:
        """The value of an expression."""
        return self.page.evaluate(f"() => ({script})")

    def until(self, script: str) -> Any:
        """Wait for an expression to be true; returns its value. (The page forbids eval, and with it Playwright's own wait.)"""
        return self.wait_for(
            lambda: self.page.evaluate(f"() => {{ try {{ return {script} }} catch {{ return null }} }}"), script
        )

    def wait_for(self, found: Callable[[], Any], what: str = "") -> Any:
        """Wait for something inside or outside the page to be true; returns it."""
        for _ in range(PATIENCE // 30):
            if value := found():
                return value
            self.page.wait_for_timeout(30)
        raise AssertionError(f"did not happen: {what}\n{self.complaints}\n{self.body()[-1500:]}")

    def body(self) -> str:
        """All the text that can be read."""
        return self.page.inner_text("body")

    def all(self, selector: str, text: str | None = None) -> Locator:
        """Every one that can be seen."""
        found = self.page.locator(selector).filter(visible=True)
        return found if text is None else found.filter(has_text=text)

    def last(self, selector: str, text: str | None = None) -> Locator:
        """The one that the calls below work on."""
        return self.all(selector, text).last

    def see(self, selector: str, text: str | None = None) -> Locator:
        """Wait until it is there and can be seen."""
        expect(self.last(selector, text)).to_be_visible(timeout=PATIENCE)
        return self.last(selector, text)

    def gone(self, selector: str, text: str | None = None) -> None:
        """Wait until it is not there any more."""
        expect(self.all(selector, text)).to_have_count(0, timeout=PATIENCE)

    def texts(self, selector: str) -> list[str]:
        """The text of every one that can be seen."""
        return self.all(selector).all_inner_texts()

    def hover(self, selector: str, text: str | None = None) -> None:
        """Point at it."""
        self.last(selector, text).hover()

    def click(self, selector: str, text: str | None = None) -> None:
        """Press the mouse on it."""
        self.last(selector, text).click()

    def labelled(self, label: str) -> Locator:
        """The field below a label."""
        row = self.page.locator(".field-row").filter(has_text=re.compile(rf"^\s*{re.escape(label)}"))
        return row.locator("input,textarea").filter(visible=True).first

    def choose(self, label: str, option: str) -> None:
        """An option of the select menu below a label."""
        self.labelled(label).click()
        self.click(".popup .option", option)
        self.gone(".popup")

    def set(self, label: str, value: str) -> None:
        """Words, a date, a time, or both, into the field below a label."""
        self.labelled(label).fill(value)

    def attach(self, selector: str, *files: Path) -> None:
        """Choose files in a file field, as in the window of the system."""
        self.page.locator(selector).last.set_input_files(list(files))

    def type(self, text: str) -> None:
        """Key by key, into whatever has the focus."""
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """A key by its name: Enter, Shift+Enter, Control+k."""
        self.page.keyboard.press(key)

    def write(self, selector: str, text: str, *, enter: bool = True) -> None:
        """Click into a field, type, send."""
        self.click(selector)
        self.page.keyboard.insert_text(text)
        if enter:
            self.press("Enter")

    def focused(self, what: str) -> None:
        """Wait until this is true of the element (`one`) that has the focus."""
        self.until(f"((one) => {what})(document.activeElement)")

    def style(self, selector: str, name: str) -> str:
        """A computed property of the last one."""
        return str(self.last(selector).evaluate(f"(one) => getComputedStyle(one)[{json.dumps(name)}]"))

    def picture(self, path: Path) -> None:
        """A screenshot."""
        self.page.screenshot(path=path)

    @contextmanager
    def answering(self, *parts: str) -> Iterator[None]:
        """Wait at the end until requests to addresses with these words were answered."""
        with self.page.expect_response(lambda got: any(part in got.url for part in parts)):
            yield
