"""The post-mortem is written in forms: a menu, a form a section, everything kept as it was typed, and nobody's words lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import content_menu, ids
from bot.domain import section_forms
from bot.domain.content import Entry, Section
from bot.domain.policy import Policy
from bot.domain.postmortem import Times
from bot.domain.status import Status
from bot.usecases import facts
from tests.fakes.bot import Bot

OWNER, IC, OTHER = "U2", "U1", "U4"
DIMENSIONS = Policy().impact_dimensions
FIRE = "\U0001f525"


def opened(bot: Bot, section: Section, user: str = OWNER) -> dict[str, Any]:
    """The form of a section, opened from a message."""
    bot.press(ids.SECTION_EDIT, content_menu.section_value(bot.record().id, section), user)
    return bot.screens.form()


def value(bot: Bot, section: Section) -> dict[str, Any]:
    entry = bot.look(lambda unit: unit.contents.load(bot.record().id)).entry(section)
    return dict(entry.value)


def initial(view: dict[str, Any], block_id: str) -> str:
    element = next(block["element"] for block in view["blocks"] if block.get("block_id") == block_id)
    return str(element.get("initial_value", ""))


def meanwhile(view: dict[str, Any]) -> str:
    """What somebody else saved, as it is shown: in rich text, where nothing pings anybody."""
    rich = [part for block in view["blocks"] if block["type"] == "rich_text" for part in block["elements"]]
    return "".join(part["elements"][0]["text"] for part in rich if part["type"] == "rich_text_quote")


def put(bot: Bot, **values: Any) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(**values))


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


ANSWERS: dict[Section, dict[str, Any]] = {
    Section.OVERVIEW: {"overview": "Checkout was slow.", "what_happened": "A deploy.\nThen a rollback."},
    Section.FACTORS: {"trigger": "A deploy", "factors": "- No canary\n\n• Old alert\nRetries"},
    Section.RESOLUTION: {"resolution": "Rolled back", "temporary": ["yes"], "long_term": "A limit"},
    Section.IMPACT: {
        "time_in_sev1": "45", "time_in_sev2": "0 minutes", "accounts": "1,204", "users": "unknown, because no logs",
        "support": "2", "support_links": "https://help.example/1\nhttps://help.example/2",
        **{section_forms.metric(each): "24 of 100000" for each in DIMENSIONS},
    },
    Section.CAUGHT: {"canary": "yes", "tests": "", "load_test": "no"},
    Section.RETROSPECT: {"well": "Fast page", "badly": "", "nothing_to_note": ["yes"], "lucky": "It was night"},
    Section.RECORDING: {"recording": "", "none_because": "There was no call"},
    Section.RESPONDERS: {"people": ["U3", "U4"], "scribe": None, "no_scribe": ["yes"], "deputy": "U3"},
    Section.SERVICES: {"services": "- checkout\npayments, ledger"},
}  # fmt: skip


@pytest.mark.parametrize("section", list(Section))
def test_each_section_is_saved_and_stands_in_its_form_again(begun: Bot, section: Section) -> None:
    reply = begun.submit(opened(begun, section), OWNER, **ANSWERS[section])
    assert reply.errors == {}, reply.text
    assert reply.json["response_action"] == "update", "the menu takes the form's place"
    assert reply.json["view"]["callback_id"] == ids.CONTENT
    again = opened(begun, section)
    before = begun.contents()["section"], begun.contents()["audit"]
    assert begun.submit(again, OWNER, "V2").errors == {}
    assert (begun.contents()["section"], begun.contents()["audit"]) == before, "sent unchanged, it changes nothing"


def test_every_section_filled_in_leaves_nothing_missing_but_the_timeline(begun: Bot) -> None:
    for section in Section:
        assert begun.submit(opened(begun, section), OWNER, f"V{section}", **ANSWERS[section]).errors == {}
    record = begun.record()
    missing = begun.look(lambda unit: facts.facts(unit, record, Policy())).missing_content
    assert missing == ("Timeline",)


def test_what_is_kept_has_the_shape_that_the_gate_reads(begun: Bot) -> None:
    for section in (Section.FACTORS, Section.IMPACT):
        begun.submit(opened(begun, section), OWNER, f"V{section}", **ANSWERS[section])
    assert value(begun, Section.FACTORS) == {"trigger": "A deploy", "factors": ["No canary", "Old alert", "Retries"]}
    impact = value(begun, Section.IMPACT)
    assert impact["accounts"] == {"value": 1204}
    assert impact["users"] == {"unknown": "no logs"}
    assert impact["support"] == {"value": 2, "links": ["https://help.example/1", "https://help.example/2"]}
    assert impact["metrics"] == {each: {"value": 24, "of": 100000} for each in DIMENSIONS}
    assert (impact["time_in_sev1"], impact["time_in_sev2"]) == (45, 0)


def test_roles_and_the_recording_are_those_of_the_record(begun: Bot) -> None:
    view = opened(begun, Section.RESPONDERS)
    assert begun.submit(view, OWNER, scribe="U3", deputy="U4").errors == {}
    view = opened(begun, Section.RECORDING)
    assert begun.submit(view, OWNER, "V2", recording="https://zoom.example/rec").errors == {}
    record = begun.record()
    assert (record.roles.scribe, record.roles.deputy) == ("U3", "U4")
    assert record.recording == "https://zoom.example/rec"
    changed = {entry.field for entry in begun.history()}
    assert {"responders.scribe", "responders.deputy", "recording.recording"} <= changed


WRONG = [
    (Section.IMPACT, {"accounts": "many"}, "accounts"),
    (Section.IMPACT, {"accounts": "12k"}, "accounts"),
    (Section.IMPACT, {"users": "unknown"}, "users"),
    (Section.IMPACT, {"time_in_sev1": "an hour"}, "time_in_sev1"),
    (Section.IMPACT, {section_forms.metric(DIMENSIONS[0]): "5 of 3"}, section_forms.metric(DIMENSIONS[0])),
    (Section.IMPACT, {section_forms.metric(DIMENSIONS[0]): "lots"}, section_forms.metric(DIMENSIONS[0])),
    (Section.IMPACT, {"support": "1", "support_links": "PROJ-1"}, "support_links"),
    (Section.IMPACT, {"support_links": "https://help.example/1"}, "support"),
    (Section.OVERVIEW, {"overview": "x" * 601}, "overview"),
    (Section.RETROSPECT, {"badly": "slow", "nothing_to_note": ["yes"]}, "nothing_to_note"),
    (Section.RESPONDERS, {"scribe": "U3", "no_scribe": ["yes"]}, "no_scribe"),
    (Section.RESPONDERS, {"scribe": "UBOT"}, "scribe"),
    (Section.RESPONDERS, {"people": ["U3", "UBOT"]}, "people"),
    (Section.SERVICES, {"services": "x" * 81}, "services"),
    (Section.SERVICES, {"services": "\n".join(map(str, range(31)))}, "services"),
    (Section.OVERVIEW, {"overview": FIRE * 301}, "overview"),
    (Section.RETROSPECT, {"well": FIRE * 1500, "badly": FIRE * 8000}, "badly"),
    (Section.RECORDING, {"recording": "javascript:alert(1)"}, "recording"),
    (Section.RECORDING, {"recording": "https://z.example", "none_because": "none"}, "none_because"),
]


@pytest.mark.parametrize(
    ("section", "answers", "field"), WRONG, ids=[f"{s}-{f}-{next(iter(a.values()))!s:.12}" for s, a, f in WRONG]
)
def test_odd_input_is_refused_at_its_field_and_nothing_is_saved(
    begun: Bot, section: Section, answers: dict[str, Any], field: str
) -> None:
    view, before = opened(begun, section), begun.contents()
    reply = begun.submit(view, OWNER, **answers)
    assert list(reply.errors) == [field]
    assert begun.contents() == before


@pytest.mark.parametrize("user", ["U5", "U4", "UGUEST", "UFAR", "UBOT"])
def test_others_are_told_who_writes(begun: Bot, user: str) -> None:
    for action, given in (
        (ids.CONTENT_OPEN, begun.record().id),
        (ids.SECTION_EDIT, content_menu.section_value(begun.record().id, Section.OVERVIEW)),
    ):
        begun.press(action, given, user)
        assert "write the post-mortem" in begun.screens.sentence() or "Guests" in begun.screens.sentence()
        assert "<@U2>" in begun.screens.sentence()
    view, before = opened(begun, Section.OVERVIEW), begun.contents()
    reply = begun.submit(view, user, overview="mine")
    assert "ask <@U2>" in reply.errors["overview"] or "guests" in reply.errors["overview"]
    assert begun.contents() == before


def test_a_scribe_writes_and_names_no_deputy(begun: Bot) -> None:
    begun.submit(opened(begun, Section.RESPONDERS), OWNER, scribe="U3")
    assert begun.submit(opened(begun, Section.OVERVIEW, "U3"), "U3", "V2", overview="The scribe's").errors == {}
    reply = begun.submit(opened(begun, Section.RESPONDERS, "U3"), "U3", "V3", deputy="U3")
    assert "Only the owner, the IC or the deputy" in reply.errors["deputy"]


@pytest.mark.parametrize("status", [Status.REVIEWED, Status.CLOSED])
def test_a_text_that_was_agreed_on_is_frozen_with_the_way_back(begun: Bot, status: Status) -> None:
    view = opened(begun, Section.OVERVIEW)
    put(begun, status=status)
    begun.press(ids.CONTENT_OPEN, begun.record().id, OWNER)
    assert "does not change any more" in begun.screens.sentence()
    before = begun.contents()
    assert "presses" in begun.submit(view, OWNER, overview="late").errors["overview"]
    assert begun.contents() == before


def test_in_review_it_is_still_written(begun: Bot) -> None:
    put(begun, status=Status.IN_REVIEW)
    assert begun.submit(opened(begun, Section.OVERVIEW), OWNER, overview="better").errors == {}


def test_the_second_of_two_people_sees_both_texts_and_decides(begun: Bot) -> None:
    mine, theirs = opened(begun, Section.OVERVIEW), opened(begun, Section.OVERVIEW, IC)
    assert begun.submit(theirs, IC, "V1", overview="Theirs <!channel>").errors == {}
    reply = begun.submit(mine, OWNER, "V2", overview="Mine", what_happened="Long story")
    view = reply.json["view"]
    assert (reply.json["response_action"], view["callback_id"]) == ("update", ids.SECTION)
    assert initial(view, "overview") == "Mine"
    assert initial(view, "what_happened") == "Long story"
    shown = str(view["blocks"])
    assert "<@U1> saved this" in shown
    assert meanwhile(view) == "Theirs <!channel>"
    assert value(begun, Section.OVERVIEW)["overview"] == "Theirs <!channel>", "nothing was overwritten"
    assert begun.submit(view, OWNER, "V2", hash="h2").errors == {}
    assert value(begun, Section.OVERVIEW) == {"overview": "Mine", "what_happened": "Long story"}
    old = [entry.old for entry in begun.history() if entry.field == "overview.overview"]
    assert old == [None, "Theirs <!channel>"], "the history keeps what was there"


def test_two_who_typed_the_same_are_not_bothered(begun: Bot) -> None:
    mine, theirs = opened(begun, Section.FACTORS), opened(begun, Section.FACTORS, IC)
    begun.submit(theirs, IC, "V1", factors="One")
    assert begun.submit(mine, OWNER, "V2", factors="One").json["view"]["callback_id"] == ids.CONTENT


def test_two_on_different_sections_never_meet(begun: Bot) -> None:
    mine, theirs = opened(begun, Section.FACTORS), opened(begun, Section.OVERVIEW, IC)
    begun.submit(theirs, IC, "V1", overview="x")
    assert begun.submit(mine, OWNER, "V2", factors="One").json["view"]["callback_id"] == ids.CONTENT


def test_a_recording_entered_with_the_details_meanwhile_is_noticed(begun: Bot) -> None:
    view = opened(begun, Section.RECORDING)
    put(begun, recording="https://other.example/rec")
    reply = begun.submit(view, OWNER, none_because="no call")
    assert "https://other.example/rec" in str(reply.json["view"])
    assert begun.record().recording == "https://other.example/rec"


TEXTS = {
    "longest": "x" * 3000,
    "longest with spaces": ("long " * 600).strip(),
    "fire": FIRE * 1500,
    "right to left": "مرحبا بالعالم " * 50,
    "pings": "<!channel> <!here> <@U404> @everyone <!subteam^S1|@sre>",
    "back-ticks": "`a` ```b``` ```",
    "markdown": "# h\n| a | b |\n[x](http://evil.example)\n<script>alert(1)</script>",
    "lines": "a\n\n  b\n\tc",
}


@pytest.mark.parametrize("name", list(TEXTS))
def test_whatever_is_typed_is_kept_whole_and_stands_in_the_form_again(begun: Bot, name: str) -> None:
    typed = TEXTS[name]
    assert begun.submit(opened(begun, Section.OVERVIEW), OWNER, what_happened=typed).errors == {}
    assert value(begun, Section.OVERVIEW)["what_happened"] == typed
    view = opened(begun, Section.OVERVIEW)
    assert begun.submit(view, OWNER, "V2", overview="and more").errors == {}
    assert value(begun, Section.OVERVIEW)["what_happened"] == typed
    begun.work()
    for file in begun.chat.files.values():
        assert "<!channel>" not in file.content.decode()
        assert "<script" not in file.content.decode()


def test_a_text_longer_than_a_field_is_shown_in_several_and_never_cut(begun: Bot) -> None:
    first = "One. " * 500
    begun.submit(opened(begun, Section.OVERVIEW), OWNER, "V1", what_happened=first.strip())
    view = opened(begun, Section.OVERVIEW)
    begun.submit(view, OWNER, "V2", what_happened__2="Two. " * 500)
    whole = value(begun, Section.OVERVIEW)["what_happened"]
    assert whole.count("One.") == whole.count("Two.") == 500
    view = opened(begun, Section.OVERVIEW)
    names = [
        block.get("block_id") for block in view["blocks"] if str(block.get("block_id")).startswith("what_happened")
    ]
    assert names == ["what_happened", "what_happened__2", "what_happened__3"]
    begun.submit(view, OWNER, "V3", overview="changed")
    assert value(begun, Section.OVERVIEW)["what_happened"] == whole


def store(bot: Bot, text: str) -> None:
    """A section as no form would have saved it."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        version = unit.contents.load(bot.record().id).entry(Section.OVERVIEW).version + 1
        value = {"overview": "", "what_happened": text}
        unit.contents.save(bot.record().id, Entry(Section.OVERVIEW, value, version, IC, bot.clock.now()))


def test_what_no_form_can_show_gets_a_sentence_and_is_never_cut(begun: Bot) -> None:
    mine = opened(begun, Section.OVERVIEW)
    store(begun, "x" * 300_000)
    shown = opened(begun, Section.OVERVIEW)
    assert "too long to be shown in one form" in str(shown)
    assert "submit" not in shown
    before = begun.contents()
    error = begun.submit(mine, OWNER, overview="Mine").errors["overview"]
    assert "both texts together are too long for one form" in error
    assert begun.contents() == before, "nothing is saved, and what was typed stays in the form"


def test_minutes_are_computed_from_the_history_and_follow_it_until_somebody_says_otherwise(begun: Bot) -> None:
    now = begun.clock.now()
    put(begun, severity=1, times=Times(now - timedelta(hours=3), None, now - timedelta(hours=1)))
    view = opened(begun, Section.IMPACT)
    assert (initial(view, "time_in_sev1"), initial(view, "time_in_sev2")) == ("120", "0")
    assert str(view).count("Computed from the history of the severity") == 1, "it is said once"
    begun.submit(view, OWNER, "V1", accounts="3")
    put(begun, times=Times(now - timedelta(hours=2), None, now - timedelta(hours=1)))
    view = opened(begun, Section.IMPACT)
    assert initial(view, "time_in_sev1") == "60", "it follows the corrected time"
    begun.submit(view, OWNER, "V2", time_in_sev1="50")
    assert initial(opened(begun, Section.IMPACT), "time_in_sev1") == "50"


def test_the_menu_opens_a_form_over_itself_and_is_drawn_anew_when_it_was_saved(begun: Bot) -> None:
    record = begun.record()
    begun.press(ids.CONTENT_OPEN, record.id, OWNER)
    menu = begun.screens.form()
    assert str(menu).count(":white_medium_square: *") >= 6
    given = content_menu.section_value(record.id, Section.RECORDING)
    begun.press_in(menu, ids.SECTION_EDIT, given, OWNER, view_id="VM")
    pushed = begun.screens.opened[-1]
    assert pushed.view_id == "VM"
    under = {"previous_view_id": "VM", "root_view_id": "VM"}
    reply = begun.submit(pushed.view, OWNER, "VS", none_because="no call", **under)
    assert reply.json == {}, "the form closes"
    drawn = begun.screens.redrawn[-1]
    assert drawn.view_id == "VM"
    row = next(block for block in drawn.view["blocks"] if "Call recording" in str(block))
    assert ":white_check_mark:" in row["text"]["text"]
    assert row["accessory"]["text"]["text"] == "Edit"


def test_what_a_button_in_a_form_refuses_is_laid_over_it(begun: Bot) -> None:
    begun.press(ids.CONTENT_OPEN, begun.record().id, OWNER)
    menu = begun.screens.form()
    begun.press_in(menu, ids.SECTION_EDIT, "nothing:overview", OWNER)
    assert "not here any more" in str(begun.screens.form())
    begun.press_in(menu, ids.SECTION_EDIT, f"{begun.record().id}:nonsense", OWNER)
    assert "older version" in str(begun.screens.form())


def test_the_details_open_over_the_menu_and_lead_back_to_it(begun: Bot) -> None:
    begun.press(ids.CONTENT_OPEN, begun.record().id, OWNER)
    begun.press_in(begun.screens.form(), ids.DETAILS_OPEN, begun.record().id, OWNER, view_id="VM")
    view = begun.screens.form()
    assert begun.submit(view, OWNER, "VD", title="Slow", previous_view_id="VM", root_view_id="VM").errors == {}
    assert begun.screens.redrawn[-1].view_id == "VM"


@pytest.mark.parametrize(
    "metadata", ["", "{}", "[]", '{"record": "x"}', '{"record": 3, "section": ["overview"]}', "null"]
)
def test_a_form_that_is_not_ours_gets_a_sentence(begun: Bot, metadata: str) -> None:
    view = {**opened(begun, Section.OVERVIEW), "private_metadata": metadata}
    before = begun.contents()
    assert begun.submit(view, OWNER).errors
    assert begun.contents() == before


def test_a_form_sent_twice_is_saved_once_and_answered_the_same(begun: Bot) -> None:
    view = opened(begun, Section.OVERVIEW)
    first = begun.submit(view, OWNER, overview="once")
    again = begun.submit(view, OWNER, overview="once")
    assert first.json == again.json
    assert len([entry for entry in begun.history() if entry.field == "overview.overview"]) == 1
