"""What the menu beside a line does, and what takes it back: moved, merged, split, taken out; and dropped proposals asked about
again. Nothing is lost, and a page that is out of date is answered with the one that is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.harvest.finding import TimelineKind
from bot.domain.timeline import Item
from tests.fakes import payloads
from tests.fakes.bot import Bot
from tests.listeners.test_timeline import GRAPH, IC, OWNER, begun, boxes, found, items, opened, propose, rest, waiting

__all__ = ["begun"]
LOG = "https://log.example/1"


def menu(view: dict[str, Any], text: str) -> dict[str, str]:
    """Label -> value of the menu beside the line with this text."""
    (block,) = (
        each for each in view["blocks"] if each.get("accessory", {}).get("type") == "overflow" and text in str(each)
    )
    return {option["text"]["text"]: option["value"] for option in block["accessory"]["options"]}


def choose(bot: Bot, view: dict[str, Any], text: str, label: str, user: str = OWNER, **places: Any) -> dict[str, Any]:
    """Choose in the menu beside a line; the page as it is drawn then."""
    payload = payloads.modal_button(view, ids.ITEM_MENU, "", user, **places)
    option = {"text": {"type": "plain_text", "text": label}, "value": menu(view, text)[label]}
    payload["actions"] = [{"type": "overflow", "action_id": ids.ITEM_MENU, "block_id": "b", "selected_option": option}]
    bot.send(payload)
    return dict(bot.screens.redrawn[-1].view)


def press(bot: Bot, view: dict[str, Any], label: str, user: str = OWNER) -> dict[str, Any]:
    """Press the first button of that label; the page as it is drawn then."""
    listed = [
        each
        for block in view["blocks"]
        for each in (*block.get("elements", ()), block.get("accessory", {}))
        if each.get("type") == "button" and each["text"]["text"] == label
    ]
    bot.press_in(view, listed[0]["action_id"], listed[0]["value"], user)
    return dict(bot.screens.redrawn[-1].view)


def put(bot: Bot, *texts: str, apart: int = 60, **values: Any) -> None:
    """Lines with these texts, so many seconds apart."""
    record = bot.record().id
    start = bot.clock.now() - timedelta(hours=2)
    given: dict[str, Any] = {"by": OWNER, "saved_at": bot.clock.now(), "kind": TimelineKind.other} | values
    made = [
        Item(f"{number:x}" * 32, record, start + timedelta(seconds=apart * number), text, **given)
        for number, text in enumerate(texts)
    ]
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.items.put_items(made)


def shown(bot: Bot) -> list[str]:
    return [item.text for item in bot.look(lambda unit: unit.items.timeline(bot.record().id)) if not item.removed]


def said(bot: Bot) -> list[str]:
    return [str(entry.new) for entry in bot.history() if entry.field == "timeline"]


def test_lines_of_one_second_are_moved_and_the_history_says_so(begun: Bot) -> None:
    put(begun, "Alpha", "Beta", "Gamma", apart=0)
    view = opened(begun)
    assert list(menu(view, "Alpha")) == ["Edit, or add evidence", "Move down", "Take out"], "the first goes nowhere"
    assert list(menu(view, "Gamma"))[1:] == ["Move up", "Merge into the one before", "Take out"]
    assert all(len(value) <= 150 for value in menu(view, "Beta").values()), "as much as Slack takes"
    view = choose(begun, view, "Gamma", "Move up", root_view_id="VM", previous_view_id="VM")
    assert begun.screens.redrawn[-1].view_id == "VM", "the menu under it is drawn anew"
    assert shown(begun) == ["Alpha", "Gamma", "Beta"]
    assert said(begun)[-1].endswith("moved before: Beta")
    page = begun.screens.redrawn[-2].view
    assert "Moved before" in str(page["blocks"][0])
    assert "Moved back" in str(press(begun, page, "Undo")["blocks"][0])
    assert shown(begun) == ["Alpha", "Beta", "Gamma"]
    choose(begun, opened(begun), "Gamma", "Move up")
    choose(begun, opened(begun), "Gamma", "Move down")
    assert shown(begun) == ["Alpha", "Beta", "Gamma"]
    kinds = {row["kind"] for row in begun.rows() if row["state"] == "open"}
    assert {"card", "document"} <= kinds


def test_a_line_that_is_about_right_goes_past_exact_ones_and_is_shown_so_everywhere(begun: Bot) -> None:
    put(begun, "Alpha")
    begun.press(ids.ITEM_ADD, begun.record().id, OWNER)
    at = begun.clock.now() - timedelta(hours=1)
    begun.submit(begun.screens.form(), OWNER, when=f"~{at:%H:%M} UTC", text="Beta")
    view = opened(begun)
    assert f"*about {at:%H:%M}* Beta" in str(view)
    moved = choose(begun, view, "Beta", "Move up")
    assert shown(begun) == ["Beta", "Alpha"]
    beta, alpha = items(begun)
    assert (beta.at, beta.approximate, alpha.approximate) == (alpha.at, True, False)
    was, took = f"about {at:%Y-%m-%d %H:%M}", f"about {alpha.at:%Y-%m-%d %H:%M}"
    assert f"Its time was {was} UTC, and is {took} UTC now." in str(moved["blocks"][0])
    back = press(begun, moved, "Undo")
    assert "Moved back" in str(back["blocks"][0])
    assert [(item.text, item.at) for item in items(begun)] == [
        ("Alpha", alpha.at),
        ("Beta", at.replace(second=0, microsecond=0)),
    ]
    assert "moved back" in said(begun)[-1]
    again = moved["blocks"][0]["accessory"]["value"]
    begun.press_in(moved, ids.ITEM_UNDO, again, OWNER)
    assert "Somebody changed this line" in str(begun.screens.redrawn[-1].view["blocks"][0]), "once is enough"
    for broken in (again.rpartition(":")[0], f"{again.rpartition(':')[0]}:x", f"{beta.postmortem_id}:moved:{beta.id}"):
        begun.press_in(moved, ids.ITEM_UNDO, broken, OWNER)
        assert ":warning:" in str(begun.screens.redrawn[-1].view["blocks"][0])
    choose(begun, opened(begun), "Beta", "Move up")
    beta, alpha = items(begun)
    begun.work()
    (document,) = [file for file in begun.chat.files.values() if f"about {alpha.at:%Y-%m-%d %H:%M}" in str(file)]
    assert document
    # The box of the form says the same, and takes it back.
    begun.press(ids.ITEM_EDIT, f"{beta.postmortem_id}:{beta.id}", OWNER)
    form = begun.screens.form()
    assert boxes(form)["about"]
    assert begun.submit(form, OWNER, "V3", about=[]).errors == {}
    assert not any(item.approximate for item in items(begun))


def test_exact_times_are_not_turned_round_and_one_is_told_why(begun: Bot) -> None:
    put(begun, "Alpha", "Beta")
    view, before = opened(begun), begun.contents()["timeline_entry"]
    assert not {"Move up", "Move down"} & {*menu(view, "Alpha"), *menu(view, "Beta")}, "it is not offered"
    payload = payloads.modal_button(view, ids.ITEM_MENU, "", OWNER)
    old = {
        "text": {"type": "plain_text", "text": "Move up"},
        "value": menu(view, "Beta")["Take out"].replace(":out:", ":up:"),
    }
    payload["actions"] = [{"type": "overflow", "action_id": ids.ITEM_MENU, "block_id": "b", "selected_option": old}]
    begun.send(payload)
    page = begun.screens.redrawn[-1].view
    assert "to move this line, edit its time" in str(page["blocks"][0])
    assert begun.contents()["timeline_entry"] == before


def test_a_line_is_merged_into_the_one_before_and_split_again(begun: Bot) -> None:
    put(begun, "Paged <!channel>", evidence=(GRAPH,))
    put(begun, "Paged <!channel>", "مرحبا `a`", evidence=(GRAPH, LOG), kind=TimelineKind.page)
    page = choose(begun, opened(begun), "مرحبا", "Merge into the one before")
    (line,) = items(begun)
    assert (line.text, line.evidence, line.kind) == ("Paged <!channel>\nمرحبا `a`", (GRAPH, LOG), TimelineKind.page)
    assert "2 lines became one" in str(page["blocks"][0])
    assert len([each for each in said(begun) if "merged into another line" in each]) == 2
    assert "merged from 2 lines" in said(begun)[-1]
    page = press(begun, page, "Undo")
    assert len(shown(begun)) == 2
    assert "2 lines are back" in str(page["blocks"][0])
    assert sum("split again" in each for each in said(begun)) == 3
    every = begun.look(lambda unit: unit.items.timeline(begun.record().id))
    assert [item.id for item in every if item.removed] == [line.id], "the merged one is taken out, and not lost"
    # Once more is once too often, and one is told.
    begun.press_in(page, ids.ITEM_UNDO, f"{line.postmortem_id}:merged:{line.id}", OWNER)
    assert "split already" in str(begun.screens.redrawn[-1].view["blocks"][0])


def test_several_lines_are_merged_by_their_boxes_and_merged_ones_again(begun: Bot) -> None:
    put(begun, *"ABCDEFGHIJKL")
    view = opened(begun)
    begun.press_in(view, ids.CONTENT_PAGE, f"{begun.record().id}:timeline.1", OWNER)
    begun.press_in(dict(begun.screens.redrawn[-1].view), ids.MERGE_OPEN, begun.record().id, OWNER)
    form = begun.screens.form()
    (group,) = (block["element"] for block in form["blocks"] if block.get("block_id") == "lines:0")
    options = [option["value"] for option in group["options"]]
    assert len(options) == 5, "the lines of the page and their neighbour on the page before"
    assert "at least two" in next(iter(begun.submit(form, OWNER, "V2", **{"lines:0": options[:1]}).errors.values()))
    reply = begun.submit(form, OWNER, "V2", **{"lines:0": options[:3]})
    assert "3 lines became one" in str(reply.json["view"]["blocks"][0])
    assert shown(begun) == [*"ABCDEFG", "H\nI\nJ", "K", "L"]
    merged = reply.json["view"]
    assert "H\\nI\\nJ" in str(merged["blocks"][1:]), "the page with the new line, wherever it stands"
    begun.press_in(merged, ids.CONTENT_PAGE, f"{begun.record().id}:timeline.1", OWNER)
    view = choose(begun, dict(begun.screens.redrawn[-1].view), "K", "Merge into the one before")
    assert shown(begun) == [*"ABCDEFG", "H\nI\nJ\nK", "L"]
    # Somebody whose form was open is told, and nothing is merged twice.
    late = begun.submit(form, IC, "V9", **{"lines:0": options[:2]})
    assert "was taken out meanwhile" in str(late.json["view"]["blocks"][0])
    # One of those that were merged first is put back: everything is as it was.
    begun.press(ids.ITEM_PUT_BACK, f"{begun.record().id}:{'8' * 32}", OWNER)
    assert shown(begun) == [*"ABCDEFGHIJKL"]


def test_what_was_taken_out_comes_back_with_one_click(begun: Bot) -> None:
    put(begun, "Alpha", "Beta")
    page = choose(begun, opened(begun), "Alpha", "Take out")
    assert shown(begun) == ["Beta"]
    assert "Taken out: " in str(page["blocks"][0])
    page = press(begun, page, "Undo")
    assert shown(begun) == ["Alpha", "Beta"]
    assert "Back in the timeline" in str(page["blocks"][0])


def test_dropped_proposals_are_asked_about_again(begun: Bot) -> None:
    propose(begun, *(found(number) for number in range(10)))
    view = opened(begun)
    drops = list(boxes(view))[2:5]
    page = begun.submit(view, OWNER, **dict.fromkeys(drops, ()), **{rest(view): "drop"}).json["view"]
    assert "5 lines kept, 5 dropped" in str(page["blocks"][0])
    assert (len(items(begun)), waiting(begun)) == (5, 0)
    page = press(begun, page, "Undo")
    assert "5 lines that you dropped can be decided on again" in str(page["blocks"][0])
    assert list(boxes(page)) == [*drops, *(name for name in boxes(page) if name not in drops)]
    assert (len(items(begun)), waiting(begun)) == (5, 5)
    begun.submit(page, OWNER, "V4", **dict.fromkeys(boxes(page), ("yes",)))
    assert (len(items(begun)), waiting(begun)) == (10, 0)
    every = begun.look(lambda unit: unit.items.timeline(begun.record().id))
    assert len(every) == 10, "no line is there twice"
    assert sum(each == "proposed again" for each in said(begun)) == 5


def test_what_came_back_meanwhile_is_not_proposed_a_second_time(begun: Bot) -> None:
    place = {"ts": "1763900000.000100", "line": 0}
    propose(begun, found(1, **place), found(2, **place), found(3))
    view = opened(begun)
    page = begun.submit(view, OWNER, **dict.fromkeys(boxes(view), ())).json["view"]
    first = begun.look(lambda unit: unit.items.timeline(begun.record().id))[0]
    begun.press(ids.ITEM_PUT_BACK, f"{first.postmortem_id}:{first.id}", IC)
    again = press(begun, page, "Undo")
    assert "1 line that you dropped" in str(again["blocks"][0])
    assert (shown(begun), waiting(begun)) == (["Event 1"], 1)
    late = press(begun, page, "Undo")
    assert "nothing left to undo" in str(late["blocks"][0])


@pytest.mark.parametrize("label", ["Move up", "Merge into the one before", "Take out"])
def test_a_page_that_is_out_of_date_changes_nothing_and_is_drawn_anew(begun: Bot, label: str) -> None:
    put(begun, "Alpha", "Beta", apart=0)
    mine, theirs = opened(begun), opened(begun, IC)
    choose(begun, theirs, "Beta", "Take out", IC)
    page = choose(begun, mine, "Beta", label)
    assert "was taken out meanwhile" in str(page["blocks"][0])
    begun.press(ids.ITEM_PUT_BACK, f"{begun.record().id}:{'1' * 32}", IC)
    before = begun.contents()["timeline_entry"]
    page = choose(begun, mine, "Beta", label)
    assert "Somebody changed this line meanwhile" in str(page["blocks"][0])
    assert begun.contents()["timeline_entry"] == before


def test_a_line_that_was_taken_out_is_not_saved_into_nowhere(begun: Bot) -> None:
    put(begun, "Alpha")
    begun.press(ids.ITEM_EDIT, f"{begun.record().id}:{'0' * 32}", OWNER)
    form = begun.screens.form()
    begun.press(ids.ITEM_REMOVE, f"{begun.record().id}:{'0' * 32}", IC)
    refused = begun.submit(form, OWNER, "V2", text="Alpha and more").errors
    assert "took this line out meanwhile" in next(iter(refused.values()))


def test_lines_without_an_exact_time_or_a_link_are_waived_at_once_but_for_those_without_a_tick(begun: Bot) -> None:
    put(begun, *(f"Event {number}" for number in range(16)), approximate=True)
    begun.press(ids.WAIVE_OPEN, begun.record().id, OWNER)
    form = begun.screens.form()
    assert [len(each["element"]["options"]) for each in form["blocks"] if "lines:" in str(each.get("block_id"))] == [
        10,
        6,
    ]
    none = begun.submit(form, OWNER, "V2", reason="no logs", **{"lines:0": [], "lines:1": []}).errors
    assert "Tick at least one line" in none["reason"]
    begun.submit(form, OWNER, "V2", reason="no logs", **{"lines:1": ["a" * 32, "f" * 32]})
    assert [item.id[0] for item in items(begun) if item.bare] == ["b", "c", "d", "e"]
