"""A workspace from a file, from an export, from nothing; and back to the start."""

from __future__ import annotations

import json
import zipfile

import pytest
import yaml
from slack_sdk import WebClient

from sandbox.world import load, times
from sandbox.world.workspace import Rules


def read(tmp_path, given):
    path = tmp_path / "w.yml"
    path.write_text(yaml.safe_dump(given))
    return load.read(path, Rules())


def test_the_same_file_gives_the_same_ids_and_tokens(start):
    first, second = start(), start()
    assert first.bot_token == second.bot_token
    assert first.see("people") == second.see("people")
    assert [c["id"] for c in first.see("channels")["channels"]] == [c["id"] for c in second.see("channels")["channels"]]


def test_ids_have_slacks_form_and_may_be_given(tmp_path):
    world = read(
        tmp_path, {"users": [{"name": "ada", "id": "W012ABCDEF"}, {"name": "ben"}], "channels": [{"name": "x"}]}
    )
    assert set(world.users) >= {"W012ABCDEF"}
    assert all(key[0] in "UW" and len(key) == 11 for key in world.users if key != "W012ABCDEF")
    assert [key[0] for key in world.channels] == ["C"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"people": []}, "unknown keys"),
        ({"users": [{"name": "a", "age": 3}]}, "unknown keys"),
        ({"channels": [{"name": "c", "members": ["nobody"]}]}, "no user 'nobody'"),
        ({"users": [{"name": "a"}], "channels": [{"name": "c", "messages": [{"user": "b"}]}]}, "no user 'b'"),
        (
            {"users": [{"name": "a"}], "channels": [{"name": "c", "messages": [{"user": "a", "txt": "x"}]}]},
            "unknown keys",
        ),
        ({"channels": [{"name": "c", "messages": [{"app": "none", "text": "x"}]}]}, "no app 'none'"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, given, words):
    with pytest.raises(ValueError, match=words):
        read(tmp_path, given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("+90s", 1_090),
        ("+2m", 1_120),
        ("+1h 2m 3s", 4_723),
        ("+1d", 87_400),
        (2_000, 2_000),
        ("1772442000.000100", 1_772_442_000.0001),
        ("2026-03-02T09:00:00+02:00", 1_772_434_800),
        ("2026-03-02T09:00:00", 1_772_442_000),
    ],
)
def test_times_are_read_in_every_form(given, expected):
    assert times.read(given, 1_000_000_000) == round(expected * 1_000_000)


@pytest.mark.parametrize("given", ["soon", "+soon", "+"])
def test_what_is_no_time_is_refused(given):
    with pytest.raises(ValueError):
        times.read(given, 0)


def test_two_messages_of_one_moment_get_two_ts(tmp_path):
    lines = [{"user": "a", "at": "2026-03-02T09:00:00Z", "text": str(n)} for n in range(3)]
    world = read(tmp_path, {"users": [{"name": "a"}], "channels": [{"name": "c", "messages": lines}]})
    assert world.channel("c").messages.timeline == ["1772442000.000000", "1772442000.000001", "1772442000.000002"]


def test_apps_of_the_file_have_their_own_tokens_and_bots(start, tmp_path):
    manifest = {"display_information": {"name": "Other"}, "oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    given = {
        "users": [{"name": "a"}],
        "apps": [{"manifest": manifest}],
        "channels": [{"name": "c", "members": ["a", "other"]}],
    }
    path = tmp_path / "w.yml"
    path.write_text(yaml.safe_dump(given))
    slack = start(workspace=path)
    first, other = slack.see("apps")["apps"]
    assert (first["name"], other["name"]) == ("Helper", "Other")
    web = WebClient(other["bot_token"], base_url=slack.api_url)
    assert web.chat_postMessage(channel="#c", text="hi")["message"]["bot_profile"]["name"] == "Other"


def test_reset_brings_back_the_start_and_keeps_tokens_and_connections(slack, app, web, inc):
    before = web.conversations_history(channel=inc)["messages"]
    web.chat_postMessage(channel=inc, text="new")
    slack.fault("*", "500", every=True)
    slack.reset()
    assert web.conversations_history(channel=inc)["messages"] == before
    assert [call["method"] for call in slack.calls()] == ["conversations.history"]
    slack.act.command("aino", "#inc", "/help-me")
    assert len([e for e in app.heard if e["type"] == "slash_commands"]) == 1


def export(folder):
    folder.mkdir()
    users = [
        {
            "id": "U1AAAAAAA",
            "name": "ann",
            "profile": {"real_name": "Ann", "display_name": "", "email": "ann@x.example"},
        },
        {"id": "U2AAAAAAA", "name": "bob", "deleted": True, "profile": {}},
    ]
    channels = [
        {
            "id": "C1AAAAAAA",
            "name": "inc",
            "members": ["U1AAAAAAA"],
            "created": "1433558319",
            "pins": [{"id": "1700000001.000100", "type": "C", "user": "U1AAAAAAA", "created": 1}],
            "topic": {"value": "t", "creator": "", "last_set": "0"},
        }
    ]
    days = {
        "2023-11-14.json": [
            {
                "type": "message",
                "user": "U1AAAAAAA",
                "text": "one",
                "ts": "1700000001.000100",
                "thread_ts": "1700000001.000100",
                "reply_count": 9,
                "replies": [{"user": "U2AAAAAAA", "ts": "1700000002.000100"}],
            },
            {
                "type": "message",
                "user": "U2AAAAAAA",
                "text": "two",
                "ts": "1700000002.000100",
                "thread_ts": "1700000001.000100",
            },
            {
                "type": "message",
                "subtype": "file_share",
                "text": "old",
                "ts": "1700000003.000100",
                "file": {"id": "F1"},
            },
            {"no": "ts"},
        ],
        "2023-11-15.json": "not a list",
    }
    (folder / "users.json").write_text(json.dumps(users))
    (folder / "channels.json").write_text(json.dumps(channels))
    (folder / "inc").mkdir()
    for name, rows in days.items():
        (folder / "inc" / name).write_text(json.dumps(rows))
    return folder


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_an_export_becomes_a_workspace(start, tmp_path, form):
    path = export(tmp_path / "export")
    if form == "zip":
        target = tmp_path / "export.zip"
        with zipfile.ZipFile(target, "w") as archive:
            for file in path.rglob("*.json"):
                archive.write(file, "nested/" + file.relative_to(path).as_posix())
        path = target
    slack = start(workspace=None, export=path)
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    web.conversations_join(channel="C1AAAAAAA")
    messages = web.conversations_history(channel="C1AAAAAAA")["messages"]
    assert [m["text"] for m in messages[1:]] == ["old", "one"]
    assert (messages[2]["reply_count"], messages[2]["latest_reply"]) == (1, "1700000002.000100")
    assert web.conversations_replies(channel="C1AAAAAAA", ts="1700000001.000100")["messages"][1]["text"] == "two"
    assert len(web.pins_list(channel="C1AAAAAAA")["items"]) == 1
    assert web.users_info(user="U1AAAAAAA")["user"]["profile"]["email"] == "ann@x.example"


def test_a_hundred_thousand_messages_load_quickly(start, tmp_path):
    folder = export(tmp_path / "export")
    for day in range(50):
        base = 1_600_000_000 + day * 86_400
        rows = [
            {"type": "message", "user": "U1AAAAAAA", "text": f"message {n}", "ts": f"{base + n}.000100"}
            for n in range(2000)
        ]
        (folder / "inc" / f"2020-01-{day:02}.json").write_text(json.dumps(rows))
    from time import perf_counter

    begun = perf_counter()
    slack = start(workspace=None, export=folder)
    assert perf_counter() - begun < 10
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    web.conversations_join(channel="C1AAAAAAA")
    assert len(web.conversations_history(channel="C1AAAAAAA", limit=999, oldest="1600000000")["messages"]) == 999


def test_what_needs_a_person_refuses_the_wrong_one(slack):
    from sandbox.client import SandboxRefused

    for act in [
        lambda: slack.act.post("nobody", "#inc", "x"),
        lambda: slack.act.post("gone", "#inc", "x"),
        lambda: slack.act.post("cho", "#inc", "x"),
        lambda: slack.act.post("aino", "#nowhere", "x"),
        lambda: slack.act.post("aino", "#old", "x"),
        lambda: slack.act.post("aino", "#inc", ""),
        lambda: slack.act.edit("ben", "#inc", slack.act.post("aino", "#inc", "x"), "y"),
        lambda: slack.act("no_such_act"),
        lambda: slack.act.submit("aino"),
    ]:
        with pytest.raises(SandboxRefused) as refused:
            act()
        assert refused.value.details["reason"]
