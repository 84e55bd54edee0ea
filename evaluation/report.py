"""The figures as people read them, and what lies under them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from bot.domain.harvest import analyse
from evaluation import score
from evaluation.channel import Channel
from evaluation.score import Score

_FLOORS = Path(__file__).parent / "floors.json"


def table(title: str, figures: Score) -> str:
    """One line a kind: precision, recall, and the counts they come from."""
    rows = [f"{title:<34} {'prec.':>6} {'recall':>6}   right wrong missed"]
    for what, tally in figures.tallies.items():
        numbers = f"{tally.right:>5} {tally.wrong:>5} {tally.missed:>6}"
        rows.append(f"  {what:<32} {tally.precision:>6.2f} {tally.recall:>6.2f}   {numbers}")
    return "\n".join(rows) + "\n"


def floors() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """The least precision and recall, by half and kind."""
    loaded: Mapping[str, Mapping[str, tuple[float, float]]] = json.loads(_FLOORS.read_text("utf-8"))
    return loaded


def below(half: str, figures: Score) -> list[str]:
    """A sentence for each figure under its floor, and for each floor that nothing measures."""
    said = []
    for what, (precision, recall) in floors().get(half, {}).items():
        tally = figures.tallies.get(what)
        if tally is None:
            said.append(f"{half}: nothing measures {what}.")
            continue
        for name, is_, least in (("precision", tally.precision, precision), ("recall", tally.recall, recall)):
            if is_ < least:
                said.append(f"{half}: the {name} of {what.strip()} is {is_:.3f}, and must be {least:.3f}.")
    return said


def behind(channel: Channel) -> str:
    """A channel's figures, and each message that was wrongly found or missed."""
    found = analyse.analyse(channel.messages, channel.people, score.options(channel))
    figures = score.compare(channel, found)
    said = {each.ts: each.text for each in channel.messages}
    rules = {each.ts: each.rule for each in found.todos} | {each.ts: each.rule for each in found.timeline}
    parts = [table(channel.name, figures)]
    for (what, how), stamps in figures.behind.items():
        parts += [f"{what.strip()} {how} {rules.get(ts, ''):5} {said[ts][:230]!r}" for ts in stamps]
    return "\n".join(parts)
