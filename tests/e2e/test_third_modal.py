"""Three modals lie over one another on the wire: what is typed into the third is still there after a look at something else."""

from __future__ import annotations

from bot.blocks import ids
from tests.e2e.test_life import Life
from tests.e2e.test_life import life as life

WORDS = "We are sorry: for 40 minutes checkouts failed."


def test_the_message_typed_into_the_third_modal_is_not_lost(life: Life) -> None:
    life.write()
    life.timeline()
    life.form(life.owner, ids.CONTENT_OPEN)
    life.slack.act.press(life.owner, ids.MOVE_IN_REVIEW)
    life.front(life.owner, 2)
    life.slack.act.press(life.owner, ids.EXTERNAL_OPEN)
    form = life.front(life.owner, 3)
    life.slack.act("fill", user=life.owner, values={ids.SUMMARY: WORDS})
    for button in (ids.EXTERNAL_PREVIEW, ids.EXAMPLES_OPEN):
        life.slack.act.press(life.owner, button)
        life.slack.wait_until(lambda: len(life.front(life.owner, 3)["blocks"]) > len(form["blocks"]))
    life.send(life.owner, {})
    assert WORDS in str(life.world.rows("SELECT text FROM external_message"))
