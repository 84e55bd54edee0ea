"""`app.py serve`, from what keeps it from starting to how it ends."""

from __future__ import annotations

import hashlib
import hmac
import re
import socket
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.listeners.http import TRACKER_PATH
from sandbox.client import Sandbox
from storage import schema
from storage.engine import make_engine
from tests.cli.machine import ROOT, Machine

SERVING = r"serving https://sandbox\.slack\.com/ as U\w+"
PORT = r"listening on port (\d+)"


def status(port: str, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_over_a_socket_it_answers_a_command_and_sigterm_ends_it_with_0(machine: Machine, slack: Sandbox) -> None:
    with replace(machine, anew=True).start("serve") as bot:
        bot.until(SERVING)
        slack.wait_for_sockets(1)
        user = "ada"
        answer = slack.act.command(user, "#general", "/postmortem help")
        assert "assign @owner" in str(answer)
        assert bot.stop() == 0
    assert "stopping" in bot.said


def test_sigterm_ends_it_in_time_though_slack_hangs(tmp_path: Path) -> None:
    """Both ways of listening at once: most of it is waiting for what hangs."""
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda way: _ended_while_hanging(tmp_path / way, way), ["socket", "http"])) == [0, 0]


def _ended_while_hanging(folder: Path, way: str) -> int:
    folder.mkdir()
    with Sandbox.start(manifest=ROOT / "manifest.yml") as slack:
        there = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}
        if way == "http":
            there |= {"SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": "0", "HOST": "127.0.0.1"}
        else:
            there |= {"SLACK_APP_TOKEN": slack.app_token}
        with Machine(folder, {**there, "DATABASE_URL": f"sqlite:///{folder}/bot.db"}).start("serve") as bot:
            port = bot.until(PORT)[1] if way == "http" else ""
            bot.until(SERVING)
            if way == "http":
                slack.deliver(f"http://127.0.0.1:{port}/slack/events")
            else:
                slack.wait_for_sockets(1)
            for method in ("chat.postMessage", "conversations.history", "views.open"):
                slack.fault(method, "hang", every=True, seconds=60)
            slack.act.command("ada", "#general", "/postmortem assign @ben")
            slack.wait_until(lambda: slack.calls("conversations.open"))
            return bot.stop(timeout=10)


def text(port: str, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return str(error.read().decode())


def figures(port: str) -> dict[str, float]:
    """/metrics, by name with labels."""
    lines = [line for line in text(port, "/metrics").splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_over_http_it_answers_on_its_health_paths_and_nothing_unsigned(over_http: Machine) -> None:
    with replace(over_http, anew=True).start("serve") as bot:
        port = bot.until(PORT)[1]
        bot.until(SERVING)
        assert status(port, "/healthz") == 200
        assert status(port, "/readyz") == 200
        assert text(port, "/readyz") == "ready\ndatabase ok\nlanes ok\nlag ok\nslack ok\n"
        assert status(port, "/slack/events") == 405
        assert status(port, "/") == 404
        assert status(port, "/metrics") == 404, "Slack's port is open to everybody"
        assert bot.stop() == 0


def test_over_http_the_figures_are_on_a_port_of_their_own(over_http: Machine, slack: Sandbox) -> None:
    with over_http.start("serve", HEALTH_PORT="0") as bot:
        bot.until(SERVING)
        slacks, health = bot.until(r"INFO postmortem: listening on port (\d+)")[1], bot.until(r"health: " + PORT)[1]
        slack.deliver(f"http://127.0.0.1:{slacks}/slack/events")
        slack.act.command("ada", "#general", "/postmortem help")
        assert figures(health)["postmortem_acknowledgement_seconds_count"] == 1
        assert (status(slacks, "/metrics"), status(health, "/slack/events")) == (404, 404)
        assert bot.stop() == 0


def test_a_health_port_that_is_taken_is_named(over_http: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = over_http.run("serve", HEALTH_PORT=port)
    assert said.code == 2
    assert f"HEALTH_PORT {port} on HOST 127.0.0.1 cannot be served" in said.err.splitlines()[-1]


def test_beside_a_socket_the_health_port_has_health_and_figures_alone(machine: Machine) -> None:
    """What people wrote, who they are and where, is nowhere in them."""
    with Sandbox.start(manifest=ROOT / "manifest.yml") as slack:
        there = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
        with machine.start("serve", HEALTH_PORT="0", HOST="127.0.0.1", **there) as bot:
            port = bot.until(PORT)[1]
            bot.until(SERVING)
            slack.wait_for_sockets(1)
            assert (status(port, "/healthz"), status(port, "/slack/events")) == (200, 404)
            assert text(port, "/readyz") == "ready\ndatabase ok\nlanes ok\nlag ok\nslack ok\nsocket ok\n"
            slack.act.post("ada", "#general", "TODO: canarytext")
            slack.fault("pins.add", "error:restricted_action")
            slack.act.command("ada", "#general", "/postmortem assign @ben")
            slack.wait_until(lambda: figures(port).get('postmortem_outbox_rows{lane="messages",state="dead"}'))
            slack.wait_until(lambda: figures(port).get('postmortem_outbox_handled_total{kind="card",result="done"}'))
            found = figures(port)
            assert found[f'postmortem_build_info{{version="0.1.0",schema="{schema.head()}"}}'] == 1
            assert found['postmortem_outbox_handled_total{kind="pin_card",result="dead"}'] == 1
            assert found["postmortem_acknowledgement_seconds_count"] >= 1
            assert (found["postmortem_socket_connected"], found["postmortem_socket_connections"]) == (1, 1)
            assert found["postmortem_slack_token_refused"] == 0
            check_leaks(text(port, "/metrics") + text(port, "/readyz"), slack)
            assert bot.stop() == 0


def check_leaks(said: str, slack: Sandbox) -> None:
    """Numbers, and words of ours."""
    people = [(user["id"], user["name"]) for user in slack.see("people")["users"]]
    channels = [(channel["id"], channel["name"]) for channel in slack.see("channels")["channels"]]
    for word in ("canarytext", "PM-1", "xoxb", "sandbox", *(each for pair in people + channels for each in pair)):
        assert not (word and re.search(rf"\b{re.escape(word)}\b", said)), word


def test_after_kill_9_the_file_is_free_at_once_and_what_was_in_hand_is_taken_over(machine: Machine) -> None:
    with machine.start("serve") as first:
        first.until(SERVING)
        first.kill()
    assert (machine.folder / "bot.db.lock").exists(), "the lock is the system's and not the file"
    with machine.start("serve") as second:
        second.until(SERVING)
        assert machine.type("outbox").code == 0
        assert second.stop() == 0


def test_a_second_one_on_the_same_sqlite_file_is_refused_and_the_first_goes_on(machine: Machine) -> None:
    with machine.start("serve") as first:
        first.until(SERVING)
        second = machine.run("serve")
        assert second.code == 2
        assert second.err.startswith("Another process is serving from bot.db already.")
        assert "Postgres" in second.err
        assert first.stop() == 0
    with machine.start("serve") as third:
        third.until(SERVING)
        assert third.stop() == 0


@pytest.mark.parametrize("made", ["empty", "old"])
def test_postgres_with_another_schema_is_refused_with_the_command_to_type(
    machine: Machine, postgres_url: str, made: str
) -> None:
    engine = make_engine(postgres_url)
    if made == "old":
        schema.upgrade(engine, "0001")
    before = schema.current(engine)
    said = machine.run("serve", DATABASE_URL=postgres_url)
    assert said.code == 2
    assert "type `python app.py migrate`" in said.err
    assert schema.current(engine) == before
    assert machine.type("migrate", DATABASE_URL=postgres_url).code == 0
    with machine.start("serve", DATABASE_URL=postgres_url) as bot:
        bot.until(SERVING)
        assert bot.stop() == 0
    engine.dispose()


def test_on_sqlite_an_old_schema_is_brought_up_at_the_start(machine: Machine) -> None:
    engine = make_engine(machine.settings["DATABASE_URL"])
    schema.upgrade(engine, "0001")
    with machine.start("serve") as bot:
        bot.until(SERVING)
        assert bot.stop() == 0
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("SLACK_BOT_TOKEN", "xoxb-1-canary"), ("SLACK_APP_TOKEN", "xapp-1-canary")],
    ids=["bot-token", "app-token"],
)
def test_a_token_that_slack_refuses_is_named(machine: Machine, setting: str, value: str) -> None:
    said = machine.run("serve", **{setting: value})
    assert said.code == 2
    last = said.err.splitlines()[-1]
    assert last.startswith(f"{setting} is refused by Slack (invalid_auth)")
    assert "canary" not in said.err


def test_while_slack_cannot_be_reached_it_tries_on_and_still_ends_when_told(machine: Machine) -> None:
    with machine.start("serve", SLACK_API_URL="http://127.0.0.1:1/api/") as bot:
        bot.until("Slack does not answer yet")
        assert bot.stop() == 0


def test_a_port_that_is_taken_is_one_sentence(over_http: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = over_http.run("serve", PORT=port)
    assert said.code == 2
    assert f"PORT {port} on HOST 127.0.0.1 cannot be served" in said.err.splitlines()[-1]


def test_a_database_that_cannot_be_used_is_one_sentence(machine: Machine) -> None:
    (machine.folder / "bot.db").write_text("not a database", encoding="utf-8")
    said = machine.run("serve")
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert said.err.startswith("DATABASE_URL cannot be used: ")


def test_words_that_it_does_not_know_are_refused(machine: Machine) -> None:
    said = machine.run("serve", "--port", "80")
    assert said.code == 2
    assert "unrecognized arguments" in said.err


JIRA = {
    "JIRA_URL": "http://127.0.0.1:9",
    "JIRA_TOKEN": "jira-canary",
    "JIRA_PROJECT": "OPS",
    "JIRA_WEBHOOK_SECRET": "a-webhook-secret-canary",
}


def posted(port: str, body: bytes, secret: str = JIRA["JIRA_WEBHOOK_SECRET"]) -> int:
    signature = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{TRACKER_PATH}", body, {"X-Hub-Signature": signature}, method="POST"
    )
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_jira_posts_to_a_port_of_its_own_where_nothing_else_is(over_http: Machine) -> None:
    with over_http.start("serve", **JIRA, JIRA_WEBHOOK_PORT="0", HEALTH_PORT="0") as bot:
        bot.until(SERVING)
        slacks, health = bot.until(r"INFO postmortem: listening on port (\d+)")[1], bot.until(r"health: " + PORT)[1]
        jiras = bot.until(r"jira: " + PORT)[1]
        assert posted(jiras, b'{"issue": {"key": "OPS-1"}}') == 200
        assert posted(jiras, b'{"issue": {"key": "OPS-1"}}', "another secret here") == 401
        assert (status(jiras, "/slack/events"), status(jiras, "/metrics"), status(jiras, "/healthz")) == (404, 404, 200)
        assert (posted(slacks, b"{}"), posted(health, b"{}")) == (404, 404)
        assert bot.stop() == 0
    assert "canary" not in bot.said


def test_jira_may_post_to_slacks_port_where_there_is_but_one(over_http: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with over_http.start("serve", **JIRA, PORT=port, JIRA_WEBHOOK_PORT=port) as bot:
        bot.until(SERVING)
        assert posted(port, b"{}") == 200
        assert status(port, "/slack/events") == 405
        assert bot.stop() == 0


def test_beside_a_socket_jira_has_its_port_too(machine: Machine) -> None:
    with machine.start("serve", **JIRA, JIRA_WEBHOOK_PORT="0", HOST="127.0.0.1") as bot:
        bot.until(SERVING)
        assert posted(bot.until(r"jira: " + PORT)[1], b"{}") == 200
        assert bot.stop() == 0


def test_a_port_for_jira_that_is_taken_is_named(over_http: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = over_http.run("serve", **JIRA, JIRA_WEBHOOK_PORT=port)
    assert said.code == 2
    assert f"JIRA_WEBHOOK_PORT {port} on HOST 127.0.0.1 cannot be served" in said.err.splitlines()[-1]
