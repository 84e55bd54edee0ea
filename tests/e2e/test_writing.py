"""An owner writes the post-mortem of the story through modals, on the wire: from what was harvested to a draft in which
nothing is missing but the meeting and the message to customers."""

from __future__ import annotations

from typing import Any

from bot.blocks import ids
from bot.domain import section_forms
from bot.domain.content import Section
from bot.domain.policy import Policy
from tests.e2e.conftest import World

METRICS = {section_forms.metric(each): "24 of 100000" for each in Policy().impact_dimensions}
ANSWERS: dict[Section, dict[str, Any]] = {
    Section.OVERVIEW: {"overview": "Checkout was slow.", "what_happened": "A deploy, then a rollback. <!channel>"},
    Section.FACTORS: {"factors": "No canary\nRetries"},
    Section.RESOLUTION: {"resolution": "Rolled back", "temporary": ["yes"]},
    Section.IMPACT: {"accounts": "3", "users": "unknown, because no logs", "support": "0", **METRICS},
    # As the channel suggests: whoever responded, and the scribe.
    Section.RESPONDERS: {},
    Section.SERVICES: {"services": "checkout"},
    Section.RECORDING: {"recording": "https://zoom.example/rec"},
    Section.RETROSPECT: {"nothing_to_note": ["yes"]},
}


QUERY = "select `id`, ``` from <t> -- <!channel> & \ttabs;"


def front(world: World) -> dict[str, Any]:
    """The modal in front of the owner."""
    return dict(world.slack.see.modals(world.owner)[-1])


def titles(world: World) -> list[str]:
    return [view["title"]["text"] for view in world.slack.see.modals(world.owner)]


def press(world: World, action_id: str, title: str, value: str | None = None) -> None:
    """Press in the modal in front, and wait for the one that it opens."""
    slack = world.slack
    slack.act.press(world.owner, action_id, value)
    slack.wait_until(lambda: titles(world)[-1] == title)


def begin(world: World) -> str:
    """The details are filled in, the channel is read, and the owner sees the menu."""
    slack, modal = world.slack, world.story.command.modal
    world.assign()
    slack.wait_until(lambda: slack.see.modals(world.caller))
    given = {
        "title": modal.title, "severity": str(modal.severity), "started_at": int(modal.started.timestamp()),
        "resolved_at": int(modal.resolved.timestamp()), "ic": world.story.user(modal.ic).id,
    }  # fmt: skip
    assert not slack.act.submit(world.caller, given)["stack"]
    world.done()
    keep_a_query(world)
    slack.act.command(world.owner, world.channel, "/postmortem status")
    slack.act.press(world.owner, ids.CONTENT_OPEN, channel=world.channel)
    slack.wait_until(lambda: slack.see.modals(world.owner))
    ((record,),) = world.rows("SELECT id FROM postmortem")
    return str(record)


def rest_of(view: dict[str, Any]) -> str:
    return next(str(each["block_id"]) for each in view["blocks"] if str(each.get("block_id")).startswith("rest:"))


def keep_the_timeline(world: World) -> None:
    press(world, ids.TIMELINE_OPEN, "Into the timeline?")
    view = front(world)
    many = any(str(each.get("block_id")).startswith("rest:") for each in view["blocks"])
    world.slack.act.submit(world.owner, {rest_of(view): "keep"} if many else {})
    assert titles(world) == ["Write the post-mortem", "Timeline"]
    press(world, ids.WAIVE_OPEN, "No data exists")
    world.slack.act.submit(world.owner, {"reason": "kept for a day"})
    world.slack.wait_until(lambda: "no data exists: kept for a day" in str(front(world)))
    assert "no evidence yet" not in str(front(world)["blocks"])
    world.slack.act.close(world.owner)


def decide_on_the_todos(world: World) -> None:
    press(world, ids.TODOS_OPEN, "What becomes of it?")
    while titles(world)[-1] == "What becomes of it?":
        view = front(world)
        names = [str(each.get("block_id")) for each in view["blocks"]]
        many = next((name for name in names if name.startswith("rest:")), None)
        one = next(name for name in names if name.startswith("decision:"))
        world.slack.act.submit(world.owner, {many or one: "done"})
    assert titles(world)[-1] == "Action items"
    world.slack.act.close(world.owner)


def keep_a_query(world: World) -> None:
    """Back-ticks and a call to everybody, from the command to the form, and back byte for byte."""
    slack = world.slack
    slack.act.command(world.owner, world.channel, f"/postmortem query {QUERY}")
    slack.wait_until(lambda: titles(world)[-1:] == ["Add a query"])
    assert slack.act.submit(world.owner, {"tool": "psql"})["errors"] == {}
    assert titles(world)[-1] == "Queries"
    assert [text for (text,) in world.rows("SELECT text FROM query_entry")] == [QUERY]
    slack.act.close(world.owner)


def test_an_owner_writes_it_all_in_modals(world: World) -> None:
    slack, record = world.slack, begin(world)
    keep_the_timeline(world)
    decide_on_the_todos(world)
    for section, answers in ANSWERS.items():
        forms = section_forms.forms(Policy().impact_dimensions)
        press(world, ids.SECTION_EDIT, forms[section].title, f"{record}:{section}")
        answer = slack.act.submit(world.owner, answers)
        assert answer["errors"] == {}, answer
        assert titles(world) == ["Write the post-mortem"]
    slack.wait_until(lambda: "Everything that the review asks for is written." in str(front(world)))
    assert ids.MOVE_IN_REVIEW in str(front(world)), "and the next step is a button"
    world.done()
    slack.wait_until(lambda: any("Rolled back" in text for text in world.documents()))
    (document,) = world.documents()
    for part in (
        "0.024 % (24 of 100,000)",
        "no data exists: kept for a day",
        "Nothing to note.",
        "This is a temporary fix.",
    ):
        assert part in document
    assert f"````\n{QUERY}\n````" in document
    assert "<!channel>" not in document.replace(QUERY, "")
    world.clean()
