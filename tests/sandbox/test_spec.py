"""The tables that the sandbox works by, held against each other."""

from __future__ import annotations

import pytest

from sandbox.spec import answers, events, methods
from sandbox.web.methods import METHODS
from sandbox.world import apps


@pytest.mark.parametrize("name", METHODS)
def test_every_method_with_a_handler_stands_in_the_table(name):
    assert name in methods.table()


@pytest.mark.parametrize("name", METHODS)
def test_of_every_method_with_a_handler_the_shape_of_the_answer_is_kept(name):
    assert name in answers.TABLE


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("chat.delete", {"ok": True, "channel": "C012"}, "missing required field: ts"),
        (
            "chat.delete",
            {"ok": True, "channel": "inc", "ts": "1700000000.000100"},
            "does not match the required format",
        ),
        ("chat.delete", {"ok": True, "channel": "C012", "ts": 1.5}, "must provide a string"),
        ("pins.add", {"ok": True, "pinned": True}, "invalid additional property: pinned"),
        (
            "users.list",
            {"ok": True, "members": [{}], "cache_ts": 1, "response_metadata": {}},
            "missing required field: id",
        ),
    ],
)
def test_an_answer_unlike_slacks_is_found(method, body, words):
    assert words in [problem.text for problem in answers.problems(method, body)]


def test_required_arguments_are_known_ones():
    for method in methods.table().values():
        assert set(method.required) | set(method.enums) | set(method.lengths) <= method.args


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("conversations.list", 2),
        ("users.list", 2),
        ("pins.add", 2),
        ("conversations.history", 3),
        ("chat.update", 3),
        ("users.info", 4),
        ("views.open", 4),
        ("chat.postMessage", 0),
        ("auth.test", 0),
    ],
)
def test_tiers_are_slacks(name, tier):
    assert methods.table()[name].tier == tier


def test_the_app_without_a_manifest_may_call_and_hear_everything():
    app = apps.permissive_manifest()
    held = set(app["oauth_config"]["scopes"]["bot"])
    assert all(not m.scopes or held & set(m.scopes) for m in methods.table().values())
    assert set(app["settings"]["event_subscriptions"]["bot_events"]) >= set(events.SCOPES)
