"""Puts the parts together: a world, its Web API, its deliveries, its control API, on one port."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from aiohttp import web

from sandbox import checks
from sandbox.control import routes
from sandbox.control.desk import Desk
from sandbox.deliver.delivery import Delivery
from sandbox.deliver.events import Events
from sandbox.deliver.http import HttpDelivery
from sandbox.deliver.socket import Hub
from sandbox.page import routes as page
from sandbox.spec.types import Json
from sandbox.web import files, respond
from sandbox.web.api import Api
from sandbox.web.faults import Faults
from sandbox.web.methods import METHODS
from sandbox.web.traffic import Traffic
from sandbox.world import apps, export, install, load, snapshot
from sandbox.world.workspace import Rules, World

MAX_BODY = 64 * 1024 * 1024


@dataclass(frozen=True)
class Options:
    """What the command line says. `clock` is real or manual; `deliver` an address for HTTP instead of Socket Mode."""

    workspace: Path | None = None
    manifest: Path | None = None
    export: Path | None = None
    traffic: Path | None = None
    host: str = "127.0.0.1"
    port: int = 0
    deliver: str | None = None
    clock: str = "real"
    rules: Rules = field(default_factory=Rules)


@snapshot.without_collector()
def make_world(options: Options) -> World:
    """The world that the options describe. ValueError or OSError when a file is wrong."""
    rules = Rules(**vars(options.rules))
    manual = options.clock == "manual"
    if options.export:
        world = load.empty({}, rules, manual=manual)
        export.read(world, options.export)
        load.set_clock(world)
    else:
        world = load.read(options.workspace, rules, manual=manual, manifest=options.manifest, deliver=options.deliver)
    if options.export or not world.apps:
        manifest = apps.read_manifest(options.manifest) if options.manifest else apps.permissive_manifest()
        install.install(world, manifest, deliver_url=options.deliver)
    return world


class Server:
    """A running sandbox."""

    def __init__(self, options: Options) -> None:
        self.options = options
        checks.options(port=options.port, deliver=options.deliver, workspace=options.workspace, export=options.export)
        self.world = make_world(options)
        renew = snapshot.keep(self.world)
        self.hub = Hub(self.world)
        self.http = HttpDelivery(self.world)
        self.delivery = Delivery(self.world, self.hub, self.http)
        self.events = Events(self.world, self.delivery)
        self.traffic = Traffic(options.traffic)
        self.api = Api(self.world, METHODS, self.traffic, Faults())
        self.desk = Desk(self.world, self.api, self.hub, self.http, self.delivery, self.events, renew)
        self._runner: web.AppRunner | None = None

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/api/{method}", self.api.answer)
        app.router.add_get("/link/", self.hub.serve)
        app.router.add_post("/upload/v1/{ticket}", partial(files.receive, self.world))
        app.router.add_post("/response/{team}/{key}", partial(respond.receive, self.world))
        routes.add(app, self.desk)
        page.add(app, self.desk, partial(files.download, self.world))
        return app

    async def start(self) -> Json:
        """Open the port; returns the handles that the command line prints."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.options.host, self.options.port)
        await site.start()
        port = self._runner.addresses[0][1]
        shown = "127.0.0.1" if self.options.host in ("0.0.0.0", "::") else self.options.host
        self.world.move_to(f"http://{shown}:{port}")
        return self.handles()

    def handles(self) -> Json:
        """Addresses and the tokens of the first app."""
        base, app = self.world.base_url, self.world.apps[0]
        return {
            "url": base,
            "api_url": f"{base}/api/",
            "control_url": f"{base}/control/",
            "team_id": self.world.team.id,
            "bot_token": app.bot_token,
            "app_token": app.app_token,
            "signing_secret": app.signing_secret,
        }

    async def stop(self) -> None:
        """Close every connection and the port."""
        self.events.cancel()
        await self.hub.close()
        await self.http.close()
        if self._runner:
            await self._runner.cleanup()
        self.traffic.close()


async def serve_until(server: Server, stop: asyncio.Event) -> None:
    """Serve until the event is set."""
    await stop.wait()
    await server.stop()
