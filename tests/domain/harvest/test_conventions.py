"""The conventions of the guides, one row each, in the words that the guides teach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.harvest.finding import Confidence, Findings, Role, TimelineKind
from bot.domain.harvest.message import FileRef, Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


def kinds(found: Findings) -> list[TimelineKind]:
    return [entry.kind for entry in found.timeline]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("TODO: Why didn't we get paged for this earlier?", "Why didn't we get paged for this earlier?"),
        (
            "TODO: Why did we not get paged for the fall in traffic on [X] cluster?",
            "Why did we not get paged for the fall in traffic on [X] cluster?",
        ),
        ("• *TODO*: add rate limit to the script", "add rate limit to the script"),
        ("todo - fix the dashboard", "fix the dashboard"),
        ("Todo – fix the dashboard", "fix the dashboard"),
        ("TODO (<@UBO>): page support earlier", "page support earlier"),
        ("TODO fix stuck locks alert", "fix stuck locks alert"),
        ("&gt; TODO: quoted one", "quoted one"),
        ("*TODO: all of it bold*", "all of it bold"),
        ("_todo_: in italics", "in italics"),
        (":memo: TODO: with an emoji", "with an emoji"),
        ("FOLLOW-UP: ask the vendor", "ask the vendor"),
        ("Follow up: ask the vendor", "ask the vendor"),
        ("ACTION: add an alert", "add an alert"),
        ("Todo for Ana: add an alert", "add an alert"),
        ("AI for Ana: add an alert", "add an alert"),
        ("AP: add an alert", "add an alert"),
        ("Post-mortem action: add an alert", "add an alert"),
        ("Action item: add an alert", "add an alert"),
        ("#action bo to write it up", "bo to write it up"),
        ("[ ] TODO: a box to tick", "a box to tick"),
        ("- [ ] add an alert", "add an alert"),
        ("[TODO] add an alert", "add an alert"),
        ("To do: add an alert", "add an alert"),
        ("ACTIONS: add an alert", "add an alert"),
        ("Action required: add an alert", "add an alert"),
        ("Next step: add an alert", "add an alert"),
        ("<!here> TODO: add an alert", "add an alert"),
        ("ok, TODO: add an alert", "add an alert"),
        ("☐ add an alert", "add an alert"),
        ("TODO(bo): no blank", "no blank"),
        ("todo:fix", "fix"),
        ("~TODO: old~ TODO: new", "new"),
    ],
)
def test_h01_a_marked_line_is_a_todo(harvest: Harvest, line: str, text: str) -> None:
    found = harvest(line).todos
    assert [(todo.text, todo.rule, todo.confidence) for todo in found] == [(text, "H-01", Confidence.A)]


@pytest.mark.parametrize(
    "line",
    [
        "we have a lot todo today",
        "The code has a TODO: comment in it",
        "```// TODO: x```",
        "```\nTODO: x\n```",
        "`TODO: x`",
        "todo",
        "TODO:",
        "TODO",
        "todo list is long",
        "TODO list is long",
        "TODO-123 is closed",
        "todo-app is down",
        "~TODO: struck out~",
        "Actions: restarted it",
        "TODO?",
        "ACTION: none",
        "Action items: n/a",
        "TODO: tbd",
        "TODO: ?",
        "[x] add an alert",
        "- [ ]",
        "☑ add an alert",
    ],
)
def test_h01_no_mark_no_todo(harvest: Harvest, line: str) -> None:
    assert harvest(line).todos == ()


def test_h01_each_line_is_one_todo_and_the_rest_is_detail(harvest: Harvest) -> None:
    found = harvest("TODO: one\nwith more\nand more\nTODO: two\n\nunrelated").todos
    assert [(todo.line, todo.text, todo.detail) for todo in found] == [
        (0, "one", "with more\nand more"),
        (3, "two", ""),
    ]


def test_h03_an_offer_is_no_claim(harvest: Harvest) -> None:
    assert harvest("I can take IC whenever you like").ic is None
    assert harvest("I'm IC if nobody wants it").ic is None


@pytest.mark.parametrize(
    "head", ["Action items so far:", "TODO:", "TODOs:", "Action items:", "*Follow-ups*:", "Next steps:"]
)
def test_h01_a_list_under_a_heading_is_todos(harvest: Harvest, head: str) -> None:
    found = harvest(f"{head}\n• add an alert\n• fix the runbook\nthanks all").todos
    assert [todo.text for todo in found] == ["add an alert", "fix the runbook"]


def test_h01_each_line_below_a_mark_that_stands_alone_is_one(harvest: Harvest) -> None:
    found = harvest("TODO:\nwrite the docs\nadd an alert").todos
    assert [(todo.text, todo.rule) for todo in found] == [("write the docs", "H-01"), ("add an alert", "H-01")]


def test_h01_what_is_ticked_in_a_list_is_done(harvest: Harvest) -> None:
    found = harvest("Action items:\n- [x] add an alert\n- [ ] fix the runbook\n- tell support").todos
    assert [todo.text for todo in found] == ["fix the runbook", "tell support"]


def test_h01_a_wording_counts_once(harvest: Harvest) -> None:
    found = harvest(
        "TODO: Add the alert.",
        ("&gt; TODO: add the alert", "UBO"),
        ("we should really add the alert so that we hear of it first", "UCY"),
    ).todos
    assert [(todo.text, todo.user_id) for todo in found] == [
        ("Add the alert.", "UANA"),
        ("we should really add the alert so that we hear of it first", "UCY"),
    ]


@pytest.mark.parametrize(
    ("line", "assignee"),
    [
        ("TODO (<@UBO>): x y", "UBO"),
        ("TODO (Bo Berg): x y", "UBO"),
        ("TODO (Zoe): x y", "Zoe"),
        ("TODO: <@UCY> add the alert", "UCY"),
        ("TODO: cy to add the alert", "UCY"),
        ("TODO: I'll add the alert", "UANA"),
        ("TODO: someone should add the alert", None),
        ("- [ ] add the alert <@UCY>", "UCY"),
        ("TODO: add the alert (<@UCY>)", "UCY"),
        ("TODO: add the alert for <@UCY>", "UCY"),
        ("TODO: go through the alert with <@UCY>", None),
        ("TODO: ask <@UCY>", None),
        ("TODO: add the alert", None),
        ("TODO (someone): add it", None),
        ("TODO (P1): add it", None),
        ("TODO (cy, by friday): add it", "UCY"),
        ("TODO: <!here> add it", None),
        ("TODO: <@U999|zed> add it", "zed"),
    ],
)
def test_h01_whom_it_is_for(harvest: Harvest, line: str, assignee: str | None) -> None:
    assert [todo.assignee for todo in harvest(line).todos] == [assignee]


def test_h02_a_role_line_with_names(harvest: Harvest) -> None:
    found = harvest("IC: Bo Berg, Deputy: Deputy Deputyson, Scribe: Writer McWriterson").role_claims
    assert [(claim.role, claim.user_id, claim.name) for claim in found] == [
        (Role.ic, "UBO", None),
        (Role.deputy, None, "Deputy Deputyson"),
        (Role.scribe, None, "Writer McWriterson"),
    ]
    assert {claim.confidence for claim in found} == {Confidence.A}


def test_h02_a_role_line_with_mentions(harvest: Harvest) -> None:
    found = harvest("IC: <@UANA>, Deputy: <@UBO>, Scribe: <@U3|w>")
    assert [(claim.role, claim.user_id or claim.name) for claim in found.role_claims] == [
        (Role.ic, "UANA"),
        (Role.deputy, "UBO"),
        (Role.scribe, "w"),
    ]


def test_h02_the_last_line_wins_and_the_first_is_kept(harvest: Harvest) -> None:
    found = harvest("IC: ana", "IC: bo")
    assert found.ic is not None
    assert (found.ic.user_id, [claim.user_id for claim in found.role_claims]) == ("UBO", ["UANA", "UBO"])


@pytest.mark.parametrize(
    "line",
    ["This is Ana, I am the Incident Commander for this call.", "This is Ana, I am now the Incident Commander"],
)
def test_h03_the_author_takes_command(harvest: Harvest, line: str) -> None:
    found = harvest(line).ic
    assert found is not None
    assert (found.user_id, found.rule, found.confidence) == ("UANA", "H-03", Confidence.B)


def test_h04_command_is_handed_over_at_a_time(harvest: Harvest, clock: Callable[[float], datetime]) -> None:
    found = harvest("I am the Incident Commander", "at this time I am handing over command to <@UBO>.")
    assert found.ic is not None
    assert (found.ic.user_id, found.ic.rule) == ("UBO", "H-04")
    assert found.ic.at.replace(microsecond=0) == clock(1)
    assert [claim.user_id for claim in found.role_claims] == ["UANA", "UBO"]


def test_h05_a_poll_is_a_decision_and_names_a_responder(harvest: Harvest) -> None:
    line = "Polled for decision on whether to perform rolling restart. We are proceeding with restart. [bo] to execute."
    found = harvest(line)
    assert [(entry.kind, entry.rule, entry.confidence) for entry in found.timeline] == [
        (TimelineKind.decision, "H-05", Confidence.A)
    ]
    assert {each.user_id: each.messages for each in found.responders if each.suggested} == {"UANA": 1, "UBO": 0}
    assert found.todos == ()


def test_h06_what_the_scribe_notes_is_for_the_timeline(harvest: Harvest) -> None:
    found = harvest(
        ("is prod-server-1 ok?", "UBO"),
        "Scribe: <@UBO>",
        ("prod-server-387723 is odd", "UBO"),
        ("thanks!", "UBO"),
        ("anybody?", "UBO"),
    )
    assert [(entry.text, entry.rule, entry.confidence) for entry in found.timeline] == [
        ("prod-server-387723 is odd", "H-06", Confidence.B)
    ]


def test_h06_after_the_end_the_scribe_only_chats(harvest: Harvest, say: Say) -> None:
    talk = [
        say("I'm scribe", "UBO", 0), say("pool of db-2 is exhausted", "UBO", 60), say("resolved, all clear", "UANA", 120),
        say("off to lunch", "UBO", 180), say("the printer is out of paper", "UBO", 9_000),
    ]  # fmt: skip
    noted = [each.text for each in harvest(*talk).timeline if each.rule == "H-06"]
    assert noted == ["pool of db-2 is exhausted"]


def test_h06_a_scribe_who_is_relieved_notes_no_more(harvest: Harvest) -> None:
    found = harvest("Scribe: bo", "Scribe: cy", ("I wonder about that box", "UBO"), ("the box is odder", "UCY"))
    assert [entry.user_id for entry in found.timeline] == ["UCY"]


@pytest.mark.parametrize(
    "line",
    [
        "We are in SEV-1, service A is unhappy, next checkin in 3 minutes",
        "We are currently in a SEV-1 situation with service A",
    ],
)
def test_h07_a_status_report_gives_state_and_severity(harvest: Harvest, line: str) -> None:
    found = harvest(line)
    assert kinds(found) == [TimelineKind.status_change]
    assert found.timeline[0].confidence is Confidence.A
    assert [severity for _, severity in found.severities] == [1]


def test_h08_an_update_for_executives_is_a_status_of_lower_standing(harvest: Harvest) -> None:
    found = harvest("<!here>: We are in SEV-1 due to X. Current actions: restarts").timeline
    assert [(entry.kind, entry.rule, entry.confidence) for entry in found] == [
        (TimelineKind.status_change, "H-08", Confidence.B)
    ]
    assert found[0].text.startswith("@here: We are")


@pytest.mark.parametrize(
    "line",
    [
        "Call is over, thanks everyone. Follow up in Slack.",
        "we're ending the call at this time",
        "Ok, closing the bridge",
        "The call has ended.",
    ],
)
def test_h09_the_end_of_the_call(harvest: Harvest, line: str, stamp: Callable[[float], str]) -> None:
    found = harvest("hello there", line)
    assert found.end_of_call is not None
    assert found.end_of_call.ts == stamp(1)
    assert found.todos == ()


@pytest.mark.parametrize(
    "line",
    [
        "is the call over?",
        "before we end the call: numbers",
        "the call is not over",
        "call me when it is over",
        "I'll end up on the call",
    ],
)
def test_h09_not_the_end_of_the_call(harvest: Harvest, line: str) -> None:
    assert harvest(line).end_of_call is None


def test_h10_a_note_carries_its_speaker(harvest: Harvest) -> None:
    found = harvest(("Note: (Bo Berg) We should have a better way to determine stuck locks.", "UCY"))
    assert [(todo.text, todo.user_id, todo.rule, todo.confidence) for todo in found.todos] == [
        ("We should have a better way to determine stuck locks.", "UBO", "H-10", Confidence.A)
    ]
    assert found.timeline == ()
    other = harvest("Note: (Bob B) The locks have been odd for an hour.")
    assert (kinds(other), other.todos) == ([TimelineKind.other], ())
    stranger = harvest("Note: (Bob B) We should sort the locks.").todos[0]
    assert (stranger.user_id, stranger.detail) == ("UANA", "Said by Bob B")


def test_h11_an_approved_message_is_public_when_it_is_approved(harvest: Harvest, stamp: Callable[[float], str]) -> None:
    found = harvest(
        ('Message for customers: "We are looking into slow logins."', "UBO"),
        ("ok?", "UBO"),
        "Looks good, go ahead and post.",
    )
    public = [entry for entry in found.timeline if entry.kind is TimelineKind.public and entry.rule == "H-11"]
    assert [(entry.ts, entry.user_id) for entry in public] == [(stamp(2), "UBO")]
    assert "We are looking into slow logins." in public[0].text


@pytest.mark.parametrize("answer", ["Looks good, but wait for the numbers", "don't post it yet", "who wrote that?"])
def test_h11_no_approval_nothing_public(harvest: Harvest, answer: str) -> None:
    found = harvest(('Message for customers: "Hello."', "UBO"), answer)
    assert TimelineKind.public not in kinds(found)


def test_h12_customers_who_called_are_a_hint(harvest: Harvest) -> None:
    found = harvest("We've had 6 customers call so far").timeline
    assert [(entry.rule, entry.confidence) for entry in found] == [("H-12", Confidence.B)]


def test_h13_only_the_page_command_is_an_event(harvest: Harvest) -> None:
    found = harvest("!ic page", "!status", "!status stalk", "!ic who", "!ic responders", "!ic")
    assert [(entry.kind, entry.rule) for entry in found.timeline] == [(TimelineKind.page, "H-13")]


@pytest.mark.parametrize(
    "text",
    [
        "Condition: db is odd Actions: failing over Needs: a DBA",
        "Condition: db is odd\nActions: failing over\nNeeds: a DBA",
    ],
    ids=["one line", "three lines"],
)
def test_h14_a_can_report(harvest: Harvest, text: str) -> None:
    found = harvest(text)
    assert [(entry.kind, entry.rule) for entry in found.timeline] == [(TimelineKind.status_change, "H-14")]
    assert found.todos == ()


def test_h16_a_written_time_is_the_time_of_the_event(harvest: Harvest, say: Say) -> None:
    found = harvest(say("13:52 UTC - disabled the flag", minute=10)).timeline
    assert found[0].at == datetime(2026, 1, 5, 13, 52, tzinfo=UTC)
    assert (found[0].text, found[0].rule, found[0].kind) == ("disabled the flag", "H-16", TimelineKind.action)


def test_h16_every_timed_line_is_its_own_entry_in_order_of_the_times(harvest: Harvest) -> None:
    found = harvest(
        "Notes so far\n13:50 UTC - alerts are firing\n13:40 UTC - deploy went out\n13:55 UTC - rolled back"
    ).timeline
    assert [(entry.line, entry.at.minute) for entry in found] == [(2, 40), (1, 50), (3, 55)]


def test_h16_what_is_written_for_later_was_said_now(harvest: Harvest, say: Say) -> None:
    found = harvest(say("15:30 UTC - rolling back the api", minute=10)).timeline
    assert [(entry.at.hour, entry.at.minute, entry.text) for entry in found] == [
        (14, 10, "15:30 UTC - rolling back the api")
    ]


def test_h16_a_scribe_may_say_so_in_front(harvest: Harvest, say: Say) -> None:
    found = harvest(say("[notes] 14:02 on the bridge: Jo drains the pool", minute=10)).timeline
    assert [(entry.at.minute, entry.text, entry.rule) for entry in found] == [
        (2, "on the bridge: Jo drains the pool", "H-16")
    ]


def test_h16_a_ratio_is_no_time(harvest: Harvest) -> None:
    assert harvest("10:1 ratio, I think?").timeline == ()


@pytest.mark.parametrize(
    "mark", [{"reactions": ("stopwatch",)}, {"reactions": ("eyes", "memo")}, {"pinned": True}], ids=str
)
def test_h17_a_mark_by_hand_makes_an_entry(harvest: Harvest, say: Say, mark: dict[str, object]) -> None:
    found = harvest(say("maybe that old rack again?", **mark)).timeline
    assert [(entry.rule, entry.confidence) for entry in found] == [("H-17", Confidence.A)]
    assert harvest(say("maybe that old rack again?", reactions=("eyes",))).timeline == ()


def test_h17_a_picture_alone_can_be_marked(harvest: Harvest, say: Say) -> None:
    graph = FileRef("F1", "graph", "https://w.slack.com/files/U/F1/graph.png", "image/png")
    found = harvest(say("", files=(graph,), pinned=True)).timeline
    assert found[0].evidence == (graph.permalink,)


def test_h18_a_call_link_after_the_end_is_a_recording(harvest: Harvest) -> None:
    found = harvest("join <https://acme.zoom.us/j/1>", "call is over, thanks", "here: <https://acme.zoom.us/j/2>")
    assert [(each.url, each.confidence) for each in found.recordings] == [("https://acme.zoom.us/j/2", Confidence.C)]


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        ("<https://acme.zoom.us/rec/share/abc>", ["https://acme.zoom.us/rec/share/abc"]),
        ("recording: <https://drive.google.com/file/d/1>", ["https://drive.google.com/file/d/1"]),
        ("Recording of the bridge: <https://meet.example/rec/inc-1>", ["https://meet.example/rec/inc-1"]),
        ("Recording of our talk: <https://video.example/watch/1>", ["https://video.example/watch/1"]),
        ("the call was recorded <https://files.example/rec.mp4>", ["https://files.example/rec.mp4"]),
        ("we are recording, join <https://meet.google.com/abc>", []),
        ("not recorded, notes in <https://docs.google.com/d/1>", []),
        ("new recording rule <https://grafana.example/d/1>", []),
    ],
)
def test_h18_what_says_that_it_is_a_recording_is_one_at_any_time(harvest: Harvest, line: str, urls: list[str]) -> None:
    assert [each.url for each in harvest(line).recordings] == urls


def test_h19_links_and_files_of_a_message_are_its_evidence(harvest: Harvest, say: Say) -> None:
    graph = FileRef("F1", "graph", "https://w.slack.com/files/U/F1/graph.png", "image/png")
    line = "error rate is at 35 % <https://graph.example/d/1?a=1&amp;b=2|graph> <https://w.slack.com/archives/C1/p1>"
    found = harvest(say(line, files=(graph,), links=("https://logs.example/q",))).timeline
    assert found[0].evidence == ("https://graph.example/d/1?a=1&b=2", "https://logs.example/q", graph.permalink)


def test_h19_a_link_that_follows_a_line_is_its_evidence(harvest: Harvest) -> None:
    found = harvest(
        "error rate is at 35 %", "<https://graph.example/d/1>", ("<https://graph.example/d/2>", "UBO")
    ).timeline
    assert [entry.evidence for entry in found] == [("https://graph.example/d/1",)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("```select id\nfrom t\nwhere a &lt; 3```", "select id\nfrom t\nwhere a < 3"),
        ("I ran `kubectl get pods -n prod`", "kubectl get pods -n prod"),
        ("```sql\nSELECT id FROM t```", "sql\nSELECT id FROM t"),
        ("```$ ./fix.sh --now```", "$ ./fix.sh --now"),
        ("```sum(rate(http_requests_total[5m])) by (code)```", "sum(rate(http_requests_total[5m])) by (code)"),
        ("```curl -s https://x.example | jq .```", "curl -s https://x.example | jq ."),
        ("```# ceph osd tree down\n-9 host stor-09```", "# ceph osd tree down"),
        ("```web-3$ frobnicate\nok```", "web-3$ frobnicate"),
        ("```10.8.0.12:6379&gt; REPLICAOF NO ONE\nOK```", "10.8.0.12:6379> REPLICAOF NO ONE"),
        ("```mds02 ~ # heal\ndone```", "mds02 ~ # heal"),
        ("```&gt; select 1 from t;\n1```", "> select 1 from t;"),
        ("```\\d stops\nid int```", "\\d stops"),
    ],
)
def test_h20_commands_and_queries_are_kept_verbatim_without_what_they_printed(
    harvest: Harvest, raw: str, text: str
) -> None:
    assert [each.text for each in harvest(raw).queries] == [text]


@pytest.mark.parametrize(
    "raw",
    [
        '```{"error": "boom"}```',
        "```2026-01-05 10:00:01 ERROR boom```",
        "```Traceback (most recent call last)```",
        "set `max_conns` higher",
        "```java.lang.Error: x\n  at a.b(c)```",
        "```1.1T  /srv/public\n310G  /var/lib```",
        "```a > b > c```",
        "```# remember the milk```",
    ],
)
def test_h20_what_a_program_printed_is_no_query(harvest: Harvest, raw: str) -> None:
    assert harvest(raw).queries == ()
