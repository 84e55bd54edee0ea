"""What people do to the app, and what must come of it: the same acts for every language and every way of delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.client import Sandbox, SandboxRefused

Act = Callable[[Sandbox], None]


def _texts(slack: Sandbox, channel: str = "#general", user: str | None = None) -> list[str]:
    return [message.get("text", "") for message in slack.see.messages(channel, user=user)]


def _until(slack: Sandbox, found: Callable[[], Any]) -> Any:
    return slack.wait_until(found, timeout=10)


def a_message_is_answered(slack: Sandbox) -> None:
    slack.act.post("aino", "#general", "ping one & two")
    _until(slack, lambda: "pong one &amp; two" in _texts(slack))
    slack.act.post("ben", "@parrot", "ping three")
    _until(slack, lambda: "pong three" in [m["text"] for m in slack.see.dms("ben")])


def a_mention_is_answered_in_its_thread_and_the_button_replaces(slack: Sandbox) -> None:
    ts = slack.act.post("aino", "#general", "@parrot are you there?")
    _until(slack, lambda: [m for m in slack.see.messages("#general", thread=ts) if m["text"] == "Hello!"])
    slack.act.press("ben", "wave", channel="#general")
    who = f"<@{slack.see.user('ben')['id']}> waved"
    _until(slack, lambda: who in [m["text"] for m in slack.see.messages("#general", thread=ts)])


def a_command_is_acknowledged_and_answered(slack: Sandbox) -> None:
    answer = slack.act.command("aino", "#general", "/parrot polly wants a cracker")
    assert answer["message"]["text"] == "repeating"
    _until(slack, lambda: "polly wants a cracker" in _texts(slack, user="ben"))
    assert "repeating" not in _texts(slack, user="ben")


def _form(slack: Sandbox, user: str = "aino") -> None:
    slack.act.command(user, "#general", "/parrot form")
    _until(slack, lambda: slack.see.modals(user))


def a_form_is_refused_then_taken(slack: Sandbox) -> None:
    _form(slack)
    where = {"where": "#general"}
    answer = slack.act.submit("aino", {"word": "silence", **where})
    assert answer["errors"] == {"word": "parrots do not know that"}
    assert slack.act("suggest", user="aino", action_id="colour", value="gre")["options"][1]["value"] == "grey"
    slack.act("fill", user="aino", values={"colour": "grey"})
    assert slack.act.submit("aino", {"word": "cracker", **where})["stack"] == []
    _until(slack, lambda: "new word: cracker" in _texts(slack))
    _until(slack, lambda: "learnt cracker" in _texts(slack, user="aino"))


def a_client_refuses_an_empty_form(slack: Sandbox) -> None:
    _form(slack)
    with pytest.raises(SandboxRefused) as refused:
        slack.act.submit("aino", {})
    assert set(refused.value.details["errors"]) == {"word", "where"}
    slack.act.close("aino")


def a_form_is_updated_pushed_and_cleared(slack: Sandbox) -> None:
    slack.act.shortcut("ben", "teach")
    _until(slack, lambda: slack.see.modals("ben"))
    slack.act.press("ben", "rename")
    _until(slack, lambda: slack.see.modals("ben")[-1]["title"]["text"] == "Renamed")
    assert len(slack.act.submit("ben", {"word": "more", "where": "#general"})["stack"]) == 2
    assert slack.act.submit("ben", {"more": "words"})["stack"] == []


def a_closed_form_is_noticed(slack: Sandbox) -> None:
    _form(slack, "ben")
    slack.act.close("ben")
    _until(slack, lambda: "another time, then" in [m["text"] for m in slack.see.dms("ben")])


def a_message_is_remembered_by_its_shortcut(slack: Sandbox) -> None:
    ts = slack.act.post("aino", "#general", "worth keeping")
    slack.act.shortcut("ben", "remember", "#general", ts)
    _until(slack, lambda: "remembered" in _texts(slack, user="ben"))
    (kept,) = [m for m in slack.see.messages("#general") if m["ts"] == ts]
    assert kept["reactions"][0]["name"] == "parrot"


def the_home_tab_is_shown_and_changed(slack: Sandbox) -> None:
    slack.act.home("aino")
    _until(slack, lambda: slack.see.home("aino"))
    slack.act.press("aino", "seen", home=True)
    _until(slack, lambda: "2 times" in str(slack.see.home("aino")))


def nothing_was_wrong(slack: Sandbox) -> None:
    slack.wait_quiet(0.2)
    assert slack.violations() == []
    assert [(call["method"], call["error"]) for call in slack.calls() if not call["ok"]] == []
    assert [row["type"] for row in slack.deliveries() if row["ack"] != "ok"] == []


ACTS: tuple[Act, ...] = (
    a_message_is_answered,
    a_mention_is_answered_in_its_thread_and_the_button_replaces,
    a_command_is_acknowledged_and_answered,
    a_form_is_refused_then_taken,
    a_client_refuses_an_empty_form,
    a_form_is_updated_pushed_and_cleared,
    a_closed_form_is_noticed,
    a_message_is_remembered_by_its_shortcut,
    the_home_tab_is_shown_and_changed,
    nothing_was_wrong,
)


def words(act: Act) -> str:
    """The name of an act as a sentence."""
    return act.__name__.replace("_", " ")
