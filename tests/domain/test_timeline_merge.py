"""Several lines as one, and the addresses that may show a line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain import evidence, incident_times, timeline, timeline_merge
from bot.domain.errors import BadInput
from bot.domain.harvest import shown
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.message import FileRef, Message
from bot.domain.postmortem import Times
from bot.domain.timeline import Item

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
GRAPH = "https://grafana.example/d/1"


def line(number: int, text: str = "x", **values: Any) -> Item:
    given: dict[str, Any] = {"ts": f"{number}.000100", "line": 0, "user_id": f"U{number}", "kind": TimelineKind.other}
    at = NOON + timedelta(minutes=number)
    return Item(id=f"i{number}", postmortem_id="pm", at=at, text=text, by="U1", saved_at=NOON, **(given | values))


def merged(*items: Item) -> Item:
    return timeline_merge.merged(items, "new", "U9", NOON)


def test_a_merged_line_has_the_earliest_time_all_words_and_all_evidence() -> None:
    late = line(2, " And failed over ", kind=TimelineKind.mitigation, evidence=(GRAPH, "https://log.example/"))
    early = line(1, "Paged <!channel>", evidence=(GRAPH,), approximate=True, rank=3)
    made = merged(late, early)
    assert (made.at, made.text) == (early.at, "Paged <!channel>\nAnd failed over")
    assert made.evidence == (GRAPH, "https://log.example/")
    assert (made.kind, made.approximate) == (TimelineKind.mitigation, True)
    assert (made.ts, made.user_id) == (early.ts, "U1"), "the message of the first"
    assert (made.id, made.by, made.version, made.merged_into) == ("new", "U9", 1, None)


@pytest.mark.parametrize("kind", [TimelineKind.resolved, TimelineKind.impact_start, TimelineKind.mitigation])
def test_a_merge_keeps_the_kind_that_is_asked_for_and_counted_with(kind: TimelineKind) -> None:
    assert merged(line(1, kind=TimelineKind.status_change), line(2, kind=kind)).kind is kind
    assert merged(line(1), line(2, kind=TimelineKind.decision)).kind is TimelineKind.decision
    assert merged(line(1), line(2)).kind is TimelineKind.other


def test_the_time_is_about_right_only_where_the_earliest_is() -> None:
    assert not merged(line(1), line(2, approximate=True)).approximate


def test_a_reason_for_no_data_stays_only_where_no_line_has_any() -> None:
    why = line(1, waiver="kept a week"), line(2, waiver="kept a week"), line(3, waiver="not measured"), line(4)
    assert merged(*why).waiver == "kept a week\nnot measured"
    assert merged(*why, line(5, evidence=(GRAPH,))).waiver == ""
    long = merged(line(1, waiver="a" * 999), line(2, waiver="b" * 900))
    assert long.waiver == "a" * 999, "the form of the line holds a thousand characters"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], "at least two"),
        ([line(1)], "at least two"),
        ([line(1), line(2, removed=True)], "at least two"),
        ([line(n, evidence=tuple(f"{GRAPH}{n}{m}" for m in range(11))) for n in (1, 2)], "22 addresses"),
        ([line(1, "a" * 20_000), line(2, "b" * 20_000)], "longer than 30000 characters"),
        # No form would show it, nor a second text beside it.
        ([line(1, "\U0001f525" * 7_000), line(2, "\U0001f525" * 7_000)], "fewer of letters that are not Latin"),
    ],
)
def test_what_one_line_cannot_hold_is_refused(items: list[Item], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        merged(*items)


def test_the_parts_of_a_line_are_those_that_name_it() -> None:
    items = [line(2, merged_into="new", removed=True), line(1, merged_into="new", removed=True), line(3)]
    assert [item.id for item in timeline_merge.parts(items, "new")] == ["i1", "i2"]


def test_what_is_only_about_right_is_shown_so_and_never_to_the_second() -> None:
    assert timeline.moment(line(2)) == "2026-11-23 12:02:00"
    assert timeline.moment(line(2, approximate=True)) == "about 2026-11-23 12:02"


def test_the_incidents_own_times_are_proposed_for_what_they_tell() -> None:
    times = Times(NOON, NOON + timedelta(minutes=5), NOON + timedelta(hours=1))
    known = [incident_times.of(times, kind) for kinds in timeline.MUST_HAVES.values() for kind in kinds]
    assert known == [times.started_at, times.detected_at, None, times.resolved_at]


def test_a_message_shows_the_addresses_in_its_words_its_attachments_and_its_files() -> None:
    message = Message(
        "C1", "1.000100", text=f"see <{GRAPH}|the graph>, <https://acme.slack.com/archives/C1/p1> &amp; https://a.example/?b=1&amp;c=2.",
        links=("https://status.example/1",), files=(FileRef("F1", "x", "https://acme.slack.com/files/U1/F1", "image/png"),),
    )  # fmt: skip
    found = [GRAPH, "https://a.example/?b=1&c=2", "https://status.example/1", "https://acme.slack.com/files/U1/F1"]
    assert list(shown.by(message)) == found


def test_what_is_offered_as_evidence_is_an_address_of_data_that_the_line_does_not_have_yet() -> None:
    found = [GRAPH, "https://acme.slack.com/archives/C1/p1", GRAPH, "javascript:x", "https://log.example/1"]
    assert evidence.offered(found, ()) == (GRAPH, "https://log.example/1")
    assert evidence.offered(found, {GRAPH}) == ("https://log.example/1",)
    many = [f"https://log.example/{number}" for number in range(50)]
    assert evidence.offered(many, set(many[:30])) == tuple(many[30:])


@pytest.mark.parametrize(
    ("url", "label"),
    [
        (GRAPH, "grafana.example/d/1"),
        ("https://log.example/", "log.example"),
        ("https://log.example/?q=5xx", "log.example?q=5xx"),
        (f"https://log.example/{'a' * 100}/end", "log.example/…/end"),
        (f"https://log.example/end/{'a' * 100}", "log.example/…" + "a" * 47),
        (f"https://grafana.example/d/1?from={'1' * 100}&panelId=7", "grafana.example/d/1?…" + "1" * 29 + "&panelId=7"),
        (f"https://{'h' * 100}.example/a", "h" * 60),
        ("https://[broken", "https://[broken"),
    ],
)
def test_an_address_is_called_by_its_host_and_as_much_of_its_path_as_fits(url: str, label: str) -> None:
    assert evidence.label(url) == label
    assert len(evidence.label(url)) <= 60
    assert len(evidence.key(url)) == 16


def test_beside_a_line_an_address_is_called_without_what_is_asked_for_there() -> None:
    assert evidence.place("https://grafana.example/d/1?from=1764072000000#top") == "grafana.example/d/1"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("the dashboard of checkout", "the dashboard of checkout is no web address"),
        (f"{GRAPH}\nsee  grafana", "see grafana is no web address"),
        (f"{GRAPH} <!channel>", "<!channel> is no web address"),
        ("w " * 100, "w " * 29 + "w…"),
    ],
)
def test_what_is_no_address_is_named_as_it_was_typed(typed: str, named: str) -> None:
    with pytest.raises(BadInput) as refused:
        evidence.addresses(typed)
    assert refused.value.message.startswith(named)
