"""The command line: one line of JSON, then serve; exit statuses; the traffic file."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from slack_sdk import WebClient

from sandbox.client import Sandbox

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def test_it_prints_one_line_and_ends_with_zero_on_a_signal():
    for number in (signal.SIGTERM, signal.SIGINT):
        with subprocess.Popen(
            [sys.executable, "-m", "sandbox"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            handles = json.loads(process.stdout.readline())
            process.send_signal(number)
            assert process.wait(10) == 0
            assert process.stdout.read() == ""
    assert set(handles) == {"url", "api_url", "control_url", "team_id", "bot_token", "app_token", "signing_secret"}
    assert handles["api_url"].endswith("/api/")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--workspace", "missing.yml"], 2, "missing.yml"),
        (["--manifest", str(HERE / "test_cli.py")], 2, "line 1: this is not YAML"),
        (["--profile", "other"], 2, "invalid choice"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(arguments, status, words):
    done = subprocess.run(
        [sys.executable, "-m", "sandbox", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_every_call_is_a_line_of_the_traffic_file(tmp_path):
    traffic = tmp_path / "traffic.jsonl"
    with Sandbox.start(workspace=HERE / "workspace.yml", manifest=HERE / "manifest.yml", traffic=traffic) as slack:
        web = WebClient(slack.bot_token, base_url=slack.api_url)
        web.auth_test()
        web.api_call("chat.postMessage", json={"channel": "#inc", "text": "x", "colour": "red"})
        WebClient("", base_url=slack.api_url).api_call("api.test")
        rows = [json.loads(line) for line in traffic.read_text().splitlines()]
    assert [row["method"] for row in rows] == ["auth.test", "chat.postMessage", "api.test"]
    assert [row["token"] for row in rows] == ["bot", "bot", "none"]
    assert set(rows[0]) == {"method", "args", "token", "ok", "error", "t"}
    assert rows[1]["violations"] == ["unknown argument colour"]
    assert slack.bot_token not in traffic.read_text()


@pytest.mark.parametrize(("strict", "status"), [(True, 1), (False, 0)])
def test_strict_ends_with_one_after_a_violation(strict, status):
    slack = Sandbox.start(manifest=HERE / "manifest.yml", strict=strict)
    WebClient(slack.bot_token, base_url=slack.api_url).api_call("auth.test", json={"colour": "red"})
    assert slack.stop() == status


def test_it_imports_nothing_of_any_app():
    code = "import sandbox.__main__, sys; print([m for m in sys.modules if m.split('.')[0] in ('bot','storage','demo','app')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
