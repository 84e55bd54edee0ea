"""The walk through the lines without evidence: what the message and its thread show is proposed, one answers or skips, and the
next line follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import ids
from bot.domain.harvest.message import Message
from bot.domain.harvest_state import HarvestState, Phase
from tests.fakes.bot import Bot
from tests.listeners.test_timeline import GRAPH, IC, OWNER, begun, items, opened
from tests.listeners.test_timeline_lines import LOG, press, put

__all__ = ["begun"]
ROOT, REPLY = "1763900000.000100", "1763900060.000100"
UNDER = {"root_view_id": "VT", "previous_view_id": "VT"}


def written(bot: Bot, *messages: Message) -> None:
    """The channel as it was read."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = bot.record()
        state = unit.harvests.state(record.id) or HarvestState(record.id, record.channel_id, Phase.DONE)
        unit.harvests.add_messages(state, messages)


def talk(bot: Bot) -> None:
    """A line of the thread came from a reply; the addresses are in it, in its neighbours and elsewhere."""
    far = "https://elsewhere.example/"
    written(
        bot,
        Message("C1", ROOT, "U1", f"Alert <{GRAPH}|graph>", thread_ts=ROOT, reply_count=2, latest_reply=REPLY),
        Message("C1", REPLY, "U1", f"rolled back, see <{LOG}>", thread_ts=ROOT),
        Message("C1", "1763900061.000100", "U1", "<https://acme.slack.com/archives/C1/p1> <https://used.example/>", thread_ts=ROOT),
        Message("C1", "1763900062.000100", "U1", f"another matter <{far}>"),
    )  # fmt: skip


def field(view: dict[str, Any], name: str) -> str:
    return next(str(each["block_id"]) for each in view["blocks"] if str(each.get("block_id")).startswith(f"{name}:"))


def found(view: dict[str, Any]) -> dict[str, str]:
    """What stands beside each box -> its value."""
    return {
        option["text"]["text"]: option["value"]
        for block in view["blocks"]
        if str(block.get("block_id")).startswith("found:")
        for option in block["element"]["options"]
    }


def begin(bot: Bot) -> dict[str, Any]:
    bot.press_in(opened(bot), ids.WALK_OPEN, bot.record().id, OWNER, view_id="VT")
    return bot.screens.form()


def test_one_line_after_the_other_is_answered_or_skipped(begun: Bot) -> None:
    talk(begun)
    put(begun, "Seen", "Rolled back", "Called", "Closed", ts=REPLY, thread_ts=ROOT)
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        seen = unit.items.timeline(begun.record().id)[0]
        unit.items.put_item(replace(seen, evidence=("https://used.example/",)))
    form = begin(begun)
    assert "1 of 3 without evidence" in str(form)
    assert "Rolled back" in str(form)
    assert "archives/C1/p1763900060000100?thread_ts=" in str(form), "a link to the message"
    # Those of its own message first, then those of the thread, but no message of Slack's.
    assert list(found(form)) == ["1. log.example/1", "2. grafana.example/d/1", "3. used.example"]
    empty = begun.submit(form, OWNER, "V2", **UNDER).errors
    assert "press Skip for now" in empty[field(form, "evidence")]
    odd = begun.submit(form, OWNER, "V2", **UNDER, **{field(form, "evidence"): "grafana"}).errors
    assert "no web address" in odd[field(form, "evidence")]
    answers = {
        field(form, "found"): [found(form)["1. log.example/1"]], field(form, "evidence"): "https://more.example/?a=1&b",
    }  # fmt: skip
    form = begun.submit(form, OWNER, "V2", **UNDER, **answers).json["view"]
    assert "2 of 3" in str(form)
    assert "Called" in str(form)
    assert items(begun)[1].evidence == (LOG, "https://more.example/?a=1&b")
    assert begun.screens.redrawn[-1].view_id == "VT", "the timeline under it is right whenever the walk is left"
    assert not {block.get("block_id") for block in form["blocks"]} & set(answers), "nothing typed is carried on"
    assert len(found(form)) == 3, "one graph may show several lines"
    form = press(begun, form, "Skip for now")
    assert "3 of 3" in str(form)
    assert form["submit"]["text"] == "Save"
    last = begun.submit(form, OWNER, "V2", **UNDER, **{field(form, "waiver"): "not logged"})
    assert last.text == "", "the form closes"
    assert "Called" in str(begun.screens.redrawn[-1].view)
    assert [item.text for item in items(begun) if item.bare] == ["Called"]
    assert items(begun)[3].waiver == "not logged"
    form = begin(begun)
    assert "1 of 1" in str(form)
    ended = press(begun, form, "Skip for now")
    assert ended["title"]["text"] == "Timeline"


def test_what_others_did_meanwhile_is_said_and_kept(begun: Bot) -> None:
    put(begun, "Alpha", "Beta", "Gamma")
    value = f"{begun.record().id}:{'0' * 32}"
    form = begin(begun)
    begun.press(ids.ITEM_EDIT, value, IC)
    begun.submit(begun.screens.form(), IC, "V8", text="Alpha, in other words")
    typed = {field(form, "evidence"): GRAPH}
    again = begun.submit(form, OWNER, "V2", **UNDER, **typed).json["view"]
    assert "this is how it stands now" in str(again)
    assert "Alpha, in other words" in str(again)
    assert field(again, "evidence") in typed, "the same fields: what was typed stays in them"
    form = begun.submit(again, OWNER, "V2", hash="h2", **UNDER, **typed).json["view"]
    assert (items(begun)[0].text, items(begun)[0].evidence) == ("Alpha, in other words", (GRAPH,))
    # The second is answered by somebody else, the third is taken out.
    begun.press(ids.ITEM_EDIT, f"{begun.record().id}:{'1' * 32}", IC)
    begun.submit(begun.screens.form(), IC, "V9", evidence=LOG)
    form = begun.submit(form, OWNER, "V2", **UNDER, **{field(form, "evidence"): GRAPH}).json["view"]
    assert "Somebody has answered the line before" in str(form)
    assert "Gamma" in str(form)
    begun.press(ids.ITEM_REMOVE, f"{begun.record().id}:{'2' * 32}", IC)
    begun.submit(form, OWNER, "V2", **UNDER, **{field(form, "evidence"): GRAPH})
    assert "taken out meanwhile" in str(begun.screens.redrawn[-1].view["blocks"][0])
    assert [item.evidence for item in items(begun)] == [(GRAPH,), (LOG,)]
    begun.press_in(opened(begun), ids.WALK_OPEN, begun.record().id, OWNER)
    assert "Every line has evidence by now" in str(begun.screens.redrawn[-1].view)


def test_the_form_of_a_single_line_proposes_the_same(begun: Bot) -> None:
    talk(begun)
    put(begun, "Rolled back", ts=REPLY, thread_ts=ROOT, evidence=("https://used.example/",))
    begun.press(ids.ITEM_EDIT, f"{begun.record().id}:{'0' * 32}", OWNER)
    form = begun.screens.form()
    assert list(found(form)) == ["1. log.example/1", "2. grafana.example/d/1"], "not what stands beside it already"
    begun.submit(form, OWNER, "V2", **{"found:0": list(found(form).values())})
    assert items(begun)[0].evidence == ("https://used.example/", LOG, GRAPH)
