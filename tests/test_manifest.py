"""The manifest asks Slack for what the bot uses, all of it and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.integrations import slack_scopes
from bot.listeners.commands import table
from bot.listeners.events import news
from bot.listeners.shortcuts import table as menu
from sandbox.spec import events, methods

ROOT = Path(__file__).resolve().parent.parent
METHOD = re.compile(r"[a-z]+(\.[a-zA-Z]+)+")
# What a subscription is heard as.
HEARD_AS = {"message.channels": "message", "message.groups": "message"}
SUBSCRIPTION_SCOPES = {"message.channels": "channels:history", "message.groups": "groups:history"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return found


def called() -> set[str]:
    """Every Web API method that the integrations name."""
    words: set[str] = set()
    for file in (ROOT / "bot" / "integrations").glob("*.py"):
        if file.name != "slack_scopes.py":
            nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            words |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {word for word in words if METHOD.fullmatch(word) and word in methods.table()}


def test_the_command_is_declared_with_every_subcommand_in_its_hint(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == table.COMMAND
    hinted = {part.split()[0] for part in command["usage_hint"].split("|")}
    assert hinted == {subcommand.name for subcommand in table.SUBCOMMANDS}


def test_the_menu_of_a_message_has_the_entries_of_the_table(manifest: dict[str, Any]) -> None:
    def described(what: str) -> str:
        return what[0].upper() + what[1:]

    listed = [
        {"name": each.label, "type": "message", "callback_id": name, "description": described(each.what)}
        for name, each in menu.SHORTCUTS.items()
    ]
    assert manifest["features"]["shortcuts"] == listed
    assert all(len(row["name"]) <= 24 for row in listed)


def test_names_arrive_as_ids(manifest: dict[str, Any]) -> None:
    assert all(command["should_escape"] is True for command in manifest["features"]["slash_commands"])


def test_socket_mode_and_interactivity_are_on_and_tokens_stay(manifest: dict[str, Any]) -> None:
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["token_rotation_enabled"] is False


def test_exactly_the_events_that_are_listened_to_are_subscribed(manifest: dict[str, Any]) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {HEARD_AS.get(name, name) for name in subscribed} == set(news.EVENTS)
    assert len(subscribed) == len(set(subscribed))


def test_the_scopes_are_those_of_the_table_in_its_order(manifest: dict[str, Any]) -> None:
    assert manifest["oauth_config"]["scopes"] == {"bot": list(slack_scopes.SCOPES)}


def test_the_table_of_scopes_knows_every_method_that_is_called_and_no_other() -> None:
    told = {method for scope in slack_scopes.SCOPES.values() for method in scope.methods}
    assert told | set(slack_scopes.FREE) == called()


@pytest.mark.parametrize("method", sorted(called()))
def test_each_method_is_allowed_by_the_scopes_that_are_asked_for(method: str) -> None:
    needs = methods.table()[method].scopes
    ours = {name for name, scope in slack_scopes.SCOPES.items() if method in scope.methods}
    assert ours <= set(needs)
    assert bool(ours) == bool(needs)


def test_each_subscription_is_allowed_by_the_scopes_that_are_asked_for(manifest: dict[str, Any]) -> None:
    for name in manifest["settings"]["event_subscriptions"]["bot_events"]:
        needed = {SUBSCRIPTION_SCOPES[name]} if name in SUBSCRIPTION_SCOPES else set(events.SCOPES[name])
        assert not needed or needed & set(slack_scopes.SCOPES), name


def test_no_scope_is_asked_for_without_a_use() -> None:
    heard = {scope for name in news.EVENTS for scope in events.SCOPES.get(name, ())}
    told = {name for name, scope in slack_scopes.SCOPES.items() if not scope.methods and not scope.without}
    assert told - heard == {"commands"}
    assert all(scope.why and not scope.why.endswith(".") for scope in slack_scopes.SCOPES.values())


def test_every_user_scope_and_redirect_is_left_out(manifest: dict[str, Any]) -> None:
    assert set(manifest["oauth_config"]) == {"scopes"}
    assert manifest["settings"]["org_deploy_enabled"] is False
