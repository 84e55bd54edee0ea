"""Texts for customers that were written in the channel, the last wording last."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings
from bot.domain.harvest.message import Message

Harvest = Callable[..., Findings]
WORDS = "We are investigating login problems. Next update in 30 minutes."


def told(found: Findings) -> list[str]:
    return [each.text for each in found.public_texts]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"statuspage draft: {WORDS}", WORDS),
        (f"status page: {WORDS}", WORDS),
        (f"Status page now says: {WORDS}", WORDS),
        (f"published: {WORDS}", WORDS),
        (f"status page text:\n```\n{WORDS}\n```", WORDS),
        (f"status page text:\n&gt; {WORDS}", WORDS),
        (f"draft\n“{WORDS}”", WORDS),
        (f'Proposed text:\n"{WORDS}"', WORDS),
        ("status page: Resolved - Logins work again. We apologise.", "Resolved - Logins work again. We apologise."),
        (
            'Status page from 06:45 UTC: "DNS: elevated SERVFAIL for zones in Asia-Pacific"',
            "DNS: elevated SERVFAIL for zones in Asia-Pacific",
        ),
        (
            "*Investigating* - We are aware of an issue. Some customers may see errors.",
            "Investigating - We are aware of an issue. Some customers may see errors.",
        ),
        (f"Resolved: Logins work again. {WORDS}", f"Resolved: Logins work again. {WORDS}"),
        (
            'status is up: "Jobs on Linux runners start late. We undo a change."',
            "Jobs on Linux runners start late. We undo a change.",
        ),
        ('posted "Big Day is back on. Go count."', "Big Day is back on. Go count."),
        ('up: "Transfers may fail at the moment."', "Transfers may fail at the moment."),
        ('second message to drivers sent 18:41: "Trips are back in all areas."', "Trips are back in all areas."),
    ],
)
def test_a_text_for_customers_is_taken_word_by_word(harvest: Harvest, line: str, words: str) -> None:
    assert told(harvest(line)) == [words]


@pytest.mark.parametrize(
    "line",
    [
        "status page: who does it?",
        "status page: done, thanks",
        "status page: we are not posting yet, some customers have asked",
        "Status page: We are waiting for the draft, some customers have asked",
        "statuspage draft: ok like this?",
        "Investigating - can't see anything in the logs of the pool yet",
        "resolved - the pool has its size again and we are watching some customers",
        "Monitoring: The replica lags 20 seconds behind, restarted it twice",
        "update: we are restarting the pool, next update in 10",
        "status page text:\n```\nkubectl get pods -n shop --watch --all-namespaces\n```",
        "s/issue/problem",
    ],
)
def test_talk_about_one_is_none(harvest: Harvest, line: str) -> None:
    assert told(harvest(line)) == []


QUOTED = "We are having trouble with delivery slots. Your basket is safe. Please try again after 7 pm."


@pytest.mark.parametrize(
    "line",
    [
        f'on it. IVR: "{QUOTED}" ok?',
        f'SMS proposal: "{QUOTED}"',
        f'I\'ve put it on the student app as well: "{QUOTED}"',
        f'And the page:\n"{QUOTED}"',
        f'"{QUOTED}" ok?',
        f'"{QUOTED}"',
    ],
)
def test_what_stands_in_quotes_and_speaks_to_customers_is_one(harvest: Harvest, line: str) -> None:
    assert told(harvest(line)) == [QUOTED]


@pytest.mark.parametrize(
    "line",
    [
        f'people see "{QUOTED}" in the app',
        f'the app shows "{QUOTED}"',
        'can we post? draft: "Everything is fine in the north of the country today"',
    ],
)
def test_what_customers_see_or_say_in_quotes_is_none(harvest: Harvest, line: str) -> None:
    assert told(harvest(line)) == []


def test_a_change_to_the_draft_is_the_next_wording(harvest: Harvest) -> None:
    draft = 'Message for customers: "We are investigating an issue with logins."'
    found = harvest(draft, ("s/issue/problem, rest ok", "UBO"))
    assert told(found) == ["We are investigating an issue with logins.", "We are investigating a problem with logins."]
    assert told(harvest(draft, ("s/outage/problem", "UBO"))) == ["We are investigating an issue with logins."]


def test_a_change_long_after_it_is_of_something_else(harvest: Harvest, say: Callable[..., Message]) -> None:
    found = harvest(f"statuspage draft: {WORDS}", say("s/login/logon", "UBO", 45))
    assert told(found) == [WORDS]


def test_the_published_wording_is_last_also_when_it_is_the_first_again(harvest: Harvest) -> None:
    other = "We are looking into slow logins. Next update at 15:00."
    found = harvest(f"statuspage draft: {WORDS}", f"statuspage draft: {other}", f"published: {WORDS}")
    assert told(found) == [other, WORDS]


def test_what_the_app_of_the_page_posts_counts_too(harvest: Harvest, say: Callable[..., Message]) -> None:
    line = "*Monitoring*: Sign-in works again for staff. Posted by Winnie Cho"
    post = say(line, None, bot_id="B1", bot_name="Statuspage")
    assert told(harvest(post)) == ["Monitoring: Sign-in works again for staff."]
    assert told(harvest(say(line, None, bot_id="B1", bot_name="Grafana"))) == []
