"""Steps of workflows: runs an app's function as the workflow would, and shows what came of it."""

from __future__ import annotations

from sandbox.control.desk import Desk
from sandbox.spec.types import Json, Refusal
from sandbox.world import functions


def run_function(desk: Desk, body: Json) -> Json:
    """{callback_id, inputs?, app?}: the app hears function_executed; see/runs tells how it ended."""
    app, name = desk.app(body), str(body["callback_id"])
    declared = app.manifest.get("functions") or {}
    if name not in declared:
        raise Refusal(f"{app.name} declares no function {name!r}", functions=sorted(declared))
    inputs: Json = body.get("inputs") or {}
    wanting = functions.missing(declared[name].get("input_parameters"), inputs)
    if wanting:
        raise Refusal(f"the step needs {', '.join(wanting)}")
    return {"function_execution_id": functions.start(desk.world, app, name, inputs).id}


def runs(desk: Desk, query: Json) -> Json:
    """Every run of a function: running, completed with its outputs, or failed with its error."""
    rows: list[functions.Run] = list(desk.world.tickets.runs.values())
    shown = [{"id": r.id, "app": r.app, "state": r.state, "outputs": r.outputs, "error": r.error} for r in rows]
    return {"runs": shown}


ACTS = {"run_function": run_function}
SEES = {"runs": runs}
