"""What every chat must do, held against Slack's adapter before a local Slack and against the chat in memory that other tests use."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.blocks import replies
from bot.domain.harvest.person import Person
from bot.integrations import slack_identity
from bot.integrations.slack_call import SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.jobs.handlers.harvest import THREAD_GONE
from bot.ports.chat import Chat
from bot.ports.errors import IntegrationError
from sandbox.client import Sandbox
from tests.fakes.chat import BOT, FakeChat, Room

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
WORKSPACE: dict[str, Any] = {
    "users": [
        {"name": "ana", "tz": "Europe/London"},
        {"name": "ben"},
        {"name": "gone", "deleted": True},
        {"name": "pager", "is_bot": True},
    ],
    "usergroups": [{"handle": "ics", "name": "ICs", "users": ["ana", "ben"]}],
    "channels": [
        {"name": "incident", "members": ["ana", "postmortem"]},
        {"name": "open", "members": ["ana"]},
        {"name": "hidden", "members": ["ana"], "private": True},
        {"name": "old", "members": ["ana", "postmortem"], "archived": True},
    ],
}


@dataclass
class World:
    """A chat, the ids of its places and people by name, and somebody who writes in #incident."""

    chat: Chat
    ids: dict[str, str]
    write: Callable[[str, str | None], str]

    def __getitem__(self, name: str) -> str:
        return self.ids[name]


def in_memory() -> World:
    chat = FakeChat(lambda: datetime.now(UTC))
    names = {"ana": "UA", "ben": "UB", "gone": "UG", "pager": "UP"}
    chat.users = {
        user: Person(user, name, is_bot=name == "pager", deleted=name == "gone") for name, user in names.items()
    }
    chat.groups["S1"] = ("UA", "UB")
    chat.rooms = {
        "C1": Room({"UA", BOT}),
        "C2": Room({"UA"}),
        "C3": Room({"UA"}, private=True),
        "C4": Room({"UA", BOT}, archived=True),
    }
    places = {"incident": "C1", "open": "C2", "hidden": "C3", "old": "C4", "ics": "S1"}
    return World(chat, {**names, **places}, lambda text, thread: chat.say("C1", text, "UA", thread_ts=thread))


def before_a_local_slack(slack: Sandbox) -> World:
    slack.reset()
    slack.rules(rate_limits=False)
    us = str(slack.see("apps")["apps"][0]["bot_user_id"])
    chat = SlackChat(SlackCall(slack_identity.client(slack.bot_token, slack.api_url)), us)
    ids = {user["name"]: user["id"] for user in slack.see("people")["users"]}
    ids |= {group["handle"]: group["id"] for group in slack.see("people")["usergroups"]}
    ids |= {channel["name"]: channel["id"] for channel in slack.see("channels")["channels"]}
    return World(chat, ids, lambda text, thread: slack.act.post("ana", "#incident", text, thread=thread))


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    path = tmp_path_factory.mktemp("slack") / "workspace.yml"
    path.write_text(json.dumps(WORKSPACE))
    with Sandbox.start(in_process=True, workspace=path, manifest=MANIFEST) as slack:
        yield slack


@pytest.fixture(params=["in memory", "before a local Slack"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "in memory":
        yield in_memory()
        return
    slack = request.getfixturevalue("slack")
    yield before_a_local_slack(slack)
    assert slack.violations() == []


def since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


def failure(act: Callable[[], object]) -> IntegrationError:
    with pytest.raises(IntegrationError) as caught:
        act()
    return caught.value


def test_a_message_is_found_by_its_mark_and_by_no_other(world: World) -> None:
    ts = world.chat.post(world["incident"], replies.say("hello"), mark="m:1")
    world.chat.post(world["incident"], replies.say("hello"), mark="m:2")
    assert world.chat.find(world["incident"], "m:1", since=since()) == ts
    assert world.chat.find(world["incident"], "m:3", since=since()) is None
    assert world.chat.find(world["incident"], "m:1", since=datetime.now(UTC) + timedelta(hours=1)) is None


def test_a_message_is_found_under_many_newer_ones(world: World) -> None:
    ts = world.chat.post(world["incident"], replies.say("hello"), mark="m:1")
    for number in range(210):
        world.write(f"newer {number}", None)
    assert world.chat.find(world["incident"], "m:1", since=since()) == ts


def test_a_message_in_a_thread_is_found_there(world: World) -> None:
    parent = world.write("parent", None)
    ts = world.chat.post(world["incident"], replies.say("reply"), mark="m:1", thread_ts=parent)
    assert world.chat.find(world["incident"], "m:1", since=since(), thread_ts=parent) == ts


def test_a_message_is_redrawn_and_keeps_its_mark(world: World) -> None:
    ts = world.chat.post(world["incident"], replies.say("hello"), mark="m:1")
    world.chat.update(world["incident"], ts, replies.say("changed"))
    assert world.chat.find(world["incident"], "m:1", since=since()) == ts


def test_a_direct_message_is_found_too(world: World) -> None:
    room = world.chat.open_dm(world["ana"])
    assert world.chat.open_dm(world["ana"]) == room
    ts = world.chat.post(room, replies.say("hello"), mark="m:1")
    assert world.chat.find(room, "m:1", since=since()) == ts


REFUSED: dict[str, tuple[Callable[[World], object], set[str]]] = {
    "posting where it is no member": (lambda w: w.chat.post(w["open"], replies.say("x"), mark="m"), {"not_in_channel"}),
    "posting in a private channel": (
        lambda w: w.chat.post(w["hidden"], replies.say("x"), mark="m"),
        {"channel_not_found"},
    ),
    "posting in an archived channel": (lambda w: w.chat.post(w["old"], replies.say("x"), mark="m"), {"is_archived"}),
    "posting nowhere": (lambda w: w.chat.post("C404", replies.say("x"), mark="m"), {"channel_not_found"}),
    "reading where it is no member": (lambda w: w.chat.history(w["open"], oldest="0", cursor=None), {"not_in_channel"}),
    "reading a private channel": (
        lambda w: w.chat.history(w["hidden"], oldest="0", cursor=None),
        {"channel_not_found"},
    ),
    "redrawing what is gone": (
        lambda w: w.chat.update(w["incident"], "1.000001", replies.say("x")),
        {"message_not_found"},
    ),
    "writing to somebody deactivated": (lambda w: w.chat.open_dm(w["gone"]), {"user_disabled"}),
    "asking for nobody": (lambda w: w.chat.person("U404"), {"user_not_found"}),
    "joining a private channel": (
        lambda w: w.chat.join(w["hidden"]),
        {"method_not_supported_for_channel_type", "channel_not_found"},
    ),
    "a thread that is not there": (
        lambda w: w.chat.thread(w["incident"], "1.000001", cursor=None),
        {"thread_not_found"},
    ),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_a_refusal_has_a_name_and_is_final(world: World, case: str) -> None:
    act, names = REFUSED[case]
    error = failure(lambda: act(world))
    assert error.name in names
    assert not error.retryable


def test_once_it_has_joined_it_may_post_pin_and_invite(world: World) -> None:
    world.chat.join(world["open"])
    ts = world.chat.post(world["open"], replies.say("x"), mark="m")
    for _ in range(2):
        world.chat.pin(world["open"], ts)
        world.chat.invite(world["open"], world["ben"])


def test_the_history_has_the_newest_first_and_threads_the_oldest(world: World) -> None:
    first = world.write("first", None)
    reply = world.write("reply", first)
    second = world.write("second", None)
    page = world.chat.history(world["incident"], oldest="0", cursor=None)
    tops = [message for message in page.messages if message.text in ("first", "second", "reply")]
    assert [message.ts for message in tops] == [second, first]
    assert (tops[1].reply_count, tops[1].latest_reply) == (1, reply)
    thread = world.chat.thread(world["incident"], first, cursor=None)
    assert [message.ts for message in thread.messages] == [first, reply]
    later = world.chat.history(world["incident"], oldest=first, cursor=None)
    assert [message.ts for message in later.messages] == [second], "exclusive"
    assert page.cursor is None


def test_people_and_groups_are_read(world: World) -> None:
    page = world.chat.people(None)
    people = {person.user_id: person for person in page.people}
    assert people[world["gone"]].deleted
    assert people[world["pager"]].is_bot
    assert world.chat.person(world["ben"]).user_id == world["ben"]
    assert set(world.chat.group(world["ics"])) == {world["ana"], world["ben"]}


def test_an_upload_is_seen_once_it_is_shared_and_not_before(world: World) -> None:
    parent = world.write("card", None)
    reserved = world.chat.reserve("pm-1.md", 5)
    assert world.chat.shared_link(reserved.file_id) is None
    world.chat.fill(reserved, b"hello")
    assert world.chat.shared_link(reserved.file_id) is None
    link = world.chat.share({reserved.file_id: "PM-1"}, world["incident"], parent)[reserved.file_id]
    assert link.startswith("http")
    assert world.chat.shared_link(reserved.file_id) == link
    for _ in range(2):
        world.chat.remove(reserved.file_id)
    assert world.chat.shared_link(reserved.file_id) is None


def test_a_picture_says_what_it_shows_and_stands_in_a_direct_message(world: World) -> None:
    reserved = world.chat.reserve("report.png", 5, "PM-1: 2 days (3 allowed), in time")
    world.chat.fill(reserved, b"hello")
    link = world.chat.share({reserved.file_id: "Post-mortems"}, world.chat.open_dm(world["ana"]), None)[
        reserved.file_id
    ]
    assert world.chat.shared_link(reserved.file_id) == link
    world.chat.remove(reserved.file_id)


def test_the_very_message_is_read_wherever_it_stands(world: World) -> None:
    parent = world.write("checkout is slow", None)
    reply = world.write("restarting pay", parent)
    other = world.write("<!channel> & more", None)
    read = [world.chat.message(world["incident"], ts) for ts in (parent, reply, other)]
    assert [(each.ts, each.is_reply) for each in read if each] == [(parent, False), (reply, True), (other, False)]
    assert read[1] is not None
    assert read[1].text == "restarting pay"


def test_a_message_that_is_not_there_is_refused_by_name(world: World) -> None:
    world.write("another one", None)
    with pytest.raises(IntegrationError) as refused:
        world.chat.message(world["incident"], "1000000000.000100")
    assert refused.value.name in THREAD_GONE


def test_our_reaction_is_put_once_and_taken_back_once(world: World) -> None:
    ts = world.write("restarting pay", None)
    for act in (world.chat.react, world.chat.react, world.chat.unreact, world.chat.unreact):
        act(world["incident"], ts, "white_check_mark")


def test_a_modal_that_nobody_has_open_is_not_drawn_anew_and_that_is_no_trouble(world: World) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Tickets"}, "blocks": []}
    assert world.chat.redraw("nobody:has:it", view) is False


def test_a_canvas_is_made_read_filled_as_a_whole_and_deleted(world: World) -> None:
    chat, inc = world.chat, world["incident"]
    made = chat.make_canvas("PM-7 post-mortem", inc)
    chat.let_read(made, inc)
    chat.fill_canvas(made, "# First\n\ntext")
    chat.fill_canvas(made, "# Second")
    assert made in chat.canvas_link(made)
    assert chat.canvases_called("PM-7 post-mortem", since=since()) == (made,)
    chat.delete_canvas(made)
    chat.delete_canvas(made)
    assert chat.canvases_called("PM-7 post-mortem", since=since()) == ()
    for act in (lambda: chat.fill_canvas(made, "x"), lambda: chat.let_read(made, inc)):
        assert failure(act).name == "canvas_not_found"


def test_canvases_are_found_by_their_whole_title_oldest_first_among_other_files(world: World) -> None:
    chat, inc = world.chat, world["incident"]
    reserved = chat.reserve("pm-7.md", 1)
    chat.fill(reserved, b"x")
    chat.share({reserved.file_id: "PM-7 post-mortem"}, inc, None)
    made = [chat.make_canvas("PM-7 post-mortem", inc) for _ in range(3)]
    chat.make_canvas("PM-77 post-mortem", inc)
    assert sorted(chat.canvases_called("PM-7 post-mortem", since=since())) == sorted(made)
    assert chat.canvases_called("PM-7 post-mortem", since=datetime.now(UTC) + timedelta(hours=1)) == ()


@pytest.mark.parametrize(
    ("place", "name"), [("open", "not_in_channel"), ("hidden", "channel_not_found"), ("old", "is_archived")]
)
def test_a_canvas_needs_a_channel_that_can_be_written_to(world: World, place: str, name: str) -> None:
    assert failure(lambda: world.chat.make_canvas("PM-7 post-mortem", world[place])).name == name
