"""What belongs on a timeline, of which kind, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]

EVENTS = {
    TimelineKind.detection: [
        "we're seeing a lot of 502s on checkout",
        "checkout is down",
        "is anyone else seeing timeouts?",
        "the scanners cannot verify tickets any more",
        "rollback stuck",
        "disk full on web-3",
        "support reports long queues",
        "the api gives me a 502",
        "alerts are firing for the api",
        "customers are reporting failed logins",
        "api-gateway is throwing errors",
        "5xx spiking on the gateway",
        "at 6:45pm IST I saw the first timeouts",
    ],
    TimelineKind.page: [
        "paging the database on-call",
        "I got paged for this",
        "Nagios pages the database on-call",
        "escalated to networking",
        "opened a case with AWS",
        "paged @cy",
        "page <@UCY> please",
        "please page the database on-call",
    ],
    TimelineKind.impact_start: [
        "first failed logins in the east",
        "it started at 13:41 UTC",
        "errors began around 13:41",
        "impact since ~13:41",
        "errors began around 9ish local",
        "it started just before 3 my time",
    ],
    TimelineKind.action: [
        "restarted lb-03",
        "ok, doing it now",
        "pushed. rolling out",
        "rerunning, five minutes or so",
        "api 2.14.1 is live",
        "I'll put the old value back now",
        "rolling back now",
        "I've disabled the flag",
        "killing it",
        "I'll restart it now",
        "rollback is done",
        "reverted the config change",
        "replaying the events now",
        "scaled the workers to 12",
        "going to fail over the db",
    ],
    TimelineKind.decision: [
        "we decided to wait",
        "let's roll back 2.41",
        "decision: drop the old events",
        "we agreed to fail over",
        "go ahead and merge",
    ],
    TimelineKind.mitigation: [
        "error rate is coming down",
        "connections are dropping",
        "seeing recovery",
        "the api is back up",
        "logins are working again",
        "6 of 6 healthy",
        "declines are down to 2 percent",
        "index valid again",
        "memory is flat now",
        "83% and falling",
        "mitigation in place",
        "lag is dropping fast",
    ],
    TimelineKind.resolved: [
        "resolved",
        "this is resolved",
        "all clear",
        "everything is back to normal",
        "closing this incident",
        "marking this as resolved",
        "stand down everyone",
        "standing down the P1 at 16:25",
    ],
    TimelineKind.public: [
        "updated the status page",
        "statuspage is updated",
        "posted an update to statuspage",
        "customers have been notified",
        "tweeted about it",
        "status page back to green",
        "posted: https://social.example/@us/1",
    ],
    TimelineKind.severity_change: [
        "declaring this a SEV-2",
        "upgrading to sev1",
        "downgrading to SEV3",
        "SEV-1 is over, back to SEV-2 for now",
        "We are in SEV-1 from now on: nobody can board",
        "this is now a SEV-1",
        "SEV-1.",
        ":rotating_light: SEV1 checkout API down",
    ],
    TimelineKind.other: [
        "looks like the cert expired",
        "found it: a lock on the orders table",
        "it's because of the index build",
        "p99 is at 12s",
        "turns out the disk is full",
        "logs show the pool is empty",
    ],
}


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in EVENTS.items() for line in lines])
def test_an_event_is_found_and_named(harvest: Harvest, kind: TimelineKind, line: str) -> None:
    assert [entry.kind for entry in harvest(line).timeline] == [kind]


@pytest.mark.parametrize(
    "line",
    [
        "thanks all",
        "looking",
        "ok",
        ":eyes:",
        "should we restart it?",
        "can we roll back?",
        "I'll restart the pods if it happens again",
        "it should recover soon",
        "don't restart it",
        "we haven't rolled back",
        "is it resolved?",
        "not resolved yet",
        "any update?",
        "joining the call",
        "let me know",
        "nice work",
        "looks good to me",
        "I'll be back in 5",
        "let's not forget lunch",
        "who deployed?",
        "could you update the status page?",
        "is this a sev1?",
        "like the SEV-2 of last week",
        "sounds like a plan",
        "break it down for me",
        "waiting for it to recover",
        "hope it gets better",
        "&gt; restarted lb-03",
    ],
)
def test_talk_is_no_event(harvest: Harvest, line: str) -> None:
    assert harvest(line).timeline == ()


def test_short_messages_of_one_thought_are_one_entry(harvest: Harvest, say: Say, stamp: Callable[[float], str]) -> None:
    found = harvest(
        say("found it: a lock on the orders table", minute=0),
        say("it's because of the index build", minute=0.5),
        say("restarted lb-03", "UBO", minute=0.7),
        say("looks like that lock is old", minute=1),
    ).timeline
    assert [(entry.ts, entry.text) for entry in found] == [
        (stamp(0), "found it: a lock on the orders table\nit's because of the index build"),
        (stamp(0.7), "restarted lb-03"),
        (stamp(1), "looks like that lock is old"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("resolved", TimelineKind.resolved),
        ("this is a sev1", TimelineKind.severity_change),
        ("status page updated", TimelineKind.public),
        ("page <@UCY> please", TimelineKind.page),
    ],
)
def test_an_event_of_its_own_is_not_swallowed_by_the_thought_before(
    harvest: Harvest, say: Say, clock: Callable[[float], datetime], line: str, kind: TimelineKind
) -> None:
    found = harvest(
        "checkout is down", say("found it: a lock on the orders table", "UBO", 2), say(line, "UBO", 2.5)
    ).timeline
    assert [(each.kind, each.at.replace(microsecond=0)) for each in found[-2:]] == [
        (TimelineKind.other, clock(2)),
        (kind, clock(2.5)),
    ]


def test_who_has_a_role_from_now_on_is_a_line_by_itself(harvest: Harvest, say: Say) -> None:
    said = (
        "taking over as Incident Commander",
        "found it: a lock on the orders table",
        "handing over command to <@UCY>",
    )
    found = harvest(*(say(line, "UBO", place / 2) for place, line in enumerate(said)), say("ok", "UCY", 3)).timeline
    assert [each.text for each in found] == [*said[:2], "handing over command to @cy"]


def test_different_steps_stay_apart(harvest: Harvest, say: Say) -> None:
    found = harvest(say("rolling back now", minute=0), say("error rate is coming down", minute=1)).timeline
    assert [entry.kind for entry in found] == [TimelineKind.action, TimelineKind.mitigation]


@pytest.mark.parametrize(
    ("url", "shows"),
    [
        ("https://acme.zoom.us/j/123", False), ("https://meet.google.com/abc-defg", False),
        ("https://teams.microsoft.com/l/meetup-join/x", False), ("https://meet.example.com/inc-1", False),
        ("https://meet.example.com/rec/inc-1", True),
        ("https://grafana.example.com/meet.x/", True),
    ],
)  # fmt: skip
def test_the_room_of_a_call_shows_nothing(harvest: Harvest, say: Say, url: str, shows: bool) -> None:
    (entry,) = harvest(say(f"restarted lb-03, we are in <{url}>")).timeline
    assert entry.evidence == ((url,) if shows else ())


def test_an_alert_is_evidence_of_when_it_was_known(harvest: Harvest, say: Say) -> None:
    alert = say("[FIRING:1] HighErrorRate api <https://alerts.example/1>", who=None, bot_id="B1", bot_name="alerts")
    paged = say("Triggered: checkout is failing", who=None, bot_id="B2", bot_name="PagerDuty", minute=1)
    found = harvest(alert, paged)
    assert [(entry.kind, entry.user_id, entry.evidence) for entry in found.timeline] == [
        (TimelineKind.detection, None, ("https://alerts.example/1",)),
        (TimelineKind.page, None, ()),
    ]
    assert found.responders == ()


def test_the_same_alert_again_and_again_is_one_entry(harvest: Harvest, say: Say) -> None:
    found = harvest(
        *(say(f"[FIRING:{n}] HighErrorRate api {n} %", who=None, bot_id="B1", minute=n) for n in range(1, 9))
    )
    assert len(found.timeline) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Reminder: standup in 5 minutes",
        "Deployed docs to staging",
        "ana joined the video call",
        "The on-call for payments is bo",
    ],
)
def test_an_apps_chatter_is_no_event(harvest: Harvest, say: Say, line: str) -> None:
    assert harvest(say(line, who="UBOT", bot_id="B1")).timeline == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Status changed: Investigating → Monitoring", TimelineKind.status_change),
        ("Severity changed: SEV-2 → SEV-1", TimelineKind.severity_change),
        ("Incident INC-7 declared by ana", TimelineKind.status_change),
        ("Incident INC-7 resolved", TimelineKind.resolved),
    ],
)
def test_an_incident_apps_line_is_a_change(harvest: Harvest, say: Say, line: str, kind: TimelineKind) -> None:
    assert [entry.kind for entry in harvest(say(line, who="UBOT", bot_id="B1")).timeline] == [kind]


@pytest.mark.parametrize(
    "line", ["I'll take IC. SEV-2, image uploads failing.", "I'm IC. sev 2", "checkout is down for all. SEV-2."]
)
def test_a_severity_told_in_a_sentence_of_its_own_is_declared(harvest: Harvest, line: str) -> None:
    found = harvest("looking", line)
    assert [severity for _, severity in found.severities] == [2]
    assert [entry.kind for entry in found.timeline if entry.text == line] == [TimelineKind.severity_change]


@pytest.mark.parametrize("line", ["IC is me. this is like last week. SEV-2, same thing", "I'm IC. sev 2?"])
def test_a_severity_of_another_time_or_in_question_is_not(harvest: Harvest, line: str) -> None:
    assert harvest("looking", line).severities == ()


@pytest.mark.parametrize(
    ("question", "answer", "severities"),
    [
        ("is this a sev1?", "yes", [1]),
        ("so, is it a SEV-2 now?", "yep", [2]),
        ("do we call it a sev1?", "yep", [1]),
        ("sev1?", "yes", [1]),
        ("checkout is down in all of EU. Is this a sev1?", "yes, half the users are out", [1]),
        ("do we agree this is a sev1?", "agreed", [1]),
        ("downgrade to sev3?", "definitely", [3]),
        ("is this a sev1?", "no, only the export", []),
        ("is this a sev1?", "no, sev2", [2]),
        ("still a sev1?", "no, sev2 now", [2]),
        ("why is this a sev1?", "yeah", []),
        ("who says this is a sev1?", "yes", []),
        ("is this a sev1?", "yes and no", []),
        ("was that a sev1?", "yes", []),
    ],
)
def test_the_severity_that_somebody_else_says_yes_to(
    harvest: Harvest, say: Say, question: str, answer: str, severities: list[int]
) -> None:
    found = harvest(say(question), say(answer, who="UBO", minute=1))
    assert [severity for _, severity in found.severities] == severities
    if "sev2" not in answer:
        assert harvest(say(question), say(answer, minute=1)).severities == ()
    told = [each.text for each in found.timeline if each.rule == "H-34" and each.text.startswith(question)]
    assert told == ([f"{question} – {answer}"] if severities and "sev2" not in answer else [])


def test_a_yes_to_another_question_is_no_severity(harvest: Harvest, say: Say) -> None:
    talk = say("is this a sev1?"), say("has anybody paged the dba?", "UBO", 1), say("yes", "UCY", 2)
    assert harvest(*talk).severities == ()


def test_the_severity_that_an_app_announces_is_the_new_one(harvest: Harvest, say: Say) -> None:
    found = harvest(say("Severity changed: SEV-2 → SEV-1", who="UBOT", bot_id="B1"), "downgrading from SEV-1 to SEV-3")
    assert [severity for _, severity in found.severities] == [1, 3]


def test_when_it_began_is_told_in_the_past(harvest: Harvest, say: Say) -> None:
    found = harvest(say("errors started at 13:41 UTC", minute=20)).timeline
    assert found[0].at == datetime(2026, 1, 5, 13, 41, tzinfo=UTC)


def test_entries_are_in_the_order_of_the_events(harvest: Harvest, say: Say) -> None:
    found = harvest(say("restarted lb-03", minute=0), say("errors started at 13:41 UTC", "UBO", minute=5)).timeline
    assert [entry.kind for entry in found] == [TimelineKind.impact_start, TimelineKind.action]


def test_a_reply_knows_its_thread(harvest: Harvest, say: Say, stamp: Callable[[float], str]) -> None:
    found = harvest(
        say("checkout is down", minute=0, reply_count=1), say("restarted lb-03", "UBO", minute=1, thread_ts=stamp(0))
    ).timeline
    assert [entry.thread_ts for entry in found] == [None, stamp(0)]


def test_a_huge_message_is_cut_visibly(harvest: Harvest) -> None:
    found = harvest("restarted lb-03\n" + "x" * 9000).timeline
    assert len(found[0].text) == 3000
    assert found[0].text.endswith("…")


def test_names_are_inert(harvest: Harvest) -> None:
    found = harvest("restarted lb-03 <!channel> <@UBO> <!subteam^S1|@oncall> <#C9|ops>").timeline
    assert found[0].text == "restarted lb-03 @channel @bo @oncall #ops"


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (("last push of the rules was at 13:40 UTC", "reverting push 77"), [-20, 1]),
        (("reverting config push 8812", "restarted the api at 13:40 UTC"), [-20, 0]),
        (("restarted the api at 13:59 UTC", "reverting push 77"), [-1]),
    ],
    ids=["the first tells another time", "the second does", "a time that is the one of the message"],
)
def test_messages_that_tell_of_different_times_are_not_joined(
    harvest: Harvest, say: Say, clock: Callable[[float], datetime], lines: tuple[str, str], at: list[float]
) -> None:
    found = harvest(*(say(line, "UANA", minute) for minute, line in enumerate(lines))).timeline
    assert [each.at.replace(microsecond=0) for each in found] == [clock(minute) for minute in at]


@pytest.mark.parametrize("draft", ["status page draft:", "Draft for the status page:", "wording:"])
def test_words_for_the_status_page_that_nobody_approved_are_no_event(harvest: Harvest, say: Say, draft: str) -> None:
    said = f'{draft} "We are investigating errors at checkout. Next update in 30 minutes."'
    assert harvest(say("hello", "UBO", 0), say(said, "UANA", 1)).timeline == ()
    told = harvest(say("hello", "UBO", 0), say("We are investigating. Next update in 30 minutes.", "UANA", 1)).timeline
    assert [(each.kind, each.rule) for each in told] == [(TimelineKind.status_change, "H-07")]


@pytest.mark.parametrize("said", [":fire: 🔥🔥 :tada:", "🔥 ?!", ":rotating_light:"])
def test_pictures_alone_are_no_event(harvest: Harvest, say: Say, said: str) -> None:
    assert harvest(*(say(said, "UANA", minute) for minute in range(30))).timeline == ()
