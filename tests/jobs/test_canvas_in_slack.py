"""The canvas before the local Slack, over HTTP: what people there see and may do, and each way in which Slack refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.domain.kept_canvas import CanvasState, KeptCanvas
from bot.domain.policy import Policy
from bot.integrations import slack_identity
from bot.integrations.slack_call import SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.usecases import canvas_rows
from sandbox.client import Sandbox
from tests import factories
from tests.fakes.bot import Bot
from tests.fakes.clock import ManualClock

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
WORKSPACE: dict[str, Any] = {
    "team": {"name": "Acme", "domain": "acme"},
    "users": [{"name": "ana"}, {"name": "ben"}, {"name": "emil"}],
    "channels": [{"name": "incident", "members": ["ana", "ben", "postmortem"]}],
}
HOSTILE = "<!channel> ``` | a | b | ![](@U1) <script>x</script> {code} ]]> مرحبا 🔥 #### four"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    path = tmp_path_factory.mktemp("slack") / "workspace.yml"
    path.write_text(json.dumps(WORKSPACE))
    with Sandbox.start(in_process=True, workspace=path, manifest=MANIFEST) as slack:
        yield slack


class There:
    """A record of #incident whose document is due, before a Slack that is as new."""

    def __init__(self, engine: Engine, slack: Sandbox) -> None:
        slack.reset()
        slack.clear_faults()
        slack.rules(rate_limits=False)
        self.slack = slack
        us = str(slack.see("apps")["apps"][0]["bot_user_id"])
        chat: Any = SlackChat(SlackCall(slack_identity.client(slack.bot_token, slack.api_url)), us)
        self.bot = Bot(
            engine, clock=ManualClock(datetime.now(UTC)), chat=chat, policy=Policy(canvas=True), synced=False
        )
        self.people = {each["name"]: each["id"] for each in slack.see("people")["users"]}
        incident = slack.see.channel("incident")["id"]
        self.record = factories.postmortem(
            channel_id=incident, created_by=self.people["ana"], owner=self.people["ben"], title=HOSTILE
        )
        with self.bot.store.transaction(timedelta(seconds=5)) as unit:
            unit.records.add(self.record)

    def change(self, **values: Any) -> None:
        """The record changes, and the canvas follows."""
        with self.bot.store.transaction(timedelta(seconds=5)) as unit:
            found = unit.records.get(self.record.id, lock=True)
            assert found
            self.record = found.changed(**values)
            unit.records.save(self.record)
            unit.outbox.put(canvas_rows.row(self.record, self.bot.clock.now()))
        self.bot.work()

    def canvases(self, user: str = "") -> list[dict[str, Any]]:
        """Those that people see, whole."""
        seen = self.slack.see.canvases(user=user) if user else self.slack.see.canvases()
        return [self.slack.see.canvas(each["id"], user=user or None) for each in seen]

    def kept(self) -> KeptCanvas:
        found = self.bot.look(lambda unit: unit.canvases.get(self.record.id))
        assert isinstance(found, KeptCanvas)
        return found

    def told(self) -> list[str]:
        return [each["text"] for each in self.slack.see.dms("ben") if "not shown as a canvas" in each["text"]]


@pytest.fixture
def there(engine: Engine, sandbox: Sandbox) -> Iterator[Callable[[], There]]:
    yield lambda: There(engine, sandbox)
    assert sandbox.violations() == []


def test_people_of_the_channel_read_it_as_a_tab_and_may_not_write_in_it(there: Callable[[], There]) -> None:
    world = there()
    world.change()
    (seen,) = world.canvases("ana")
    assert (seen["title"], seen["level"], seen["channel"]) == ("PM-7 post-mortem", "read", world.record.channel_id)
    assert "PM-7: " in seen["markdown"].splitlines()[0]
    assert world.canvases("emil") == [], "who is not in the channel"
    edits = world.slack.calls("canvases.edit")
    assert [(each["ok"], len(each["args"]["changes"])) for each in edits] == [(True, 1)]
    world.change(title="Checkout is down")
    (seen,) = world.canvases("ana")
    assert "Checkout is down" in seen["markdown"]
    assert "channel" not in seen["markdown"].splitlines()[0], "all of it is new"
    assert world.kept().permalink == seen["permalink"]


def test_a_lock_passes(there: Callable[[], There]) -> None:
    world = there()
    world.change()
    world.slack.fault("canvases.edit", "error:canvas_editing_locked", times=3, every=True)
    world.change(title="Checkout is down")
    locked = [each["error"] for each in world.slack.calls("canvases.edit") if not each["ok"]]
    assert locked == ["canvas_editing_locked"] * 3
    assert "Checkout is down" in world.canvases("ana")[0]["markdown"]
    assert world.told() == []


@pytest.mark.parametrize("method", ["canvases.create", "canvases.access.set", "canvases.edit", "files.info"])
@pytest.mark.parametrize("how", ["reset", "reset_after_effect", "503"])
def test_a_lost_answer_leaves_one_with_the_right_words(there: Callable[[], There], method: str, how: str) -> None:
    world = there()
    world.slack.fault(method, how)
    world.change()
    world.bot.work(timedelta(minutes=10))
    (seen,) = world.canvases("ana")
    assert seen["level"] == "read"
    assert "PM-7: " in seen["markdown"].splitlines()[0]
    assert world.kept().state is CanvasState.STANDING
    assert world.kept().doubted is None


def off(world: There) -> None:
    world.slack.act("change_team", canvases=False)


def taken(world: There) -> None:
    world.slack.act("change_team", plan="free")
    world.slack.act("create_canvas", user="ana", channel="incident", title="Runbook", markdown="# Mine")


def refusing(method: str, name: str) -> Callable[[There], None]:
    return lambda world: world.slack.fault(method, f"error:{name}", every=True)


REFUSALS = [
    pytest.param(off, "Canvases are switched off", id="canvases are off"),
    pytest.param(taken, "a channel has room for one canvas", id="a free plan's one canvas"),
    *(
        pytest.param(refusing(method, name), words, id=name)
        for method, name, words in (
            ("canvases.create", "free_teams_cannot_create_standalone_canvases", "plan has no such canvases"),
            ("canvases.create", "free_teams_cannot_create_non_tabbed_canvases", "plan has no such canvases"),
            ("canvases.create", "restricted_action", "A setting of the workspace forbids that"),
            ("canvases.create", "missing_scope", "The app lacks"),
            ("canvases.create", "canvas_creation_failed", "Slack could not take it in"),
            ("canvases.edit", "canvas_editing_failed", "Slack could not take it in"),
            ("canvases.edit", "canvas_too_large", "too large for a canvas"),
            ("canvases.access.set", "restricted_action", "A setting of the workspace forbids that"),
            ("files.info", "slack_connect_canvas_sharing_blocked", "Slack refused"),
        )
    ),
]


@pytest.mark.parametrize(("refuse", "words"), REFUSALS)
def test_each_refusal_is_told_once_in_a_sentence_and_leaves_nothing_half(
    there: Callable[[], There], refuse: Callable[[There], None], words: str
) -> None:
    world = there()
    refuse(world)
    for title in ("One", "Two", "Three"):
        world.change(title=title)
    (told,) = world.told()
    assert "the file in the thread of the card has all of it: " in told
    assert words in told
    assert [each for each in world.canvases() if each["title"] != "Runbook"] == []
    assert world.kept().state is CanvasState.REFUSED
    assert not world.bot.look(lambda unit: unit.outbox.dead(world.record.id))


def test_one_that_people_deleted_comes_back_once(there: Callable[[], There]) -> None:
    world = there()
    world.change()
    for number in range(3):
        for canvas in world.canvases():
            SlackCall(slack_identity.client(world.slack.bot_token, world.slack.api_url))(
                "canvases.delete", canvas_id=canvas["id"]
            )
        world.change(title=f"Title {number}")
        assert len(world.canvases()) == (number == 0)
    assert len(world.told()) == 1


def test_of_a_restricted_one_nothing_is_left(there: Callable[[], There]) -> None:
    world = there()
    world.change()
    world.change(restricted=True)
    assert world.canvases() == []
    assert world.kept().link is None
    world.change(restricted=False)
    assert len(world.canvases("ana")) == 1
