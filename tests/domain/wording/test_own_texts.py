"""What the bot says itself obeys its own rules: every sentence in the code that people may come to read has no warning."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.wording import checks, policy
from bot.domain.wording.finding import Level
from bot.domain.wording.sections import Section

ROOT = Path(__file__).resolve().parents[3]
# Expressions that look for such words, what the rules catch, and words that tell no two titles apart are those words.
NOT_SAID = ("bot/domain/harvest/", "bot/domain/wording/", "bot/domain/similar.py", "bot/domain/actionable.py")
FILES = [
    file
    for file in sorted((ROOT / "bot").rglob("*.py"))
    if not str(file.relative_to(ROOT)).startswith(NOT_SAID) and "__pycache__" not in file.parts
]


def sentences(file: Path) -> Iterator[str]:
    """Each string with a blank in it that is no docstring; what is filled in stands as X."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            aside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            aside.update(id(part) for part in node.values)
    for node in ast.walk(tree):
        if id(node) in aside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value
        elif isinstance(node, ast.JoinedStr):
            said = "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        else:
            continue
        if " " in said.strip():
            yield said


def warnings(said: str, section: Section) -> list[str]:
    return [each.words for each in checks.check(said, section) if each.level is Level.WARN]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_of_the_bot_has_a_warning(file: Path) -> None:
    for said in sentences(file):
        # A prompt may ask what could have been: it stands in a section where that is the question.
        asks = said.rstrip().endswith("?")
        for section in (Section.COULD_HAVE_BEEN_CAUGHT if asks else Section.OVERVIEW, Section.ACTION_ITEM):
            assert warnings(said, section) == [], said


def test_the_sentences_are_found() -> None:
    assert sum(1 for file in FILES for _ in sentences(file)) > 300


def test_the_reasons_of_the_rules_obey_the_rules() -> None:
    for about in policy.RULES.values():
        for section in Section:
            assert checks.check(about.reason, section) == (), about.reason
