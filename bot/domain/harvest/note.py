"""A message made ready for the rules, and the conversation around it. Preparing each message once, with the set of its
words, lets a rule be asked only about messages that hold one of its cue words; that keeps a long channel fast."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

from bot.domain.harvest import clock, habits, round_up, round_words, text
from bot.domain.harvest.clock import Where
from bot.domain.harvest.conversation import Conversation, Stand
from bot.domain.harvest.dialect import Dialect
from bot.domain.harvest.finding import Role, RoleClaim
from bot.domain.harvest.habits import Habits
from bot.domain.harvest.message import FileRef, Message, from_key
from bot.domain.harvest.person import Directory, Person
from bot.domain.harvest.vocabulary import words

PLAIN = Dialect()
_WORD = re.compile(r"[a-z0-9']+")
_STEMS = ("automat", "lint", "monitor")  # cues that stand for all words that begin so, with a star
OPEN_BOX = "☐"  # stands among the words of a message that has an entry of a checklist
_SLASHED = ("a/i", "a/p", "f/u")  # marks of follow-ups that are no words
_BOX = re.compile("|".join(map(re.escape, text.OPEN_BOXES)))
_MENTION = re.compile(r"<@(\w+)(\|[^<>\n]*)?>")
_NO_TALK = words(
    "channel_join channel_leave channel_purpose channel_name channel_archive channel_unarchive group_join group_leave",
    "group_purpose group_name group_archive group_unarchive bot_add bot_remove bot_enable bot_disable tombstone",
    "pinned_item unpinned_item reminder_add channel_posting_permissions channel_convert_to_private sh_room_created",
    "app_conversation_join channel_canvas_updated ekm_access_denied joiner_notification",
)
_TOPIC = frozenset(("channel_topic", "group_topic"))
# What marks a message for the timeline where the settings say nothing else.
MARKS = ("stopwatch", "memo", "pushpin", "round_pushpin")
_SIGHT = 2000  # no rule looks further into one line than this
FEW = 10  # messages are no conversation, and have no early and no late
_FAR = 12  # nor further than this many messages around


_T = TypeVar("_T")


class _Lazy(Generic[_T]):
    """What is worked out when it is first asked for. The one of functools takes a lock, which costs more than most of what is asked."""

    def __init__(self, find: Callable[[Any], _T]) -> None:
        self._find = find

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    def __get__(self, of: object, owner: type[object] | None = None) -> _T:
        found = of.__dict__[self._name] = self._find(of)
        return found


@dataclass(frozen=True, eq=False)
class Note:
    """One message: who, when, its plain lines, its words. `human`: written by a person, and talk. What is not asked for is never
    worked out: most messages of a long channel are read at a glance."""

    message: Message
    key: tuple[int, int]
    human: bool
    topic: bool
    names: text.NameOf = field(repr=False)
    dialect: Dialect = field(default=PLAIN, repr=False)

    @_Lazy
    def at(self) -> datetime:
        """When it was posted, UTC."""
        return from_key(self.key)

    @_Lazy
    def words(self) -> frozenset[str]:
        """The words that wake rules, folded."""
        return words_in(self.dialect.read(self.message.text) if self.dialect else self.message.text)

    @_Lazy
    def _parsed(self) -> tuple[tuple[text.Line, ...], tuple[text.Code, ...]]:
        lines, codes = text.lines(self.message.text, self.names)
        if not self.dialect:
            return lines, codes
        return tuple(replace(line, said=self.dialect.read(line.said)) for line in lines), codes

    @property
    def lines(self) -> tuple[text.Line, ...]:
        return self._parsed[0]

    @property
    def codes(self) -> tuple[text.Code, ...]:
        return self._parsed[1]

    @_Lazy
    def talk(self) -> tuple[text.Line, ...]:
        """The lines in the author's own words, none longer than a rule needs to look."""
        if len(self.message.text) <= _SIGHT and "&gt;" not in self.message.text and ">" not in self.message.text:
            return self.lines
        own = (line for line in self.lines if not line.quoted)
        return tuple(
            line
            if len(line.text) <= _SIGHT
            else text.Line(line.number, line.text[:_SIGHT], line.said[:_SIGHT], line.kept[:_SIGHT])
            for line in own
        )

    @_Lazy
    def mentions(self) -> Mapping[str, str | None]:
        """Whom a mention in this message means, by the name shown for it; None when two people share that name."""
        ids: dict[str, str | None] = {}
        for user_id, label in _MENTION.findall(self.message.text):
            shown = text.straight(text.decode(f"<@{user_id}{label}>", self.names))[1:]
            ids[shown] = user_id if ids.get(shown, user_id) == user_id else None
        return ids

    def mentioned(self, said: str) -> str | None:
        """The name of the mention that some words open with, @ included."""
        if not said.startswith("@"):
            return None
        fits = [name for name in self.mentions if said.startswith(name, 1)]
        return f"@{max(fits, key=len)}" if fits else None

    @_Lazy
    def plain(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def room(self) -> str:
        """The thread for a reply, empty for the channel itself."""
        thread = self.message.thread_ts
        return thread if thread and thread != self.message.ts else ""

    @property
    def author(self) -> str | None:
        return self.message.user_id

    @_Lazy
    def evidence(self) -> tuple[str, ...]:
        return _evidence(self)


def is_talk(message: Message) -> bool:
    return message.subtype not in _NO_TALK


def prepare(
    message: Message,
    key: tuple[int, int],
    people: Mapping[str, Person],
    names: text.NameOf,
    dialect: Dialect = PLAIN,
) -> Note:
    topic = message.subtype in _TOPIC
    person = people.get(message.user_id or "")
    human = not (message.is_bot or topic or message.user_id is None or (person is not None and person.is_bot))
    return Note(message, key, human, topic, names, dialect)


def words_in(said: str) -> frozenset[str]:
    """The words of a text by which rules and signs are woken, folded."""
    lower = said.lower()
    if not lower.isascii():
        lower = lower.replace("’", "'")
    found = frozenset(chain.from_iterable(map(_in_piece, lower.split())))
    if _BOX.search(lower):
        found |= {OPEN_BOX}
    return found | {"%"} if "%" in lower else found


@lru_cache(maxsize=20_000)  # people say the same words over and over
def _in_piece(piece: str) -> tuple[str, ...]:
    found = _WORD.findall(piece)
    if piece.startswith(_SLASHED):
        found.append(piece[:3])
    return (*found, *(f"{stem}*" for stem in _STEMS for word in found if word.startswith(stem)))


_NO_EVIDENCE = re.compile(
    r"https?://(?:[\w-]+\.slack\.com/(?:archives|team|app_redirect)|(?:[\w.-]+\.)?(?:tenor|giphy)\.com|"
    r"(?:[\w-]+\.)?zoom(?:gov)?\.(?:us|com)/(?:j|my|s|w)/|teams\.(?:microsoft|live)\.com/(?:l/meetup-join|meet)/|"
    r"(?:[\w-]+\.)?webex\.com/(?:meet|join|\w+/j\.php)|(?:whereby\.com|meet\.[\w.-]+)/(?!rec))",
    re.I,
)


def is_evidence(url: str) -> bool:
    """A link that can show something: not a message of this workspace, not a joke, not the room of a call."""
    return not _NO_EVIDENCE.match(url)


def _evidence(note: Note) -> tuple[str, ...]:
    shown = [url for line in note.lines for url in text.urls(line.text)]
    shown += [text.decode(url) for url in note.message.links]
    shown += [file.permalink for file in note.message.files if _openable(file)]
    return tuple(dict.fromkeys(url for url in shown if is_evidence(url)))


def _openable(file: FileRef) -> bool:
    return file.permalink.startswith(("https://", "http://"))


def _asked(note: Note) -> round_up.Said:
    said = note.message
    return round_up.Said(said.ts, said.channel_id, note.room, note.human and round_words.opens(note.plain, note.words))


class Context:
    """The whole conversation in order, the reactions that mark a message for the timeline, and what the first pass over it
    has found (roles, the end)."""

    def __init__(self, notes: Iterable[Note], directory: Directory, marks: Collection[str] = MARKS) -> None:
        self.notes = tuple(notes)
        self.directory = directory
        self.marks = frozenset(marks)
        self.around: tuple[Note, tuple[str, ...]] | None = None  # the last message whose surroundings were named
        self.words_of: tuple[Note, frozenset[str]] | None = None  # the last message whose words were gathered
        self.claims: tuple[RoleClaim, ...] = ()
        self.claimed: frozenset[str] = frozenset()
        self._scribes: tuple[list[datetime], list[str | None]] = ([], [])
        self.held: dict[Role, list[str]] = {}  # who has had each role so far, in the first pass; the last has it
        self.ended_at: datetime | None = None
        self.talk: Collection[str] | None = None  # the messages (ts) of the incident itself; None: all
        self.declared = False  # somebody says that it is an incident
        self._conversation: Conversation | None = None
        self._habits: Habits | None = None
        self._rounds: Mapping[str, round_up.Answer] | None = None
        self._rooms: dict[tuple[str, str], list[Note]] = {}
        self._place: dict[str, tuple[tuple[str, str], int]] = {}
        self._order = {note.message.ts: place for place, note in enumerate(self.notes)}
        self._seconds = [note.key[0] for note in self.notes]
        self._by_ts = {note.message.ts: note for note in self.notes}
        for note in self.notes:
            where = (note.message.channel_id, note.room)
            room = self._rooms.get(where)
            if room is None:
                room = self._rooms[where] = []
            self._place[note.message.ts] = (where, len(room))
            room.append(note)

    def hear(self, claim: RoleClaim) -> None:
        """Takes in one claim while the first pass goes on."""
        if claim.user_id:
            self.held.setdefault(claim.role, []).append(claim.user_id)

    def know(self, claims: Iterable[RoleClaim]) -> None:
        """Takes in the role claims of the first pass, in order of time."""
        self.claims = tuple(claims)
        self.claimed = frozenset(claim.ts for claim in self.claims)
        scribes = [claim for claim in self.claims if claim.role is Role.scribe]
        self._scribes = ([claim.at for claim in scribes], [claim.user_id for claim in scribes])

    @property
    def scribes(self) -> bool:
        """Whether anybody was named scribe."""
        return bool(self._scribes[0])

    def scribe_at(self, at: datetime) -> str | None:
        """Who was scribe at an instant, after the message that named them."""
        place = bisect.bisect_left(self._scribes[0], at)
        return self._scribes[1][place - 1] if place else None

    @property
    def alone(self) -> bool:
        """Whether a message is all there is."""
        return len(self.notes) == 1

    def is_of_incident(self, ts: str) -> bool:
        """Whether a message is of the incident's own talk, and not only of the days around."""
        return self.talk is None or ts in self.talk

    def note(self, ts: str) -> Note | None:
        """The message with this timestamp, if it is talk."""
        return self._by_ts.get(ts)

    def after(self, note: Note, seconds: float, most: int = _FAR) -> Iterator[Note]:
        """The next notes of the same thread (or of the channel), no later than `seconds`."""
        room, place = self._place[note.message.ts]
        for other in self._rooms[room][place + 1 : place + 1 + most]:
            if (other.at - note.at).total_seconds() > seconds:
                return
            yield other

    def before(self, note: Note) -> Note | None:
        """The note before it in the same thread (or in the channel)."""
        room, place = self._place[note.message.ts]
        return self._rooms[room][place - 1] if place else self._by_ts.get(note.room)

    def place(self, note: Note) -> int:
        """Its place among all notes."""
        return self._order[note.message.ts]

    def standing(self, note: Note) -> tuple[int, int, float, int]:
        """Its place among all notes, how many there are, the minutes since the first, and how many were written in the ten minutes up
        to it, itself among them."""
        at = note.key[0]
        place = self._order[note.message.ts]
        lately = place - bisect.bisect_left(self._seconds, at - 600) + 1
        return place, len(self.notes), (at - self._seconds[0]) / 60, lately

    def stand(self, note: Note) -> Stand | None:
        """How it stands in the conversation; None where there is hardly any."""
        if len(self.notes) <= FEW:
            return None
        if self._conversation is None:
            self._conversation = Conversation([(each.words, each.author) for each in self.notes])
        return self._conversation.stand(self._order[note.message.ts])

    def answers(self, note: Note) -> round_up.Answer | None:
        """The question about what is to be done that it may answer."""
        if self._rounds is None:
            self._rounds = round_up.answers(map(_asked, self.notes))
        return self._rounds.get(note.message.ts)

    def lately(self, note: Note, most: int = _FAR) -> Sequence[Note]:
        """The notes before it in the same thread (or in the channel), the oldest first."""
        room, place = self._place[note.message.ts]
        return self._rooms[room][max(place - most, 0) : place]

    def where(self, note: Note) -> Where:
        """In which zone the times are read that the author of a message writes without one."""
        if self._habits is None:
            self._habits = Habits(self._timed())
        return self._habits.where(note.author if note.human else None, self._zone(note))

    def _zone(self, note: Note) -> tzinfo:
        person = self.directory.people.get(note.author or "")
        return clock.zone(person.tz if person else None)

    def _timed(self) -> Iterator[habits.Line]:
        for note in self.notes:
            if habits.may_tell(note.message.text):
                for line in note.talk:
                    yield habits.Line(note.author if note.human else None, note.at, self._zone(note), line.said)

    def replies(self, note: Note, most: int = 40) -> tuple[Note, ...]:
        """The first replies in the thread under a message."""
        return tuple(self._rooms.get((note.message.channel_id, note.message.ts), ())[:most])

    def who(self, written: str, note: Note | None = None) -> tuple[str | None, str | None]:
        """A written name or mention as (user id, None), or (None, the name) when it is no single person. `note`: where
        it was written; a mention there is exact where a name is not."""
        meant = note.mentions.get(written.strip().lstrip("@")) if note else None
        found = meant if meant in self.directory.people else self.directory.find(written)
        return (found, None) if found else (None, written.strip().lstrip("@").strip() or None)
