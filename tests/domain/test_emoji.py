"""Short codes of emoji where no emoji can be drawn."""

from __future__ import annotations

import pytest

from bot.domain import emoji


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (":fire: Database is down :rotating_light:", "Database is down"),
        ("Rolled back :white_check_mark:", "Rolled back"),
        (":thumbsup::skin-tone-3: go ahead", "go ahead"),
        (":fire:", "fire"),
        (":white_check_mark: :+1:", "white check mark +1"),
        ("at 12:30:45 UTC", "at 12:30:45 UTC"),
        ("std::vector::push a:b:c http://x:80:y", "std::vector::push a:b:c http://x:80:y"),
        ("ratio 1:10: fine", "ratio 1:10: fine"),
        ("", ""),
        (":", ":"),
    ],
)
def test_short_codes_go_where_words_stay_and_are_words_where_none_do(said: str, shown: str) -> None:
    assert emoji.without_codes(said) == shown
