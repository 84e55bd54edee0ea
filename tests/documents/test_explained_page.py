from __future__ import annotations

from dataclasses import replace

import pytest

from bot.documents import explained_json, explained_page, outcome_words
from bot.domain.harvest import analyse, explain
from bot.domain.harvest.explanation import Explanation
from bot.domain.harvest.fate import Outcome
from bot.domain.harvest.heaviest import Unweighed
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

PEOPLE = {"U1": Person("U1", "ana"), "U2": Person("U2", "bo")}
EVIL = "<script>alert(1)</script> | <!channel> @here `x` [a](javascript:x) *b*"


def said(minute: int, text: str, who: str | None = "U1", **more: object) -> Message:
    return Message("C1", f"{1767621600 + 60 * minute}.000100", user_id=who, text=text, **more)  # type: ignore[arg-type]


def pages(*messages: Message) -> list[str]:
    return [
        explained_page.as_markdown("inc", each, {"U1": "ana", "U2": "bo"}, messages_read=len(messages))
        for each in explained(*messages)
    ]


def explained(*messages: Message) -> list[Explanation]:
    whole = analyse.whole(messages, PEOPLE)
    return [explain.explain(each, whole, PEOPLE) for each in messages]


def ends(page: str) -> list[str]:
    return page.partition("## What became of it\n\n")[2].splitlines()


WISH = "We should really add an alert for the queue, so that we hear of it before customers do."


@pytest.mark.parametrize(
    ("messages", "line"),
    [
        (
            (said(0, WISH), said(1, "never mind")),
            "dropped: it was taken back, by ana at 14:01:00 (1767621660.000100): “never mind”.",
        ),
        (
            (said(0, WISH), said(1, "we already have that", "U2")),
            "dropped: it is there already, says bo at 14:01:00 (1767621660.000100): “we already have that”.",
        ),
        (
            (replace(said(0, "TODO: add an alert"), ticked_by=("U2",)),),
            "dropped: it was done, says a tick on it.",
        ),
        (
            (said(0, WISH), said(1, "done")),
            "dropped: it was done, says ana at 14:01:00 (1767621660.000100): “done”.",
        ),
        (
            (said(0, "TODO: we decided to fail over"),),
            "left to the follow-ups: H-01 (a line marked TODO, ACTION or FOLLOW-UP) found one in the same line.",
        ),
    ],
    ids=["taken back", "answered", "ticked", "done", "a follow-up"],
)
def test_what_became_of_it_is_a_sentence(messages: tuple[Message, ...], line: str) -> None:
    assert any(each.endswith(line) for each in ends(pages(*messages)[0]))


def test_what_was_joined_says_where_it_stands() -> None:
    _, page = pages(said(0, "Restarted the api"), said(1, "Scaled up the workers to 12"))
    joined, beside = ends(page)
    assert "joined, as one thought, to what the same person said just before: ana at 14:00:00" in joined
    assert joined.endswith("; it stands in the entry of 1767621600.000100, “action” at 2026-01-05 14:00:00 UTC.")
    assert "told by the entry that H-26 (a step is taken) leads: a message is one line of the timeline" in beside
    assert "Its likeliest kind is “action”." in page


def test_what_weighs_too_little_is_told() -> None:
    _, page = pages(said(0, "hello"), said(1, "oh, it was read-only you said, sorry, thanks for that", "U2"))
    assert "(less than of others, since a rule noticed it)" in page
    assert "dropped: it weighs too little, see above." in ends(page)[0]


def test_the_likeliest_kind_is_told() -> None:
    _, page = pages(
        said(0, "Decision: we fail over to the second region"), said(1, "Decision: we keep the queue paused")
    )
    assert "dropped: the likeliest kind is that of H-32 (a decision in plain words), see above." in ends(page)[0]


def test_a_line_that_is_kept_says_as_what_and_how_sure_it_is() -> None:
    (page,) = pages(said(0, "Decision: we fail over to the second region", pinned=True))
    kept, mark = sorted(ends(page), key=lambda each: "kept as" not in each)
    assert "kept as “decision” at 2026-01-05 14:00:00 UTC, shown as found by H-17, confidence" in kept
    assert "told by the entry that H-32" in mark


def test_who_took_a_role_last_is_told() -> None:
    first, second = pages(said(0, "I'll take IC"), said(1, "I'm IC now", "U2"))
    assert "a role “ic: ana”: kept, confidence B (sure)." in first
    assert "a role “ic: bo”: kept, confidence B (sure), and nobody took the role after that." in second


def test_a_notice_of_slack_is_not_read() -> None:
    (page,) = pages(said(0, "<@U1> has joined the channel", subtype="channel_join"))
    assert "It does not count as talk: it is Slack's own notice (channel\\_join)." in page
    assert "##" not in page


def test_an_app_is_read_by_few_rules() -> None:
    (page,) = pages(said(0, "good morning everybody", None, bot_id="B1", bot_name="robot"))
    assert "UTC, robot, in the channel itself" in page
    assert "no person wrote it: only rules that read apps are asked." in page
    assert "Nothing was weighed: no person wrote it." in page
    assert "Nothing was found in it." in page


def test_links_are_the_evidence_of_another_entry() -> None:
    _, page = pages(said(0, "Decision: we fail over to the second region"), said(1, "https://grafana.example/d/1"))
    assert "It belongs to the entry of 1767621600.000100." in page


def test_what_people_wrote_breaks_nothing() -> None:
    for page in pages(said(0, f"TODO: {EVIL}"), said(1, f"restarted {EVIL}"), said(2, f"Decision: {EVIL}")):
        assert "<script>" not in page
        assert "@here" not in page
        assert "[a](javascript" not in page


def test_every_outcome_and_every_reason_has_its_words() -> None:
    assert set(outcome_words.OUTCOMES) == set(Outcome)
    assert set(outcome_words.UNWEIGHED) == set(Unweighed)


def test_a_message_that_is_no_talk_keeps_every_key_as_data() -> None:
    (joined,) = explained(said(0, "<@U1> has joined", subtype="channel_join"))
    found = explained_json.as_json("inc", joined, {}, messages_read=1, partial=False)
    assert (found["rules"], found["weighed"], found["outcomes"], found["beside"]) == ([], [], [], [])
    assert found["message"]["talk"] is False


def test_several_times_in_one_line_are_all_of_that_line() -> None:
    (one, _) = explained(
        said(9, "what we know:\n14:01 errors began, 14:05 rolled back, 14:08 recovered"), said(10, "ok", "U2")
    )
    found = explained_json.as_json("inc", one, {"U1": "ana"}, messages_read=2, partial=False)
    assert [each["line"] for each in found["outcomes"] if each["rule"] == "H-16"] == [1, 1, 1]


def test_roles_severities_and_what_is_beside_are_data_too() -> None:
    (one,) = explained(said(0, "I'll take IC, this is SEV-2, see https://jira.example/browse/OPS-12"))
    found = explained_json.as_json("inc", one, {"U1": "ana"}, messages_read=1, partial=False)
    by_sort = {each["what"]: each for each in found["outcomes"]}
    assert (by_sort["role"]["role"], by_sort["role"]["user_id"], by_sort["role"]["now"]) == ("ic", "U1", True)
    assert (by_sort["severity"]["severity"], by_sort["severity"]["rule"]) == (2, "H-34")
    assert [(each["rule"], each["text"]) for each in found["beside"]] == [("H-38", "OPS-12")]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "13:52 - drained the pool",
            "- Its times without a zone are read in UTC, as its times and those around it fit best.",
        ),
        (
            "08:52 - drained the pool",
            "- Its times without a zone are read in America/New\\_York, the zone of its author.",
        ),
    ],
    ids=["UTC", "the author's"],
)
def test_the_zone_of_a_bare_time_is_told(text: str, fact: str) -> None:
    people = {"U1": Person("U1", "ana", tz="America/New_York")}
    message = said(0, text)
    told = explain.explain(message, analyse.whole([message], people), people)
    assert fact in explained_page.as_markdown("inc", told, {"U1": "ana"}, messages_read=1).splitlines()
