"""Starts that cannot be: each ends with status 2 and one plain sentence that names the file and the place."""

from __future__ import annotations

import json
import zipfile

import pytest
import yaml

from sandbox import __main__
from sandbox.client import Sandbox

USERS = [{"id": "U1AAAAAAA", "name": "ann"}]
CHANNELS = [{"id": "C1AAAAAAA", "name": "inc", "members": ["U1AAAAAAA"]}]
DAY = [{"type": "message", "user": "U1AAAAAAA", "text": "one", "ts": "1700000001.000100"}]


def refused(capsys, monkeypatch, *arguments):
    """Status and what is said on stderr of a start that does not succeed."""
    monkeypatch.setattr("sys.argv", ["sandbox", *map(str, arguments)])
    status = __main__.main()
    return status, capsys.readouterr().err


@pytest.fixture
def says(capsys, monkeypatch):
    def check(*arguments, words):
        status, said = refused(capsys, monkeypatch, *arguments)
        assert status == 2
        assert said.count("\n") == 1, said
        assert said.startswith("sandbox: ")
        for one in words:
            assert one in said, said

    return check


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "99999"], ["--port 99999", "65535"]),
        (["--port", "-1"], ["--port -1"]),
        (["--deliver", "notaurl"], ["--deliver notaurl", "http://"]),
        (["--workspace", "a.yml", "--export", "b"], ["--workspace and --export"]),
        (["--export", "nowhere"], ["nowhere", "no such file"]),
        (["--workspace", "nowhere.yml"], ["nowhere.yml", "no such file"]),
    ],
    ids=str,
)
def test_options_that_cannot_be(says, arguments, words):
    says(*arguments, words=words)


def export(folder, **files):
    """An export; what is given replaces a file, None leaves it out."""
    given = {"users.json": USERS, "channels.json": CHANNELS, "inc/2023-11-14.json": DAY} | files
    for name, content in given.items():
        if content is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"users.json": [*USERS, {"name": "bob"}]}, ["users.json, entry 2", "id is missing"]),
        ({"users.json": "{not json"}, ["users.json: this is not JSON"]),
        ({"users.json": {"a": 1}}, ["users.json: this is not a list"]),
        ({"users.json": [{"id": "U1", "profile": "x"}]}, ["users.json, entry 1", "wrong form"]),
        ({"channels.json": [{"name": "inc"}]}, ["channels.json, entry 1", "id is missing"]),
        ({"channels.json": [{"id": "C1", "members": 5}]}, ["channels.json, entry 1", "wrong form"]),
        ({"channels.json": None}, ["no Slack export", "channels.json"]),
    ],
    ids=str,
)
def test_an_export_with_a_wrong_list(says, tmp_path, files, words):
    says("--export", export(tmp_path / "x", **files), words=[str(tmp_path / "x"), *words])


def test_an_export_that_is_none(says, tmp_path):
    (tmp_path / "empty").mkdir()
    says("--export", tmp_path / "empty", words=["empty", "no Slack export"])
    (tmp_path / "notazip.zip").write_bytes(b"\x00\x01 no zip")
    says("--export", tmp_path / "notazip.zip", words=["notazip.zip", "neither a folder nor a zip"])
    with zipfile.ZipFile(tmp_path / "no.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    says("--export", tmp_path / "no.zip", words=["no.zip", "no Slack export"])


def test_damaged_days_of_an_export_are_skipped_named_and_counted(tmp_path):
    broken = {"inc/2023-11-15.json": "[{broken", "inc/2023-11-16.json": [*DAY, {"ts": "abc"}, {"no": "ts"}]}
    path = export(tmp_path / "x", **broken)
    with Sandbox.start(in_process=True, export=path) as slack:
        assert [m["text"] for m in slack.see.messages("inc")] == ["one"]
    chosen = __main__.options(["--export", str(path)])
    skipped = __main__.Server(chosen).world.skipped
    assert len(skipped) == 2
    assert any("2023-11-15.json: this is not JSON" in line for line in skipped)
    assert any("2023-11-16.json: 2 without a ts, the first is entry 2" in line for line in skipped)


def test_what_was_skipped_is_told_at_the_start(tmp_path, capsys):
    __main__._tell_skipped(["x/inc/1.json: this is not JSON"])
    assert capsys.readouterr().err.splitlines() == [
        "sandbox: skipped: x/inc/1.json: this is not JSON",
        "sandbox: 1 skipped in all",
    ]


def message(**keys):
    return {"users": [{"name": "a"}], "channels": [{"name": "c", "messages": [{"user": "a"}, {"user": "a", **keys}]}]}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (message(at="yesterday"), ["#c, message 2", "'yesterday' is no time"]),
        (message(ts="abc"), ["#c, message 2", "'abc' is no time"]),
        (message(file={"content": "x"}), ["#c, message 2"]),
        (message(thread=5), ["#c, message 2"]),
        ({"channels": [{"name": "c", "start": "soon"}]}, ["#c, start", "'soon' is no time"]),
        ({"users": [{"name": "a"}, {"name": "a"}]}, ["user 2", "two of the name 'a'"]),
        ({"users": [{"name": "a", "id": "U012ABCDEF"}, {"name": "b", "id": "U012ABCDEF"}]}, ["user 2", "one id"]),
        ({"users": [{"real_name": "A"}]}, ["user 1", "no name"]),
        ({"users": ["a"]}, ["user 1", "no name"]),
        ({"users": [{"name": "a", "tz": "Mars/Olympus"}]}, ["user a", "no time zone 'Mars/Olympus'"]),
        ({"channels": [{"name": "c"}, {"name": "c"}]}, ["channel 'c'", "two of that name"]),
        ({"channels": [{"name": "two words"}]}, ["channel 'two words'", "small letters"]),
        ({"channels": [{"name": "Incident"}]}, ["channel 'Incident'", "small letters"]),
        ({"team": {"plan": "gold"}}, ["plan is paid or free", "'gold'"]),
        ({"seed": "x"}, ["'x'"]),
        (
            {"users": [{"name": "p", "is_stranger": True}], "channels": [{"name": "c", "members": ["p"]}]},
            ["p is of another workspace", "#c is not shared"],
        ),
    ],
    ids=str,
)
def test_a_workspace_that_cannot_be(says, tmp_path, given, words):
    path = tmp_path / "w.yml"
    path.write_text(yaml.safe_dump(given))
    says("--workspace", path, words=[str(path), *words])


def manifest(features=None, scopes=("chat:write",), events=()):
    return {
        "display_information": {"name": "X"},
        "features": features or {},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
    }


def commands(*names):
    return manifest({"slash_commands": [{"command": name, "description": "x"} for name in names]})


def shortcut(**keys):
    return manifest(
        {"shortcuts": [{"name": "Keep", "type": "message", "callback_id": "k", "description": "x", **keys}]}
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (manifest(scopes=["chat:wrote"]), ["no bot scope 'chat:wrote'"]),
        (manifest(events=["message.chanels"]), ["no event 'message.chanels'"]),
        (commands("help"), ["'help' is no slash command"]),
        (commands("/Help me"), ["'/Help me' is no slash command"]),
        (commands("/help", "/help"), ["the command /help is there twice"]),
        (shortcut(name="x" * 25), ["1 to 24 characters"]),
        (shortcut(type="other"), ["message or global"]),
        (shortcut(callback_id=""), ["no callback_id"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_manifest_that_slack_would_not_take(says, tmp_path, given, words):
    path = tmp_path / "m.yml"
    path.write_text(yaml.safe_dump(given))
    says("--manifest", path, words=[str(path), *words])
    inside = tmp_path / "w.yml"
    inside.write_text(yaml.safe_dump({"apps": [{"manifest": given}]}))
    says("--workspace", inside, words=[str(inside), *words])


def test_a_binary_manifest(says, tmp_path):
    path = tmp_path / "m.yml"
    path.write_bytes(b"\xff\xfe\x00\x9c")
    says("--manifest", path, words=[str(path), "no text in UTF-8"])


def test_a_manifest_with_what_real_apps_ask_for_is_taken(tmp_path):
    path = tmp_path / "m.yml"
    scopes = ["assistant:write", "incoming-webhook", "users.profile:read", "lists:write", "search:read.public"]
    path.write_text(yaml.safe_dump(manifest(scopes=scopes, events=["assistant_thread_started", "emoji_changed"])))
    with Sandbox.start(in_process=True, manifest=path) as slack:
        assert slack.bot_token
