"""People's words in Slack's mark-up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import text
from bot.domain import typed
from bot.domain.deadlines import Deadline

INSTANT = datetime(2026, 11, 26, 21, 30, tzinfo=UTC)
JOINT = typed.WORD_JOINER


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("a < b & c > d", "a &lt; b &amp; c &gt; d", id="the three entities"),
        pytest.param("<!channel>", "&lt;!channel&gt;", id="a call to everybody"),
        pytest.param("ask @here now", f"ask @{JOINT}here now", id="here without brackets"),
        pytest.param("@Channel", f"@{JOINT}Channel", id="any case"),
        pytest.param("@hereford", "@hereford", id="a name that only begins so"),
        pytest.param("<@U1>", "&lt;@U1&gt;", id="a mention"),
        pytest.param("a\u202eb", "ab", id="an override of the direction"),
        pytest.param("שלום", "\u2068שלום\u2069", id="right to left is fenced in"),
        pytest.param("a\x00b\ud800", "a\ufffdb\ufffd", id="what no database takes"),
    ],
)
def test_typed_text_is_inert(given_text: str, expected: str) -> None:
    assert text.escape(given_text) == expected


def test_a_code_block_cannot_be_opened_by_typed_text() -> None:
    assert "```" not in text.escape("``````` x")


@given(st.text(max_size=300), st.integers(2, 100))
def test_clipping_keeps_the_limit_and_shows_that_something_is_missing(given_text: str, limit: int) -> None:
    clipped = text.clip(given_text, limit)
    assert typed.width(clipped) <= limit
    assert clipped == given_text or clipped.endswith("…")


@pytest.mark.parametrize("limit", range(4, 40))
def test_finished_markup_is_never_cut_inside_a_mention_or_an_entity(limit: int) -> None:
    fitted = text.fit("ab <@U12345> &amp; <https://x.example|y> &lt;end&gt; and some more text", limit)
    assert typed.width(fitted) <= limit
    assert fitted.count("<") == fitted.count(">")
    assert "&" not in fitted.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


@pytest.mark.parametrize(
    ("user_id", "expected"),
    [("U1", "<@U1>"), ("W2", "<@W2>"), (None, "nobody yet"), ("", "nobody yet"), ("<!here>", "&lt;!here&gt;")],
)
def test_a_mention_is_made_of_a_user_id_only(user_id: str | None, expected: str) -> None:
    assert text.mention(user_id) == expected


def test_a_time_is_shown_in_each_readers_zone_with_a_fallback_that_names_one() -> None:
    assert text.when(INSTANT, "America/New_York") == (
        "<!date^1795728600^{date_short_pretty} at {time}|Thu 26 Nov 2026 16:30 (America/New_York)>"
    )


@pytest.mark.parametrize("zone", [None, "", "No/Where", "../../etc/passwd", "America"])
def test_an_unknown_zone_falls_back_to_utc(zone: str | None) -> None:
    assert text.when_plain(INSTANT, zone) == "Thu 26 Nov 2026 21:30 (UTC)"


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        text.when(datetime(2026, 11, 26), "UTC")


def test_the_deadline_is_told_as_a_day_with_its_zone() -> None:
    deadline = Deadline(date(2026, 11, 26), INSTANT, False, ())
    assert text.due_line(deadline, "America/New_York") == "due Thu 26 Nov, end of day, America/New_York"


def test_a_provisional_deadline_says_what_it_waits_for() -> None:
    deadline = Deadline(date(2026, 11, 26), INSTANT, True, ())
    assert text.due_line(deadline, "UTC").endswith("(provisional until the end of the incident is given)")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/a?b=1&c=2", "<https://x.example/a?b=1&amp;c=2|here>"),
        ("javascript:alert(1)", "here"),
        ("https://x.example|<!channel>", "here"),
        ("", "here"),
    ],
)
def test_only_web_addresses_become_links(url: str, expected: str) -> None:
    assert text.link(url, "here") == expected


def test_a_quotation_keeps_its_lines() -> None:
    assert text.quote("on leave\n\nuntil <Monday>") == "&gt; on leave\n&gt; until &lt;Monday&gt;"
