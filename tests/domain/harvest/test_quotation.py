"""What somebody quotes to answer it is no follow-up of theirs; those who set ">" before their own lines are heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
Say = Callable[..., Message]


@pytest.mark.parametrize(
    "said",
    [
        "&gt; TODO: rotate keys\nwe did that last month btw",
        "&gt; TODO: rotate keys\n\nthis one is mine, done",
        "&gt; TODO: rotate keys\n&gt; TODO: move the job\n+1 to both",
        "bo said:\n&gt; TODO: rotate keys\nwe did",
        "&gt; - [ ] rotate keys\nno longer",
        "&gt; Action items:\n&gt; - rotate keys\n&gt; - move the job\nlooks good",
    ],
)
def test_a_quote_with_an_answer_below_it_is_none(harvest: Harvest, said: str) -> None:
    assert harvest("hello", said).todos == ()


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("&gt; TODO: rotate keys", ["rotate keys"]),
        ("&gt; TODO: rotate keys\n&gt; TODO: move the job", ["rotate keys", "move the job"]),
        ("two more\n&gt; TODO: rotate keys", ["rotate keys"]),
        ("&gt; TODO: rotate keys\nTODO: move the job", ["rotate keys", "move the job"]),
        ("Action items:\n&gt; TODO: rotate keys\nthanks all", ["rotate keys"]),
        ("&gt; why is the key so old?\nTODO: rotate keys", ["rotate keys"]),
    ],
)
def test_what_is_the_authors_own_is_found(harvest: Harvest, said: str, texts: list[str]) -> None:
    assert [each.text for each in harvest("hello", said).todos] == texts


def test_a_quoted_line_of_a_message_before_is_none(harvest: Harvest, say: Say) -> None:
    done = say("TODO: rotate keys", ticked_by=("UBO",))
    assert harvest(done, "hello", ("&gt; TODO: rotate keys", "UBO")).todos == ()
    assert len(harvest(done, "hello", ("&gt; TODO: rotate all keys", "UBO")).todos) == 1
