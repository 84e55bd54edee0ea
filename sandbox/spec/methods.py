"""The Web API table of methods.yml, typed: which arguments, scopes, tier and error names each method has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.spec import files
from sandbox.spec.types import words

TIERS: dict[int, int] = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute of each tier, for one method, workspace and app."""

COMMON_ERRORS = words(
    """
    access_denied accesslimited account_inactive deprecated_endpoint fatal_error internal_error
    invalid_arg_name invalid_arguments invalid_array_arg invalid_auth invalid_charset invalid_form_data
    invalid_json invalid_post_type json_not_object method_deprecated missing_post_type missing_scope
    no_permission not_allowed_token_type not_authed ratelimited request_timeout service_unavailable
    token_expired token_revoked unknown_method
    """
)


USER_TOKEN_METHODS = words(
    """
    dnd.endDnd dnd.endSnooze dnd.setSnooze files.sharedPublicURL reminders.add reminders.complete reminders.delete
    reminders.info reminders.list search.all search.files search.messages stars.add stars.list stars.remove
    users.deletePhoto users.identity users.profile.set users.setPhoto
    """
)
"""What exists at Slack for a person's token alone: with a bot token it is no unknown method but not_allowed_token_type."""


def for_people(name: str) -> bool:
    """True for a method that no bot token may call."""
    return name in USER_TOKEN_METHODS or name.startswith("admin.")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Web API. `tier` 0 means a special limit; `scopes`: any one of them is enough."""

    name: str
    tier: int
    json: bool
    scopes: tuple[str, ...]
    args: frozenset[str]
    required: tuple[str, ...]
    errors: frozenset[str]
    enums: dict[str, list[str]]
    lengths: dict[str, int]


def _method(name: str, row: dict[str, Any]) -> Method:
    listed = row.get("args", "").split()
    return Method(
        name=name,
        tier=0 if row["tier"] == "special" else row["tier"],
        json=row["json"],
        scopes=tuple(row.get("scopes", "").split()),
        args=frozenset(word.removesuffix("!") for word in listed),
        required=tuple(word.removesuffix("!") for word in listed if word.endswith("!")),
        errors=frozenset(row.get("errors", "").split()) | COMMON_ERRORS,
        enums=row.get("enums", {}),
        lengths=row.get("lengths", {}),
    )


@cache
def table() -> dict[str, Method]:
    """Every method this sandbox has a rule for, by name; what has no handler answers unknown_method."""
    rows = files.mapping(Path(__file__).with_name("methods.yml"), "table of methods")
    return {name: _method(name, row) for name, row in rows.items()}
