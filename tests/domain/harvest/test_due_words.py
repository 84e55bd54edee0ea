from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.harvest import bare_answer, due_date, due_words
from bot.domain.harvest.finding import Findings
from tests import factories

Harvest = Callable[..., Findings]

# A Tuesday.
WRITTEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("add an alert on queue depth by friday", "by friday"),
        ("@Bo please write the runbook by Friday, thanks", "by Friday"),
        ("we should rotate the keys next week", "next week"),
        ("raise the limits before black friday", "before black friday"),
        ("Raise the limits before the next release", "before the next release"),
        ("I'll fix the dashboard tomorrow", "tomorrow"),
        ("update the docs by EOD", "by EOD"),
        ("update the docs by end of week", "by end of week"),
        ("have it done by the end of the month", "by the end of the month"),
        ("move it to the new cluster within two weeks", "within two weeks"),
        ("we'll look at it in 3 days", "in 3 days"),
        ("due 2026-12-05: renew the certificate", "due 2026-12-05"),
        ("renew the certificate, due: June 15", "due: June 15"),
        ("Renew it - Due date: 2026-12-05", "Due date: 2026-12-05"),
        ("renew the certificate by Dec 5th", "by Dec 5th"),
        ("renew the certificate no later than 5 December 2026", "no later than 5 December 2026"),
        ("size the pool in the next sprint, and by Q1 at the latest", "next sprint"),
        ("I'll talk to the vendor on Monday", "on Monday"),
        ("Cy to write the runbook by Fri 9 Jan", "by Fri 9 Jan"),
        ("we'll rotate it on Friday, 9 January", "on Friday, 9 January"),
        ("audit the roles until end of Q1", "until end of Q1"),
        ("write the docs by mid-March", "by mid-March"),
        ("clean up the flags this week", "this week"),
        ("let's do it later this week", "later this week"),
        ("I'll put it in today", "today"),
        ("I change it tmrw, the config is in git", "tmrw"),
        ("fix goes out friday", "friday"),
        ("monday, with surge 3", "monday"),
        ("I'll swap them sunday evening, both are shut then", "sunday evening"),
        ("start it this week with the small one", "this week"),
        ("they send a PR in the morning", "in the morning"),
        ("report to me by noon please", "by noon"),
        ("send it by 15th", "by 15th"),
        ("deadline is oct 1, I can write it", "deadline is oct 1"),
        ("push it in Q1", "in Q1"),
        ("transport it after the freeze", "after the freeze"),
        ("rotate the keys by EOD Friday", "by EOD Friday"),
        ("rotate the keys by COB tomorrow", "by COB tomorrow"),
        ("rotate the keys by end of day on Friday", "by end of day on Friday"),
        ("rotate the keys by Friday EOD", "by Friday EOD"),
        ("rotate the keys by Friday 17:00 UTC", "by Friday 17:00 UTC"),
        ("rotate the keys by 17:00 UTC Friday, please", "by 17:00 UTC Friday"),
        ("rotate the keys by 5pm tomorrow", "by 5pm tomorrow"),
        ("rotate the keys on friday at 10", "on friday at 10"),
        ("I'll rotate the keys friday 10:00", "friday 10:00"),
        ("call the bank tomorrow at noon", "tomorrow at noon"),
        ("due 17:00 CET: call the bank", "due 17:00 CET"),
        ("rotate the keys within 48h", "within 48h"),
        ("rotate the keys in 24 hours", "in 24 hours"),
        ("rotate the keys before we ship v3", "before we ship v3"),
        ("rotate the keys before we go live in spain and tell cy", "before we go live in spain"),
        ("rotate the keys before v3 ships", "before v3 ships"),
        ("rotate the keys, due 20.01.", "due 20.01"),
        ("Can you go through them this week Bo?", "this week"),
        ("can you go through them this week?", "this week"),
        ("could somebody mail the shops today, <@UBO>?", "today"),
        ("can you rotate the keys tonight?", "tonight"),
        ("bo please rotate the keys today please", "today"),
        ("rotate the keys until 20.01.2027, cy knows", "until 20.01.2027"),
    ],
)
def test_the_words_are_those_that_were_written(said: str, due: str) -> None:
    assert due_words.of(said) == due


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("will send it tonight", "tonight"),
        ("the vendor asked for the logs, will send them tonight", "tonight"),
        ("nobody tested it, I'll do it tonight", "tonight"),
        ("we need the new checkout load-tested before black friday", "before black friday"),
        ("the importer has to be tested before black friday", "before black friday"),
        ("we should get it reviewed next week", "next week"),
        ("someone should email the affected customers tomorrow", "tomorrow"),
        ("refund all affected shops this week", "this week"),
        ("fix the outdated dashboards on friday", "on friday"),
        ("the page broke twice, somebody has to look at it tomorrow", "tomorrow"),
    ],
)
def test_what_is_yet_to_be_done_has_a_time_though_it_ends_like_the_past(said: str, due: str) -> None:
    assert due_words.of(said) == due


@pytest.mark.parametrize(
    "said",
    [
        "add an alert on queue depth",
        "find out why nobody was paged on friday",
        "the certificate that expired last monday needs an owner",
        "why did the check break before the release?",
        "look at the errors that happened this week",
        "add the day of the week to the report",
        "stop by the office",
        "make the page by id faster",
        "the alert that fired today was wrong",
        "fix the sort by month",
        "two different people, it's 1 today",
        "nobody looks at it on a saturday",
        "it owns it from today, in writing",
        "move today's backup",
        "put it into Monday's list of things",
        "look at the payments that failed on friday at 10:00",
        "find out who was affected this week",
        "look at the failed payments on friday",
        "find out what changed before we got paged",
        "nobody reviewed it before we shipped v3",
        "the pool moved to v3.1 with 20.01 seconds",
        "it took them within 5 min",
        "rotate the keys asap",
        "are you in today?",
        "is the queue still full this week, Bo?",
        "look at what we saw this week Bo",
        "did it page you tonight?",
        "",
    ],
)
def test_other_words_are_no_time(said: str) -> None:
    assert due_words.of(said) == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("by friday", date(2026, 11, 27)),
        ("friday morning", date(2026, 11, 27)),
        ("tmrw", date(2026, 11, 25)),
        ("by 30th", date(2026, 11, 30)),
        ("deadline is oct 1", date(2027, 10, 1)),
        ("by noon", None),
        ("this Thursday", date(2026, 11, 26)),
        ("by mon", date(2026, 11, 30)),
        ("on Monday", date(2026, 11, 30)),
        ("tomorrow morning", date(2026, 11, 25)),
        ("by EOD", date(2026, 11, 24)),
        ("later today", date(2026, 11, 24)),
        ("within two weeks", date(2026, 12, 8)),
        ("in 3 days", date(2026, 11, 27)),
        ("within a week", date(2026, 12, 1)),
        ("due 2026-12-05", date(2026, 12, 5)),
        ("due: Dec 5", date(2026, 12, 5)),
        ("Due date: 2026-12-05", date(2026, 12, 5)),
        ("eta: friday", date(2026, 11, 27)),
        ("by Dec 5th", date(2026, 12, 5)),
        ("by 5 January", date(2027, 1, 5)),
        ("no later than 5 December 2027", date(2027, 12, 5)),
        ("by the 30th", date(2026, 11, 30)),
        ("by the 3rd", date(2026, 12, 3)),
        ("by EOD Friday", date(2026, 11, 27)),
        ("by COB tomorrow", date(2026, 11, 25)),
        ("by Friday EOD", date(2026, 11, 27)),
        ("by Friday 17:00 UTC", date(2026, 11, 27)),
        ("by 5pm tomorrow", date(2026, 11, 25)),
        ("tomorrow at noon", date(2026, 11, 25)),
        ("on friday at 10", date(2026, 11, 27)),
        ("by the end of the day", date(2026, 11, 24)),
        ("due 20.01", date(2027, 1, 20)),
        ("until 20.1.2027", date(2027, 1, 20)),
        ("by the end of the month", date(2026, 11, 30)),
        ("by end of year", date(2026, 12, 31)),
        ("by Sat 9 Jan", date(2027, 1, 9)),
        ("on saturday, january 9th", date(2027, 1, 9)),
    ],
)
def test_words_that_mean_one_day_become_it(words: str, meant: date) -> None:
    assert due_date.day(words, WRITTEN, "Europe/Berlin") == meant


@pytest.mark.parametrize(
    "words",
    [
        "by tuesday", "next friday", "before friday", "next week", "by end of week", "this week", "before black friday",
        "by 05/12", "by Q1", "in a few days", "within 3 business days", "by 2026-11-01", "by 2026-02-30", "within 2 months",
        "by march", "asap", "by 10.05", "by Fri 9 Jan", "due 30.02.2027", "due 17:00 CET", "before we ship v3", "within 48h", "",
    ],
)  # fmt: skip
def test_words_that_could_mean_another_day_stay_words(words: str) -> None:
    assert due_date.day(words, WRITTEN, "Europe/Berlin") is None


def test_the_day_is_that_of_the_author_and_not_of_the_server() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert due_date.day("tomorrow", late, "UTC") == date(2026, 11, 25)
    assert due_date.day("tomorrow", late, "Asia/Tokyo") == date(2026, 11, 26)
    assert due_date.day("by wednesday", late, "Asia/Tokyo") is None


def test_with_no_zone_known_the_day_has_to_be_the_same_everywhere() -> None:
    assert due_date.day("by friday", WRITTEN, None) == date(2026, 11, 27)
    assert due_date.day("tomorrow", WRITTEN, None) is None
    assert due_date.day("tomorrow", WRITTEN, "Nowhere/Atall") is None


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        due_date.day("by friday", datetime(2026, 11, 24), "UTC")


def test_a_follow_up_says_it_in_its_own_words_first() -> None:
    own = factories.todo("write the runbook by friday", detail="we freeze next week")
    around = factories.todo("write the runbook", detail="write the runbook, it is needed next week")
    assert [due_words.put(each).due for each in (own, around, factories.todo("write it"))] == [
        "by friday",
        "next week",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("rotate the keys asap", "asap"),
        ("ASAP: rotate the keys", "ASAP"),
        ("rotate the keys as soon as possible", "as soon as possible"),
        ("rotate the keys asap, by friday", "by friday"),
        ("rotate the keys, not asap", ""),
    ],
)
def test_as_soon_as_can_be_counts_where_nothing_says_more(text: str, due: str) -> None:
    assert due_words.put(factories.todo(text)).due == due


@settings(deadline=None)
@given(st.text(max_size=60), st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)))
def test_no_words_break_it(words: str, written: datetime) -> None:
    due_words.of(words)
    assert due_date.day(words, min(written, datetime(9990, 1, 1, tzinfo=UTC)), "UTC") is None or words.strip()


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("TODO: rotate the key, not this week", ""),
        ("TODO: ask the vendor about the firmware - 12 March", "12 March"),
        ("TODO: ask the vendor about the firmware, Q3", "Q3"),
        ("TODO: ask the vendor about the firmware, Bo, 2026-01-12", "2026-01-12"),
    ],
)
def test_a_day_behind_a_dash_or_a_comma_counts_and_one_that_is_not_meant_does_not(
    harvest: Harvest, said: str, due: str
) -> None:
    assert [each.due for each in harvest(said).todos] == [due]


def test_until_when_with_a_condition_is_no_work_of_its_own() -> None:
    assert bare_answer.only_when("By Tuesday if it doesn't rain.")
    assert not bare_answer.only_when("By Tuesday I replace it if it doesn't rain.")
