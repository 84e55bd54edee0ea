"""`/postmortem timeline` opens the timeline, and `timeline add` writes a line of it whose time the answer explains."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.blocks import ids
from bot.domain.harvest.finding import TimelineKind
from bot.domain.postmortem import Times
from bot.domain.status import Status
from bot.domain.timeline import Item
from tests.fakes.bot import Bot

OWNER, BERLIN, NOBODY = "U2", "U2", "U3"


def items(bot: Bot) -> list[Item]:
    every = bot.look(lambda unit: list(unit.items.timeline(bot.record().id)))
    return [item for item in every if not item.removed]


@pytest.fixture
def begun(bot: Bot) -> Bot:
    """An incident over midnight, twenty to twelve to ten past, and still going on."""
    bot.assigned()
    bot.clock.advance(datetime(2030, 1, 2, 0, 10, tzinfo=UTC) - bot.clock.now())
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(times=Times(bot.clock.now() - timedelta(minutes=30))))
    return bot


def test_the_timeline_opens_for_those_who_write_it(begun: Bot) -> None:
    assert begun.command("timeline", OWNER).text == ""
    assert begun.screens.form()["title"]["text"] == "Timeline"
    assert "is written by" in begun.command("timeline", NOBODY).sentence
    assert "timeline add 14:02 UTC" in begun.command("timeline 14:02 x", OWNER).sentence


def test_anybody_adds_a_line_and_reads_how_its_time_was_understood(begun: Bot) -> None:
    reply = begun.command(
        "timeline add 23:58 UTC the <@U2|ben> disk is full &lt;100%&gt;\n<!channel> second line", NOBODY
    )
    (item,) = items(begun)
    assert f"{item.at:%Y-%m-%d %H:%M:%S}" == "2030-01-01 23:58:00"
    assert item.text == "the @Ben disk is full <100%>\n@channel second line"
    assert (item.kind, item.by, item.ts, item.evidence) == (TimelineKind.other, NOBODY, None, ())
    assert "2030-01-01 23:58:00 UTC" in reply.sentence
    assert "<!channel>" not in reply.text
    assert "the last such time that is near the incident" in reply.text
    assert (begun.history()[-1].actor, begun.history()[-1].via) == (NOBODY, "command")


def test_a_time_without_a_zone_is_in_the_persons_own_and_the_answer_says_so(begun: Bot) -> None:
    reply = begun.command("timeline add about 0:58 restarted: <https://grafana.example/d/1>", BERLIN)
    (item,) = items(begun)
    assert (f"{item.at:%d %H:%M}", item.approximate, item.evidence) == (
        "01 23:58",
        True,
        ("https://grafana.example/d/1",),
    )
    assert "in your time zone, Europe/Berlin, as 00:58:00" in reply.text


def test_change_and_undo_stand_under_the_answer(begun: Bot) -> None:
    reply = begun.command("timeline add 23:58 UTC disk full", NOBODY)
    change, undo = reply.json["blocks"][-1]["elements"]
    begun.press(change["action_id"], change["value"], NOBODY)
    assert begun.screens.form()["callback_id"] == ids.POINTED_LINE
    begun.press(undo["action_id"], undo["value"], NOBODY)
    assert items(begun) == []
    begun.press(ids.ITEM_PUT_BACK, ":".join(undo["value"].split(":")[:2]), OWNER)
    assert [item.text for item in items(begun)] == ["disk full"]


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("timeline add", "Begin with the time"),
        ("timeline add disk full", "Begin with the time"),
        ("timeline add 23:58 UTC", "Say what happened"),
        ("timeline add 00:40 UTC disk full", "in the future"),
        ("timeline add 25:99 disk full", "Enter a time"),
        ("timeline undo", "to add a line"),
    ],
)
def test_what_cannot_be_a_line_is_one_sentence_and_saves_nothing(begun: Bot, typed: str, part: str) -> None:
    before = begun.contents()
    assert part in begun.command(typed, NOBODY).sentence
    assert begun.contents() == before


def test_without_a_post_mortem_or_with_an_agreed_one_nothing_is_added(bot: Bot) -> None:
    assert "no post-mortem in this channel" in bot.command("timeline add 14:02 x").sentence
    bot.assigned()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        unit.records.save(record.changed(status=Status.REVIEWED))
    assert "is Reviewed" in bot.command("timeline add 14:02 x").sentence
