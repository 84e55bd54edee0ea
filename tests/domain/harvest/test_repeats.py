"""The same alert within six hours counts once, whatever its app calls it the second time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings, TimelineKind
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


def alerts(harvest: Harvest, say: Say, *said: str | tuple[str, float]) -> list[tuple[TimelineKind, str]]:
    timed = [(each, 5.0 * place) if isinstance(each, str) else each for place, each in enumerate(said)]
    rows = [say(text, None, minute, bot_id="B1", bot_name="PagerDuty") for text, minute in timed]
    return [(each.kind, each.text) for each in harvest(*rows, say("looking at the logs", "UBO", 500)).timeline]


@pytest.mark.parametrize(
    "again",
    [
        "Triggered #42: db-1 CPU above 90%",
        "Re-triggered #42: db-1 CPU above 90%",
        "still firing: #42 db-1 CPU above 93%",
        "[STILL FIRING] #42 another wording",
    ],
)
def test_an_alert_that_fires_again_counts_once(harvest: Harvest, say: Say, again: str) -> None:
    first = "Triggered #42: db-1 CPU above 90%"
    assert alerts(harvest, say, first, again) == [(TimelineKind.page, first)]


def test_an_alert_without_a_number_is_known_by_its_words(harvest: Harvest, say: Say) -> None:
    first, over = "[FIRING] checkout latency", "[RESOLVED] checkout latency"
    assert alerts(harvest, say, first, "still firing: checkout latency", over, first, over) == [
        (TimelineKind.page, first),
        (TimelineKind.mitigation, over),
    ]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("ALERT: disk full on web-3", "ALERT: disk full on web-3 (2nd notification)"),
        ("Alert: p95 latency above threshold", "Alert still active: p95 latency above threshold"),
        ("PROBLEM - load on web1 is CRITICAL: 32", "PROBLEM - load on web1 is CRITICAL: 35"),
    ],
)
def test_however_an_app_says_that_it_goes_on(harvest: Harvest, say: Say, first: str, again: str) -> None:
    assert [text for _, text in alerts(harvest, say, first, again)] == [first]


def test_another_alert_is_another_line(harvest: Harvest, say: Say) -> None:
    said = ("Triggered #42: db is slow", "Triggered #43: disk full", "Resolved #42 by ana", "Resolved #43 by ana")
    assert [kind for kind, _ in alerts(harvest, say, *said)] == [TimelineKind.page] * 2 + [TimelineKind.mitigation] * 2


def test_what_two_alerts_share_may_be_the_severity_or_the_host(harvest: Harvest, say: Say) -> None:
    said = (
        "[FIRING] SEV-2 checkout latency",
        "[FIRING] SEV-2 disk full",
        "[FIRING] WEB-12 load",
        "[FIRING] WEB-12 memory",
    )
    assert [text for _, text in alerts(harvest, say, *said)] == list(said)


def test_after_six_hours_it_counts_again(harvest: Harvest, say: Say) -> None:
    first = "[FIRING] checkout latency"
    assert len(alerts(harvest, say, (first, 0), (first, 350), (first, 370))) == 2


@pytest.mark.parametrize("line", ["[RESOLVED] HighErrorRate api", "OK: queue age 3 s", "Resolved #42: disk full"])
def test_an_alert_that_is_over_says_that_it_got_better(harvest: Harvest, say: Say, line: str) -> None:
    assert alerts(harvest, say, line) == [(TimelineKind.mitigation, line)]


@pytest.mark.parametrize("line", ["Triggered by ana: nightly docs", "Triggered deploy of docs to staging"])
def test_what_a_person_triggered_is_no_alert(harvest: Harvest, say: Say, line: str) -> None:
    assert not {TimelineKind.page, TimelineKind.detection} & {kind for kind, _ in alerts(harvest, say, line)}
