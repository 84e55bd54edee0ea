"""The address of a call's room is the way into it, before its end and after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]
OVER = "Call is over, thanks everyone. Follow up in Slack."


def after(harvest: Harvest, line: str) -> list[str]:
    return [each.url for each in harvest(OVER, line).recordings]


@pytest.mark.parametrize(
    "line",
    [
        "debrief tomorrow 10:00 <https://acme.zoom.us/j/77>",
        "joining link <https://acme.zoom.us/j/99>",
        "rejoin: <https://acme.zoom.us/j/99>",
        "debrief: <https://meet.google.com/abc-defg-hij>",
        "at 14:00 <https://teams.microsoft.com/l/meetup-join/19%3a>",
        "we talk about the rest of it over there <https://whereby.com/acme>",
        "invite for the follow-up <https://acme.webex.com/meet/ana>",
    ],
)
def test_it_is_no_recording_where_a_call_is_to_come(harvest: Harvest, line: str) -> None:
    assert after(harvest, line) == []


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("here: <https://acme.zoom.us/j/2>", "https://acme.zoom.us/j/2"),
        ("the recording of the call is in the chat of <https://acme.zoom.us/j/2>", "https://acme.zoom.us/j/2"),
        ("recording, for the debrief: <https://acme.zoom.us/rec/share/1>", "https://acme.zoom.us/rec/share/1"),
        (
            "here's what we showed in the call <https://acme.zoom.us/clips/share/1>",
            "https://acme.zoom.us/clips/share/1",
        ),
    ],
)
def test_it_is_one_where_words_say_so_or_nothing_does(harvest: Harvest, line: str, url: str) -> None:
    assert after(harvest, line) == [url]
