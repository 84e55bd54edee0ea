"""How far the reading of the channel has got. A part is never shown as the whole, and waiting is explained."""

from __future__ import annotations

from bot.blocks import marks_line, text
from bot.domain import harvest_left, phrases
from bot.domain.content import Section
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase
from bot.domain.overview import Overview
from bot.domain.status import Status

NOT_READ = "The channel has not been read yet."


def harvest_line(overview: Overview) -> str:
    """How far the reading is: the record's own channel, then its other ones; what was found, and what people marked."""
    state = overview.harvest
    if state is None:
        return "\n".join(each for each in (NOT_READ, marks_line.summary(overview)) if each)
    said = [_reading(overview, state, overview.counts)]
    others = [f"<#{other.channel_id}>: {_other(overview, other, counts)}" for other, counts in overview.readings]
    found = [_waiting(overview)] if state.phase is Phase.DONE else []
    return "\n".join(each for each in (*said, *others, *found, marks_line.summary(overview)) if each)


def _reading(overview: Overview, state: HarvestState, counts: HarvestCounts | None) -> str:
    read = _read(counts)
    if state.phase is Phase.STOPPED:
        return (
            f":warning: Reading the channel stopped: {_trouble(state)}\n"
            f"{read} so far; the rest is missing from the document."
        )
    if state.phase is Phase.DONE:
        return f"The channel was read: {read}.{_since_then(overview)}"
    if state.waiting_until and state.waiting_until > overview.now:
        until = text.when(state.waiting_until, overview.postmortem.business_tz)
        left = _left(overview, state, counts, " ({}, this wait included)")
        return f":hourglass_flowing_sand: {read}, Slack asked us to wait until {until}. It goes on by itself{left}."
    left = _left(overview, state, counts, "; {}")
    return f":hourglass_flowing_sand: {_doing(state)} {read} so far{left}.{_before_that(overview)}"


def _other(overview: Overview, state: HarvestState, counts: HarvestCounts) -> str:
    read = _read(counts)
    if state.phase is Phase.STOPPED:
        return f":warning: reading it stopped: {_trouble(state)} {read} so far."
    if state.waiting_until and state.waiting_until > overview.now:
        left = _left(overview, state, counts, "; {}, this wait included")
        return f":hourglass_flowing_sand: {read}, Slack asked us to wait{left}."
    left = _left(overview, state, counts, "; {}")
    return f"{read}." if state.phase is Phase.DONE else f":hourglass_flowing_sand: {read} so far{left}."


def _left(overview: Overview, state: HarvestState, counts: HarvestCounts | None, put: str) -> str:
    """How long it will still take, put into the sentence; nothing where nothing is known of it."""
    left = harvest_left.left(state, counts, overview.now)
    if left == harvest_left.UNKNOWN:
        return f"; {left}"
    return put.format(left) if left else ""


def _trouble(state: HarvestState) -> str:
    return text.escape(text.clip(state.trouble or "something went wrong.", 500))


def _since_then(overview: Overview) -> str:
    """From when on nothing has to be read; what is closed is not listened for."""
    state, record = overview.harvest, overview.postmortem
    if state is None or state.live_from is None or record.status is Status.CLOSED:
        return ""
    return f" Since {text.when(state.live_from, record.business_tz)} everything is heard live."


def _before_that(overview: Overview) -> str:
    """What the reading that runs is about."""
    state = overview.harvest
    if state is None or state.live_from is None:
        return ""
    at = text.when(state.live_from, overview.postmortem.business_tz)
    return f" That is what was said before {at}; since then everything is heard live."


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
