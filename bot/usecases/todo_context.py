"""What was said around a TODO, from what is stored of the channel: whoever decides was often not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain import side_rooms
from bot.domain.harvest import one
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.domain.postmortem import Postmortem
from bot.domain.proposals import Key
from bot.domain.side_rooms import SideRoom
from bot.domain.triage import Around
from bot.ports.store import Unit

# Between two messages of a channel stand the replies of threads, which are no context.
_LOOKED_AT = 8
_Pair = tuple[Message | None, Message | None]


def around(unit: Unit, record: Postmortem, todos: Iterable[TodoFinding]) -> Mapping[Key, Around]:
    """The message before and after each of these; of a reply, those of its thread."""
    rooms = unit.side_rooms.of(record.id)
    pairs = {(each.ts, each.line): _pair(unit, record, rooms, each) for each in todos}
    named = {user for pair in pairs.values() for each in pair if each for user in one.mentioned(each)}
    people = unit.people.some(record.team_id, named)
    return {key: Around(_said(before, people), _said(after, people)) for key, (before, after) in pairs.items()}


def _pair(unit: Unit, record: Postmortem, rooms: Sequence[SideRoom], todo: TodoFinding) -> _Pair:
    channel = side_rooms.channel_of(todo.ts, record.channel_id, rooms)
    ts = side_rooms.place(todo.ts)[0]
    if todo.thread_ts and todo.thread_ts != todo.ts:
        thread = unit.harvests.thread(record.id, channel, side_rooms.place(todo.thread_ts)[0])
        place = next((number for number, each in enumerate(thread) if each.ts == ts), None)
        if place is None:
            return None, None
        return thread[place - 1] if place else None, thread[place + 1] if place + 1 < len(thread) else None
    before, after = unit.harvests.around(record.id, channel, ts, _LOOKED_AT)
    return _nearest(before), _nearest(after)


def _nearest(messages: Sequence[Message]) -> Message | None:
    return next((each for each in messages if not each.is_reply), None)


def _said(of: Message | None, people: Mapping[str, Person]) -> str:
    if of is None:
        return ""
    person = people.get(of.user_id or "")
    who = person.name if person else of.bot_name or ""
    words = " ".join(one.said(of, people).split())
    return f"{who}: {words}" if who else words
