"""What the document says, and what it leaves for people to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import document, page
from bot.domain.document import Bullets, Code, Document, Inline, Link, Note, Paragraph, Section, Table
from bot.domain.harvest.finding import Confidence, Reference, Role, TimelineKind
from bot.domain.harvest_state import Phase
from bot.domain.overview import Overview
from bot.domain.postmortem import Roles
from tests import factories

MESSAGE = "https://acme.slack.com/archives/C1/p"


def plain(line: tuple[Inline, ...]) -> str:
    return "".join(each.label if isinstance(each, Link) else each.text for each in line)


def links(line: tuple[Inline, ...]) -> list[str]:
    return [each.url for each in line if isinstance(each, Link)]


def section(built: Document, heading: str) -> Section:
    return next(each for each in built.sections if each.heading == heading)


def table(built: Document, heading: str) -> Table:
    return next(block for block in section(built, heading).blocks if isinstance(block, Table))


def facts(built: Document) -> dict[str, str]:
    return {label: plain(line) for label, line in built.facts}


def prompts(built: Document, heading: str) -> str:
    notes = (block for block in section(built, heading).blocks if isinstance(block, Note))
    return " ".join(plain(note.line) for note in notes)


def harvested(**values: object) -> Overview:
    return factories.overview(findings=factories.findings(**values), harvest=factories.harvest())


def test_the_headings_are_those_of_the_template() -> None:
    built = document.build(harvested())
    headings = [each.heading for each in built.sections]
    assert [each for each in headings if each != "Queries"] == [
        "Overview", "What Happened", "Contributing Factors", "Resolution", "Impact", "Responders", "Timeline",
        "How'd We Do?", "Action Items", "Messaging",
    ]  # fmt: skip
    assert [each.heading for each in section(built, "How'd We Do?").sections][:2] == [
        "What Went Well", "What Didn't Go So Well",
    ]  # fmt: skip
    assert [each.heading for each in section(built, "Messaging").sections] == ["Internal Email", "External Message"]
    assert table(built, "Timeline").columns == ("Time (UTC)", "Event", "Data Link")


@pytest.mark.parametrize(
    "heading", ["Overview", "What Happened", "Contributing Factors", "Resolution", "Impact", "Timeline", "Action Items"]
)
def test_what_people_must_write_is_marked(heading: str) -> None:
    assert page.TO_BE_WRITTEN in prompts(document.build(harvested()), heading)


def test_the_head_tells_owner_severity_times_and_the_deadline_with_its_working() -> None:
    told = facts(document.build(factories.overview()))
    assert told["Postmortem Owner"] == "Ben (has not answered yet)"
    assert told["Severity"] == "SEV-1"
    assert told["Resolved (UTC)"] == "2026-11-23 14:05:00"
    assert told["Meeting Deadline"] == "Thu 26 Nov 2026, end of day, UTC"
    assert "Tue 24 Nov 2026: calendar day 1" in told["How The Deadline Is Counted"]


def test_a_fresh_record_shows_what_is_not_known_and_what_the_channel_said() -> None:
    told = facts(document.build(factories.overview(factories.fresh(), findings=factories.findings())))
    assert told["Postmortem Owner"] == "nobody yet"
    assert told["Severity"].startswith("not set yet; last said in the channel: SEV-1 (proposed, H-07)")
    assert told["Call Recording"].startswith("acme.zoom.us (proposed, H-18)")
    assert told["Started (UTC)"] == "not known yet"
    assert "provisional" in told["Meeting Deadline"]


def test_an_event_has_its_date_its_rule_its_source_and_its_evidence() -> None:
    _first, (time, event, data) = table(document.build(harvested()), "Timeline").rows
    assert plain(time) == "2026-11-23 12:25:00"
    assert plain(event) == "Action: Restarted the checkout pods – Chioma (message, proposed, H-06)"
    assert links(event) == [f"{MESSAGE}1795436700000100"]
    assert plain(data) == "grafana.example"
    assert links(data) == ["https://grafana.example/d/checkout?from=1&to=2"]


def test_a_reply_is_linked_in_its_thread() -> None:
    built = document.build(harvested(timeline=(factories.event(ts="2.000001", thread_ts="1.000001"),)))
    ((_time, event, _data),) = table(built, "Timeline").rows
    assert links(event) == [f"{MESSAGE}2000001?thread_ts=1.000001&cid=C1"]


def test_the_source_of_an_event_is_no_evidence() -> None:
    built = document.build(harvested(timeline=(factories.event(),)))
    ((_time, _event, data),) = table(built, "Timeline").rows
    assert (plain(data), links(data)) == ("to be added", [])


def test_events_are_ordered_by_the_time_of_the_event() -> None:
    later, earlier = factories.event("b"), factories.event("a", at=factories.STARTED - timedelta(days=1))
    rows = table(document.build(harvested(timeline=(later, earlier))), "Timeline").rows
    assert [plain(time) for time, _, _ in rows] == ["2026-11-22 12:05:00", "2026-11-23 12:25:00"]


def test_missing_moments_of_the_timeline_are_asked_for() -> None:
    asked = prompts(document.build(harvested()), "Timeline")
    assert "when somebody was paged, when the status page was updated, when it ended" in asked
    kinds = (TimelineKind.impact_start, TimelineKind.page, TimelineKind.public, TimelineKind.resolved)
    complete = harvested(timeline=tuple(factories.event(kind=kind) for kind in kinds))
    assert "not in the list" not in prompts(document.build(complete), "Timeline")


def test_a_guess_is_called_a_suggestion() -> None:
    built = document.build(harvested(timeline=(factories.event(confidence=Confidence.C, rule="H-15"),)))
    ((_time, event, _data),) = table(built, "Timeline").rows
    assert "suggested, H-15" in plain(event)


def test_a_todo_has_its_author_its_assignee_its_rule_and_its_source() -> None:
    built = document.build(harvested(todos=(factories.todo(detail="the alert\nwas muted", assignee="U2"),)))
    around = factories.todo(text="page both", detail="Database came late. We should page both at once.")
    assert around.whole() == around.detail, "a sentence with the words in it does not say them twice"
    assert replace(around, detail="").whole() == "page both"
    assert replace(around, detail="both teams").whole() == "page both\nboth teams"
    ((what, author, assignee, source),) = table(built, "Action Items").rows
    assert plain(what) == "Why did we not get paged earlier? – the alert was muted"
    assert (plain(author), plain(assignee)) == ("Ana", "Ben")
    assert plain(source) == "(message, proposed, H-01)"
    assert links(source) == [f"{MESSAGE}1795435500000100"]


def test_responders_have_their_roles_and_observers_are_set_apart() -> None:
    built = document.build(harvested())
    rows = [[plain(cell) for cell in row] for row in table(built, "Responders").rows]
    assert rows == [
        ["Ana", "Incident Commander", "12", "12 messages"],
        ["Chioma", "Scribe (proposed)", "12", "12 messages"],
    ]
    paragraphs = [block for block in section(built, "Responders").blocks if isinstance(block, Paragraph)]
    assert plain(paragraphs[0].line) == "Present, not counted as responders: Dana."


def test_somebody_with_a_recorded_role_is_a_responder_without_a_message() -> None:
    overview = factories.overview(
        factories.postmortem(roles=Roles(ic="U1", shadow="U2")), findings=factories.findings()
    )
    rows = [[plain(cell) for cell in row] for row in table(document.build(overview), "Responders").rows]
    assert rows[0] == ["Ben", "Shadow", "–", "in the record"]


def holders(overview: Overview) -> list[str]:
    blocks = section(document.build(overview), "Responders").blocks
    return [plain(item) for item in next(block for block in blocks if isinstance(block, Bullets)).items]


def test_nobody_is_guessed_when_no_scribe_was_named() -> None:
    assert holders(harvested(role_claims=(), ic=None, scribe=None))[1] == (
        "Scribe: unknown: nobody was named in the channel"
    )


def test_a_hand_over_of_the_ic_shows_both_with_their_times() -> None:
    second = factories.claim(Role.ic, None, name="Eve", at=factories.RESOLVED, rule="H-04", confidence=Confidence.B)
    told = holders(harvested(role_claims=(factories.claim(), second)))[0]
    assert "Ana from 2026-11-23 12:05:00" in told
    assert "Eve from 2026-11-23 14:05:00 (message, proposed, H-04)" in told


def test_queries_are_kept_to_the_letter() -> None:
    built = document.build(harvested())
    assert Code("select count(*)\nfrom orders;") in section(built, "Queries").blocks


def test_the_time_in_each_severity_is_counted_from_what_was_said() -> None:
    said = (
        (factories.ts(factories.STARTED), 1),
        (factories.ts(factories.STARTED + timedelta(minutes=45), 100), 2),
    )
    rows = {
        plain(label): plain(value) for label, value in table(document.build(harvested(severities=said)), "Impact").rows
    }
    assert rows["Time in SEV-1"] == "45 minutes (proposed, H-07)"
    assert rows["Time in SEV-2"] == "75 minutes (proposed, H-07)"
    assert rows["Users affected"] == "To be written"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"harvest": None}, "has not been read yet"),
        (
            {
                "harvest": factories.harvest(phase=Phase.STOPPED, trouble="Slack refused."),
                "counts": factories.counts(9, 4, 1),
            },
            "only 9 messages and 3 of 4 known threads could be read; the rest is missing. Reason: Slack refused.",
        ),
        ({"harvest": factories.harvest(phase=Phase.THREADS), "counts": factories.counts(9, 4, 1)}, "still being read"),
        ({"harvest": factories.harvest(phase=Phase.STOPPED), "counts": None}, "an unknown part of the channel"),
    ],
    ids=["not read", "stopped", "reading", "nothing is known"],
)
def test_a_part_is_never_presented_as_the_whole(values: dict[str, object], expected: str) -> None:
    first = document.build(factories.overview(**values)).notes[0]
    assert plain(first.line).startswith("Incomplete:")
    assert expected in plain(first.line)


def test_a_whole_reading_is_only_called_a_draft() -> None:
    (note,) = document.build(harvested()).notes
    assert "draft" in plain(note.line)


def test_the_same_record_gives_the_same_document_at_any_time() -> None:
    overview = harvested()
    assert document.build(overview) == document.build(replace(overview, now=overview.now + timedelta(days=9)))


def test_a_huge_message_is_cut_and_its_source_stays() -> None:
    built = document.build(harvested(timeline=(factories.event("x" * 10_000),)))
    ((_time, event, _data),) = table(built, "Timeline").rows
    assert len(plain(event)) < 3_100
    assert "…" in plain(event)
    assert links(event)


def test_without_the_address_of_the_workspace_there_are_no_broken_links() -> None:
    built = document.build(replace(harvested(), workspace_url=""))
    assert all(not links(row[1]) for row in table(built, "Timeline").rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://x.example/a, then", ["https://x.example/a"]),
        ("(https://x.example/a)", ["https://x.example/a"]),
        ("http://a.b and HTTPS://c.d!", ["http://a.b", "HTTPS://c.d"]),
        ("ftp://x.example mailto:a@b", []),
        ("", []),
    ],
)
def test_addresses_in_typed_text_become_links(text: str, found: list[str]) -> None:
    line = page.words(text)
    assert links(line) == found
    assert plain(line) == text


def test_a_table_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table(("a", "b"), ((page.line("only one"),),))


def test_related_tickets_and_pull_requests_stand_below_the_action_items_as_proposals() -> None:
    pull = Reference("pull", "#7", "https://git.example/a/pull/7", factories.ts(factories.STARTED), "H-39")
    odd = Reference("ticket", "OPS-7", "javascript:x", factories.ts(factories.STARTED), "H-38")
    built = document.build(harvested(references=(pull, odd)))
    blocks = section(built, "Action Items").blocks
    (rows,) = [each for each in blocks if isinstance(each, Bullets)]
    assert [plain(each) for each in rows.items] == [
        "pull request #7 (message, suggested, H-39)",
        "ticket OPS-7 (message, suggested, H-38)",
    ]
    assert links(rows.items[0])[0] == "https://git.example/a/pull/7"
    assert all(link.startswith(MESSAGE) for link in links(rows.items[1]))
    said = [plain(each.line) for each in blocks if isinstance(each, Paragraph)]
    assert said == ["Related tickets and pull requests, as far as the channel shows (proposed):"]


def test_of_very_many_the_first_are_listed_and_the_rest_counted() -> None:
    many = tuple(Reference("ticket", f"OPS-{number}", "", "1.0", "H-38") for number in range(34))
    (rows,) = [
        each
        for each in section(document.build(harvested(references=many)), "Action Items").blocks
        if isinstance(each, Bullets)
    ]
    assert len(rows.items) == 31
    assert plain(rows.items[-1]) == "and 4 more in the channel"
