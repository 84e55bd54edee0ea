"""Whatever people type and however much was found: Slack takes every message, and nobody is pinged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks import card, direct, hub, modals, notes, replies, role_steps
from bot.domain.harvest_state import Phase
from bot.domain.overview import Overview
from bot.domain.postmortem import OwnerState, ProposalState, Roles, Times
from bot.domain.status import Status
from tests import factories

NASTY = [
    "x" * 3001,
    "<!channel> <!here|x> <!everyone> <!subteam^S1|@all>",
    "@channel @Here @EVERYONE",
    "<@U123> <#C1|x> <https://evil.example|good>",
    "``` open `code` ```` *bold _it ~no",
    "&" * 3000,
    "<" * 2999,
    "\U0001f525" * 2000,
    "مرحبا \u202e evil \u2066 <!channel>",
    "\ud800 lone, \x00 zero, \x1b[31m red",
    " \n\t\r\n ",
    "|> || <|",
    "",
]
typed = st.one_of(st.sampled_from(NASTY), st.text(max_size=200), st.text(alphabet="<>!&@`|channel ", max_size=4000))
users = st.none() | st.sampled_from(["U123", "W456", "", "not an id <!channel>"])
moments = st.none() | st.datetimes(
    datetime(1970, 1, 2),
    datetime(9000, 1, 1),
    timezones=st.just(UTC),
)
records = st.builds(
    factories.postmortem,
    title=typed,
    severity=st.none() | st.integers(1, 9),
    status=st.sampled_from(Status),
    owner=users,
    owner_state=st.sampled_from(OwnerState),
    roles=st.builds(Roles, ic=users, deputy=users, shadow=users, scribe=users, ic_assumed=st.booleans()),
    services=st.lists(typed, max_size=40).map(tuple),
    recording=st.none() | typed,
    business_tz=st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata"]),
)
states = st.none() | st.builds(
    factories.harvest,
    phase=st.sampled_from(Phase),
    waiting_until=st.none() | st.just(factories.NOW + timedelta(seconds=40)),
    trouble=st.none() | typed,
)
many = st.builds(
    lambda text, number: factories.findings(
        timeline=(factories.event(text),) * number,
        todos=(factories.todo(text),) * number,
        recordings=(),
        severities=(("1.0", number),),
        ic=factories.claim(user_id=f"{text[:20]}!"),
        scribe=factories.claim(user_id="U345"),
    ),
    typed,
    st.integers(0, 300),
)
overviews = st.builds(
    lambda record, started, **rest: factories.overview(
        record.changed(times=Times(started, None, None)) if started else record, **rest
    ),
    records,
    moments,
    findings=st.none() | many,
    harvest=states,
    counts=st.none() | st.just(factories.counts()),
    proposal=st.none() | st.builds(factories.proposal, state=st.sampled_from(ProposalState), candidate=users),
    document=st.none() | typed | st.just("https://acme.slack.com/files/U1/F1/pm-7.md"),
    troubles=st.lists(typed, max_size=60).map(tuple),
)
thorough = settings(max_examples=60, deadline=None)


@given(overview=overviews)
@thorough
def test_slack_takes_the_card_and_the_status_answer_and_the_steps(overview: Overview, accepts: Any) -> None:
    accepts(card.card(overview))
    accepts(hub.hub(overview))
    accepts(role_steps.role_steps(overview))


@given(overview=overviews, tz=st.none() | st.sampled_from(["Asia/Tokyo", "No/Where", "../etc", ""]), name=typed)
@thorough
def test_slack_takes_what_the_owner_and_the_ic_are_told(
    overview: Overview, tz: str | None, name: str, accepts: Any
) -> None:
    accepts(direct.owner_dm(overview, factories.person("U1", name, tz=tz)))
    accepts(direct.owner_dm(overview, None, to="U9"))
    if overview.proposal:
        accepts(direct.confirm_dm(overview, overview.proposal))


@given(overview=overviews, values=st.dictionaries(st.sampled_from(["owner", "by", "reason", "candidate"]), typed))
@thorough
def test_slack_takes_every_short_message(overview: Overview, values: dict[str, Any], accepts: Any) -> None:
    for note in (*notes.TO_PERSON.values(), *notes.TO_CHANNEL.values()):
        accepts(note(overview, values))


@given(overview=overviews, sentence=typed)
@thorough
def test_slack_takes_every_form(overview: Overview, sentence: str, accepts_view: Any) -> None:
    accepts_view(modals.details(overview, "record-7"))
    accepts_view(modals.decline(overview, "record-7"))
    accepts_view(modals.choose_owner("C1", sentence=sentence, owner=f"{sentence}!"))


@given(word=typed, commands=st.lists(st.tuples(typed, typed), max_size=80))
@thorough
def test_slack_takes_every_private_answer(word: str, commands: list[tuple[str, str]], accepts: Any) -> None:
    for drawing in (
        replies.refusal(word),
        replies.open_form(word, "record-7"),
        replies.help(commands),
        replies.unknown_command(word, None, commands),
        replies.unknown_command(word, word, commands),
    ):
        accepts(drawing)


def test_a_form_refuses_to_lose_a_part_of_what_it_carries() -> None:
    with pytest.raises(ValueError, match="3000"):
        modals.choose_owner("x" * 3001)
