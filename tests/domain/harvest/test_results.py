"""What a command or query has shown is kept beside it, from wherever it was posted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import FileRef, Message

QUERY = "`select count(*) from orders`"
Harvest = Callable[..., Findings]


def shown(found: Findings) -> list[str]:
    return [each.result for each in found.queries]


def said(text: str, who: str, minute: int, **more: object) -> Message:
    return replace(Message("C1", f"{1_767_621_600 + minute * 60}.000100", who, text), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("block", "result"),
    [
        ("$ dig +short db.int\n10.4.2.12", "10.4.2.12"),
        ("select count(*) from orders;\n 206", " 206"),
        ("db-1=# select 1;\n f\ndb-1=# select count(*) from orders;\n 206", " 206"),
        ("kubectl get pods", ""),
        ("select id, state\nfrom orders\nwhere id = 7\n 7 | paid", " 7 | paid"),
        ("sum(rate(errors_total[5m]))\n0.02", "0.02"),
        ("a$ df -h /\n/dev/a 99%\na$ exit 0", "/dev/a 99%"),
        ("kubectl get pods\nkubectl get nodes", ""),
    ],
    ids=[
        "a prompt",
        "the end of a statement",
        "the last of several",
        "no output",
        "a statement without its end",
        "one line",
        "a prompt last",
        "commands only",
    ],
)
def test_what_stands_below_a_command_in_its_block_is_its_result(harvest: Harvest, block: str, result: str) -> None:
    assert shown(harvest(f"```\n{block}\n```")) == [result]


@pytest.mark.parametrize(
    ("block", "query", "result"),
    [
        (
            "app=# select id\napp-# from t;\n id\n----\n 1\n(1 row)",
            "app=# select id\napp-# from t;",
            " id\n----\n 1\n(1 row)",
        ),
        ("app=# select id\n from t\n where a = 1;\n id\n 1", "app=# select id\n from t\n where a = 1;", " id\n 1"),
        ("$ for x in 1 2; do\n&gt; echo $x\n&gt; done\n1\n2", "$ for x in 1 2; do\n> echo $x\n> done", "1\n2"),
        ("a$ df -h /\n/dev/a 99%\na$ exit 0", "a$ df -h /\na$ exit 0", "/dev/a 99%"),
        ("select a from t;\nselect b from t;", "select a from t;\nselect b from t;", ""),
        ("select a from t;\n 1", "select a from t;", " 1"),
    ],
    ids=["prompts that go on", "a prompt, then none", "a loop", "a prompt last", "statements only", "a statement"],
)
def test_a_query_does_not_hold_its_result(harvest: Harvest, block: str, query: str, result: str) -> None:
    assert [(each.text, each.result) for each in harvest(f"```\n{block}\n```").queries] == [(query, result)]


@pytest.mark.parametrize("between", [" → ", " -&gt; ", ": ", " gives "])
def test_what_stands_beside_a_query_is_its_result(harvest: Harvest, between: str) -> None:
    found = harvest(f"{QUERY}{between}2,318")
    assert shown(found) == ["2,318"]
    assert found.queries[0].result_ts == found.queries[0].ts


def test_words_beside_a_query_that_tell_no_outcome_are_none(harvest: Harvest) -> None:
    assert shown(harvest(f"{QUERY} is what I would run")) == [""]


def test_another_block_of_the_message_is_the_result(harvest: Harvest) -> None:
    assert shown(harvest("```\nkubectl get pods\n```\n```\nNAME READY\napi 0/1\n```")) == ["NAME READY\napi 0/1"]


@pytest.mark.parametrize("answer", ["6,118 rows", "done, all 42 in", "route says 100/0", "nothing", "no rows"])
def test_so_is_what_the_same_person_says_next(harvest: Harvest, answer: str) -> None:
    found = harvest(QUERY, ("how many?", "UBO"), answer)
    assert shown(found) == [answer]
    assert found.queries[0].result_ts not in (None, found.queries[0].ts)


@pytest.mark.parametrize("answer", ["shall we add 5 more?", "ok b then", "scale up 2 first", "lunch"])
def test_not_everything_that_is_said_next_is(harvest: Harvest, answer: str) -> None:
    found = harvest(QUERY, answer)
    assert (shown(found), found.queries[0].result_ts) == ([""], None)


def test_what_somebody_else_says_is_not(harvest: Harvest) -> None:
    assert shown(harvest(QUERY, ("6,118 rows", "UBO"))) == [""]


def test_a_block_that_was_printed_and_a_file_are(harvest: Harvest) -> None:
    file = FileRef("F1", "over_budget.csv", "https://files.example/1", "text/csv")
    assert shown(harvest(QUERY, "```\n| 212 |\n```")) == ["| 212 |"]
    assert shown(harvest(said(QUERY, "UANA", 1), said("", "UANA", 2, files=(file,)))) == ["over_budget.csv"]


def test_the_next_query_ends_the_search(harvest: Harvest) -> None:
    assert shown(harvest("`select 1 from a`", "`select 2 from b`", "12 rows")) == ["", "12 rows"]


def test_what_comes_more_than_five_minutes_later_is_not(harvest: Harvest) -> None:
    assert shown(harvest(said(QUERY, "UANA", 1), said("12 rows", "UANA", 7))) == [""]


def test_a_long_result_is_cut_with_the_cut_shown(harvest: Harvest) -> None:
    (result,) = shown(harvest(f"```\n$ dig +short db.int\n{'10.4.2.12 ' * 300}\n```"))
    assert len(result) <= 1_000
    assert result.endswith("…")


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("`curl -I https://api.acme.io` gives me 503", "503"),
        ("`df -h /data` - 15.9G of 16G", "15.9G of 16G"),
        ("`df -h /data` – nothing new", "nothing new"),
        ("`kubectl get pods -n shop`\n3 of 5 ready", "3 of 5 ready"),
        ("ran `kubectl get pods -n shop`\nshows 3 of 5 ready", "shows 3 of 5 ready"),
        ("$ df -h\nFilesystem Size Used\n/dev/sda1 50G 50G", "Filesystem Size Used\n/dev/sda1 50G 50G"),
        ("$ df -h\n/dev/sda1 50G\n$ df -i\n/dev/sda1 9%", "/dev/sda1 50G"),
    ],
)
def test_what_stands_in_the_same_message_is_the_result(harvest: Harvest, line: str, result: str) -> None:
    assert shown(harvest(line))[0] == result


@pytest.mark.parametrize(
    "line",
    [
        "`df -h /data` - please run it on db-2",
        "`kubectl get pods -n shop`\nshall I scale up?",
        "`kubectl get pods -n shop`\n`kubectl get nodes -n shop`",
        "$ df -h\nlet me see",
    ],
)
def test_further_words_in_it_are_not(harvest: Harvest, line: str) -> None:
    assert set(shown(harvest(line))) == {""}


@pytest.mark.parametrize(
    "answer",
    ["web-3 has 412 of them, the others none", "all from web-3, 412 of 420", "web-3: 412", "only 3 rows", "shows 412"],
)
def test_a_search_is_answered_by_where_it_was_found(harvest: Harvest, answer: str) -> None:
    assert shown(harvest("index=web status=503 | stats count by host", answer)) == [answer]


@pytest.mark.parametrize(
    "answer", ["I have 5 minutes", "web-3 has 20 min left", "all on deck please", "we have 3 of those"]
)
def test_other_talk_after_it_is_no_answer(harvest: Harvest, answer: str) -> None:
    assert shown(harvest("index=web status=503 | stats count by host", answer)) == [""]


def test_a_reply_in_its_thread_is_its_result(harvest: Harvest) -> None:
    query = said(QUERY, "UANA", 1)
    found = harvest(query, said("lunch", "UANA", 2), said("412 rows", "UANA", 3, thread_ts=query.ts))
    assert shown(found) == ["412 rows"]
    late = said("412 rows", "UANA", 9, thread_ts=query.ts)
    assert shown(harvest(query, late)) == [""]


@pytest.mark.parametrize(
    "line",
    [
        "helm PR merged: <https://git.example/acme/charts/pull/12>",
        "terraform MR is here: <https://git.example/acme/infra/merge_requests/12>",
        "psql dashboard <https://grafana.example/d/1>",
    ],
)
def test_a_link_about_a_program_is_no_command(harvest: Harvest, line: str) -> None:
    assert harvest(line).queries == ()
