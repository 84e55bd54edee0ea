"""What a harvest found beside responders, timeline and follow-ups, for a person: who was there without taking part, numbers of
customers, related tickets and pull requests, texts for the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.documents import harvest_markdown as md
from bot.domain.harvest.finding import Findings


def draw(findings: Findings, names: Mapping[str, str]) -> str:
    """The parts that hold something, in Markdown; "" where none does."""
    parts = (
        ("Also there", _present(findings, names)),
        (
            "How many customers",
            list(dict.fromkeys(f"{md.inline(each.text)} ({each.rule})" for each in findings.customers)),
        ),
        (
            "Related tickets and pull requests",
            [_reference(each.text, each.url, each.rule) for each in findings.references],
        ),
    )
    drawn = [f"## {head}\n\n{_list(rows)}" for head, rows in parts if rows]
    if findings.public_texts:
        texts = "\n\n".join(md.code(each.text) for each in findings.public_texts)
        drawn.append(f"## Texts for customers\n\n{texts}")
    return "\n\n".join(drawn)


def _present(findings: Findings, names: Mapping[str, str]) -> list[str]:
    there = findings.presence
    groups = (
        ("Observed", [each.name for each in findings.responders if not each.suggested]),
        ("Called by name, and silent", [names.get(user, user) for user, _ in there.silent]),
        ("Only joined", [names.get(user, user) for user in there.joined]),
        ("Apps", list(there.apps)),
    )
    return [f"{head}: {', '.join(map(md.inline, who))}" for head, who in groups if who]


def _reference(label: str, url: str, rule: str) -> str:
    return f"{md.inline(label)}{f' {md.link(url)}' if url else ''} ({rule})"


def _list(rows: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in rows)
