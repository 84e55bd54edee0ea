from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.domain.harvest import legend
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.heaviest import Unweighed
from cli import harvest

ROOT = Path(harvest.__file__).parent.parent

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
        (["EXPORT", "--explain", "1767621600.000100"], "--explain needs the channel of the message"),
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


TODO, STEP = "1767621660.000100", "1767621720.000100"


@pytest.mark.parametrize(
    "named",
    [
        TODO,
        "1767621660.0001",
        "p1767621660000100",
        "https://acme.slack.com/archives/C1/p1767621660000100",
        "<https://acme.slack.com/archives/C1/p1767621660000100?thread_ts=1767621660.000100&cid=C1>",
    ],
)
def test_a_message_is_explained_by_its_ts_or_its_link(run: Run, export: Path, named: str) -> None:
    code, out, err = run(export, "--channel", "inc-1", "--explain", named)
    assert (code, err) == (0, "")
    assert out.startswith("# One message of #inc-1, explained\n\n2026-01-05 14:01:00 UTC, ana, in the channel itself")
    assert "> TODO: add an alert 🎉" in out
    assert "- H-01 A line marked TODO, ACTION or FOLLOW-UP (asked by “todo”): a follow-up: “add an alert 🎉”" in out
    assert "Nothing was weighed: a rule found a follow-up in it." in out
    assert "“add an alert 🎉”: kept, confidence A (a convention says so)." in out


def test_what_was_weighed_is_told_in_plain_words(run: Run, export: Path) -> None:
    _, out, _ = run(export, "--channel", "inc-1", "--explain", STEP)
    assert "in the thread of 1767621660.000100" in out
    assert "## Weighed for the follow-ups\n\nFrom −" in out
    assert "“restarted lb-03” weighs −" in out
    assert ": not enough.\n\n- it starts at −" in out
    assert "- for: +" in out
    assert "- against: −" in out
    assert "H-26 noticed it: A step is taken" in out
    assert "~" not in out


def test_an_explanation_as_data_has_the_shape_that_is_described(run: Run, export: Path) -> None:
    code, out, err = run(export, "--channel", "inc-1", "--explain", STEP, "--format", "json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["channel"], found["messages_read"], found["partial"]) == ("inc-1", 4, False)
    assert found["message"] == {
        "ts": STEP,
        "at": "2026-01-05T14:02:00.000100Z",
        "user_id": "U1",
        "name": "ana",
        "text": "restarted lb-03",
        "thread_ts": TODO,
        "subtype": None,
        "talk": True,
        "human": True,
        "in_follow_ups": True,
        "in_response": True,
        "evidence_of": None,
        "bare_times_in": None,
    }
    said = [each for each in found["rules"] if each["found"]]
    assert {each["rule"] for each in said} == {"H-26"}
    assert [each["what"] for each in found["weighed"]] == ["follow_ups", "timeline"]
    wishes, lines = found["weighed"]
    assert (wishes["not_weighed"], lines["not_weighed"], lines["noticed"]) == (None, None, True)
    for scaled in (*wishes["sentences"], *lines["sentences"]):
        total = scaled["start"] + sum(each["weight"] for each in scaled["parts"])
        assert total == pytest.approx(scaled["weight"], abs=0.01)
        assert all(each.keys() == {"name", "label", "weight"} for each in scaled["parts"])
    kept = found["outcomes"][0]
    assert (kept["what"], kept["rule"], kept["outcome"], kept["entry"]["ts"]) == ("timeline", "H-26", "kept", STEP)


def test_the_docs_name_every_key_of_an_explanation_and_every_outcome(run: Run, export: Path) -> None:
    told = (Path(harvest.__file__).parents[1] / "docs" / "harvest-json.md").read_text("utf-8")
    _, out, _ = run(export, "--channel", "inc-1", "--explain", STEP, "--format", "json")
    keys = list(_keys(json.loads(out)))
    once = ("rules[].found[].", "outcomes[].", "outcomes[].by.")  # a finding and a message are described once
    short = {key: key.rpartition(".")[2] if key.startswith(once) else key for key in keys}
    assert [key for key in keys if f"`{key}`" not in told and f"`{short[key]}`" not in told] == []
    assert [each.value for each in (*Outcome, *Unweighed) if f"`{each.value}`" not in told] == []


def test_the_docs_name_every_rule(run: Run, export: Path) -> None:
    told = (Path(harvest.__file__).parents[1] / "docs" / "harvest-json.md").read_text("utf-8")
    listed = {name for line in told.splitlines() if line.startswith("| H-") for name in re.findall(r"H-\d\d", line)}
    assert legend.TITLES.keys() <= listed


def _keys(value: object, before: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            path = f"{before}.{key}" if before else key
            yield path
            yield from _keys(each, path)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from _keys({key: each for one in value for key, each in one.items()}, f"{before}[]")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("1767621661.000100", "#inc-1 has no message 1767621661.000100. The nearest is 1767621660.000100"),
        ("https://acme.slack.com/archives/C9/p1767621660000100", "a message of the channel C9; #inc-1 is C1."),
        ("https://acme.slack.com/archives/C9/p1767621661000100", "a message of the channel C9; #inc-1 is C1."),
        ("yesterday", "--explain takes the ts or the link of a message"),
        ("", "--explain takes the ts or the link of a message"),
        ("https://acme.slack.com/archives/C1", "--explain takes the ts or the link of a message"),
    ],
)
def test_a_message_that_is_not_there_is_answered_in_one_sentence(run: Run, export: Path, named: str, said: str) -> None:
    code, out, err = run(export, "--channel", "inc-1", "--explain", named)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_an_empty_channel_has_no_message_to_explain(run: Run, export: Path) -> None:
    code, out, err = run(export, "--channel", "ops", "--explain", TODO)
    assert (code, out, err) == (2, "", f"#ops has no message {TODO}. It has none at all.\n")


def test_a_message_outside_of_the_span_is_not_explained(run: Run, export: Path) -> None:
    code, out, err = run(export, "--channel", "inc-1", "--since", "2026-01-06", "--explain", TODO)
    assert (code, out) == (2, "")
    assert err == f"The message {TODO} of #inc-1 is not between --since and --until.\n"


def test_what_was_skipped_is_told_with_an_explanation_too(run: Run, export: Path) -> None:
    (export / "inc-1" / "2026-01-07.json").write_text("{")
    code, out, err = run(export, "--channel", "inc-1", "--explain", TODO)
    assert code == 0
    assert "**Not everything was read:**" in out
    assert "it is broken JSON" in err
    assert json.loads(run(export, "--channel", "inc-1", "--explain", TODO, "--format", "json")[1])["partial"] is True


def test_without_a_channel_each_is_harvested(run: Run, export: Path) -> None:
    code, out, _ = run(export)
    assert code == 0
    assert [(each["channel"], len(each["todos"])) for each in json.loads(out)] == [("inc-1", 2), ("ops", 0)]
    assert json.loads(out)[0] == json.loads(run(export, "--channel", "inc-1")[1])


def test_as_a_page_only_channels_with_something_in_them_are_told(run: Run, export: Path) -> None:
    code, out, _ = run(export, "--format", "markdown")
    assert code == 0
    assert out.startswith("# Harvest of #inc-1\n")
    assert "\n\nNothing to tell of #ops: 0 messages, of which 0 do not sound of an incident" in out
    assert out.endswith("`--whole` weighs every message.\n")
    assert "# Harvest of #ops" not in out


@pytest.fixture
def chat(export: Path) -> Path:
    said = ["who is in for lunch?", "me! the noodle place again?", "we should write that down", "TODO: book the table"]
    rows = [{"user": "U1", "ts": f"17676216{at:02d}.000100", "text": said[at % 4]} for at in range(60)]
    (export / "ops").mkdir()
    (export / "ops" / "2026-01-05.json").write_text(json.dumps(rows))
    return export


def test_what_was_passed_over_is_said_and_how_to_have_it_weighed(run: Run, chat: Path) -> None:
    page = run(chat, "--channel", "ops", "--format", "markdown")[1]
    assert "Nothing in them sounds of an incident: there only marked lines (`TODO: ...`) were taken. `--whole`" in page
    found, whole = (json.loads(run(chat, "--channel", "ops", *more)[1]) for more in ((), ("--whole",)))
    assert (found["passed_over"], whole["passed_over"]) == (60, 0)
    assert {each["rule"] for each in found["todos"]} == {"H-01"}
    assert (found["responders"], len(whole["responders"])) == ([], 1)


def test_of_a_message_that_was_passed_over_the_explanation_says_so(run: Run, chat: Path) -> None:
    asked = (chat, "--channel", "ops", "--explain", "1767621602.000100")
    assert "Nothing around this message sounds of an incident" in run(*asked)[1]
    assert "Nothing around this message" not in run(*asked, "--whole")[1]
    told = [json.loads(run(*asked, *more, "--format", "json")[1])["passed_over"] for more in ((), ("--whole",))]
    assert told == [True, False]


def test_the_harvest_of_an_export_loads_neither_slack_nor_a_database(chat: Path) -> None:
    """Nor, where in weeks nothing sounds of an incident, the tables of weights and the wordings of the rules."""
    later = {"type": "message", "user": "U1", "text": "lunch?", "ts": "1771932002.000100"}
    (chat / "ops" / "2026-02-24.json").write_text(json.dumps([later]))
    script = (
        "import sys, app; from bot.domain.harvest import weights; from bot.domain.harvest.rules import h28_resolved\n"
        f"code = app.main(['harvest', {str(chat)!r}, '--channel', 'ops'])\n"
        "heavy = {'slack_bolt', 'slack_sdk', 'sqlalchemy', 'pydantic', 'apscheduler', 'jira', 'PIL'} & sys.modules.keys()\n"
        "print(code, sorted(heavy), weights.shipped.cache_info().currsize, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == "0 [] 0\n"
