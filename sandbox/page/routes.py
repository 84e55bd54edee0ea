"""The addresses a browser opens: the page, its assets, permalinks of messages and files, and the live connection."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web

from sandbox.control.desk import Desk
from sandbox.page.live import Live

ASSETS = Path(__file__).parent / "assets"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
COOKIE = "sandbox_page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; img-src 'self' https: http: data: blob:; media-src 'self' https:"
)
FILE_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
SIGN_IN = '<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>Sign in</title>'
SHOWN = (
    "text/plain",
    "text/markdown",
    "text/csv",
    "text/yaml",
    "image/",
    "application/json",
    "application/pdf",
    "video/",
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add(app: web.Application, desk: Desk, download: Handler) -> None:
    """Put the page into an aiohttp application; `download` is what an app gets at a file's private address."""
    page = Page(desk, download)
    app.router.add_get("/", page.index)
    app.router.add_get("/archives/{channel}", page.index)
    app.router.add_get("/archives/{channel}/{message}", page.index)
    app.router.add_get("/page/live", Live(desk).serve)
    app.router.add_get("/page/{path:.+}", page.asset)
    app.router.add_get("/files/{user}/{key}/{name}", page.file)
    app.router.add_get("/files-pri/{key}/{name}", page.private)


def _modules() -> str:
    """Every module at once, so that the browser need not find them one behind the other."""
    names = sorted(path.relative_to(ASSETS).as_posix() for path in (ASSETS / "js").rglob("*.js"))
    return "".join(f'<link rel="modulepreload" href="/page/{name}">' for name in names)


class Page:
    """Serves what a browser asks for. A cookie tells the page from an app, which has to bring its token."""

    def __init__(self, desk: Desk, download: Handler) -> None:
        self._desk, self._download = desk, download
        self._key = secrets.token_urlsafe(16)

    async def index(self, request: web.Request) -> web.StreamResponse:
        """The page itself."""
        headers = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
        text = (ASSETS / "index.html").read_text(encoding="utf-8").replace("<!-- modules -->", _modules())
        return self._signed_in(web.Response(text=text, content_type="text/html", headers=headers))

    def _signed_in(self, response: web.Response) -> web.Response:
        response.set_cookie(COOKIE, self._key, httponly=True, samesite="Lax")
        return response

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """A stylesheet or a module."""
        path = (ASSETS / request.match_info["path"]).resolve()
        if not path.is_relative_to(ASSETS.resolve()) or path.suffix not in TYPES or not path.is_file():
            return web.Response(status=404)
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The permalink of a file: its content, for a browser that the page has been open in (others sign in on the way)."""
        if request.cookies.get(COOKIE) != self._key:
            return self._signed_in(web.Response(text=SIGN_IN, content_type="text/html"))
        key = request.match_info["key"]
        if key in self._desk.world.canvases:
            raise web.HTTPFound(f"/#f={key}")
        return self._content(key, "download" in request.query)

    async def private(self, request: web.Request) -> web.StreamResponse:
        """url_private: for the page by its cookie, for an app by its token."""
        if "Authorization" in request.headers or request.cookies.get(COOKIE) != self._key:
            return await self._download(request)
        return self._content(request.match_info["key"].partition("-")[2], "download" in request.query)

    def _content(self, key: str, download: bool) -> web.Response:
        world = self._desk.world
        file = world.files.get(key)
        if file is None or key not in world.contents:
            return web.Response(status=404, text="There is no such file, or it was deleted.")
        kind = str(file["mimetype"])
        shown = kind.startswith(SHOWN) and not download
        # What an app uploaded must not run with the page's rights.
        headers = {"Content-Security-Policy": FILE_POLICY, "X-Content-Type-Options": "nosniff"}
        headers["Content-Disposition"] = "inline" if shown else "attachment"
        text = kind.startswith("text/") or kind == "application/json"
        kind = "text/plain" if text and shown else kind
        charset = "utf-8" if text else None
        return web.Response(body=world.contents[key], content_type=kind, charset=charset, headers=headers)
