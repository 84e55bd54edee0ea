"""A team's own words: read as those that the harvest knows, and shown as they were typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest import dialect
from bot.domain.harvest.dialect import BadVocabulary
from bot.domain.harvest.finding import Findings, TimelineKind

Harvest = Callable[..., Findings]
OURS = dialect.of(
    {
        "same": {"Merker": "TODO", "Einsatzleiter": "IC", ":feuer:": "alert"},
        "verbs": {"step": ["umklappen"], "done": ["umgeklappt"]},
    }
)


def test_a_mark_of_the_teams_own_makes_a_follow_up_as_it_was_typed(harvest: Harvest) -> None:
    found = harvest("Merker: Grenzwert für die Warteschlange setzen", dialect=OURS).todos
    assert [(todo.text, todo.rule) for todo in found] == [("Grenzwert für die Warteschlange setzen", "H-01")]
    assert harvest("Merker: Grenzwert für die Warteschlange setzen").todos == ()


def test_a_role_has_the_teams_own_name(harvest: Harvest) -> None:
    found = harvest("Einsatzleiter: <@UBO>", dialect=OURS)
    assert found.ic is not None
    assert found.ic.user_id == "UBO"
    assert harvest("Einsatzleiter: <@UBO>").ic is None


def test_a_verb_of_the_teams_own_is_one_of_its_kind_and_the_text_stays(harvest: Harvest) -> None:
    found = harvest("umgeklappt auf db-2", dialect=OURS).timeline
    assert [(entry.kind, entry.text) for entry in found] == [(TimelineKind.action, "umgeklappt auf db-2")]


def test_a_word_inside_another_is_left_alone() -> None:
    assert OURS.read("Vormerker, MERKER :feuer: Merkers") == "Vormerker, TODO alert Merkers"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"words": {}}, r"\[words\] is no part"),
        ({"same": ["a"]}, r"\[same\] is a table"),
        ({"same": {"a": 1}}, "Say in one word"),
        ({"same": {" ": "b"}}, "A word of your own"),
        ({"verbs": {"slow": ["a"]}}, "no kind of verb"),
        ({"verbs": {"step": "a"}}, "are a list"),
        ({"verbs": {"step": [1]}}, "A word of your own"),
        ({"same": {str(number): "b" for number in range(2001)}}, "at most 2,000"),
    ],
)
def test_a_vocabulary_that_makes_no_sense_says_what_to_write(table: dict[str, object], said: str) -> None:
    with pytest.raises(BadVocabulary, match=said):
        dialect.of(table)
