"""docs/wording.md shows the table of the rules as the code has it, the example as it comes out, and the measured counts."""

from __future__ import annotations

import itertools
from pathlib import Path

from bot.domain.wording import checks, policy
from bot.domain.wording.finding import Level, Rule
from bot.domain.wording.people import Person
from bot.domain.wording.policy import About
from bot.domain.wording.sections import EXTERNAL, Section
from tests.domain.wording import lines

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "wording.md").read_text(encoding="utf-8")
HEAD = "| rule | catches | warn | suggest | off |\n|---|---|---|---|---|"


def where(about: About, level: Level) -> str:
    if about.level is level:
        return "elsewhere" if about.elsewhere else "everywhere"
    found = [section for section in Section if about.elsewhere.get(section) is level]
    labels = [section.label for section in found if section not in EXTERNAL]
    if set(found) >= EXTERNAL:
        labels.append("External Message")
    return ", ".join(labels)


def row(rule: Rule, about: About) -> str:
    return f"| {rule} | {about.catches} | {' | '.join(where(about, level) for level in Level)} |"


def test_the_table_of_rules_is_that_of_the_code() -> None:
    wanted = "\n".join([HEAD, *(row(rule, about) for rule, about in policy.RULES.items())])
    assert wanted in PAGE, f"put this into docs/wording.md:\n{wanted}"


def test_the_external_message_has_one_policy_for_its_three_parts() -> None:
    for rule, (one, other) in itertools.product(Rule, itertools.pairwise(sorted(EXTERNAL))):
        assert policy.level(rule, one) is policy.level(rule, other), rule


def test_the_example_comes_out_as_it_is_shown() -> None:
    text = "At 14:05 an outage of the checkout began. The on-call engineer failed to check the replica."
    assert text in PAGE
    for found in checks.check(text, Section.OVERVIEW):
        offered = ", ".join(f"*{each}*" for each in found.replacements)
        wanted = f"| {found.words} | {found.rule}, {found.level} | {found.reason} | {offered} |"
        assert wanted in PAGE, f"put this into docs/wording.md:\n{wanted}"


def test_the_counts_of_the_hand_made_lines_are_those_of_a_run_now() -> None:
    def marked(texts: tuple[str, ...], section: Section, names: tuple[Person, ...] = ()) -> int:
        found = (checks.check(text, section, names=names) for text in texts)
        return sum(any(each.rule not in {Rule.NAME, Rule.OUTAGE} for each in findings) for findings in found)

    rows = [
        ("blameful, as What Happened", lines.BLAMEFUL, Section.WHAT_HAPPENED, lines.RESPONDERS),
        ("clean, as What Happened", lines.CLEAN, Section.WHAT_HAPPENED, lines.RESPONDERS),
        ("fixes of people, as Action Items", lines.FIXES_OF_PEOPLE, Section.ACTION_ITEM, ()),
        ("clean, as Action Items", lines.CLEAN_ACTIONS + lines.CLEAN, Section.ACTION_ITEM, ()),
    ]
    wanted = "| lines | found |\n|---|---|\n" + "\n".join(
        f"| {what} | {marked(texts, section, names)} of {len(texts)} |" for what, texts, section, names in rows
    )
    assert wanted in PAGE, f"put this into docs/wording.md:\n{wanted}"
