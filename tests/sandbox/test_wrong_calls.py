"""Wrong calls as one would make them with curl, over plain HTTP and without an SDK: each gets Slack's own answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent


def cases():
    rows = yaml.safe_load((HERE / "wrong_calls.yml").read_text())
    return [pytest.param(row, id=row["name"]) for row in rows]


def expected(row):
    """What the answer must hold; sentences stand in `messages`, those about blocks in `errors` too."""
    wanted = row["answer"] if isinstance(row["answer"], dict) else {"error": row["answer"]}
    lines = row.get("lines")
    if lines:
        wanted["response_metadata"] = {"messages": [f"[ERROR] {line}" for line in lines]}
    if lines and wanted["error"] == "invalid_blocks":
        wanted["errors"] = lines
    return wanted


@pytest.mark.parametrize("row", cases())
def test_a_wrong_call_gets_slacks_answer(curl, slack, row):
    curl.known["mine"] = curl("chat.postMessage", {"channel": "{inc}", "text": "x"})["ts"]
    mark = {"channel": "{inc}", "timestamp": "{mine}"}
    assert curl("reactions.add", {**mark, "name": "tada"})["ok"]
    assert curl("pins.add", mark)["ok"]
    slack.act("join", user="cho", channel="inc")
    curl.known["joined"] = slack.see.messages("inc")[-1]["ts"]
    slack.act("leave", user="cho", channel="inc")
    body = curl(row["call"], row["args"])
    wanted = expected(row)
    assert body["ok"] is False
    assert {key: body.get(key) for key in wanted} == wanted
