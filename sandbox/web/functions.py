"""functions.*: an app says what came of a step of a workflow."""

from __future__ import annotations

from sandbox.spec.types import Json, SlackError
from sandbox.web.api import Handler
from sandbox.web.call import Call
from sandbox.world import functions


def _running(call: Call) -> functions.Run:
    run: functions.Run | None = call.world.tickets.runs.get(call.text("function_execution_id"))
    if run is None or run.app != call.app.id:
        raise SlackError("function_execution_not_found")
    if run.state != "running":
        raise SlackError("execution_not_in_running_state")
    return run


def complete_success(call: Call) -> Json:
    """functions.completeSuccess: with every output that the manifest requires."""
    run = _running(call)
    outputs = call.structure("outputs", "invalid_arguments")
    if not isinstance(outputs, dict) or functions.missing(run.declared.get("output_parameters"), outputs):
        raise SlackError("parameter_validation_failed")
    run.state, run.outputs = "completed", outputs
    return {}


def complete_error(call: Call) -> Json:
    """functions.completeError."""
    run = _running(call)
    run.state, run.error = "failed", call.text("error")
    return {}


METHODS: dict[str, Handler] = {
    "functions.completeError": complete_error,
    "functions.completeSuccess": complete_success,
}
