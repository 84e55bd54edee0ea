"""Custom functions of an app: what its manifest declares, and each run of one as a step of a workflow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.spec.types import Json
from sandbox.world.apps import App
from sandbox.world.workspace import World


@dataclass
class Run:
    """One run. `token` is good for this app as long as the step runs; `state` is running, completed or failed."""

    id: str
    app: str
    declared: Json
    token: str
    state: str = "running"
    outputs: Json = field(default_factory=dict)
    error: str = ""


def missing(parameters: Any, given: Json) -> list[str]:
    """Names of required parameters that are not given."""
    return [name for name in (parameters or {}).get("required") or [] if given.get(name) in (None, "")]


def start(world: World, app: App, callback_id: str, inputs: Json) -> Run:
    """Run a function that the manifest declares; the app hears function_executed. KeyError."""
    declared: Json = app.manifest["functions"][callback_id]
    ids = world.ids
    run = Run(ids.new("Fx"), app.id, declared, f"xwfp-{ids.hex(48)}")
    world.tickets.runs[run.id] = run
    shown: Json = {"id": ids.named("Fn", f"{app.id}/{callback_id}"), "callback_id": callback_id, "type": "app"}
    shown |= {"title": declared.get("title", callback_id), "description": declared.get("description", "")}
    shown |= {f"{way}_parameters": _parameters(declared.get(f"{way}_parameters")) for way in ("input", "output")}
    shown |= {"app_id": app.id, "date_created": 0, "date_updated": 0, "date_deleted": 0}
    event: Json = {"type": "function_executed", "function": shown, "inputs": inputs, "event_ts": world.new_ts()}
    event |= {"function_execution_id": run.id, "workflow_execution_id": ids.new("Wx"), "bot_access_token": run.token}
    world.announce({**event, "sandbox_app": app.id})
    return run


def _parameters(declared: Any) -> list[Json]:
    required = (declared or {}).get("required") or []
    rows = []
    for name, row in ((declared or {}).get("properties") or {}).items():
        told = {key: str(row.get(key, "")) for key in ("type", "description")}
        rows.append({**told, "name": name, "title": str(row.get("title", name)), "is_required": name in required})
    return rows
