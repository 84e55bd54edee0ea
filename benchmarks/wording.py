"""`python -m benchmarks.wording FILE.jsonl [--field text] [--section external_happened]`: how often the wording rules speak
up on texts of your own, as findings per 100 texts by rule and level. A rule that is always heard is not listened to."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.wording import checks
from bot.domain.wording.finding import Level, Rule
from bot.domain.wording.sections import Section


@dataclass(frozen=True, slots=True)
class Rates:
    """Findings counted over texts: by rule and level, and how many texts had any at a level."""

    texts: int
    found: Counter[tuple[Rule, Level]]
    touched: Counter[Level]

    def lines(self) -> Iterator[str]:
        """One line a rule and level, per 100 texts, then the texts with at least one finding."""
        yield "| rule | level | findings per 100 texts |"
        yield "|---|---|---|"
        for (rule, level), number in sorted(self.found.items(), key=lambda each: (-each[1], each[0])):
            yield f"| {rule} | {level} | {self._per_hundred(number)} |"
        for level in (Level.WARN, Level.SUGGEST):
            yield f"| texts with any | {level} | {self._per_hundred(self.touched[level])} |"

    def _per_hundred(self, number: int) -> str:
        return f"{100 * number / max(1, self.texts):.1f}"


def measure(texts: Iterable[str], section: Section, *, full_outage: bool = False) -> Rates:
    """The rates over texts, each read as the given section."""
    total, found, touched = 0, Counter[tuple[Rule, Level]](), Counter[Level]()
    for text in texts:
        total += 1
        findings = checks.check(text, section, full_outage=full_outage)
        found.update((each.rule, each.level) for each in findings)
        touched.update({each.level for each in findings})
    return Rates(total, found, touched)


def texts(file: Path, field: str) -> Iterator[str]:
    """The field of each line that has it as text."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line).get(field) if line.strip() else None
            if isinstance(value, str):
                yield value


def main(arguments: list[str] | None = None) -> int:
    """Print the table for one file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording", description="findings per 100 texts")
    parser.add_argument("file", type=Path, help="JSON lines")
    parser.add_argument("--field", default="text", help="the field that holds the text")
    parser.add_argument("--section", default=Section.EXTERNAL_HAPPENED, choices=[each.value for each in Section])
    parser.add_argument("--full-outage", action="store_true", help="R-37: everything was down")
    given = parser.parse_args(arguments)
    rates = measure(texts(given.file, given.field), Section(given.section), full_outage=given.full_outage)
    print(f"{rates.texts} texts, read as {Section(given.section).label}")
    print("\n".join(rates.lines()))
    return 0 if rates.texts else 1


if __name__ == "__main__":
    sys.exit(main())
