"""The timeline in forms: proposals are kept or dropped, lines are written, changed, taken out and put back, each with what
shows it; however many there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.harvest.finding import Confidence, Findings, TimelineFinding, TimelineKind
from bot.domain.postmortem import Times
from bot.domain.status import Status
from bot.domain.timeline import Item
from tests import factories
from tests.fakes.bot import Bot

OWNER, IC, OTHER = "U2", "U1", "U4"
GRAPH = "https://grafana.example/d/1"
MESSAGE = "https://acme.slack.com/archives/C1/p1764000000000100"


def found(number: int, **values: Any) -> TimelineFinding:
    at = datetime(2026, 11, 23, 10, tzinfo=UTC) + timedelta(minutes=number)
    return factories.event(f"Event {number}", **({"at": at, "ts": factories.ts(at)} | values))


def propose(bot: Bot, *listed: TimelineFinding) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.proposals.replace(bot.record().id, Findings(timeline=listed))


def items(bot: Bot) -> list[Item]:
    every = bot.look(lambda unit: list(unit.items.timeline(bot.record().id)))
    return [item for item in every if not item.removed]


def waiting(bot: Bot) -> int:
    return len(bot.look(lambda unit: list(unit.items.waiting(bot.record().id, "timeline"))))


def boxes(view: dict[str, Any]) -> dict[str, bool]:
    """Block id -> ticked."""
    found = (block for block in view["blocks"] if block.get("element", {}).get("type") == "checkboxes")
    return {block["block_id"]: "initial_options" in block["element"] for block in found}


def rest(view: dict[str, Any]) -> str:
    return next(block["block_id"] for block in view["blocks"] if str(block.get("block_id")).startswith("rest:"))


def opened(bot: Bot, user: str = OWNER) -> dict[str, Any]:
    bot.press(ids.TIMELINE_OPEN, bot.record().id, user)
    return bot.screens.form()


def item_form(bot: Bot, item: Item | None = None, user: str = OWNER) -> dict[str, Any]:
    record = bot.record().id
    bot.press(ids.ITEM_EDIT if item else ids.ITEM_ADD, f"{record}:{item.id}" if item else record, user)
    return bot.screens.form()


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    start = bot.clock.now() - timedelta(hours=3)
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(times=Times(start, None, start + timedelta(hours=2))))
    return bot


def test_proposals_are_ticked_unless_they_are_guesses_without_evidence(begun: Bot) -> None:
    propose(
        begun, found(1, confidence=Confidence.A), found(2, confidence=Confidence.C),
        found(3, confidence=Confidence.C, evidence=(GRAPH,)),
    )  # fmt: skip
    assert list(boxes(opened(begun)).values()) == [True, False, True]


def test_each_proposal_says_which_rule_found_it_and_how_sure_that_is(begun: Bot) -> None:
    propose(begun, found(1, rule="H-36", confidence=Confidence.C), found(2, rule="H-32", confidence=Confidence.B))
    shown = str(opened(begun)["blocks"])
    assert "suggested by H-36: a line of the timeline that is known by its weight" in shown
    assert "found by H-32: a decision" in shown


def test_what_is_ticked_is_kept_with_its_evidence_and_what_is_not_is_dropped(begun: Bot) -> None:
    propose(begun, found(1, evidence=(GRAPH, MESSAGE, "javascript:x")), found(2), found(3))
    view = opened(begun)
    first, second, third = boxes(view)
    reply = begun.submit(view, OWNER, **{second: [], third: ["yes"]})
    assert [(item.text, item.evidence) for item in items(begun)] == [("Event 1", (GRAPH,)), ("Event 3", ())]
    assert waiting(begun) == 0
    assert reply.json["view"]["title"]["text"] == "Timeline"
    # No later reading brings it back.
    propose(begun, found(1), found(2), found(3))
    assert waiting(begun) == 0
    assert first in boxes(view)


def test_what_was_dropped_can_be_put_back(begun: Bot) -> None:
    propose(begun, found(1))
    view = opened(begun)
    begun.submit(view, OWNER, **dict.fromkeys(boxes(view), ()))
    assert items(begun) == []
    dropped = begun.look(lambda unit: unit.items.timeline(begun.record().id))[0]
    begun.press(ids.ITEM_PUT_BACK, f"{begun.record().id}:{dropped.id}", OWNER)
    assert [item.text for item in items(begun)] == ["Event 1"]


def test_what_was_found_or_decided_while_the_page_was_open_is_not_decided_blindly(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(10)))
    view = opened(begun)
    propose(begun, *(found(number) for number in range(15)))
    assert "And the other 2 lines?" in str(view)
    shown = begun.submit(view, OWNER, **{rest(view): "drop"}).json["view"]
    assert (len(items(begun)), waiting(begun)) == (8, 7), "five came meanwhile: all of the others are asked about"
    begun.submit(shown, IC, "V2")
    late = begun.submit(shown, OWNER, "V3", **dict.fromkeys(boxes(shown), ())).json["view"]
    assert "what they decided stands" in str(late["blocks"][0])
    assert len(items(begun)) == 15


@pytest.mark.parametrize("many", [60, 300])
def test_many_proposals_are_paged_and_none_is_lost(begun: Bot, many: int) -> None:
    propose(begun, *(found(number) for number in range(many)))
    view = opened(begun)
    assert len(boxes(view)) == 8
    view = begun.submit(view, OWNER).json["view"]
    assert waiting(begun) == many - 8
    assert "Event 8" in str(view)
    assert "Event 7" not in str(view)
    record = begun.record().id
    begun.press_in(view, ids.CONTENT_PAGE, f"{record}:proposals.1", OWNER, view_id="V1")
    skipped = begun.screens.redrawn[-1].view
    assert "Event 16" in str(skipped)
    assert waiting(begun) == many - 8, "leaving them for later decides nothing"
    last = begun.submit(skipped, OWNER, "V3", **{rest(skipped): "keep"}).json["view"]
    assert waiting(begun) == 0
    assert len(items(begun)) == many
    pages = set()
    for number in range(-(-many // 8)):
        begun.press_in(last, ids.CONTENT_PAGE, f"{record}:timeline.{number}", OWNER)
        shown = begun.screens.redrawn[-1].view
        assert len(shown["blocks"]) <= 100
        pages |= {
            block["text"]["text"].split("Event ")[1].split(" ")[0]
            for block in shown["blocks"]
            if "Event " in str(block)
        }
    assert len(pages) == many


@pytest.mark.parametrize(
    ("choice", "kept", "left"), [("ask", 8, 12), ("recommended", 14, 6), ("keep", 20, 0), ("drop", 8, 0)]
)
def test_the_others_are_decided_as_one_says(begun: Bot, choice: str, kept: int, left: int) -> None:
    sure = [found(number) for number in range(14)]
    propose(begun, *sure, *(found(number, confidence=Confidence.C) for number in range(14, 20)))
    view = opened(begun)
    begun.submit(view, OWNER, **{rest(view): choice})
    assert (len(items(begun)), waiting(begun)) == (kept, left)


def test_two_people_on_the_same_proposals_decide_each_once(begun: Bot) -> None:
    propose(begun, found(1), found(2))
    mine, theirs = opened(begun), opened(begun, IC)
    begun.submit(mine, OWNER, "V1")
    begun.submit(theirs, IC, "V2", **dict.fromkeys(boxes(theirs), ()))
    assert [item.by for item in items(begun)] == [OWNER, OWNER]


def test_a_time_without_a_zone_is_that_of_the_one_who_types_and_is_shown_with_its_date(begun: Bot) -> None:
    reply = begun.submit(item_form(begun), OWNER, when="14:02", text="Paged")
    (item,) = items(begun)
    assert f"{item.at:%Y-%m-%d %H:%M}" == "2026-11-23 13:02", "Berlin in winter"
    view = str(reply.json["view"])
    assert ("*Mon 23 Nov 2026*, times in UTC" in view, "*13:02:00*" in view) == (True, True)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", "Enter a time"), ("soon", "Enter a time"), ("25:99", "Enter a time"), ("10", "Enter a time"),
        ("14:02 XYZ", "time zone XYZ"), ("14:02 Mars/Base", "not a time zone"), ("03/04/2026 14:02", "2026-11-23"),
        ("2999-01-01 10:00", "future"), ("14:02 \u202e<!channel>", "Enter a time"), ("9" * 100, "Enter a time"),
    ],
)  # fmt: skip
def test_a_time_that_is_none_is_refused_at_its_field(begun: Bot, typed: str, part: str) -> None:
    view, before = item_form(begun), begun.contents()
    assert part in begun.submit(view, OWNER, when=typed, text="x").errors["when"]
    assert begun.contents() == before


def now_form(bot: Bot) -> str:
    return f"{bot.clock.now() - timedelta(hours=2):%Y-%m-%d %H:%M:%S} UTC"


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (MESSAGE, "a message in Slack"), ("https://app.slack.com/client/T1/C1", "a message in Slack"),
        ("javascript:alert(1)", "no web address"), ("grafana", "no web address"), ("ftp://x.example/a", "no web address"),
        (f"https://x.example/{'a' * 2000}", "longer than 2,000 characters"),
    ],
)  # fmt: skip
def test_only_addresses_of_data_are_evidence(begun: Bot, given: str, part: str) -> None:
    view = item_form(begun)
    assert part in begun.submit(view, OWNER, when=now_form(begun), text="x", evidence=given).errors["evidence"]
    assert items(begun) == []


def test_what_was_saved_is_said_and_the_page_that_shows_it_is_turned_to(begun: Bot) -> None:
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        start = begun.clock.now() - timedelta(hours=3)
        unit.items.put_items(
            [
                Item(f"{number:032}", begun.record().id, start + timedelta(minutes=number), f"Event {number}.",
                     TimelineKind.other, OWNER, start)
                for number in range(20)
            ]
        )  # fmt: skip
    opened(begun)
    begun.press_in(begun.screens.form(), ids.ITEM_ADD, begun.record().id, OWNER)
    reply = begun.submit(begun.screens.form(), OWNER, when=now_form(begun), text="It ended")
    page = reply.json["view"]
    assert "Added: " in str(page["blocks"][0])
    assert "It ended" in str(page["blocks"][1:]), "it stands on the last page, and that is shown"
    first = items(begun)[0]
    reply = begun.submit(item_form(begun, first), OWNER, "V2", text="It began")
    page = reply.json["view"]
    assert f"Saved: *{first.at:%Y-%m-%d %H:%M:%S} UTC* It began" in str(page["blocks"][0])
    assert "It began" in str(page["blocks"][1:])


TEXTS = ["x" * 3000, "\U0001f525" * 1500, "مرحبا", "<!channel> `a` ```b``` <script>", "two\nlines"]


@pytest.mark.parametrize("typed", TEXTS, ids=["longest", "fire", "right to left", "pings", "lines"])
def test_a_line_is_kept_as_typed_and_stands_in_its_form_again(begun: Bot, typed: str) -> None:
    begun.submit(
        item_form(begun), OWNER, when=now_form(begun), text=typed, evidence=f"{GRAPH}\nhttp://x.example/?a=1&b=2"
    )
    (item,) = items(begun)
    assert (item.text, item.evidence) == (typed, (GRAPH, "http://x.example/?a=1&b=2"))
    before = begun.contents()["timeline_entry"]
    assert begun.submit(item_form(begun, item), OWNER, "V2").errors == {}
    assert begun.contents()["timeline_entry"] == before, "sent unchanged, it changes nothing"
    assert "<!channel>" not in str(opened(begun))


def test_a_harvested_message_longer_than_a_field_is_shown_in_several(begun: Bot) -> None:
    long = "word " * 2000
    propose(begun, factories.event(long, ts=factories.ts(), at=factories.NOW))
    view = opened(begun)
    begun.submit(view, OWNER)
    (item,) = items(begun)
    before = item.text
    form = item_form(begun, item)
    assert sum(str(block.get("block_id")).startswith("text") for block in form["blocks"]) == 4
    begun.submit(form, OWNER, "V2", evidence=GRAPH)
    assert items(begun)[0].text.split() == before.split()


def test_the_second_of_two_on_one_line_sees_both_texts(begun: Bot) -> None:
    begun.submit(item_form(begun), OWNER, when=now_form(begun), text="Paged")
    (item,) = items(begun)
    mine, theirs = item_form(begun, item), item_form(begun, item, IC)
    begun.submit(theirs, IC, "V2", text="Paged the database team", kind="page")
    reply = begun.submit(mine, OWNER, "V3", text="Paged twice", waiver="no logs")
    view = reply.json["view"]
    assert f"{item.at:%H:%M:%S} UTC, Page" in str(view), "the kind can be all that differs"
    assert "Paged the database team" in str(view)
    assert items(begun)[0].text == "Paged the database team"
    assert begun.submit(view, OWNER, "V3", hash="h2").errors == {}
    assert (items(begun)[0].text, items(begun)[0].waiver) == ("Paged twice", "no logs")


def test_a_line_is_taken_out_and_put_back_on_the_spot(begun: Bot) -> None:
    begun.submit(item_form(begun), OWNER, when=now_form(begun), text="Paged")
    (item,), view = items(begun), opened(begun)
    value = f"{begun.record().id}:{item.id}"
    begun.press_in(view, ids.ITEM_REMOVE, value, OWNER, view_id="VT", root_view_id="VM", previous_view_id="VM")
    assert items(begun) == []
    assert [each.view_id for each in begun.screens.redrawn[-2:]] == ["VT", "VM"]
    begun.press_in(view, ids.ITEM_PUT_BACK, value, OWNER, view_id="VT")
    assert [each.text for each in items(begun)] == ["Paged"]
    old = [entry.new for entry in begun.history() if entry.field == "timeline"]
    assert len(old) == 3


def test_one_reason_stands_for_every_line_without_data(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(30)), found(31, evidence=(GRAPH,)))
    view = opened(begun)
    begun.submit(view, OWNER, **{rest(view): "keep"})
    begun.press(ids.WAIVE_OPEN, begun.record().id, OWNER)
    form = begun.screens.form()
    assert "30 lines without evidence" in str(form)
    assert "Say why" in begun.submit(form, OWNER, "V2", reason=" ").errors["reason"]
    begun.submit(form, OWNER, "V2", reason="kept for a week")
    assert sum(item.waiver == "kept for a week" for item in items(begun)) == 30
    assert not any(item.bare for item in items(begun))


def test_what_a_reader_will_look_for_is_asked_for(begun: Bot) -> None:
    begun.submit(item_form(begun), OWNER, when=now_form(begun), text="Down", kind=TimelineKind.impact_start.value)
    adds = [
        (each["text"]["text"], each["action_id"], each["value"])
        for block in opened(begun)["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
        if each["action_id"].startswith("item_add_")
    ]
    record = begun.record()
    assert [what for what, _, _ in adds] == [
        "Add when somebody was paged", "Add when the status page was updated", "Add when it ended"
    ]  # fmt: skip
    # The time is proposed where the incident's details have it.
    for (_, action_id, value), known in zip(adds, (None, None, record.times.resolved_at), strict=True):
        begun.press(action_id, value, OWNER)
        form = begun.screens.form()
        fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
        assert fields["kind"]["initial_option"]["value"] == value.split(":")[1]
        assert fields["when"].get("initial_value") == (f"{known:%Y-%m-%d %H:%M:%S} UTC" if known else None)
        assert ("that of the incident's details" in str(form)) == (known is not None)


ACTS = [
    ids.TIMELINE_OPEN,
    ids.ITEM_ADD,
    ids.WAIVE_OPEN,
    ids.WALK_OPEN,
    ids.MERGE_OPEN,
    ids.ITEM_EDIT,
    ids.ITEM_REMOVE,
    ids.ITEM_PUT_BACK,
    ids.ITEM_MENU,
    ids.ITEM_UNDO,
    ids.ITEM_SPLIT,
    ids.WALK_SKIP,
    ids.CONTENT_PAGE,
]
WHOLE = ACTS[:5]


def value_of(bot: Bot, act: str) -> str:
    """What the button hands back: of the menu and of Undo, with what is to be done."""
    record, item = bot.record().id, items(bot)[0].id
    named = {ids.ITEM_MENU: f"{record}:{item}:out:1", ids.ITEM_UNDO: f"{record}:removed:{item}"}
    return record if act in WHOLE else named.get(act, f"{record}:{item}")


@pytest.mark.parametrize("who", [OTHER, "U5"])
def test_others_change_nothing(begun: Bot, who: str) -> None:
    begun.submit(item_form(begun), OWNER, when=now_form(begun), text="Paged")
    before, opened_before = begun.contents(), len(begun.screens.opened)
    for act in ACTS:
        begun.press(act, value_of(begun, act), who)
        assert "write the post-mortem" in begun.screens.sentence(), act
        assert begun.contents() == before, act
    assert len(begun.screens.opened) == opened_before


def test_a_reviewed_timeline_is_frozen(begun: Bot) -> None:
    begun.submit(item_form(begun), OWNER, when=now_form(begun), text="Paged")
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(begun.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=Status.REVIEWED))
    before = begun.contents()
    for number, act in enumerate(ACTS, start=1):
        begun.press(act, value_of(begun, act), OWNER)
        assert "does not change any more" in begun.screens.sentence(), act
        assert len(begun.screens.said) == number, act
    assert begun.contents() == before


@pytest.mark.parametrize(
    "act", [ids.ITEM_EDIT, ids.ITEM_PUT_BACK, ids.ITEM_MENU, ids.ITEM_UNDO, ids.CONTENT_PAGE, ids.TIMELINE_OPEN]
)
def test_odd_buttons_get_a_sentence(begun: Bot, act: str) -> None:
    for value in ("", ":", "nonsense", "x:y:z", "x:up:1", "dropped:soon"):
        for odd in (value, f"{begun.record().id}:{value}"):
            before, shown = begun.contents(), len(begun.screens.shown)
            begun.press(act, odd, OWNER)
            assert len(begun.screens.shown) == shown + 1, odd
            assert begun.contents() | {"receipt": []} == before | {"receipt": []}
