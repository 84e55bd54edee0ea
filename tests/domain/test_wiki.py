"""What a page in a wiki is called, labelled and known by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain import wiki
from bot.domain.place import Channel
from bot.domain.postmortem import Times
from bot.domain.wiki import KeptPage, PageState, WikiRules
from tests import factories

PUBLIC = Channel("T1", "C1", "incident", private=False, shared=False, read_at=factories.NOW)
PRIVATE = replace(PUBLIC, private=True)
RULES = WikiRules()


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Payments API", "payments-api"),
        ("  a:b;c,d.e?f&g[h](i)#j^k*l@m!n ", "a-b-c-d-e-f-g-h-i-j-k-l-m-n"),
        ("<script>", "script"),
        ("Zahlungen für Ärzte", "zahlungen-für-ärzte"),
        ("???", ""),
        ("x" * 300, "x" * wiki.LONGEST_LABEL),
    ],
)
def test_labels_are_those_that_a_wiki_takes(typed: str, label: str) -> None:
    assert wiki.label(typed) == label


def test_labels_name_severity_and_services_once() -> None:
    record = factories.postmortem(severity=2, services=("Web", "web", "Postmortem", "???"))
    assert wiki.draft(record, PUBLIC, "t", "b", RULES).labels == ("postmortem", "sev2", "web")


def test_the_labels_of_a_restricted_one_tell_nothing() -> None:
    record = factories.postmortem(severity=1, services=("Vault",), restricted=True)
    draft = wiki.draft(record, PUBLIC, "t", "b", RULES)
    assert draft.labels == ("postmortem",)
    assert draft.closed


@pytest.mark.parametrize(
    ("channel", "rules", "closed"),
    [
        (PUBLIC, RULES, False),
        (PRIVATE, RULES, True),
        (PRIVATE, WikiRules(private_channels=True), False),
        (PUBLIC, WikiRules(("group",)), False),
    ],
)
def test_what_is_said_in_private_is_closed_unless_the_settings_say_otherwise(
    channel: Channel, rules: WikiRules, closed: bool
) -> None:
    assert wiki.draft(factories.postmortem(), channel, "t", "b", rules).closed is closed
    assert rules.closes(factories.postmortem(restricted=True), channel)


def test_two_workspaces_with_one_number_have_different_pages() -> None:
    ours, theirs = factories.postmortem(), factories.postmortem(team_id="T2")
    assert wiki.birth(ours) != wiki.birth(theirs)
    assert wiki.draft(ours, PUBLIC, "", "", RULES).label != wiki.draft(theirs, PUBLIC, "", "", RULES).label


def test_the_year_is_that_of_the_incident_where_it_is_dealt_with() -> None:
    began = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    record = factories.postmortem(times=Times(started_at=began), business_tz="Asia/Tokyo")
    assert wiki.draft(record, PUBLIC, "", "", WikiRules(by_year=True)).year == 2027
    assert wiki.draft(record, PUBLIC, "", "", RULES).year is None


def test_all_that_is_written_counts_for_whether_it_is_new() -> None:
    record, rules = factories.postmortem(restricted=True), WikiRules(("a",))
    draft = wiki.draft(record, PUBLIC, "t", "b", rules)
    others = [
        replace(draft, title="x"),
        replace(draft, body="x"),
        replace(draft, labels=()),
        replace(draft, closed=False),
    ]
    digests = {each.digest(rules) for each in (draft, *others)} | {draft.digest(WikiRules(("b",)))}
    assert len(digests) == 6
    assert draft.digest(rules) == replace(draft).digest(rules)


def test_a_page_that_was_given_up_is_remembered() -> None:
    kept = KeptPage("pm", "7", "https://x", "d", ("sev1",), True, True, PageState.TRASHED, left=("3",))
    assert kept.anew() == KeptPage("pm", left=("3", "7"))


def test_the_state_of_a_page_tells_whether_it_is_lost() -> None:
    assert [each for each in PageState if each.lost] == [PageState.ARCHIVED, PageState.TRASHED, PageState.GONE]
