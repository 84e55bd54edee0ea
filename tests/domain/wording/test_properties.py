"""What holds for every text: findings are in order and apart, clicks have an effect, keys last, and no text takes long."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.wording import checks, reading
from bot.domain.wording.checks import Quote
from bot.domain.wording.finding import Finding, Level
from bot.domain.wording.people import Person
from bot.domain.wording.sections import Section
from tests.domain.wording import lines

SECTIONS = st.sampled_from(list(Section))
PIECES = st.sampled_from(
    [
        "outage", "an outage", "Outages", "#outage", "human error", "should have been", "if only", "had we", "we", "they",
        "the engineer", "failed to", "forgot to", "check", "ignored", "<@U123>", "@aino", "Aino", "caused by", "the root cause",
        "obviously,", "simply", "!!", "?!", "`", "```", '"', "'", "“", "”", "> ", "\n", "\n\n", ".", ",", "*", "_", "~", "who",
        "why did", "n't", "not", "be more careful", "remind", "all", "blame", "fault", "'s", "https://a.b/", "a.b/c", "İ", "ſ",
        "the", "a", "an", "team", "and", "without asking", "\u00a0", "\ud800", "\x00", "😀", "lack of", "care", "(", ")",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
    st.lists(st.sampled_from(lines.BLAMEFUL + lines.CLEAN), max_size=4).map(" ".join),
)
NAMES = st.lists(st.builds(Person, st.text(max_size=8), st.text(max_size=12), st.text(max_size=12)), max_size=4)


@given(TEXTS, SECTIONS, NAMES, st.booleans(), st.booleans())
@settings(deadline=None)
@example("", Section.OVERVIEW, [], False, False)
def test_findings_are_in_order_apart_and_name_their_words(
    text: str, section: Section, names: list[Person], full: bool, quoted: bool
) -> None:
    found = checks.check(text, section, full_outage=full, names=names, quoted=quoted)
    assert len(reading.plain(text)) == len(text)
    assert all(0 <= each.start < each.end <= len(text) and each.words == text[each.start : each.end] for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len({each.key for each in found}) == len(found)
    assert all(
        each.level in {Level.WARN, Level.SUGGEST} and each.reason and len(each.replacements) <= 2 for each in found
    )
    assert found == checks.check(text, section, full_outage=full, names=names, quoted=quoted)


def still_there(text: str, finding: Finding, replacement: str, section: Section) -> bool:
    """Whether the same rule still marks the same words at the replaced place."""
    end = finding.start + len(replacement)
    again = checks.check(checks.apply(text, finding, replacement), section, names=lines.RESPONDERS)
    return any(
        each.rule is finding.rule
        and each.words.casefold() == finding.words.casefold()
        and finding.start < each.end <= end
        for each in again
    )


@given(TEXTS, SECTIONS)
@settings(deadline=None)
def test_a_click_makes_the_finding_vanish_or_change(text: str, section: Section) -> None:
    for finding in checks.check(text, section, names=lines.RESPONDERS):
        for replacement in finding.replacements:
            assert replacement != finding.words
            assert not still_there(text, finding, replacement, section)


@pytest.mark.parametrize("section", [Section.OVERVIEW, Section.ACTION_ITEM])
def test_clicking_first_replacements_until_none_is_left_comes_to_an_end(section: Section) -> None:
    for line in lines.BLAMEFUL + lines.FIXES_OF_PEOPLE:
        text = line
        for _ in range(10):
            offered = [each for each in checks.check(text, section, names=lines.RESPONDERS) if each.replacements]
            if not offered:
                break
            text = checks.apply(text, offered[0], offered[0].replacements[0])
        else:
            pytest.fail(f"{line!r} became {text!r}")


def test_a_stale_click_is_refused_and_changes_nothing() -> None:
    (found,) = checks.check("An outage began.", Section.OVERVIEW)
    with pytest.raises(errors.Stale):
        checks.apply("Today an outage began.", found, found.replacements[0])


@pytest.mark.parametrize("line", lines.BLAMEFUL[:30])
def test_a_key_stays_when_clean_text_is_written_around_it(line: str) -> None:
    section = Section.WHAT_HAPPENED
    before = [each.key for each in checks.check(line, section, names=lines.RESPONDERS)]
    longer = f"{lines.CLEAN[0]}\n\n{line}\n\n{lines.CLEAN[3]}"
    assert [each.key for each in checks.check(longer, section, names=lines.RESPONDERS)] == before


def test_equal_words_are_told_apart_by_their_occurrence_and_not_by_case() -> None:
    keys = [each.key for each in checks.check("The outage. Outage! outage", Section.OVERVIEW)]
    assert keys == ["outage:outage:1", "outage:outage:2", "outage:outage:3"]


def test_a_record_has_one_count_of_keys_a_section_and_knows_quotes() -> None:
    found = checks.check_record(
        {
            Section.OVERVIEW: "The outage began.",
            Section.CONTRIBUTING_FACTORS: ["One outage.", "Another outage."],
            Section.TIMELINE: [Quote("why did we not get paged?"), "why did we not get paged?"],
        }
    )
    assert [(each.key, each.item) for each in found] == [
        ("overview/outage:outage:1", 0),
        ("contributing_factors/outage:outage:1", 0),
        ("contributing_factors/outage:outage:2", 1),
        ("timeline/who-why:why did we not:1", 1),
    ]
    seen = {("overview", "outage:outage:1"), ("contributing_factors", "outage:outage:2")}
    assert [each.key for each in checks.unseen(found, seen)] == [found[1].key, found[3].key]


HARD = [
    "a", "we ", "more ", "the engineer ", "the engineer from a b ", "if had ", "caused by a b c ", "hold a b ", "a.a/", "a-",
    "<@U", "`", "'a ", "“", ":a", " ", "\n", "?!", "an outage ", "the root cause of a ", "blame for a ",
]  # fmt: skip


@pytest.mark.parametrize("seed", HARD)
def test_a_hundred_thousand_characters_take_time_in_proportion(seed: str) -> None:
    def seconds(length: int) -> float:
        text = (seed * (length // len(seed) + 1))[:length]
        began = time.process_time()
        checks.check(text, Section.OVERVIEW, names=lines.RESPONDERS)
        return time.process_time() - began

    # Ten times the text may take ten times as long, and twice that on a bad day; a hundred times would be quadratic.
    small = seconds(10_000)
    assert seconds(100_000) < 20 * small + 2


@pytest.mark.parametrize("seed", ["be more ", "remind all ", "ask the team a ", "training for ", "hold a b "])
def test_so_do_action_items(seed: str) -> None:
    began = time.process_time()
    checks.check(seed * (100_000 // len(seed)), Section.ACTION_ITEM)
    assert time.process_time() - began < 20
