"""Marks that stand inside a line: in brackets, behind a sentence, behind a sign; and those with how much it matters in front."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import marked
from bot.domain.harvest.finding import Confidence, Findings, TimelineKind
from bot.domain.harvest.message import Message
from bot.domain.harvest.spots import Said

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


def found(of: Findings) -> list[tuple[str, str | None]]:
    return [(each.text, each.assignee) for each in of.todos if each.rule == "H-01" and each.confidence is Confidence.A]


@pytest.mark.parametrize(
    ("line", "text", "who"),
    [
        ("this is bad (TODO: tighten timeouts)", "tighten timeouts", None),
        ("it was worse (TODO tighten the retries)", "tighten the retries", None),
        ("[TODO: fix the limit]", "fix the limit", None),
        ("(TODO: fix the limit (and the other one))", "fix the limit (and the other one)", None),
        ("{TODO: fix the limit}", "fix the limit", None),
        ("that hurt (todo <@UCY>: add retries) but it is over", "add retries", "UCY"),
        ("the pool ran dry (action item: double the pool)", "double the pool", None),
        ("it is slow (AI: bo to move the job)", "bo to move the job", "UBO"),
        ("wrong again [ACTION: fix the zone]", "fix the zone", None),
        ("the limit is hard coded // TODO: make it a flag", "make it a flag", None),
        ("the limit is hard coded # ok. // TODO make it a flag", "make it a flag", None),
        ("=&gt; TODO: add the alert", "add the alert", None),
        ("we were late -&gt; TODO: alert earlier", "alert earlier", None),
        ("the graph is wrong - TODO: mend the graph", "mend the graph", None),
        ("it fell over again. TODO tighten the timers", "tighten the timers", None),
        ("metrics were lost for an hour #todo add retention", "add retention", None),
        ("metrics were lost #action: bo to add retention", "bo to add retention", "UBO"),
        ("the limit was 5, todo tighten the limit", "tighten the limit", None),
        ("the mesh is down, ACTION: bo to mend the mesh", "bo to mend the mesh", "UBO"),
        ("slow disk | TODO: mend it", "mend it", None),
        ("it's the cache 👉 TODO: mend it", "mend it", None),
        ("note for later: TODO: mend it", "mend it", None),
        ("bad gateway again TODO: fix the proxy", "fix the proxy", None),
        ("[TODO <@UBO>] fix the proxy", "fix the proxy", "UBO"),
        ("[TODO: bo] fix the proxy", "fix the proxy", "UBO"),
        ("P1 action: move cron off the primary", "move cron off the primary", None),
        ("[P1] action: move cron off the primary", "move cron off the primary", None),
        ("SEV2 follow-up: rename the tables", "rename the tables", None),
        ("high prio todo: renew the certs", "renew the certs", None),
        ("low priority action: drop the index", "drop the index", None),
        ("long-term action: leave the datacentre", "leave the datacentre", None),
        ("P1 AI: drop the index", "drop the index", None),
        ("#1 TODO: buy more disk", "buy more disk", None),
        ("purged the cdn. f/u: a purge button", "a purge button", None),
        ("bumped the pool, AI: make it a flag", "make it a flag", None),
        ("added nodes | AI: autoscale them", "autoscale them", None),
        ("blocked the range :todo: unblock it", "unblock it", None),
        ("reverted the flag; follow up: name an owner", "name an owner", None),
        ("turned it off. To do: turn it on again", "turn it on again", None),
        ("back on, action: bo to add a graph", "bo to add a graph", "UBO"),
        ("mails flow.TODO: enable it again", "enable it again", None),
    ],
)
def test_a_mark_inside_a_line_is_found_with_whom_it_is_for(
    harvest: Harvest, line: str, text: str, who: str | None
) -> None:
    assert found(harvest(line)) == [(text, who)]
    assert marked.places(Said(["hello", line])) == [1]


def test_several_in_brackets_are_several(harvest: Harvest) -> None:
    of = harvest("fine for now (TODO: fix a) but not for long (TODO: fix b)")
    assert found(of) == [("fix a", None), ("fix b", None)]


@pytest.mark.parametrize(
    "line",
    [
        "the code says (TODO: handle vouchers)",
        "there is a comment // TODO: handle vouchers",
        "foo(bar); // TODO: handle null",
        "it has a TODO: fix me",
        "we added a TODO: fix it later",
        "in the code is a TODO: fix the loop",
        "grep finds TODO: handle it in 5 files",
        'he wrote "it is bad (TODO: fix it)"',
        "`x = 1 // TODO: fix it`",
        "the call went well (follow-up: all good)",
        "my list (TODO list is long)",
        "nothing (TODO: none)",
        "no idea - TODO tomorrow",
        "rolled back (TODO: fix the zone) ✅",
        "fixed (TODO: fix the zone - done)",
        "[TODO test] failed again",
        "the docs (action plan) are wrong",
        "P1 action plan: see the doc",
        "the limit was 5, todo is long",
    ],
)
def test_what_is_told_of_done_or_no_mark_is_none(harvest: Harvest, line: str) -> None:
    assert found(harvest(line)) == []


@pytest.mark.parametrize(
    ("line", "text", "kind"),
    [
        ("restarted db2, errors gone. TODO: alert on lag", "restarted db2, errors gone.", TimelineKind.action),
        ("all green, resolved. TODO bo: write the post-mortem", "all green, resolved.", TimelineKind.resolved),
        ("mail is flowing, resolved. TODO: write it up", "mail is flowing, resolved.", TimelineKind.resolved),
        ("failed over to db2, errors are down (TODO: alert on disks)", "failed over to db2, errors are down", None),
        ("rolled back. Action: bo to write the runbook", "rolled back.", TimelineKind.action),
    ],
)
def test_what_is_told_in_front_of_a_mark_is_an_event(
    harvest: Harvest, say: Say, line: str, text: str, kind: TimelineKind | None
) -> None:
    talk = harvest("the checkout is down for everybody", "the deploy of 13:50 broke the pool", say(line, "UBO", 2))
    assert [each.rule for each in talk.todos] == ["H-01"]
    told = [each for each in talk.timeline if each.rule == "H-43"]
    assert [each.text for each in told] == [text]
    assert kind in (None, told[0].kind)


@pytest.mark.parametrize(
    "line",
    [
        "also for later, TODO: alert on lag",
        "good point. TODO: alert on lag",
        "TODO: alert on lag",
        "alert on lag #todo",
    ],
)
def test_words_that_only_lead_to_a_mark_are_none(harvest: Harvest, line: str) -> None:
    talk = harvest("the checkout is down for everybody", "the deploy of 13:50 broke the pool", line)
    assert [each.rule for each in talk.todos] == ["H-01"]
    assert [each for each in talk.timeline if each.rule == "H-43"] == []


def test_a_mark_in_what_somebody_quotes_is_none(harvest: Harvest) -> None:
    assert found(harvest('the vendor says: "we fixed it. TODO: customer must flush"')) == []


def test_steps_with_a_mark_each_stay_lines_of_their_own(harvest: Harvest, say: Say) -> None:
    steps = ("restarted db3, errors gone. TODO: alert on lag", "rolled back 812. TODO: tag the release")
    talk = harvest("checkout is down", *(say(step, "UCY", 5 + minute) for minute, step in enumerate(steps)))
    told = [each.text for each in talk.timeline if each.user_id == "UCY"]
    assert told == ["restarted db3, errors gone.", "rolled back 812."]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (
            "Action items: alert on pools, runbook for the failover, and canary for config",
            ["alert on pools", "runbook for the failover", "canary for config"],
        ),
        (
            "TODOs: fix the limit, rotate the keys and add an alert",
            ["fix the limit", "rotate the keys", "add an alert"],
        ),
        ("Action items: tell support, legal, and the bank", ["tell support, legal, and the bank"]),
        ("Action items: update the runbook, dashboards, alerts", ["update the runbook, dashboards, alerts"]),
        ("TODO: fix the limit, rotate the keys, add an alert", ["fix the limit, rotate the keys, add an alert"]),
    ],
)
def test_a_mark_for_several_things_stands_for_each_between_commas(
    harvest: Harvest, line: str, texts: list[str]
) -> None:
    assert [text for text, _ in found(harvest(line))] == texts


@pytest.mark.parametrize(
    "line",
    [
        "they are left out for now. Noting as an action, Cy takes them in again by tomorrow",
        "they are left out for now. logged that as a follow-up: Cy takes them in again by tomorrow",
    ],
)
def test_what_is_noted_as_one_behind_a_sentence_is_marked(harvest: Harvest, line: str) -> None:
    (todo,) = harvest(line).todos
    assert (todo.rule, todo.text, todo.due) == ("H-01", "Cy takes them in again by tomorrow", "by tomorrow")
    assert todo.detail == line


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("the rota is wrong. TODO: fix it @cy", "the rota is wrong. TODO: fix it @cy"),
        ("the rota is wrong. TODO: alert on an empty rota", ""),
        ("TODO: fix it before the sale", ""),
    ],
)
def test_what_points_at_the_words_before_the_mark_is_shown_with_them(harvest: Harvest, line: str, detail: str) -> None:
    (todo,) = harvest("checkout is down", line).todos
    assert todo.detail == detail


def test_what_counts_as_one_is_not(harvest: Harvest) -> None:
    assert not any(each.rule == "H-01" for each in harvest("the alert counts as an action, not as noise").todos)
