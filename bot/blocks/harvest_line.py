"""How far the reading of the channel has got. A part is never shown as the whole, and waiting is explained."""

from __future__ import annotations

from bot.blocks import marks_line, text
from bot.domain import phrases
from bot.domain.content import Section
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase
from bot.domain.overview import Overview
from bot.domain.status import Status

NOT_READ = "The channel has not been read yet."


def harvest_line(overview: Overview) -> str:
    """How far the reading is, and what people marked."""
    return "\n".join(each for each in (_reading(overview), marks_line.summary(overview)) if each)


def _reading(overview: Overview) -> str:
    """Reading, waiting, done with what was found, or stopped with the reason."""
    state = overview.harvest
    if state is None:
        return NOT_READ
    read = _read(overview.counts)
    if state.phase is Phase.STOPPED:
        trouble = text.escape(text.clip(state.trouble or "something went wrong.", 500))
        return (
            f":warning: Reading the channel stopped: {trouble}\n{read} so far; the rest is missing from the document."
        )
    if state.phase is Phase.DONE:
        return "\n".join(each for each in (f"The channel was read: {read}.", _waiting(overview)) if each)
    if state.waiting_until and state.waiting_until > overview.now:
        until = text.when(state.waiting_until, overview.postmortem.business_tz)
        return f":hourglass_flowing_sand: {read}, Slack asked us to wait until {until}. It goes on by itself."
    return f":hourglass_flowing_sand: {_doing(state)} {read} so far."


def _doing(state: HarvestState) -> str:
    if state.phase is Phase.ANALYSE:
        return "Looking through what was written:"
    return "Reading the threads:" if state.phase is Phase.THREADS else "Reading the channel:"


def _read(counts: HarvestCounts | None) -> str:
    if counts is None:
        return "no messages read"
    messages = f"{counts.messages:,} {'message' if counts.messages == 1 else 'messages'}"
    threads = f"{counts.threads - counts.threads_pending:,} of {counts.threads:,} threads" if counts.threads else ""
    return f"{messages} and {threads} read" if threads else f"{messages} read"


def _waiting(overview: Overview) -> str:
    """What was found and nobody has decided on yet; nothing once all is."""
    found, record, life = overview.findings, overview.postmortem, overview.life
    if found is None:
        return "What was found is being put together."
    named = life.content.entry(Section.RESPONDERS).version
    recorded = record.recording or life.content.text(Section.RECORDING, "none_because").strip()
    counted = (
        (0 if named else sum(each.suggested for each in found.responders), "responder", "responders"),
        (len(life.waiting_items), "timeline entry", "timeline entries"),
        (len(life.waiting_todos), "TODO", "TODOs"),
        (len(set(life.waiting_queries)), "query", "queries"),
        (0 if recorded else len(found.recordings), "recording", "recordings"),
    )
    waits = ", ".join(phrases.count(number, one, many) for number, one, many in counted if number)
    return f"Found, to be confirmed by people: {waits}." if waits and record.status is not Status.CLOSED else ""
