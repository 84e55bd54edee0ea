"""What the mails say: short, with the link before the details, nothing that nobody wrote, and of a restricted one its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import results, summary_mail
from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.content import Content, Entry, Section
from bot.domain.errors import BadInput, Refused
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.harvest.person import Person
from bot.domain.life import Life
from bot.domain.mail_draft import Letter
from bot.domain.overview import Overview
from bot.domain.postmortem import SeverityChange, Times
from bot.domain.status import Status
from bot.domain.tickets import KeptTicket
from tests import factories

LINK = "https://wiki.acme.example/pm/7"
SECRETS = ("Checkout", "pool", "412", "payments", "SEV-1", "Nov", "sorry")


def content(**lists: list[str]) -> Content:
    values: dict[Section, dict[str, object]] = {
        Section.OVERVIEW: {"overview": "Orders were slow,\nand 412 were given up."},
        Section.FACTORS: {"trigger": "Release 4.12.", "factors": lists.get("factors", ["The pool was full."])},
        Section.RETROSPECT: {"well": lists.get("well", ["The roll-back."]), "badly": lists.get("badly", ["The page."])},
        Section.IMPACT: {
            "time_in_sev1": 45,
            "accounts": {"value": 2114},
            "users": {"unknown": "guests are not counted"},
        },
    }
    return Content({name: Entry(name, value, 1) for name, value in values.items()})  # type: ignore[arg-type]


def action(number: int, priority: Priority = Priority.P1, decision: Decision = Decision.TICKET) -> ActionItem:
    return ActionItem(
        f"a{number}",
        "record-7",
        f"Fix the pool {number}",
        decision,
        "U2",
        factories.NOW,
        kind=ActionKind.PREVENT,
        priority=priority,
    )


def overview(lived: Life | None = None, **values: object) -> Overview:
    record = factories.postmortem(status=Status.REVIEWED, services=("payments",), **values)
    message = ExternalDecision(ExternalMessage.PRESENT, Parts("We are sorry.", "The pool.", "More room."), "U2")
    found = factories.overview(record)
    return replace(found, life=lived or Life(content=content(), external=message), dimensions=())


def test_numbers_stand_without_how_they_came_about_and_what_is_left_out_of_them_is_counted() -> None:
    change = SeverityChange("record-7", factories.STARTED + timedelta(minutes=30), 2, "U1")
    metrics = {f"Metric {number}": {"value": 1, "of": 100} for number in range(9)}
    said = Content({Section.IMPACT: Entry(Section.IMPACT, {"metrics": metrics}, 1)})
    found = replace(overview(Life(content=said)), severities=(change,), findings=None)
    impact = next(part for part in results.results(found) if part.heading == results.IMPACT)
    assert "Time in SEV-2: 120 minutes" in impact.points
    assert len(impact.points) == 9
    assert impact.points[-1].endswith(" more in the post-mortem")


def test_the_summary_is_a_paragraph_the_link_and_what_was_learnt() -> None:
    said = summary_mail.compose(overview(), Letter.SUMMARY, LINK)
    assert said.subject == "Post-mortem: Checkout is slow (PM-7)"
    head, paragraph, link, *details = said.body.split("\n\n")
    assert head.startswith("Checkout is slow (SEV-1, Mon 23 Nov 2026 ")
    assert "2 h" in head
    assert paragraph == "Orders were slow, and 412 were given up."
    assert link.endswith(LINK)
    assert "Impact\n- Time in SEV-1: 45 minutes" in said.body
    assert "Users affected: unknown, because guests are not counted" in said.body
    assert "What went well\n- The roll-back." in details
    assert "What did not go so well\n- The page." in details
    assert "Why it happened\n- Trigger: Release 4.12.\n- The pool was full." in details


def test_the_span_says_its_day_once_and_twice_where_there_are_two() -> None:
    times = Times(factories.STARTED, None, factories.RESOLVED)
    assert results.headline(overview(times=times)) == "SEV-1, Mon 23 Nov 2026 12:05 to 14:05 (UTC), 2 h"
    tokyo = results.headline(overview(times=times, business_tz="Asia/Tokyo"))
    assert tokyo == "SEV-1, Mon 23 Nov 2026 21:05 to 23:05 (Asia/Tokyo), 2 h"
    auckland = results.headline(overview(times=times, business_tz="Pacific/Auckland"))
    assert auckland == "SEV-1, Tue 24 Nov 2026 01:05 to 03:05 (Pacific/Auckland), 2 h"
    kolkata = results.headline(overview(times=times, business_tz="Australia/Perth"))
    assert kolkata == "SEV-1, Mon 23 Nov 2026 20:05 to 22:05 (Australia/Perth), 2 h"
    adelaide = results.headline(overview(times=times, business_tz="Australia/Adelaide"))
    assert adelaide == "SEV-1, Mon 23 Nov 2026 22:35 to Tue 24 Nov 2026 00:35 (Australia/Adelaide), 2 h"


def test_more_points_than_people_read_are_counted() -> None:
    lived = Life(content=content(badly=[f"Point {number}" for number in range(5)]))
    said = summary_mail.compose(overview(lived), Letter.SUMMARY, LINK).body
    assert "- Point 2\n- and 2 more in the post-mortem" in said
    assert "Point 3" not in said


def test_open_action_items_are_counted_and_the_most_urgent_named() -> None:
    items = (
        action(1), action(2, Priority.LOWER), action(3, Priority.P0), action(4), action(5, decision=Decision.DONE), action(6)
    )  # fmt: skip
    kept = KeptTicket("a6", "record-7", "l", "OPS", "Task", "U2", factories.NOW, key="OPS-6", done=True)
    ticket = KeptTicket("a3", "record-7", "m", "OPS", "Task", "U2", factories.NOW, key="OPS-3")
    seen = replace(overview(Life(content=content(), actions=items)), tickets={"a6": kept, "a3": ticket})
    part = results.actions(seen)
    assert part.said == "4 action items are open (1 P0, 2 P1). The most important:"
    assert part.points == ("P0: Fix the pool 3 (OPS-3)", "P1: Fix the pool 1", "P1: Fix the pool 4")


def test_nothing_is_told_that_nobody_wrote() -> None:
    said = summary_mail.compose(overview(Life(), title=""), Letter.SUMMARY, "").body
    for heading in ("Impact\n- Time in SEV-1: To be", "What went well", "Why it happened", "http"):
        assert heading not in said
    assert "To be written" not in said
    assert len(summary_mail.missing(overview(Life(), times=Times()), Letter.SUMMARY, "")) == 3


def test_the_first_mail_says_what_is_known_who_goes_on_and_where() -> None:
    said = summary_mail.compose(overview(), Letter.FIRST, LINK)
    assert said.subject == "SEV-1: Checkout is slow (PM-7)"
    assert "We had an incident: Checkout is slow. SEV-1, Mon 23 Nov" in said.body
    assert "The meeting about it is due" in said.body
    assert said.body.endswith(LINK)
    going = overview(Life(), times=Times(factories.STARTED), severity=None)
    still = summary_mail.compose(going, Letter.FIRST, LINK)
    assert "There is an incident" in still.body
    assert "not over yet" in still.body
    assert "is being brought together" in still.body
    assert still.subject.startswith("Incident: ")


def test_people_are_named_as_in_invitations_by_their_whole_names() -> None:
    people = {"U2": Person("U2", "benny", "Ben Abara"), "U1": Person("U1", "Ana")}
    seen = replace(overview(), people=people)
    assert "Ben Abara brings the post-mortem together." in summary_mail.compose(seen, Letter.FIRST, LINK).body
    assert summary_mail.compose(seen, Letter.SUMMARY, LINK).body.endswith("Ben Abara, owner of PM-7")


def test_the_note_to_support_has_the_text_that_was_reviewed() -> None:
    decision = ExternalDecision(
        ExternalMessage.PRESENT, Parts("Edited since.", "", ""), "U2", frozen=Parts("We are sorry.", "The pool.", "")
    )
    said = summary_mail.compose(overview(Life(external=decision)), Letter.SUPPORT, LINK).body
    assert "Summary\nWe are sorry.\n\nWhat Happened?\nThe pool." in said
    assert "Edited since" not in said
    assert LINK in said


@pytest.mark.parametrize("purpose", Letter)
def test_of_a_restricted_one_nothing_but_its_number_and_the_link(purpose: Letter) -> None:
    seen = overview(restricted=True)
    said = summary_mail.compose(seen, purpose, LINK)
    assert said.subject == "PM-7: post-mortem"
    assert LINK in said.body
    assert not [word for word in SECRETS if word in said.body + said.subject]
    assert results.results(seen) == ()


def test_without_the_link_it_goes_nowhere() -> None:
    summary_mail.check_link(f"All of it: {LINK}", LINK)
    with pytest.raises(Refused, match="no link"):
        summary_mail.check_link("All of it", "")
    with pytest.raises(BadInput, match=LINK):
        summary_mail.check_link("All of it: https://old.example", LINK)
