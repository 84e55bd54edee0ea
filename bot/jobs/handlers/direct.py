"""Messages to single people: the owner's, the IC's question, short news."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import direct, mail_notes, question_notes
from bot.domain import mailing
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.postmortem import ProposalState
from bot.domain.topics import Topic
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.usecases import rows, standing

# Whoever wanted a mail was asked who they are: the support team need not be in the channel.
_OF_THEIR_MAIL = frozenset({Topic.MAIL_COPY, Topic.MAIL_UNKNOWN, Topic.MAIL_REFUSED, Topic.MAIL_DROPPED})
NOT_THEIRS = Obsolete("this person may not see it, or has no part in it")


@dataclass(frozen=True, slots=True)
class TellOwner:
    """The owner's message with deadline, checklist and the two answers; redrawn when the answer comes (R-07)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        user, since = str(row.payload["user"]), str(row.payload["since"])
        record = overview.postmortem
        holds = record.owner == user and (record.owner_since.isoformat() if record.owner_since else "") == since
        name = f"owner_dm:{user}:{since}"
        if not holds and not self._told(row, name):
            return Obsolete("somebody else is the owner by now, and this one was never told")
        person = self.scene.person(row.team_id, user)
        if person and person.deleted:
            return self._gone(overview, holds=holds)
        drawing = direct.owner_dm(
            overview,
            person,
            to=user if holds else "",
            by=self._by(row),
            similar=self.scene.similar(overview, user),
        )
        try:
            room = self.scene.chat.open_dm(user)
            ts, _ = self.scene.posting.in_place(row, name, room, drawing)
        except IntegrationError as error:
            if holds or error.retryable:
                raise
            return Obsolete(f"somebody else is the owner by now, and this one cannot be told: {error.name}")
        return Done({"channel": room, "ts": ts})

    def _gone(self, overview: Overview, *, holds: bool) -> Outcome:
        """Without an account nobody reads it; whoever chooses another owner was told when it was deactivated, or is now (R-09)."""
        if holds and overview.postmortem.merged is None:
            with self.scene.store.transaction(PATIENCE) as unit:
                record = overview.postmortem
                unit.outbox.put(rows.owner_gone(record, standing.chief(unit, record), self.scene.clock.now()))
        return Obsolete("the account is deactivated")

    def _by(self, row: Row) -> str | None:
        """Who designated this owner, from the history."""
        with self.scene.store.reading() as unit:
            entries = unit.ledger.history(row.postmortem_id or "")
        named = [entry.actor for entry in entries if entry.field == "owner" and entry.new == row.payload["user"]]
        return named[-1] if named else None

    def _told(self, row: Row, name: str) -> bool:
        with self.scene.store.reading() as unit:
            return unit.posts.get(row.postmortem_id or "", name) is not None or row.attempts > 1


@dataclass(frozen=True, slots=True)
class AskToConfirm:
    """Ask the IC about a proposed owner; redrawn when it is decided (R-06)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        with self.scene.store.reading() as unit:
            proposal = unit.ledger.proposal(str(row.payload["proposal"]))
            name = f"confirm_dm:{row.payload['proposal']}:{row.payload['user']}"
            told = unit.posts.get(row.postmortem_id or "", name) is not None
        if overview is None or proposal is None:
            return GONE
        if proposal.state is not ProposalState.PENDING and not told and row.attempts == 1:
            return Obsolete("the proposal was decided before anybody was asked")
        if not told and not self.scene.concerns(overview, str(row.payload["user"])):
            return NOT_THEIRS
        room = self.scene.chat.open_dm(str(row.payload["user"]))
        ts, _ = self.scene.posting.in_place(row, name, room, direct.confirm_dm(overview, proposal))
        return Done({"channel": room, "ts": ts})


@dataclass(frozen=True, slots=True)
class TellPerson:
    """Short news for one person."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        topic, to = Topic(str(row.payload["topic"])), self._reader(overview, str(row.payload["to"]))
        if to is None:
            return Obsolete("the account is deactivated")
        # Who asked may have left the private channel since: the answer is for those who are in it.
        theirs = self.scene.sees if topic in question_notes.TO_PERSON else self.scene.concerns
        # What administrators are told of the calendar says nothing of the incident.
        if topic not in _OF_THEIR_MAIL and topic is not Topic.CALENDAR_LEFT and not theirs(overview, to):
            return NOT_THEIRS
        if topic is Topic.MAIL_WANTED and mailing.sent(overview):
            return Obsolete("the e-mail was sent already")
        if topic is Topic.ROOM_CLOSED and overview.closed is None:
            return Obsolete("the channel is open again")
        if topic is Topic.MAIL_UNKNOWN:
            return self._asked(row, overview, to)
        drawing = direct.person_dm(topic, overview, row.payload)
        try:
            room = self.scene.chat.open_dm(to)
            return Done({"channel": room, "ts": self.scene.posting.once(row, room, drawing)})
        except IntegrationError as error:
            if error.retryable or topic is not Topic.RELIEVED:
                raise
            # An owner who left, or never was anybody, needs no thanks, and nobody needs to hear of it.
            return Obsolete(f"not told: {error.name}")

    def _asked(self, row: Row, overview: Overview, to: str) -> Outcome:
        """A question that is drawn anew once it is settled, and never asked after that."""
        drawing, stands = mail_notes.question(overview, row.payload)
        with self.scene.store.reading() as unit:
            posted = unit.posts.get(row.postmortem_id or "", row.key)
        if posted is None and not stands and row.attempts == 1:
            return Obsolete("it was settled before anybody was asked")
        room = posted.channel_id if posted else self.scene.chat.open_dm(to)
        ts, _ = self.scene.posting.in_place(row, row.key, room, drawing)
        return Done({"channel": room, "ts": ts})

    def _reader(self, overview: Overview, to: str) -> str | None:
        """Who reads it: in place of an IC without an account whoever stands in, in place of anybody else nobody."""
        record = overview.postmortem
        with self.scene.store.reading() as unit:
            person, chief = unit.people.get(record.team_id, to), standing.chief(unit, record)
        if person is None or not person.deleted:
            return to
        return chief if to == record.roles.ic and chief not in (to, record.owner) else None


@dataclass(frozen=True, slots=True)
class InviteOwner:
    """Bring the owner into the incident channel; who cannot be brought in has the direct message (R-05)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        channel, user = overview.postmortem.channel_id, str(row.payload["user"])
        try:
            self.scene.posting.member(channel, lambda: self.scene.chat.invite(channel, user))
        except IntegrationError as error:
            if error.retryable:
                raise
            return Obsolete(f"not invited: {error.name}")
        return Done()
