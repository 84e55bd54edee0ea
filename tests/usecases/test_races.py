"""Two replicas on one database, and many people at once: one outcome, and whoever came second is told (F9, F17)."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.harvest.person import Person
from bot.domain.outgoing import Lane
from storage.engine import make_engine
from tests.fakes import payloads
from tests.fakes.bot import Bot, Reply

MANY = 30


@pytest.fixture
def replicas(engine: Engine) -> Iterator[list[Bot]]:
    """Two services, each with its own connections, before one Slack."""
    first = Bot(engine)
    for number in range(MANY):
        user = f"UX{number}"
        first.chat.users[user] = Person(user, user)
    first.know(*first.chat.users.values())
    other = make_engine(engine.url.render_as_string(hide_password=False))
    yield [first, Bot(other, clock=first.clock, chat=first.chat, synced=False)]
    other.dispose()


def at_once(acts: list[Callable[[], Reply]]) -> list[Reply]:
    """All of them at the same moment."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Reply]) -> Reply:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_thirty_people_assign_thirty_owners_at_once(replicas: list[Bot]) -> None:
    bot = replicas[0]
    replies = at_once(
        [lambda n=n: replicas[n % 2].command(f"assign <@UX{n}|x>", f"UX{n}") for n in range(MANY)]  # type: ignore[misc]
    )
    assert {reply.status for reply in replies} == {200}
    said = Counter(outcome(reply.sentence) for reply in replies)
    assert said["open"] == 1, "one opens the record"
    assert said["busy"] + said["proposed"] == MANY - 1, said
    records = bot.contents()["postmortem"]
    assert len(records) == 1
    record = bot.record()
    winner = next(n for n, reply in enumerate(replies) if outcome(reply.sentence) == "open")
    assert (record.owner, record.roles.ic) == (f"UX{winner}", f"UX{winner}")
    bot.work()
    assert bot.designated() == [f"UX{winner}"]
    assert bot.card
    proposals = [row for row in bot.contents()["proposal"] if "'pending'" in str(row)]
    assert len(proposals) == (1 if said["proposed"] else 0)
    audited = [entry for entry in bot.history() if entry.field == "owner proposed"]
    assert len(audited) == said["proposed"]


def busy(reply: Reply) -> bool:
    """A lock that is not had in two seconds: an honest answer on a machine with much else to do."""
    return "busy right now. Nothing was saved" in reply.text


def outcome(sentence: str) -> str:
    words = {"is open": "open", "You proposed": "proposed", "busy": "busy"}
    return next((name for word, name in words.items() if word in sentence), sentence)


def test_two_owners_named_by_the_ic_at_once_leave_one_and_a_full_history(replicas: list[Bot]) -> None:
    bot = replicas[0]
    bot.assigned()
    at_once([lambda n=n: replicas[n % 2].command(f"assign <@UX{n}|x>") for n in range(4)])  # type: ignore[misc]
    changes = [(entry.old, entry.new) for entry in bot.history() if entry.field == "owner"]
    assert [new for _, new in changes[:-1]] == [old for old, _ in changes[1:]], "each took over from the one before"
    assert bot.record().owner == changes[-1][1]


def test_the_same_form_sent_twice_at_once_is_saved_once(replicas: list[Bot]) -> None:
    bot = replicas[0]
    bot.assigned()
    form = bot.details_form()
    sent = [payloads.submission(form, title="Checkout is down", severity="1") for _ in range(6)]
    replies = at_once([lambda n=n: replicas[n % 2].send(sent[n]) for n in range(6)])  # type: ignore[misc]
    assert {(reply.status, reply.text) for reply in replies if not busy(reply)} == {(200, "")}
    assert [entry.field for entry in bot.history()].count("title") == 1


def test_two_forms_of_two_people_at_once_one_is_saved_and_the_other_told(replicas: list[Bot]) -> None:
    bot = replicas[0]
    bot.assigned()
    form = bot.details_form()
    replies = at_once(
        [
            lambda: replicas[0].submit(form, "U1", "V1", title="Ana's title"),
            lambda: replicas[1].submit(form, "U2", "V2", title="Ben's title"),
        ]
    )
    assert sorted(bool(reply.text) for reply in replies) == [False, True]
    (refused,) = [reply for reply in replies if reply.text]
    assert "Somebody else saved" in refused.errors["title"]
    assert bot.record().title == ("Ana's title" if replies[1].text else "Ben's title")


def test_one_event_at_two_replicas_at_once_has_one_effect(replicas: list[Bot]) -> None:
    bot = replicas[0]
    bot.assigned()
    event = payloads.user_change("U2", deleted=True)
    replies = at_once([lambda n=n: replicas[n % 2].send(event) for n in range(6)])  # type: ignore[misc]
    assert {reply.status for reply in replies} == {200}
    bot.work()
    assert sum("deactivated" in post.text for post in bot.chat.told("U1")) == 1
    assert len([row for row in bot.contents()["receipt"] if event["event_id"] in str(row)]) == 1


def test_one_command_sent_to_two_replicas_at_once_opens_one_record_and_answers_the_same(replicas: list[Bot]) -> None:
    bot = replicas[0]
    command = payloads.command("start new")
    replies = at_once([lambda n=n: replicas[n % 2].send(command) for n in range(6)])  # type: ignore[misc]
    assert len({reply.sentence for reply in replies if not busy(reply)}) == 1
    assert len(bot.contents()["postmortem"]) == 1


def test_confirm_and_choose_someone_else_at_once_have_one_winner(replicas: list[Bot]) -> None:
    bot = replicas[0]
    bot.assigned()
    bot.command("assign <@U3|c>", "U4")
    pending = bot.look(lambda unit: unit.ledger.pending(bot.record().id))
    at_once(
        [
            lambda: replicas[0].press(ids.PROPOSAL_CONFIRM, pending.id, "U1"),
            lambda: replicas[1].press(ids.PROPOSAL_CONFIRM, pending.id, "U1"),
        ]
    )
    assert [entry.new for entry in bot.history() if entry.field == "owner"] == ["U2", "U3"]
    bot.work()
    assert bot.designated() == ["U2", "U3"]


def test_two_replicas_working_one_outbox_do_everything_once(replicas: list[Bot]) -> None:
    bot = replicas[0]
    for number in range(6):
        channel = f"CX{number}"
        bot.chat.rooms[channel] = type(bot.chat.rooms["C1"])({"U1", "UBOT"})
        bot.command(f"assign <@UX{number}|x>", channel=channel)
    start = threading.Barrier(4)

    def drain(replica: Bot, lane: Lane) -> None:
        start.wait()
        replica.workers[lane].drain()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(drain, replicas * 2, [Lane.MESSAGES, Lane.MESSAGES, Lane.HARVEST, Lane.HARVEST]))
    bot.work()
    replicas[1].work()
    marks = Counter((post.mark.split(":")[0], post.channel) for post in bot.chat.posts)
    assert {
        kind: sum(n for (k, _), n in marks.items() if k == kind) for kind in ("card", "role_steps", "owner_dm")
    } == {
        "card": 6,
        "role_steps": 6,
        "owner_dm": 6,
    }
    assert len(bot.chat.visible_files()) == 6
