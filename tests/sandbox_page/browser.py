"""A Chromium that is driven through its own protocol: what a person does with a page, as calls."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

Json = dict[str, Any]
FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server"),
    "--remote-debugging-port=0",
]
KEYS = {"Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "Tab": 9, "Backspace": 8, "Home": 36, "End": 35}
PATIENCE = 15.0


def find() -> str | None:
    """The browser of this machine."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


class Browser:
    """One process; every `page` is a tab with nothing remembered from the others."""

    def __init__(self, program: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._numbers = 0
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._pages: dict[str, Page] = {}
        self._run(self._open(folder / "DevToolsActivePort"))

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(60)

    async def _open(self, port_file: Path) -> None:
        end = time.monotonic() + 30
        while not (port_file.exists() and len(port_file.read_text().split()) == 2):
            assert time.monotonic() < end, "the browser did not start"
            await asyncio.sleep(0.05)
        port, path = port_file.read_text().split()
        self._session = aiohttp.ClientSession()
        self._socket = await self._session.ws_connect(f"ws://127.0.0.1:{port}{path}", max_msg_size=0)
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            told = json.loads(message.data)
            if waiting := self._waiting.pop(told.get("id", -1), None):
                waiting.set_result(told)
            elif page := self._pages.get(told.get("sessionId", "")):
                page.heard(told["method"], told["params"])

    def call(self, method: str, session: str | None = None, **params: Any) -> Json:
        """One command of the protocol; its result."""
        return self._run(self._call(method, session, params))  # type: ignore[no-any-return]

    async def _call(self, method: str, session: str | None, params: Json) -> Json:
        self._numbers += 1
        number = self._numbers
        self._waiting[number] = asyncio.get_running_loop().create_future()
        command: Json = {"id": number, "method": method, "params": params}
        await self._socket.send_json(command | ({"sessionId": session} if session else {}))
        told = await asyncio.wait_for(self._waiting[number], 45)
        assert "error" not in told, (method, told)
        return dict(told["result"])

    def page(self, width: int = 1280, height: int = 800) -> Page:
        """A fresh tab in a context of its own."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        return page

    def close(self) -> None:
        """End the process."""
        self._run(self._close())
        self._process.terminate()
        self._process.wait(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _close(self) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)
        await self._socket.close()
        await self._session.close()


class Page:
    """A tab. Selectors are CSS; `text` narrows to elements that contain it. Everything waits until it can be done."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session
        self.complaints: list[str] = []

    def call(self, method: str, **params: Any) -> Json:
        """A command for this tab."""
        return self._browser.call(method, self._session, **params)

    def heard(self, method: str, params: Json) -> None:
        """Errors of scripts, and what the browser refuses, are kept."""
        if method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.complaints.append(str(details.get("exception", {}).get("description") or details["text"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            entry = params["entry"]
            if entry["source"] != "network":
                self.complaints.append(str(entry["text"]))

    def open(self, url: str) -> None:
        """Go to an address, and wait until the page has its connection."""
        self.call("Page.navigate", url=url)
        self.until(
            "document.documentElement.dataset.live === 'yes' && document.querySelector('#center').dataset.ready === 'yes'"
        )

    def run(self, script: str) -> Any:
        """The value of an expression."""
        got = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in got, got["exceptionDetails"]
        return got["result"].get("value")

    def until(self, script: str, seconds: float = PATIENCE) -> Any:
        """Wait for an expression to be true; returns its value."""
        end = time.monotonic() + seconds
        while True:
            if value := self.run(f"(() => {{ try {{ return {script} }} catch (e) {{ return null }} }})()"):
                return value
            assert time.monotonic() < end, f"did not happen: {script}\n{self.complaints}\n{self.body()[-1500:]}"
            threading.Event().wait(0.03)

    def body(self) -> str:
        """All the text that can be read."""
        return str(self.run("document.body.innerText"))

    def _find(self, selector: str, text: str | None) -> str:
        fits = f"&& one.innerText.includes({json.dumps(text)})" if text is not None else ""
        seen = "one.getClientRects().length"
        return f"[...document.querySelectorAll({json.dumps(selector)})].filter((one) => {seen} {fits})"

    def see(self, selector: str, text: str | None = None) -> None:
        """Wait until it is there and can be seen."""
        self.until(f"{self._find(selector, text)}.length > 0")

    def gone(self, selector: str, text: str | None = None) -> None:
        """Wait until it is not there any more."""
        self.until(f"{self._find(selector, text)}.length === 0")

    def texts(self, selector: str) -> list[str]:
        """The text of every one that can be seen."""
        return list(self.run(f"{self._find(selector, None)}.map((one) => one.innerText)"))

    def _middle(self, selector: str, text: str | None) -> tuple[float, float]:
        self.see(selector, text)
        one = f"{self._find(selector, text)}.at(-1)"
        self.run(f"{one}.scrollIntoView({{block: 'nearest', inline: 'nearest'}})")
        box = self.run(
            f"(() => {{ const r = {one}.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }})()"
        )
        return box[0], box[1]

    def hover(self, selector: str, text: str | None = None) -> None:
        """Point at the last one."""
        x, y = self._middle(selector, text)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector: str, text: str | None = None) -> None:
        """Press the mouse on the last one."""
        x, y = self._middle(selector, text)
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def labelled(self, label: str) -> str:
        """The selector of the field below a label."""
        row = (
            f"[...document.querySelectorAll('.field-row')].find((one) => one.innerText.startsWith({json.dumps(label)}))"
        )
        return "#" + str(self.until(f"{row}.querySelector('input,textarea').id"))

    def choose(self, label: str, option: str) -> None:
        """An option of the select menu below a label."""
        self.click(self.labelled(label))
        self.click(".popup .option", option)
        self.gone(".popup")

    def set(self, label: str, value: str) -> None:
        """A date, a time, or both, into a picker (its own window is not part of the page)."""
        one = f"document.querySelector({json.dumps(self.labelled(label))})"
        self.run(f"{one}.value = {json.dumps(value)}; {one}.dispatchEvent(new Event('change'))")

    def attach(self, selector: str, *files: Path) -> None:
        """Choose files in a file field, as in the window of the system."""
        found = self.call("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self.call("DOM.setFileInputFiles", files=[str(file) for file in files], objectId=found["result"]["objectId"])

    def type(self, text: str) -> None:
        """Into whatever has the focus."""
        self.call("Input.insertText", text=text)

    def press(self, key: str, modifiers: int = 0) -> None:
        """A key by its name. modifiers: 2 control, 8 shift."""
        code = KEYS.get(key, ord(key[0].upper()))
        named: Json = {"key": key, "code": key if key in KEYS else f"Key{key.upper()}", "windowsVirtualKeyCode": code}
        named["modifiers"] = modifiers
        text = "\r" if key == "Enter" else key if len(key) == 1 and not modifiers & 2 else None
        self.call("Input.dispatchKeyEvent", type="keyDown", **named, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    def write(self, selector: str, text: str, *, enter: bool = True) -> None:
        """Click into a field, type, send."""
        self.click(selector)
        self.type(text)
        if enter:
            self.press("Enter")

    def wait_for(self, found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
        """Wait for something outside the page."""
        end = time.monotonic() + seconds
        while not (value := found()):
            assert time.monotonic() < end, f"did not happen\n{self.body()[-1500:]}"
            threading.Event().wait(0.05)
        return value

    def dark(self) -> None:
        """As if the reader preferred dark colours."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def picture(self, path: Path) -> None:
        """A screenshot."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
