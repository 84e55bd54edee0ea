from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from bot.documents import outcome_words
from bot.domain.harvest import analyse, explain, legend, weighing, weights, wishes
from bot.domain.harvest.analyse import Analysis, Window
from bot.domain.harvest.explanation import Explanation, Verdict
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.finding import (
    Confidence,
    EndOfCall,
    Findings,
    Role,
    RoleClaim,
    TimelineFinding,
    TimelineKind,
    TodoFinding,
)
from bot.domain.harvest.heaviest import Unweighed
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from evaluation import reading, score
from evaluation.channel import Channel

TUNED = Path(reading.__file__).parent / "tuned"
CHANNELS = ("altmere", "brambleway", "nutshell", "teleskarn", "vantor")

Explain = Callable[..., list[Explanation]]


@cache
def channel(name: str) -> Channel:
    return reading.read(TUNED / f"{name}.txt")


@cache
def explained(name: str, windowed: bool) -> tuple[Findings, Analysis, dict[str, Explanation]]:
    of = channel(name)
    options = score.options(of) if windowed else analyse.USUAL
    whole = analyse.whole(of.messages, of.people, options)
    every = {each.ts: explain.explain(each, whole, of.people, named=False) for each in of.messages}
    return analyse.analyse(of.messages, of.people, options), whole, every


def verdicts(every: Iterable[Explanation]) -> list[Verdict]:
    return [verdict for each in every for verdict in each.verdicts]


@pytest.mark.parametrize("windowed", [True, False], ids=["in its time", "all of it"])
@pytest.mark.parametrize("name", CHANNELS)
class TestEveryMessageOfAChannel:
    def test_what_is_kept_is_what_was_found_and_nothing_else(self, name: str, windowed: bool) -> None:
        found, _, every = explained(name, windowed)
        kept = [each for each in verdicts(every.values()) if each.outcome is Outcome.kept]
        by_ts = {
            ts: [each.finding for each in one.verdicts if each.outcome is Outcome.kept] for ts, one in every.items()
        }
        for ts, mine in by_ts.items():
            assert [each for each in mine if isinstance(each, TodoFinding)] == [
                each for each in found.todos if each.ts == ts
            ]
            assert {each.line for each in mine if isinstance(each, TimelineFinding)} == {
                each.line for each in found.timeline if each.ts == ts
            }
        claims = [each.finding for each in kept if isinstance(each.finding, RoleClaim)]
        assert sorted(map(repr, claims)) == sorted(map(repr, found.role_claims))
        assert {each.finding for each in kept if each.now} == {each for each in (found.ic, found.scribe) if each}
        entries = [each.entry for each in kept if isinstance(each.finding, TimelineFinding)]
        assert sorted(map(repr, entries)) == sorted(map(repr, found.timeline))

    def test_whatever_is_joined_or_repeated_leads_to_a_line_that_stands(self, name: str, windowed: bool) -> None:
        found, _, every = explained(name, windowed)
        for each in verdicts(every.values()):
            if each.outcome in (Outcome.joined, Outcome.repeat, Outcome.same_message):
                assert each.entry in found.timeline
            if each.outcome is Outcome.joined:
                assert each.by is not None

    def test_everything_that_was_noticed_has_its_fate(self, name: str, windowed: bool) -> None:
        _, whole, every = explained(name, windowed)
        for ts, one in every.items():
            told = [each for asked in one.asked for each in asked.found]
            assert sorted(map(repr, told)) == sorted(repr(each) for _, each in whole.noticed if each.ts == ts)
            by_weight = sum(each.rule in (wishes.WISH, weighing.LINE) for each in one.verdicts)
            assert len(one.verdicts) == len(told) + by_weight

    def test_what_weighs_enough_is_found_and_what_does_not_is_not(self, name: str, windowed: bool) -> None:
        _, _, every = explained(name, windowed)
        for one in every.values():
            if not one.weighed:
                assert not one.read.talk
                continue
            wished, lines = one.weighed
            if wished.unweighed is None:
                todos = [each for each in one.verdicts if isinstance(each.finding, TodoFinding)]
                found = {each.finding.line for each in todos if each.outcome is not Outcome.too_light}  # type: ignore[union-attr]
                assert {each.line for each in wished.scaled if each.enough} == found
            told = [each for each in one.verdicts if isinstance(each.finding, TimelineFinding)]
            if lines.unweighed is None:
                assert lines.scaled[0].enough == any(each.outcome is not Outcome.too_light for each in told)
                noticed = any(each.rule != weighing.LINE for each in told)
                assert lines.noticed == (noticed and lines.gate is None)
            else:
                assert all(each.outcome is not Outcome.too_light for each in told)

    def test_start_and_parts_add_up_to_the_weight(self, name: str, windowed: bool) -> None:
        _, _, every = explained(name, windowed)
        for one in every.values():
            for scaled in (each for scale in one.weighed for each in scale.scaled if each.said):
                assert scaled.start + sum(part.weight for part in scaled.parts) == pytest.approx(scaled.weight)


@pytest.fixture
def explains(people: dict[str, Person], say: Callable[..., Message]) -> Explain:
    """`explains("text", ("text", "UBO"), Message(...), window=...)`: each message explained, a minute apart."""

    def run(*lines: str | tuple[str, str] | Message, window: Window | None = None) -> list[Explanation]:
        messages = []
        for minute, line in enumerate(lines):
            text, who = line if isinstance(line, tuple) else (line, "UANA")
            messages.append(text if isinstance(text, Message) else say(text, who, minute))
        whole = analyse.whole(messages, people, analyse.Options(window, "UBOT"))
        return [explain.explain(each, whole, people) for each in messages]

    return run


WISH = "We should really add an alert for the queue, so that we hear of it before customers do."
STEP = "restarted the api"


def of(one: Explanation, rule: str) -> Verdict:
    return next(each for each in one.verdicts if each.rule == rule)


@pytest.mark.parametrize(
    ("first", "then", "outcome"),
    [
        (WISH, ("never mind", "UANA"), Outcome.taken_back),
        (WISH, ("we already have that", "UBO"), Outcome.answered),
        (WISH, ("done", "UANA"), Outcome.done),
    ],
    ids=str,
)
def test_what_the_people_undid_names_the_message_that_undid_it(
    explains: Explain, first: str, then: tuple[str, str], outcome: Outcome
) -> None:
    wish, answer = explains(first, then)
    found = of(wish, "H-15")
    assert found.outcome is outcome
    assert found.by == answer.read.message


def test_the_close_reading_is_a_part_of_the_sum_and_names_the_words_that_speak_for_it() -> None:
    """Of a channel that is long enough to be looked at twice."""
    of = channel("vantor")
    whole = analyse.whole(of.messages, of.people, score.options(of))
    parts = [
        part
        for each in whole.findings.todos
        for weighed in explain.explain(next(m for m in of.messages if m.ts == each.ts), whole, of.people).weighed[:1]
        for scaled in weighed.scaled
        for part in scaled.parts
        if part.name == "~read"
    ]
    assert parts
    assert [("most for it: “" in each.label) for each in parts] == [each.weight > 0 for each in parts]


def test_what_weighs_most_is_told_first() -> None:
    of = channel("vantor")
    whole = analyse.whole(of.messages, of.people, score.options(of))
    for each in of.messages[:20]:
        for weighed in explain.explain(each, whole, of.people, named=False).weighed:
            for scaled in weighed.scaled:
                sizes = [abs(part.weight) for part in scaled.parts]
                assert sizes == sorted(sizes, reverse=True)


def test_a_marked_follow_up_is_done_by_its_thread_alone(explains: Explain, say: Callable[..., Message]) -> None:
    marked = say("TODO: add an alert", "UANA", 0)
    reply = say("done", "UBO", 5, thread_ts=marked.ts)
    first, second = explains(marked, reply)
    assert (of(first, "H-01").outcome, of(first, "H-01").by) == (Outcome.done, second.read.message)


def test_the_same_words_are_one_follow_up(explains: Explain) -> None:
    first, second = explains("TODO: add an alert", ("TODO: add an alert", "UBO"))
    assert of(first, "H-01").outcome is Outcome.kept
    assert of(first, "H-01").confidence is Confidence.A
    found = of(second, "H-01")
    assert (found.outcome, found.by, found.because) == (Outcome.same_wording, first.read.message, "H-01")


def test_one_line_is_one_follow_up(explains: Explain) -> None:
    (found,) = explains("TODO: bo to update the runbook, we should add an alert for the queue")
    assert of(found, "H-01").outcome is Outcome.kept
    others = [each for each in found.verdicts if isinstance(each.finding, TodoFinding) and each.rule != "H-01"]
    assert others
    assert {(each.outcome, each.because) for each in others} == {(Outcome.same_line, "H-01")}


def test_what_was_said_before_the_incident_is_outside(explains: Explain, clock: Callable[[float], object]) -> None:
    first, second = explains(STEP, ("I am the IC", "UBO"), window=Window(started_at=clock(120)))  # type: ignore[arg-type]
    assert {each.outcome for each in first.verdicts} == {Outcome.outside}
    assert not first.read.in_response
    (claimed,) = (each for each in second.verdicts if isinstance(each.finding, RoleClaim))
    assert (claimed.outcome, claimed.now) == (Outcome.outside, False)


def test_follow_ups_count_from_a_quarter_of_an_hour_before_the_incident(
    explains: Explain, clock: Callable[[float], object]
) -> None:
    early = Window(started_at=clock(10))  # type: ignore[arg-type]
    (one,) = explains("TODO: add an alert", window=early)
    assert (one.read.in_follow_ups, one.read.in_response) == (True, False)
    assert of(one, "H-01").outcome is Outcome.kept


def test_short_messages_of_one_thought_are_joined(explains: Explain) -> None:
    first, second = explains("Decision: we pause the mail queue", "Decision: we keep the queue paused")
    head, tail = of(first, "H-32"), of(second, "H-32")
    assert (head.outcome, tail.outcome, tail.by) == (Outcome.kept, Outcome.joined, first.read.message)
    assert head.entry is not None
    assert head.entry.text.endswith("we keep the queue paused")
    assert tail.entry == head.entry


def test_the_likeliest_kind_decides_between_rules(explains: Explain) -> None:
    _, one = explains("Decision: we fail over to the second region", "Decision: we keep the queue paused")
    assert (of(one, "H-26").outcome, of(one, "H-26").because) == (Outcome.other_kind, "H-32")
    assert one.weighed[1].likely is TimelineKind.decision


def test_a_message_is_one_line_and_leads_where_it_was_joined(explains: Explain) -> None:
    first, second = explains("Restarted the api", "Scaled up the workers to 12")
    (head, again), (tail, too) = first.verdicts, second.verdicts
    assert (head.outcome, again.outcome, again.because) == (Outcome.kept, Outcome.same_message, "H-26")
    assert (tail.outcome, too.outcome) == (Outcome.joined, Outcome.same_message)
    assert head.entry is not None
    assert {repr(each.entry) for each in (again, tail, too)} == {repr(head.entry)}


def test_what_weighs_too_little_is_no_line(explains: Explain) -> None:
    _, one = explains("hello", ("oh, it was read-only you said, sorry, thanks for that", "UBO"))
    assert [(each.rule, each.outcome) for each in one.verdicts] == [("H-25", Outcome.too_light)]
    scaled = one.weighed[1]
    assert (scaled.noticed, scaled.likely, scaled.scaled[0].enough) == (True, None, False)
    assert scaled.scaled[0].weight < scaled.least


def test_a_repeated_alert_counts_once(explains: Explain, say: Callable[..., Message]) -> None:
    alert = "FIRING: HighErrorRate on api, error rate 12%"
    first, second = explains(
        say(alert, None, 0, bot_id="B1", bot_name="prometheus"),
        say(alert, None, 30, bot_id="B1", bot_name="prometheus"),
    )
    repeated = next(each for each in second.verdicts if isinstance(each.finding, TimelineFinding))
    assert (repeated.outcome, repeated.by) == (Outcome.repeat, first.read.message)
    assert repeated.entry is not None
    assert repeated.entry.ts == first.read.message.ts
    assert first.read.message.name == "prometheus"
    assert second.weighed[0].unweighed is Unweighed.an_app


@pytest.mark.parametrize(
    ("text", "app", "why"),
    [
        ("hm", False, Unweighed.says_nothing),
        (":eyes:", False, Unweighed.says_nothing),
        ("!status", False, Unweighed.command),
        ('Message for customers: "We are looking into it, more at 15:00."', False, Unweighed.not_approved),
        ("Deployed api 4.2 to staging", True, Unweighed.no_customer),
    ],
)
def test_of_several_reasons_why_nothing_is_weighed_the_one_is_told(
    explains: Explain, say: Callable[..., Message], text: str, app: bool, why: Unweighed
) -> None:
    around = [say(each, "UANA", 60 + nth) for nth, each in enumerate(("we are down", "looking", "is it the db?"))]
    one = explains(say(text, None, 0, bot_id="B1", bot_name="ci") if app else say(text, "UANA", 0), *around)[0]
    assert one.weighed[1].unweighed is why
    assert outcome_words.UNWEIGHED[why].count(",") <= 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("~new:1", "1 word that nobody said before"),
        ("~new:2", "2 words that nobody said before"),
        ("~known:1", "1 word that is said often there"),
        ("~known:2", "2 words that are said often there"),
    ],
)
def test_one_word_is_told_of_as_one(name: str, expected: str) -> None:
    assert expected in legend.label(name)


def test_what_is_a_follow_up_is_left_to_the_follow_ups(explains: Explain) -> None:
    (one,) = explains("TODO: we decided to fail over")
    assert (of(one, "H-01").outcome, of(one, "H-32").outcome) == (Outcome.kept, Outcome.follow_up)
    assert of(one, "H-32").because == "H-01"


def test_a_recording_is_no_line_of_the_timeline(explains: Explain) -> None:
    one, again = explains(
        "14:02 restarted the api, see https://acme.zoom.us/rec/share/abc",
        "once more: https://acme.zoom.us/rec/share/abc",
    )
    assert of(one, "H-18").outcome is Outcome.kept
    line = next(each for each in one.verdicts if isinstance(each.finding, TimelineFinding))
    assert (line.outcome, line.because) == (Outcome.a_recording, "H-18")
    assert (of(again, "H-18").outcome, of(again, "H-18").by) == (Outcome.same_address, one.read.message)


def test_the_last_end_of_the_call_counts(explains: Explain) -> None:
    first, second = explains("The incident call is over now, thanks", "Hanging up, the call is over")
    ends = [each for one in (first, second) for each in one.verdicts if isinstance(each.finding, EndOfCall)]
    assert [(each.outcome, each.by) for each in ends] == [
        (Outcome.other_end, second.read.message),
        (Outcome.kept, None),
    ]


def test_the_last_who_took_a_role_has_it_now(explains: Explain) -> None:
    first, second = explains("I'll take IC", ("I'm IC now", "UBO"))
    (before,) = (each for each in first.verdicts if isinstance(each.finding, RoleClaim))
    (after,) = (each for each in second.verdicts if isinstance(each.finding, RoleClaim))
    assert (before.outcome, before.now) == (Outcome.kept, False)
    assert (after.rule, after.now, after.finding.role) == ("H-03", True, Role.ic)  # type: ignore[union-attr]


def test_who_joins_is_no_talk_and_nor_is_the_bot_itself(explains: Explain, say: Callable[..., Message]) -> None:
    joined, own = explains(
        say("<@UANA> has joined the channel", "UANA", 0, subtype="channel_join"), say("TODO: add an alert", "UBOT", 1)
    )
    for one in (joined, own):
        assert (one.read.talk, one.asked, one.weighed, one.verdicts) == (False, (), (), ())
    assert joined.read.subtype == "channel_join"


def test_the_words_that_wake_a_rule_are_named(explains: Explain) -> None:
    (one,) = explains(WISH)
    asked = next(each for each in one.asked if each.rule == "H-15")
    assert "should" in asked.cues
    assert next(each for each in one.asked if each.rule == "H-17").cues == ()
    assert all(each.found or each.rule != "H-15" for each in one.asked)


def test_links_alone_are_the_evidence_of_the_entry_before(explains: Explain) -> None:
    first, second = explains("Decision: we fail over to the second region", "https://grafana.example/d/1")
    assert second.read.lent_to == first.read.message.ts
    entry = next(each.entry for each in first.verdicts if each.entry)
    assert entry.evidence == ("https://grafana.example/d/1",)


def test_tickets_beside_are_told_too(explains: Explain) -> None:
    (one,) = explains("see https://jira.example/browse/OPS-12 for that")
    assert [(each.rule, each.text) for each in one.beside if hasattr(each, "text")] == [("H-38", "OPS-12")]


class TestLegend:
    def test_every_name_in_the_table_has_plain_words_of_its_own(self) -> None:
        tables = [weights.shipped(each) for each in ("timeline", "follow_ups", "single_lines")]
        names = {name for table in (*tables, weights.kinds()) for name in table.weights}
        labels = {name: legend.label(name) for name in names}
        assert [name for name, label in labels.items() if label == name or "~" in label or "<" in label] == []
        assert len(set(labels.values())) == len(labels)

    @pytest.mark.parametrize(
        ("name", "label"),
        [
            ("alert", "“alert”"),
            ("^ we", "begins with “we”"),
            ("<url> $", "ends with a link"),
            ("add <n>", "“add”, then a number"),
            ("~part:5", "in the last sixth of the conversation"),
            ("~since:0", "less than 10 minutes after the first message"),
            ("~since:2", "30 minutes to 60 minutes after the first message"),
            ("~since:7", "24 hours or more after the first message"),
            ("~pace:0", "the only message of ten minutes"),
            ("~pace:5", "32 messages or more in the ten minutes up to it"),
            ("~lasting@0", "a verb of work that lasts is the first word"),
            ("~names to step", "somebody is named in front of “to” and a verb of a step taken at once"),
            ("~sign: kept for later", "the sign “kept for later”"),
            ("~words:25+", "25 or more words"),
            ("H-26", "H-26 noticed it: A step is taken"),
        ],
        ids=str,
    )
    def test_in_words(self, name: str, label: str) -> None:
        assert legend.label(name) == label

    def test_every_rule_that_finds_something_has_a_title(self) -> None:
        for rule in ("H-36", "H-38", "H-39", "H-40", "H-41", "H-42"):
            assert legend.title(rule) != rule
