"""Exports as they come: old and new in shape, folders and zips, whole and damaged."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.integrations.slack_export import tree
from bot.integrations.slack_export.reader import SlackExport
from bot.ports.export import ExportUnreadable

Files = dict[str, Any]
Make = Callable[[Files], Path]


def content(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    def make(files: Files) -> Path:
        root = tmp_path / "export"
        root.mkdir(exist_ok=True)
        for name, value in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content(value))
        return root

    return make


@pytest.fixture
def zipped(tmp_path: Path) -> Make:
    def make(files: Files) -> Path:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, value in files.items():
                archive.writestr(name, content(value))
        return path

    return make


def read(path: Path, channel: str | None = None) -> tuple[list[str], list[str]]:
    """The texts of a channel and what was skipped, as "path: reason". At a glance the same is seen."""
    export, glanced = SlackExport(path), SlackExport(path)
    found = next(each for each in export.channels() if channel in (None, each.name))
    messages, days = list(export.messages(found)), list(glanced.days(found))
    assert [ts for day in days for ts in day.ts] == [each.ts for each in messages]
    assert [thread for day in days for thread in day.threads] == [each.thread_ts for each in messages]
    assert glanced.skipped() == export.skipped()
    files = {day.name for day in days}
    assert list(export.messages(found, files)) == messages
    assert (
        list(export.messages(found, files - {days[0].name} if days else ()))
        == messages[len(days[0].ts) if days else 0 :]
    )
    return [each.text for each in messages], [f"{each.path}: {each.reason}" for each in export.skipped()]


def message(n: int, text: str = "hi", **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U1", "ts": f"14350000{n:02d}.000100", "text": text, **more}


OLD: Files = {
    "users.json": [{"id": "U1", "name": "ana", "real_name": "Ana A", "profile": {"real_name": "Ana A"}}],
    "channels.json": [{"id": "C1", "name": "ops", "members": ["U1"]}, {"id": "C2", "name": "empty"}],
    "ops/2015-06-22.json": [
        message(1, "first"),
        message(2, "<@U1> has joined the channel", subtype="channel_join"),
        message(
            3,
            "<@U1> uploaded a file: <https://w.slack.com/f|g> and commented: look",
            subtype="file_share",
            upload=True,
            bot_id=None,
            file={"id": "F1"},
        ),
        {
            "type": "message",
            "subtype": "file_comment",
            "ts": "1435000004.000100",
            "text": "x",
            "comment": {"user": "U1", "comment": "nice"},
            "file": {},
        },
    ],
    "ops/2015-06-23.json": [message(9, "second day")],
}
NEW: Files = {
    "users.json": [{"id": "U1", "profile": {"display_name": "ana"}}],
    "channels.json": [{"id": "C1", "name": "inc-1"}],
    "groups.json": [{"id": "G1", "name": "secret"}],
    "dms.json": [{"id": "D1", "members": ["U1", "U2"]}],
    "canvases.json": [],
    "integration_logs.json": [{"user_id": "U1"}],
    "inc-1/2026-01-05.json": [
        message(1, "parent", thread_ts="1435000001.000100", reply_count=1, replies=[{"user": "U1", "ts": "1435000002.000100"}]),
        message(2, "reply", thread_ts="1435000001.000100", parent_user_id="U1", blocks=None, attachments=None),
    ],
    "inc-1/canvas_in_the_conversation.json": {"id": "x"},
    "secret/2026-01-05.json": [message(3, "hush")],
    "D1/2026-01-05.json": [message(4, "dm")],
}  # fmt: skip


@pytest.mark.parametrize("make", ["folder", "zipped"])
def test_an_old_export_is_read(make: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(make)(OLD)
    export = SlackExport(path)
    assert [(each.id, each.name, each.folder) for each in export.channels()] == [
        ("C1", "ops", "ops"),
        ("C2", "empty", None),
    ]
    assert read(path, "ops") == (["first", "<@U1> has joined the channel", "look", "nice", "second day"], [])
    assert read(path, "empty") == ([], [])
    assert export.people()["U1"].name == "Ana A"


@pytest.mark.parametrize("make", ["folder", "zipped"])
def test_a_new_export_is_read(make: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(make)(NEW)
    export = SlackExport(path)
    assert [(each.id, each.name) for each in export.channels()] == [("C1", "inc-1"), ("G1", "secret"), ("D1", "D1")]
    assert read(path, "inc-1") == (["parent", "reply"], [])
    assert read(path, "secret") == (["hush"], [])
    assert read(path, "D1") == (["dm"], [])


@pytest.mark.parametrize("make", ["folder", "zipped"])
def test_replies_nested_in_their_parent_are_read(make: str, request: pytest.FixtureRequest) -> None:
    parent = message(1, "parent", slackdump_thread_replies=[{"ts": "1435000002.000100", "user": "U1", "text": "reply"}])
    export = SlackExport(
        request.getfixturevalue(make)({"channels.json": [{"id": "C1", "name": "a"}], "a/2026-01-05.json": [parent]})
    )
    found = list(export.messages(export.channels()[0]))
    assert [(each.text, each.is_reply) for each in found] == [("parent", False), ("reply", True)]


@pytest.mark.parametrize("make", ["folder", "zipped"])
@pytest.mark.parametrize("lead", ["", "My Workspace export/", "a/b/"])
def test_an_export_may_lie_in_a_folder_of_its_own(make: str, lead: str, request: pytest.FixtureRequest) -> None:
    files = {f"{lead}{name}": value for name, value in OLD.items()}
    assert read(request.getfixturevalue(make)(files), "ops")[0][0] == "first"


@pytest.mark.parametrize("make", ["folder", "zipped"])
@pytest.mark.parametrize("name", ["incident/2026-01-05.json", "top/incident/2026-01-05.json"])
def test_one_folder_of_days_is_a_channel(make: str, name: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(make)({name: [message(1, "alone")]})
    assert [each.name for each in SlackExport(path).channels()] == ["incident"]
    assert read(path) == (["alone"], [])


def test_a_folder_of_days_itself_is_a_channel(folder: Make) -> None:
    path = folder({"2026-01-05.json": [message(1, "alone")]})
    assert [each.name for each in SlackExport(path).channels()] == ["export"]
    assert read(path) == (["alone"], [])


def test_a_channel_may_be_kept_under_its_id(folder: Make) -> None:
    path = folder({"channels.json": [{"id": "C1", "name": "ops"}], "C1/2026-01-05.json": [message(1, "by id")]})
    assert read(path, "ops") == (["by id"], [])


DAMAGED: list[tuple[str, Any, str]] = [
    ("broken", b'[{"ts": "1435000001.000100", "te', "it is broken JSON"),
    ("empty", b"", "it is broken JSON"),
    ("object", {"ts": "1435000001.000100"}, "it is not a list"),
    ("number", 7, "it is not a list"),
    ("null", None, "it is not a list"),
    ("latin-1", '[{"text": "caf\xe9"}]'.encode("latin-1"), "it is not UTF-8"),
    ("binary", bytes(range(256)), "it is not UTF-8"),
    ("deep", b"[" * 100_000, "it is nested too deeply"),
    ("number of 10,000 digits", b"[" + b"9" * 10_000 + b"]", "it is broken JSON"),
]


@pytest.mark.parametrize("make", ["folder", "zipped"])
@pytest.mark.parametrize(("value", "reason"), [each[1:] for each in DAMAGED], ids=[each[0] for each in DAMAGED])
def test_a_damaged_day_is_left_out_by_name(make: str, value: Any, reason: str, request: pytest.FixtureRequest) -> None:
    files = {**OLD, "ops/2015-06-24.json": value, "ops/2015-06-25.json": [message(20, "after")]}
    texts, skipped = read(request.getfixturevalue(make)(files), "ops")
    assert texts[-1] == "after"
    assert skipped == [f"ops/2015-06-24.json: {reason}"]


def test_a_byte_order_mark_is_no_damage(folder: Make) -> None:
    files = {**OLD, "ops/2015-06-22.json": b"\xef\xbb\xbf" + content([message(1, "bom")])}
    assert read(folder(files), "ops") == (["bom", "second day"], [])


def test_entries_that_are_no_messages_are_counted(folder: Make) -> None:
    rows = [message(1, "good"), None, "text", 7, [], {}, {"ts": "soon"}]
    export = SlackExport(folder({**OLD, "ops/2015-06-22.json": rows}))
    assert [each.text for each in export.messages(export.channels()[0])] == ["good", "second day"]
    assert [list(day.texts) for day in export.days(export.channels()[0])] == [["good"], ["second day"]]
    assert [(each.path, each.reason, each.entries) for each in export.skipped()] == [
        ("ops/2015-06-22.json", "6 entries are no messages", 6)
    ]


@pytest.mark.parametrize("file", ["users.json", "channels.json"])
def test_a_damaged_list_is_left_out_and_the_rest_is_read(folder: Make, file: str) -> None:
    texts, skipped = read(folder({**OLD, file: b"{"}), "ops")
    assert texts[0] == "first"
    assert skipped == [f"{file}: it is broken JSON"]


def test_odd_people_and_channels_are_left_out(folder: Make) -> None:
    files = {
        **OLD,
        "users.json": [None, {"id": 5}, {"id": "U1"}],
        "channels.json": [None, {}, {"name": 4}, {"id": "C1", "name": "ops"}],
    }
    texts, skipped = read(folder(files), "ops")
    assert texts[0] == "first"
    assert skipped == ["users.json: 2 entries are no people"]


def test_an_author_whom_the_members_lack_is_known_by_their_profile(folder: Make) -> None:
    row = message(1, user="U77", user_profile={"display_name": "zoe", "real_name": "Zoe Z", "name": "zz"})
    export = SlackExport(folder({**OLD, "ops/2015-06-22.json": [row]}))
    list(export.messages(export.channels()[0]))
    assert (export.people()["U77"].name, export.people()["U77"].is_stranger) == ("zoe", True)


@pytest.mark.parametrize(
    "name",
    [
        "../ops/2015-06-24.json",
        "/ops/2015-06-24.json",
        "ops/../../2015-06-24.json",
        "C:\\ops\\2015-06-24.json",
        "C:/ops/2015-06-24.json",
    ],
)
def test_a_name_that_points_outside_is_left_out(zipped: Make, name: str) -> None:
    texts, skipped = read(zipped({**OLD, name: [message(30, "outside")]}), "ops")
    assert "outside" not in texts
    assert skipped == [f"{name}: its name points outside the export"]


def test_a_zip_of_odd_names_is_read(zipped: Make) -> None:
    names = [
        "__MACOSX/._2015-06-22.json",
        "ops/._2015-06-22.json",
        "ops/.DS_Store",
        "ops/ümläut 🎉.json",
        "ops/" + "x" * 300 + ".json",
        "notes.txt",
    ]
    texts, skipped = read(zipped({**OLD, **dict.fromkeys(names, b"?")}), "ops")
    assert texts[0] == "first"
    assert skipped == [f"{name}: it is broken JSON" for name in sorted(names[3:5])]


def test_a_broken_part_of_a_zip_is_left_out(zipped: Make) -> None:
    path = zipped({**OLD, "ops/2015-06-24.json": [message(40, "x" * 500)]})
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("ops/2015-06-24.json").header_offset + 60
    raw = bytearray(path.read_bytes())
    raw[start : start + 8] = b"\xff" * 8
    path.write_bytes(raw)
    texts, skipped = read(path, "ops")
    assert texts[-1] == "second day"
    assert skipped == ["ops/2015-06-24.json: its part of the zip is broken or locked"]


def test_a_file_that_is_too_large_is_left_out(folder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "LARGEST", 300)
    _, skipped = read(folder(OLD), "ops")
    assert skipped == ["ops/2015-06-22.json: it is too large"]


@pytest.mark.parametrize("raw", [b"", b"not a zip", b"PK\x03\x04 cut"], ids=["empty", "text", "cut"])
def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(raw)
    with pytest.raises(ExportUnreadable, match="neither a folder nor a zip"):
        SlackExport(path)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadable, match="There is no export at"):
        SlackExport(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "files",
    [{}, {"readme.txt": b"hi"}, {"users.json": []}, {"data.json": [1]}],
    ids=["nothing", "text", "people", "data"],
)
def test_what_holds_no_channel_is_no_export(folder: Make, zipped: Make, files: Files) -> None:
    for path in (folder(files), zipped(files)):
        with pytest.raises(ExportUnreadable, match="holds no channels"):
            SlackExport(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_the_folder_is_not_waited_for(folder: Make) -> None:
    path = folder(OLD)
    os.mkfifo(path / "ops" / "2015-06-24.json")
    assert read(path, "ops")[1] == []
