"""Who responded is proposed from the channel and confirmed in the section (R-22); services and the recording beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import content_menu, ids
from bot.domain import document, section_suggestions
from bot.domain.content import Content, Entry, Section
from bot.domain.harvest.finding import Findings, RecordingFinding, Role
from bot.domain.life import Life
from bot.domain.page import Bullets, Paragraph, Table
from bot.domain.postmortem import Roles
from tests import factories
from tests.fakes.bot import Bot

OWNER, IC = "U2", "U1"
FOUND = Findings(
    responders=(
        factories.responder("U1", "Ana", roles=(Role.ic,)),
        factories.responder("U3", "Chioma", roles=(Role.scribe,)),
        factories.responder("UGONE", "Gone", messages=4),
        factories.responder("UPAGER", "PagerDuty", messages=9),
        factories.responder("U5", "Eve", messages=1, suggested=False, why="1 message, none of substance"),
    ),
    scribe=factories.claim(Role.scribe, "U3"),
    role_claims=(
        factories.claim(Role.deputy, "U3"),
        factories.claim(Role.deputy, "U4"),
        factories.claim(Role.ic, "U1"),
    ),
    recordings=(
        RecordingFinding("1764000000.000100", "javascript:x"),
        RecordingFinding("1764000001.000100", "https://zoom.example/rec/1"),
        RecordingFinding("1764000002.000100", "https://zoom.example/rec/2"),
    ),
)


def block(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    return next(each for each in view["blocks"] if each.get("block_id") == block_id)


def opened(bot: Bot, section: Section, user: str = OWNER) -> dict[str, Any]:
    bot.press(ids.SECTION_EDIT, content_menu.section_value(bot.record().id, section), user)
    return bot.screens.form()


def value(bot: Bot) -> dict[str, Any]:
    return dict(bot.look(lambda unit: unit.contents.load(bot.record().id)).entry(Section.RESPONDERS).value)


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.proposals.replace(bot.record().id, FOUND)
    return bot


def test_who_wrote_something_of_substance_is_chosen_already_and_confirmed_by_saving(begun: Bot) -> None:
    view = opened(begun, Section.RESPONDERS)
    people = block(view, "people")
    assert people["element"]["type"] == "multi_users_select"
    assert people["element"]["initial_users"] == ["U1", "U3"], "nobody who left, and no app"
    assert "Only observing, as far as the channel shows: Eve." in people["hint"]["text"]
    assert block(view, "others")["element"]["initial_value"] == "Gone\nPagerDuty", "they stay by name"
    assert block(view, "scribe")["element"]["initial_user"] == "U3"
    assert "please check" in block(view, "scribe")["hint"]["text"]
    assert block(view, "deputy")["element"]["initial_user"] == "U4", "whom the channel named last"
    assert "please check" in block(view, "deputy")["hint"]["text"]
    before = value(begun), begun.record()
    assert (before[0], before[1].roles.scribe) == ({}, None), "a suggestion is nothing before it is saved"
    assert begun.submit(view, OWNER, people=["U3", "U4"]).errors == {}
    assert value(begun)["people"] == ["U3", "U4"]
    assert begun.record().roles.scribe == "U3"
    again = opened(begun, Section.RESPONDERS)
    assert block(again, "people")["element"]["initial_users"] == ["U3", "U4"]
    stored = begun.contents()["section"], begun.contents()["audit"]
    assert begun.submit(again, OWNER, "V2").errors == {}
    assert (begun.contents()["section"], begun.contents()["audit"]) == stored, "sent unchanged, it changes nothing"
    assert "<@U3>, <@U4>" in begun.command("history", OWNER).text


def test_the_second_of_two_sees_whom_the_other_named(begun: Bot) -> None:
    mine, theirs = opened(begun, Section.RESPONDERS), opened(begun, Section.RESPONDERS, IC)
    begun.submit(theirs, IC, "V1", people=["U4"], scribe="U4")
    view = begun.submit(mine, OWNER, "V2", people=["U3"]).json["view"]
    assert str(view).count("Saved meanwhile: <@U4>") == 2
    assert block(view, "people")["element"]["initial_users"] == ["U3"]
    assert begun.submit(view, OWNER, "V2", hash="h2").errors == {}
    assert value(begun)["people"] == ["U3"]


def test_somebody_who_leaves_afterwards_stays_by_name(begun: Bot) -> None:
    begun.submit(opened(begun, Section.RESPONDERS), OWNER, people=["U3", "U4"], others="")
    gone = factories.person("U4", "Dev", deleted=True)
    begun.know(gone)
    view = opened(begun, Section.RESPONDERS)
    assert block(view, "people")["element"]["initial_users"] == ["U3"]
    assert block(view, "others")["element"]["initial_value"] == "Dev"


def test_the_recording_is_suggested_from_the_channel_until_somebody_says_otherwise(begun: Bot) -> None:
    view = opened(begun, Section.RECORDING)
    recording = block(view, "recording")
    assert recording["element"]["initial_value"] == "https://zoom.example/rec/1"
    assert "Also found: https://zoom.example/rec/2" in recording["hint"]["text"]
    assert begun.record().recording is None
    begun.submit(view, OWNER, recording="", none_because="no call")
    assert "initial_value" not in block(opened(begun, Section.RECORDING), "recording")["element"]


def test_services_have_a_form_of_their_own_and_are_those_of_the_record(begun: Bot) -> None:
    begun.press(ids.CONTENT_OPEN, begun.record().id, OWNER)
    row = next(each for each in begun.screens.form()["blocks"] if "*Services*" in str(each))
    assert row["accessory"]["text"]["text"] == "Write"
    mine, theirs = opened(begun, Section.SERVICES), opened(begun, Section.SERVICES, IC)
    begun.submit(theirs, IC, "V1", services="- checkout\npayments,  ledger\ncheckout")
    assert begun.record().services == ("checkout", "payments", "ledger")
    view = begun.submit(mine, OWNER, "V2", services="search").json["view"]
    assert "checkout\npayments\nledger" in [
        part["elements"][0]["text"]
        for each in view["blocks"]
        if each["type"] == "rich_text"
        for part in each["elements"]
    ]
    assert begun.submit(view, OWNER, "V2", hash="h2").errors == {}
    assert begun.record().services == ("search",)
    details = begun.details_form()
    assert block(details, ids.SERVICES)["element"]["initial_value"] == "search"
    assert ("checkout\npayments\nledger", "search") in [(entry.old, entry.new) for entry in begun.history()]


def written(people: list[str] | None, others: Sequence[str] = ("the database team",), **values: Any) -> Any:
    """The document's section of the responders."""
    kept = {"others": list(others)} | ({} if people is None else {"people": people})
    entries = {Section.RESPONDERS: Entry(Section.RESPONDERS, kept, 1, "U2", factories.NOW)}
    seen = factories.overview(life=Life(Content(entries)), findings=factories.findings(**values))
    return next(each for each in document.build(seen).sections if each.heading == "Responders").blocks


def plain(line: Any) -> str:
    return "".join(getattr(each, "text", "") or getattr(each, "label", "") for each in line)


def test_the_document_shows_the_confirmed_ones_and_keeps_the_others_apart() -> None:
    wrote = (*factories.findings().responders, factories.responder("U6", "Finn"))
    blocks = written(["U3", "U9"], responders=wrote)
    (table,) = [each for each in blocks if isinstance(each, Table)]
    rows = [tuple(map(plain, row))[:2] for row in table.rows]
    assert rows == [("Ana", "Incident Commander"), ("Chioma", "Scribe"), ("Dana", "Responder")]
    assert "proposed" not in str(table)
    said = [plain(each.line) for each in blocks if isinstance(each, Paragraph)]
    assert said == ["Wrote in the channel, and not among the responders: Finn.", "Who else took part:"]
    assert any(
        "the database team" in plain(line) for each in blocks if isinstance(each, Bullets) for line in each.items
    )


def test_who_took_part_otherwise_is_not_said_to_be_left_out() -> None:
    blocks = written(["U3"], responders=(factories.responder("U6", "Finn"),), others=["Finn"])
    assert [plain(each.line) for each in blocks if isinstance(each, Paragraph)] == ["Who else took part:"]


def test_a_role_that_is_settled_is_no_proposal_any_more() -> None:
    said = plain(written(["U1"])[0].items[0])
    assert "in the channel: Ana from" in said
    assert "proposed" not in said
    assert "H-0" not in said


def test_until_then_they_are_proposals() -> None:
    seen = factories.overview(findings=factories.findings())
    (table,) = [
        each
        for section in document.build(seen).sections
        if section.heading == "Responders"
        for each in section.blocks
        if isinstance(each, Table)
    ]
    assert "Scribe (proposed)" in str(table)


def test_an_ic_who_is_only_assumed_is_not_taken_for_a_responder() -> None:
    record = factories.postmortem(roles=Roles(ic="U8", ic_assumed=True, deputy="U7"))
    found = section_suggestions.suggest(Section.RESPONDERS, record, Content(), None, {})
    assert found.values["people"] == "U7"
    assert section_suggestions.suggest(Section.FACTORS, record, Content(), FOUND, {}).values == {}
