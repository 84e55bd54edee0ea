"""The whole table of permissions, driven by signed payloads: everybody, everywhere, with every command, button and form.
What is refused changes nothing, shows nothing, and says who can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain import permissions
from bot.domain.harvest.person import Person
from bot.domain.permissions import Door, Situation
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.listeners.actions import buttons
from bot.listeners.commands import table
from bot.listeners.shortcuts import table as menu
from bot.listeners.views import submissions
from bot.usecases import positions
from tests.fakes import payloads
from tests.fakes.bot import Bot, Reply
from tests.fakes.chat import Room

TITLE = "Gloria's secret title"
POLICY = Policy(admins=frozenset({"U9"}), support_users=frozenset({"U8"}), ic_users=frozenset({"U6"}), allow_waive=True)
ROLES = {
    "owner": "U2", "IC": "U1", "deputy": "U3", "scribe": "U4", "stand-in": "U6", "shadow": "U7", "support": "U8",
    "administrator": "U9", "member": "U10", "nobody": "U5", "guest": "UGUEST", "stranger": "UFAR",
}  # fmt: skip
PLACES = ("public", "private", "shared", "not read")


def test_every_name_has_an_entry_and_every_entry_a_name() -> None:
    """A new command, button or form without an entry is refused to everybody, and this test is red."""
    assert set(permissions.COMMANDS) == {command.name for command in table.SUBCOMMANDS} | {"unknown"}
    assert set(permissions.BUTTONS) == set(ids.ACTIONS) | buttons.QUIET == set(buttons.BUTTONS)
    assert set(permissions.FORMS) == set(ids.VIEWS) == set(submissions.FORMS)
    assert set(permissions.SHORTCUTS) == set(ids.SHORTCUTS) == set(menu.SHORTCUTS)


@dataclass
class Scene:
    bot: Bot
    record: Postmortem
    place: str


@pytest.fixture(params=PLACES)
def scene(request: pytest.FixtureRequest, engine: Any) -> Scene:
    """A post-mortem with a title, in a channel of this kind."""
    bot = Bot(engine, policy=POLICY)
    people = [Person(user, f"Name of {user}") for user in ROLES.values() if user not in bot.chat.users]
    bot.chat.users |= {person.user_id: person for person in people}
    bot.know(*people)
    members = set(ROLES.values()) - {"U5", "UGUEST", "U6", "U8", "U9"} | {"UBOT"}
    bot.chat.rooms["C1"] = Room(members, private=request.param == "private", shared=request.param == "shared")
    bot.once(_begun, request.param != "not read")
    return Scene(bot, bot.record(), request.param)


def _begun(bot: Bot, read: bool) -> None:
    bot.command("assign <@U2|ben>", "U1")
    if read:
        bot.work()
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        assert record
        roles = replace(record.roles, ic="U1", deputy="U3", scribe="U4", shadow="U7", ic_assumed=False)
        unit.records.save(record.changed(title=TITLE, severity=3, roles=roles))


def everything(record: Postmortem, user: str) -> Iterator[tuple[Door, str, dict[str, Any]]]:
    """One payload for each entry, as this person would send it."""
    for name in permissions.COMMANDS:
        rest = {"unknown": "blabla", "forget": "forget <@U10>", "assign": "assign <@U10>"}.get(name, name)
        yield Door.COMMAND, name, payloads.command(rest, user)
    for name in permissions.BUTTONS:
        value = "open:0" if name.startswith("home_") and name != "home_record" else record.id
        value = {"forget_confirm": "U10"}.get(name, value)
        yield Door.BUTTON, name, payloads.button(name, value, user)
    for name in permissions.FORMS:
        yield Door.FORM, name, payloads.submission(form(name, record), user, f"V{name}{user}")
    for name in permissions.SHORTCUTS:
        message = {"ts": "1764000000.000100", "user": "U1", "text": "It is slow: https://grafana.example/d/1"}
        yield Door.SHORTCUT, name, payloads.shortcut(name, message, user)


def form(name: str, record: Postmortem) -> dict[str, Any]:
    """A form that carries the record, with one field for what is wrong with it."""
    field = {"type": "plain_text_input", "action_id": ids.INPUT}
    block = {"type": "input", "block_id": "field", "element": field, "label": {"type": "plain_text", "text": "x"}}
    carried = {"channel": record.channel_id} if name in ("choose_owner", "start_here") else {"record": record.id}
    return {"type": "modal", "callback_id": name, "private_metadata": json.dumps(carried), "blocks": [block]}


def sentence(scene: Scene, door: Door, name: str, user: str) -> str | None:
    """What the table says, from where the person stands now."""
    return _sentence(door, name, user, standing(scene, user, door))


def standing(scene: Scene, user: str, door: Door) -> Situation:
    """Where a person stands who comes by this door."""
    here, typed = door is not Door.FORM, door in (Door.COMMAND, Door.SHORTCUT)
    found = scene.bot.look(lambda unit: positions.before(unit, scene.record, user, POLICY, here=here, typed=typed))
    assert isinstance(found, Situation)
    return found


def _sentence(door: Door, name: str, user: str, situation: Situation) -> str | None:
    rule = permissions.TABLE[door][name]
    if rule.about is permissions.About.NOTHING:
        situation = positions.elsewhere(user, POLICY, direct=False)
    return permissions.against(rule, situation)


def said(bot: Bot, reply: Reply, shown: int) -> str:
    """Everything that the person was shown, as text."""
    return reply.text + json.dumps([str(screen) for screen in bot.screens.shown[shown:]], ensure_ascii=False)


@pytest.mark.parametrize("role", ROLES)
def test_what_the_table_refuses_changes_nothing_and_shows_nothing(scene: Scene, role: str) -> None:
    bot, user = scene.bot, ROLES[role]
    before = bot.contents()
    # Nothing changes here, so nobody stands anywhere else afterwards.
    stands = {door: standing(scene, user, door) for door in Door}
    for door, name, payload in everything(scene.record, user):
        refused = _sentence(door, name, user, stands[door])
        if refused is None:
            continue
        shown = len(bot.screens.shown)
        answer = said(bot, bot.send(payload), shown)
        assert TITLE not in answer.replace("\\u2019", "'"), (door, name)
        if door is Door.BUTTON and name in buttons.QUIET:
            continue
        start = refused.split("{")[0][:25]
        assert start in answer.replace("\\u2019", "'"), (door, name, refused, answer)
        if refused in (permissions.NOT_IN_IT, permissions.NOT_READ, permissions.OUTSIDE):
            assert scene.record.name not in answer, (door, name)
    # Looked at once for all of them: the whole memory takes longer to read than a payload to be refused.
    assert bot.contents() == before


@pytest.mark.parametrize("role", ROLES)
def test_what_the_table_allows_is_not_stopped_at_the_door(scene: Scene, role: str) -> None:
    """Whatever an act of its own then says: the sentences of the door are not among it."""
    bot, user = scene.bot, ROLES[role]
    sentences = (permissions.NOT_IN_IT, permissions.NOT_READ, permissions.OUTSIDE, permissions.GUEST[:30])
    # Where they stand changes with what they send alone.
    stands: dict[Door, Situation] = {}
    for door, name, payload in everything(scene.record, user):
        stands[door] = stands.get(door) or standing(scene, user, door)
        if _sentence(door, name, user, stands[door]) is not None or name in (
            "forget_confirm",
            "assign",
            "owner_decline",
        ):
            continue
        if any(word in name for word in ("restrict", "choose", "severity", "waive", "harvest", "start")):
            continue
        shown = len(bot.screens.shown)
        answer = said(bot, bot.send(payload), shown)
        stands.clear()
        assert not any(each in answer for each in sentences), (door, name, answer)
        assert "Something went wrong" not in answer, (door, name, answer)


def case(place: str, role: str, door: Door, name: str) -> tuple[str, str, Door, str]:
    return place, role, door, name


B, C, F, S = Door.BUTTON, Door.COMMAND, Door.FORM, Door.SHORTCUT
# By hand: what the process says, whatever the table says.
KNOWN: dict[tuple[str, str, Door, str], bool] = {
    case("public", "nobody", C, "status"): True,
    case("public", "nobody", B, "home_record"): True,
    case("public", "guest", B, "home_record"): True,
    case("public", "guest", C, "harvest"): False,
    case("public", "stranger", C, "assign"): False,
    case("shared", "stranger", C, "status"): True,
    case("shared", "stranger", B, "review_approve"): False,
    case("private", "member", B, "home_record"): True,
    case("private", "member", C, "history"): True,
    case("private", "nobody", B, "home_record"): False,
    case("private", "nobody", B, "hub_open"): False,
    case("private", "nobody", B, "notes_open"): False,
    case("private", "nobody", B, "history_page"): False,
    case("private", "nobody", C, "status"): False,
    case("private", "nobody", F, "comment"): False,
    case("private", "administrator", B, "home_record"): False,
    case("private", "support", B, "home_record"): False,
    case("private", "support", B, "move_closed"): False,
    case("private", "stand-in", B, "owner_choose_open"): True,
    case("private", "stand-in", B, "hub_open"): False,
    case("private", "owner", B, "hub_open"): True,
    case("not read", "nobody", B, "home_record"): False,
    case("not read", "nobody", C, "status"): True,
    case("not read", "owner", B, "hub_open"): True,
    case("public", "support", B, "move_closed"): True,
    case("public", "deputy", B, "move_in_review"): False,
    case("public", "scribe", B, "content_open"): True,
    case("public", "shadow", B, "content_open"): False,
    case("public", "deputy", B, "held_agreed"): False,
    case("public", "owner", C, "waive"): False,
    case("public", "IC", C, "waive"): True,
    case("public", "administrator", C, "forget"): True,
    case("public", "IC", C, "forget"): False,
    case("public", "IC", B, "forget_confirm"): False,
    case("public", "owner", B, "severity_confirm"): False,
    case("public", "member", C, "restrict"): False,
    case("public", "nobody", C, "ask"): True,
    case("public", "nobody", C, "watch"): True,
    case("public", "guest", C, "ask"): False,
    case("public", "guest", C, "watch"): False,
    case("private", "nobody", C, "watch"): False,
    case("private", "nobody", B, "questions_open"): False,
    case("private", "member", B, "questions_open"): True,
    case("private", "owner", B, "question_answer"): False,
    case("public", "member", B, "question_to_timeline"): False,
    case("public", "scribe", B, "lines_ask"): True,
    case("public", "member", B, "lines_ask"): False,
    case("public", "nobody", S, "add_to_timeline"): True,
    case("public", "nobody", F, "pointed_line"): True,
    case("public", "nobody", C, "timeline"): True,
    case("public", "guest", S, "add_to_timeline"): False,
    case("shared", "stranger", S, "add_as_todo"): False,
    case("private", "member", S, "attach_as_evidence"): True,
    case("private", "nobody", S, "add_as_query"): False,
    case("private", "nobody", F, "pointed_query"): False,
    case("not read", "nobody", S, "add_to_timeline"): True,
}


def test_what_is_known_of_the_process_is_what_the_table_says(scene: Scene) -> None:
    for (place, role, door, name), allowed in KNOWN.items():
        if place == scene.place:
            assert (sentence(scene, door, name, ROLES[role]) is None) is allowed, (role, door, name)


@pytest.mark.parametrize("team", ["T2", "TOTHER"])
def test_a_payload_of_another_workspace_finds_nothing(scene: Scene, team: str) -> None:
    bot = scene.bot
    before = bot.contents()
    theirs = {"team": {"id": team}, "user": {"id": "U1", "team_id": team}}
    for name in permissions.BUTTONS:
        if permissions.BUTTONS[name].about is permissions.About.NOTHING:
            continue
        shown = len(bot.screens.shown)
        reply = bot.send({**payloads.button(name, scene.record.id, "U1"), **theirs})
        assert TITLE not in said(bot, reply, shown), name
    # One that opens a post-mortem opens theirs, in a channel that has the same id there.
    for name in permissions.FORMS.keys() - {"start_here"}:
        bot.send({**payloads.submission(form(name, scene.record), "U1", f"W{name}"), **theirs})
    for name in permissions.SHORTCUTS:
        message = {"ts": "1764000000.000100", "user": "U1", "text": TITLE}
        bot.send({**payloads.shortcut(name, message, "U1"), **theirs})
    assert {**bot.contents(), "receipt": []} == {**before, "receipt": []}


def test_a_form_of_one_record_with_a_button_of_another_opens_neither(scene: Scene) -> None:
    """Both records have to pass: the one in the value, and the one that the form carries."""
    bot = scene.bot
    if scene.place != "private":
        return
    bot.chat.rooms["C2"] = Room({"U5", "UBOT"})
    bot.command("assign <@U5|eve>", "U5", "C2")
    bot.work()
    mine = bot.record("C2")
    before = bot.contents()
    for value, carried in ((scene.record, mine), (mine, scene.record)):
        shown = len(bot.screens.shown)
        reply = bot.press_in(form("comment", carried), ids.NOTES_OPEN, value.id, "U5")
        assert permissions.NOT_IN_IT in said(bot, reply, shown)
    assert bot.contents() == before


def test_roles_count_as_they_are_when_it_is_pressed(scene: Scene) -> None:
    bot = scene.bot
    assert sentence(scene, B, "owner_accept", "U2") is None
    bot.command("assign <@U10>", "U1")
    before = bot.contents()
    bot.press(ids.OWNER_ACCEPT, scene.record.id, "U2")
    assert bot.contents() == before
