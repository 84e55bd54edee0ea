"""The gallery shows everything that the bot draws, Slack would take all of it, and nobody changes a picture unseen."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType, FunctionType
from typing import Any

import pytest

import bot.blocks
from bot.blocks import checklist, ids, notes
from bot.domain.actions import Decision
from bot.domain.booking import Outcome
from bot.domain.checklist import Task
from bot.domain.content import Section
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest_state import Phase
from bot.domain.home import Shown
from bot.domain.moves import MOVES
from bot.domain.outgoing import Kind
from bot.domain.postmortem import ProposalState
from bot.domain.status import Status
from bot.domain.timeline import kind_label
from bot.domain.topics import Topic
from demo.gallery import calls, golden, people
from demo.gallery.entry import Entry, Group, Surface
from demo.gallery.table import GROUPS, JUDGED, entries
from sandbox.spec import views
from tests.blocks import conftest as judges

BLOCKS = Path(bot.blocks.__file__).parent
DRAWN = {"Drawing", "Block", "Block | None", "list[Block]", "list[Drawing]", "dict[str, Any]", "dict[str, Any] | None"}
# Drawing functions that the gallery need not call, each with its reason.
APART: Mapping[str, str] = {}
# Buttons that no picture shows, each with its reason.
NOT_SHOWN: Mapping[str, str] = {
    ids.ITEM_EDIT: "the menu beside a line does it; a form that was open before there was one has the button",
    ids.ITEM_REMOVE: "the menu beside a line does it; a form that was open before there was one has the button",
}
# Topics that are only drawn together with something else, each with its reason.
NO_NOTE: Mapping[str, str] = {}
HOW = "python -m demo.gallery --golden"
Called = set[tuple[str, str]]


@pytest.fixture(scope="module")
def called() -> Called:
    """(module, function) of everything in bot/blocks that is called while the gallery is drawn."""
    found: Called = set()

    def told(frame: FrameType, event: str, arg: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(BLOCKS)):
            found.add((Path(code.co_filename).stem, code.co_name))

    before = sys.getprofile()
    sys.setprofile(told)
    try:
        for _ in entries(GROUPS):
            pass
    finally:
        sys.setprofile(before)
    return found


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Group, Entry]]:
    """Everything, the longest with it."""
    return list(entries())


def drawing_functions() -> Iterator[tuple[str, str]]:
    """(module, function) of every public function of bot/blocks that returns something drawn."""
    for found in pkgutil.iter_modules([str(BLOCKS)]):
        module = importlib.import_module(f"bot.blocks.{found.name}")
        for name, value in vars(module).items():
            own = isinstance(value, FunctionType) and value.__module__ == module.__name__
            if own and not name.startswith("_") and inspect.get_annotations(value).get("return") in DRAWN:
                yield found.name, name


def of(drawn: list[tuple[Group, Entry]], *keys: str) -> list[Entry]:
    return [entry for group, entry in drawn if group.key in keys]


def said(found: list[Entry]) -> str:
    return "\n".join(json.dumps(entry.payload, ensure_ascii=False) for entry in found)


def inside(value: Any, key: str) -> Iterator[str]:
    """Every value of this key, at any depth."""
    if isinstance(value, Mapping):
        if isinstance(value.get(key), str):
            yield value[key]
        for each in value.values():
            yield from inside(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from inside(each, key)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.key)
def test_the_payloads_are_those_that_were_looked_at(group):
    kept = golden.FOLDER / f"{group.key}.json"
    assert kept.read_text(encoding="utf-8") == golden.text(group), f"look at the gallery, then: {HOW}"
    json.loads(kept.read_text(encoding="utf-8"))


def test_there_is_no_golden_file_without_a_group():
    assert {path.stem for path in golden.FOLDER.iterdir()} == {group.key for group in GROUPS}


def test_every_drawing_function_is_called(called):
    wanted = set(drawing_functions())
    assert len(wanted) > 50
    missing = {f"{module}.{name}" for module, name in wanted - called} - set(APART)
    assert missing == set(), "add them to a file of demo/gallery/groups, or to APART with the reason"
    assert set(APART) <= {f"{module}.{name}" for module, name in wanted - called}, "an exception is none any more"


def test_every_topic_is_shown_where_it_is_told(drawn):
    told = {entry.name for entry in of(drawn, "direct")}, {entry.name for entry in of(drawn, "channel")}
    assert (set(notes.TO_PERSON) - told[0], set(notes.TO_CHANNEL) - told[1]) == (set(), set())
    assert set(Topic) - told[0] - told[1] - set(NO_NOTE) == set()


def test_every_form_is_shown_and_every_form_is_shown_at_its_longest(drawn):
    forms = [(group, entry) for group, entry in drawn if entry.surface is Surface.MODAL]
    usual = {entry.payload.get("callback_id") for group, entry in forms if group in GROUPS}
    longest = {entry.payload.get("callback_id") for group, entry in forms if group in JUDGED}
    assert set(ids.VIEWS) - usual == set()
    assert set(ids.VIEWS) - longest == set()


def test_every_button_is_shown(drawn):
    shown = {name for group, entry in drawn if group in GROUPS for name in inside(entry.payload, "action_id")}
    assert set(ids.ACTIONS) - shown == set(NOT_SHOWN)


def test_every_section_is_shown_empty_filled_in_and_with_somebody_elses_words(drawn):
    shown = {}
    for entry in of(drawn, "content"):
        carried = json.loads(entry.payload.get("private_metadata") or "{}")
        shown.setdefault(carried.get("section"), set()).add(entry.state)
    for section in Section:
        assert {"empty", "filled in", "saved by somebody else meanwhile"} <= shown[section]


def test_every_state_of_everything_is_shown(drawn):
    cards, hub, home = said(of(drawn, "card")), said(of(drawn, "hub")), said(of(drawn, "home"))
    assert [status for status in Status if f"*Status*\\n{status}" not in cards] == []
    for sign in (":white_medium_square:", ":white_check_mark:"):
        # Topics leave the list as they are decided; questions are never to be done by the reader; the shared calendar waits.
        apart = {(Task.TOPICS, ":white_check_mark:"), (Task.CALENDAR, ":white_medium_square:")}
        wanted = [task for task in Task if task is not Task.QUESTIONS and (task, sign) not in apart]
        assert [task for task in wanted if f"{sign} {checklist.LABELS[task]}" not in hub] == []
    assert checklist.LABELS[Task.QUESTIONS] in hub
    assert [shown for shown in Shown if f'"value": "{shown}"' not in home] == []
    assert {entry.state for entry in of(drawn, "owner") if entry.name == "Confirm the owner"} >= set(ProposalState)
    moved = {entry.state for entry in of(drawn, "channel") if entry.name == Topic.MOVED}
    assert {move.number for move in MOVES} <= moved
    troubles = [entry for entry in of(drawn, "channel") if entry.name == Topic.TROUBLE]
    assert {entry.state for entry in troubles} == set(Kind)
    assert "Something could not be done" not in said(troubles)
    timeline = said(of(drawn, "timeline"))
    shown = [kind for kind in TimelineKind if kind is not TimelineKind.other]
    assert [kind for kind in shown if f"_{kind_label(kind)}_" not in timeline] == []
    assert [each for each in Decision if each not in {entry.state for entry in of(drawn, "todos")}] == []
    assert (len(Phase), len(Outcome)) == (5, 4), "a phase or an outcome is new: show it on the card and in held.py"


def test_a_name_is_given_once_and_is_an_anchor_of_its_own(drawn):
    anchors = [group.anchor(entry) for group, entry in drawn]
    assert len(anchors) == len(set(anchors)) > 300


def test_slack_takes_every_payload_and_nobody_is_pinged(drawn):
    asked = f"<!subteam^{people.SUPPORT}>"
    for group, entry in drawn:
        payload = json.loads(json.dumps(entry.payload).replace(asked, "the support team"))
        try:
            if entry.surface is Surface.HOME:
                assert views.problems(payload, "home") == []
                judges.check_texts(payload["blocks"])
            elif entry.surface is Surface.MODAL:
                judges.check_view(payload)
            else:
                judges.check_message(judges.Drawing(payload["text"], payload["blocks"]))
        except AssertionError as error:
            raise AssertionError(f"{group.anchor(entry)}: {error}") from None


def test_no_mark_up_stands_within_the_same_mark_up(drawn):
    """Slack shows the stars of `**PM-7* is late*` as stars."""
    shown = [
        (group.anchor(entry), each) for group, entry in drawn if group in GROUPS for each in mark_up(entry.payload)
    ]
    assert len(shown) > 1000
    assert [where for where, each in shown if re.search(r"\*\*|__|~~", re.sub(r"`[^`]*`|<[^>]*>", "", each))] == []


def mark_up(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        for each in value.values():
            yield from mark_up(each)
    elif isinstance(value, list):
        for each in value:
            yield from mark_up(each)


def test_the_longest_is_as_long_as_it_says(drawn):
    longest = of(drawn, "longest")
    for words in ("<!channel>", "مرحبا", "👩‍💻", "`tick`", "Page 38 of 38", "300 TODOs", "300 lines"):
        assert words in said(longest)
    assert max(len(value) for value in inside([each.payload for each in longest], "initial_value")) >= 2900


def test_each_picture_is_a_call_that_carries_it(drawn):
    methods = {}
    for group, entry in drawn:
        call = calls.call(entry)
        methods.setdefault(entry.surface, set()).add(call["method"])
        args = call["args"]
        assert args.get("view", args) == entry.payload or entry.payload.items() <= args.items(), group.anchor(entry)
    assert methods == {
        Surface.MESSAGE: {"chat.postMessage"},
        Surface.WHISPER: {"chat.postEphemeral"},
        Surface.MODAL: {"views.open"},
        Surface.HOME: {"views.publish"},
    }
    assert len(list(calls.lines(drawn))) == len(drawn)
