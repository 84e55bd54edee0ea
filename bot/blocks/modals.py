"""The forms: how they look, and how their answers are read, so that the shape of a view is known in one place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.blocks import ids, inputs, lines, parts, text
from bot.blocks.inputs import Block
from bot.blocks.prefill import Guess, Prefill, prefill
from bot.domain import details as rules
from bot.domain import typed
from bot.domain.details import DetailsForm
from bot.domain.noticed import Noticed
from bot.domain.overview import Overview
from bot.ports.chat import Drawing

_METADATA, _BLOCKS, _BYTES = 3000, 100, 250_000
_TITLE, _BUTTON = 24, 24
_NOT_KNOWN = "unknown"
_ZONE_HINT = "Shown and entered in your own time zone."


def details(
    overview: Overview, private_metadata: str, noticed: Noticed | None = None, *, sentence: str = ""
) -> dict[str, Any]:
    """The form that completes a record, filled in with what is recorded, else with what the channel suggests, and what was
    noticed there before there was a record (R-01); `sentence`, in finished mark-up, says what happened before it opened."""
    filled = prefill(overview, noticed)
    record = overview.postmortem
    blocks = [
        *([parts.section(sentence)] if sentence else []),
        parts.context(f"{record.name} · what you leave empty can be added later."),
        inputs.line(
            "Title",
            ids.TITLE,
            str(filled.title.value or ""),
            most=rules.TITLE_MOST,
            hint=filled.title.source,
            placeholder="Checkout is slow",
        ),
        _severity(filled.severity),
        inputs.moment("Started", ids.STARTED_AT, record.times.started_at, _ZONE_HINT),
        inputs.moment("Noticed", ids.DETECTED_AT, record.times.detected_at, _ZONE_HINT),
        inputs.moment("Resolved", ids.RESOLVED_AT, filled.resolved_at, _resolved_hint(filled)),
        *_people(filled),
        inputs.line(
            "Services", ids.SERVICES, ", ".join(record.services), optional=True, hint="With commas in between."
        ),
        inputs.line(
            "Call recording",
            ids.RECORDING,
            str(filled.recording.value or ""),
            optional=True,
            hint=filled.recording.source,
            placeholder="https://",
        ),
    ]
    return view(ids.DETAILS, "Incident details", "Save", blocks, private_metadata)


def choose_owner(private_metadata: str, *, sentence: str = "", owner: str | None = None) -> dict[str, Any]:
    """The form that asks for one person; `sentence` says why it is asked, `owner` is preselected."""
    intro = [parts.section(text.escape(text.clip(sentence, 1000)))] if sentence else []
    hint = "One person, not a team: so that nobody waits for somebody else."
    blocks = [*intro, inputs.person("Owner of the post-mortem", ids.OWNER, owner, hint, optional=False)]
    return view(ids.CHOOSE_OWNER, "Choose the owner", "Choose", blocks, private_metadata)


def decline(overview: Overview, private_metadata: str) -> dict[str, Any]:
    """The form of somebody who cannot be the owner: the reason goes to the IC."""
    blocks = [
        parts.section(
            f"{lines.name(overview.postmortem)}\nNo harm done: the incident commander chooses somebody else."
        ),
        inputs.line(
            "Why can't you?", ids.REASON, "", most=1000, multiline=True, hint="The incident commander reads this."
        ),
    ]
    return view(ids.DECLINE, "I can't be the owner", "Send", blocks, private_metadata)


def read_details(state_values: object) -> DetailsForm:
    """The details from `view.state.values`; whatever is missing is empty, whatever is odd is named in `unreadable`."""
    answers = inputs.Answers(state_values)
    severity = answers.choice(ids.SEVERITY)
    number = int(severity) if severity and severity.isascii() and severity.isdigit() and len(severity) < 4 else None
    odd = {ids.SEVERITY} if severity not in (None, _NOT_KNOWN) and number is None else set()
    services = (part.strip() for part in answers.text(ids.SERVICES).replace("\n", ",").split(","))
    return DetailsForm(
        title=" ".join(answers.text(ids.TITLE).split()),
        severity=number,
        started_at=answers.moment(ids.STARTED_AT),
        detected_at=answers.moment(ids.DETECTED_AT),
        resolved_at=answers.moment(ids.RESOLVED_AT),
        ic=answers.user(ids.IC),
        shadow=answers.user(ids.SHADOW),
        scribe=answers.user(ids.SCRIBE),
        services=tuple(dict.fromkeys(service for service in services if service)),
        recording=answers.text(ids.RECORDING).strip() or None,
        unreadable=frozenset(answers.odd | odd),
    )


def details_errors(form: DetailsForm, now: datetime) -> dict[str, str]:
    """Block id -> sentence for `response_action=errors`; the block ids are the names of the form's fields."""
    return rules.problems(form, now)


def read_owner(state_values: object) -> str | None:
    """The person chosen in `choose_owner`, None when nobody was."""
    return inputs.Answers(state_values).user(ids.OWNER)


def read_reason(state_values: object) -> str:
    """The reason given in `decline`, without white space around it."""
    return inputs.Answers(state_values).text(ids.REASON).strip()


def _resolved_hint(filled: Prefill) -> str:
    return f"{filled.resolved_from} The deadline counts from here.".strip()


def _severity(guess: Guess) -> Block:
    options = [(f"SEV-{number}", str(number)) for number in rules.SEVERITIES]
    chosen = str(guess.value) if guess.value in rules.SEVERITIES else _NOT_KNOWN
    return inputs.select("Severity", ids.SEVERITY, [("Not known yet", _NOT_KNOWN), *options], chosen, guess.source)


def _people(filled: Prefill) -> list[Block]:
    rows = (
        ("Incident commander", ids.IC, filled.ic),
        ("Shadow of the incident commander", ids.SHADOW, filled.shadow),
        ("Scribe", ids.SCRIBE, filled.scribe),
    )
    return [
        inputs.person(
            label, block_id, guess.value if isinstance(guess.value, str) else None, guess.source, optional=True
        )
        for label, block_id, guess in rows
    ]


def notice(drawing: Drawing, title: str = "One moment") -> dict[str, Any]:
    """A message as a modal, over an open form or by itself: there is nothing to send."""
    return {
        "type": "modal",
        "title": parts.plain(title, _TITLE),
        "close": parts.plain("Back", _BUTTON),
        "blocks": [dict(block) for block in drawing.blocks],
    }


def carry(**values: str) -> str:
    """What a form carries, as the door reads it."""
    return json.dumps(values)


def fits(view: Mapping[str, Any]) -> bool:
    """Whether Slack takes a form of this length."""
    return len(view["blocks"]) <= _BLOCKS and len(json.dumps(view)) <= _BYTES


def view(callback_id: str, title: str, submit: str, blocks: list[Block], private_metadata: str) -> dict[str, Any]:
    """A modal of ours; raises ValueError when it carries more than Slack takes."""
    if typed.width(private_metadata) > _METADATA:
        raise ValueError(f"private_metadata has more than {_METADATA} characters.")
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": parts.plain(title, _TITLE),
        "submit": parts.plain(submit, _BUTTON),
        "close": parts.plain("Cancel", _BUTTON),
        "private_metadata": private_metadata,
        "blocks": blocks,
    }
