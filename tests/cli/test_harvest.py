from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import harvest

Run = Callable[..., tuple[int, str, str]]


def no_build(*_: object, **__: object) -> None:
    """The harvest of an export builds no bot: no Slack, no database."""
    raise AssertionError("a bot was built")


ROWS = [
    {"type": "message", "user": "U1", "ts": "1767621600.000100", "text": "I'll take IC"},
    {
        "type": "message",
        "user": "U1",
        "ts": "1767621660.000100",
        "text": "TODO: add an alert 🎉",
        "thread_ts": "1767621660.000100",
        "reply_count": 1,
    },
    {
        "type": "message",
        "user": "U1",
        "ts": "1767621720.000100",
        "text": "restarted lb-03",
        "thread_ts": "1767621660.000100",
    },
    {"type": "message", "user": "U1", "ts": "1767708000.000100", "text": "TODO: the day after"},
]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    root = tmp_path / "export"
    (root / "inc-1").mkdir(parents=True)
    (root / "users.json").write_text(json.dumps([{"id": "U1", "profile": {"display_name": "ana"}}]))
    (root / "channels.json").write_text(json.dumps([{"id": "C1", "name": "inc-1"}, {"id": "C2", "name": "ops"}]))
    (root / "inc-1" / "2026-01-05.json").write_text(json.dumps(ROWS))
    return root


@pytest.fixture
def run() -> Run:
    def call(*argv: object) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        code = harvest.run([str(word) for word in argv], no_build, out, err)
        return code, out.getvalue(), err.getvalue()

    return call


def test_json_is_the_default(run: Run, export: Path) -> None:
    code, out, err = run(export, "--channel", "inc-1")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["channel"], found["messages_read"], found["threads_read"], found["partial"]) == ("inc-1", 4, 1, False)
    assert found["ic"] == {"user_id": "U1", "evidence_ts": "1767621600.000100"}
    assert [todo["text"] for todo in found["todos"]] == ["add an alert 🎉", "the day after"]


def test_options_come_in_any_order(run: Run, export: Path) -> None:
    expected = run(export, "--channel", "inc-1", "--format", "markdown")
    assert run("--format", "markdown", "--channel", "#inc-1", export) == expected
    assert run("--channel=C1", export, "--format=markdown") == expected
    assert expected[0] == 0
    assert expected[1].startswith("# Harvest of #inc-1\n")


def test_a_zip_gives_the_same(run: Run, export: Path, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in export.rglob("*.json"):
            archive.write(file, file.relative_to(export.parent).as_posix())
    assert run(path, "--channel", "inc-1") == run(export, "--channel", "inc-1")


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--since", "2026-01-05T14:01:00Z"], 3),
        (["--since", "2026-01-05T14:01:00"], 3),
        (["--since", "2026-01-05T15:01:00+01:00"], 3),
        (["--until", "2026-01-05T14:01:00.000100Z"], 1),
        (["--until", "2026-01-05"], 3),
        (["--since", "2026-01-06", "--until", "2026-01-06"], 1),
        (["--since", "20260106T000000Z"], 1),
    ],
    ids=str,
)
def test_a_span_of_time_can_be_chosen(run: Run, export: Path, options: list[str], count: int) -> None:
    code, out, _ = run(export, "--channel", "inc-1", *options)
    assert (code, json.loads(out)["messages_read"]) == (0, count)


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--channel", "inc-1"], "EXPORT"),
        (["EXPORT"], "--channel"),
        (["EXPORT", "--channel"], "--channel"),
        (["EXPORT", "--channel", "inc-1", "--format", "pdf"], "pdf"),
        (["EXPORT", "--channel", "inc-1", "--colour"], "--colour"),
        (["EXPORT", "--channel", "inc-1", "--since", "yesterday"], "--since takes a date or time like 2026-01-05"),
        (["EXPORT", "--channel", "inc-1", "--until", "2026-02-30"], "--until takes a date"),
        (["EXPORT", "--channel", "inc-1", "--since", ""], "--since takes a date"),
        (["EXPORT", "--channel", "inc-1", "--until", "9999-12-31"], "--until takes a date"),
        (
            ["EXPORT", "--channel", "inc-1", "--since", "2026-01-07", "--until", "2026-01-05"],
            "--since must be before --until",
        ),
        (["EXPORT", "--channel", "inc1"], 'Did you mean "inc-1"?'),
        (["EXPORT", "--channel", "inc1"], "It has: inc-1, ops."),
        (["EXPORT", "--channel", ""], "The export has no channel"),
        (["nowhere", "--channel", "inc-1"], "There is no export at nowhere."),
        (["EXPORT/users.json", "--channel", "inc-1"], "neither a folder nor a zip"),
        (["EXPORT/inc-1/none", "--channel", "x"], "There is no export at"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_is_answered_in_one_sentence(run: Run, export: Path, argv: list[str], said: str) -> None:
    code, out, err = run(*(word.replace("EXPORT", str(export)) for word in argv))
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_what_was_skipped_is_named_and_counted(run: Run, export: Path) -> None:
    (export / "inc-1" / "2026-01-06.json").write_text("{")
    (export / "inc-1" / "2026-01-07.json").write_text('[{"ts": "1767800000.000100", "text": "fine"}, 1, 2]')
    code, out, err = run(export, "--channel", "inc-1")
    assert code == 0
    assert json.loads(out)["partial"] is True
    assert err.split("\n") == [
        "Skipped in 2 files, so this is not everything:",
        "  inc-1/2026-01-06.json: it is broken JSON",
        "  inc-1/2026-01-07.json: 2 entries are no messages",
        "",
    ]
    assert "This is not everything" in run(export, "--channel", "inc-1", "--format", "markdown")[1]


def test_a_channel_with_no_messages_is_empty(run: Run, export: Path) -> None:
    code, out, _ = run(export, "--channel", "ops")
    assert (code, json.loads(out)["messages_read"]) == (0, 0)


def test_help_is_shown(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(option in out for option in ("EXPORT", "--channel", "--since", "--until", "--format"))


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_a_terminal_that_knows_only_ascii_is_served(export: Path, form: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert harvest.run([str(export), "--channel", "inc-1", "--format", form], no_build, out, io.StringIO()) == 0
    out.flush()
    assert b"add an alert" in raw.getvalue()
    if form == "json":
        assert json.loads(raw.getvalue())["todos"][0]["text"] == "add an alert 🎉"
    out.detach()
