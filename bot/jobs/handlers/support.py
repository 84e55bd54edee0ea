"""Handing the message to customers to the support team (R-50): once for a review, reminded in working hours until it is
posted, edited in place when it is posted or taken back. Each row looks at the post-mortem again before it acts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import support_task
from bot.domain import handing_over, recipients
from bot.domain.mail_draft import Letter
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.store import Unit
from bot.usecases import hand_off

NOT_WANTED = Obsolete("the message was posted or taken back")


def in_incident(row: Row) -> bool:
    """Whether the row leads into the incident's channel."""
    return hand_off.place_of(str(row.payload["place"]))[0] == hand_off.INCIDENT


@dataclass(frozen=True, slots=True)
class OnSupportDue:
    """Number 0 hands the text over, as soon as there is a support team; the others remind (R-50)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        now, policy = self.scene.clock.now(), self.scene.policy
        review, number = str(row.payload["review"]), int(str(row.payload["number"]))
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(row.postmortem_id or "", lock=True)
            if record is None:
                return GONE
            if not handing_over.waits(record, unit.meetings.external(record.id), review):
                return NOT_WANTED
            places = hand_off.places(unit, record, policy)
            if number == 0 and places:
                unit.outbox.put(*(hand_off.task(record, review, place, now) for place in places))
            elif number > 0:
                stem = hand_off.task_name(review, "")
                standing = [each.name.removeprefix(stem) for each in unit.posts.under(record.id, stem)]
                told = [each for each in standing if not hand_off.place_of(each)[1]]
                told = [each for each in told if hand_off.stands(unit, record, policy, each)]
                unit.outbox.put(*(hand_off.nudge(record, review, place, number, now) for place in told))
            if number < handing_over.MOST_NUDGES and (places or number):
                at = hand_off.next_nudge(record, policy, number + 1, now)
                unit.outbox.put(hand_off.due(record, review, number + 1, at))
        if not places and number == 0:
            return NotYet(hand_off.NO_TEAM_YET, "no support team is configured")
        return Done()


@dataclass(frozen=True, slots=True)
class GiveToSupport:
    """The text at one place."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, place, review = self.scene.overview(row), str(row.payload["place"]), str(row.payload["review"])
        if overview is None:
            return GONE
        head, number = hand_off.place_of(place)
        if number:
            return self._further(row, overview, review, head, number)
        record, name = overview.postmortem, hand_off.task_name(review, place)
        with self.scene.store.reading() as unit:
            standing = unit.posts.get(record.id, name)
            people = hand_off.team(unit, record.team_id, self.scene.policy)
            wanted = place in (*hand_off.places(unit, record, self.scene.policy), *people)
            team = support_task.mention(self.scene.policy.support_group, people)
            stays = hand_off.stands(unit, record, self.scene.policy, place)
        waits = handing_over.waits(record, overview.life.external, review) and stays
        channel = standing.channel_id if standing else self._channel(overview, place)
        if standing is None and not (waits and wanted) and not self.scene.posting.earlier(row, channel):
            return NOT_WANTED
        mail = recipients.proposed(self.scene.policy.mail_lists, record, Letter.SUPPORT).addresses
        why = str(row.payload.get("why") or "")
        drawing = support_task.drawing(overview, review, place, team, why, mail=bool(mail), stays=stays)
        try:
            ts, _ = self.scene.posting.in_place(row, name, channel, drawing)
        except IntegrationError as error:
            if error.retryable or place != hand_off.SUPPORT:
                raise
            return self._not_there(overview, review, error)
        if waits:
            self._go_on(overview, review, place)
        return Done({"channel": channel, "ts": ts})

    def _go_on(self, overview: Overview, review: str, place: str) -> None:
        """What did not fit into one message goes into its thread."""
        record, now = overview.postmortem, self.scene.clock.now()
        numbers = range(1, len(support_task.further(overview)) + 1)
        if numbers:
            with self.scene.store.transaction(PATIENCE) as unit:
                texts = (hand_off.task(record, review, hand_off.text_at(place, number), now) for number in numbers)
                unit.outbox.put(*texts)

    def _channel(self, overview: Overview, place: str) -> str:
        if place == hand_off.SUPPORT:
            return self.scene.policy.support_channel or overview.postmortem.channel_id
        return overview.postmortem.channel_id if place == hand_off.INCIDENT else self.scene.chat.open_dm(place)

    def _further(self, row: Row, overview: Overview, review: str, place: str, number: int) -> Outcome:
        """One of the messages in the thread; it says that the text was taken back when it was."""
        record, name = overview.postmortem, hand_off.task_name(review, hand_off.text_at(place, number))
        with self.scene.store.reading() as unit:
            head = unit.posts.get(record.id, hand_off.task_name(review, place))
            posted = unit.posts.get(record.id, name)
            stays = hand_off.stands(unit, record, self.scene.policy, place)
        waits = handing_over.waits(record, overview.life.external, review) and stays
        if head is None or (posted is None and not waits and row.attempts < 2):
            return NOT_WANTED
        texts = support_task.further(overview) if waits else []
        drawing = texts[number - 1] if number <= len(texts) else support_task.settled()
        ts, _ = self.scene.posting.in_place(row, name, head.channel_id, drawing, thread_ts=head.ts)
        return Done({"ts": ts})

    def _not_there(self, overview: Overview, review: str, error: IntegrationError) -> Outcome:
        """The channel of the settings cannot be posted to: the people of the team are told one by one."""
        record, now = overview.postmortem, self.scene.clock.now()
        with self.scene.store.transaction(PATIENCE) as unit:
            people = hand_off.team(unit, record.team_id, self.scene.policy)
            unit.outbox.put(*(hand_off.task(record, review, person, now) for person in people))
        return Obsolete(f"the support channel cannot be posted to: {error.name}")


@dataclass(frozen=True, slots=True)
class GiveToPeople:
    """The incident's channel is closed: the people of the team have the text one by one (R-02)."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, review = self.scene.overview(row), str(row.payload["review"])
        if overview is None:
            return GONE
        record, now = overview.postmortem, self.scene.clock.now()
        if not handing_over.waits(record, overview.life.external, review):
            return NOT_WANTED
        with self.scene.store.transaction(PATIENCE) as unit:
            people = hand_off.team(unit, record.team_id, self.scene.policy)
            unit.outbox.put(*(hand_off.task(record, review, person, now) for person in people))
        return Done({"handed to": len(people)})


@dataclass(frozen=True, slots=True)
class RemindSupport:
    """A word in the task's thread."""

    scene: Scene

    def __call__(self, row: Row) -> Outcome:
        overview, place, review = self.scene.overview(row), str(row.payload["place"]), str(row.payload["review"])
        if overview is None:
            return GONE
        record = overview.postmortem
        with self.scene.store.reading() as unit:
            task = unit.posts.get(record.id, hand_off.task_name(review, place))
            team = _team(self.scene, unit, record.team_id)
            stays = hand_off.stands(unit, record, self.scene.policy, place)
        if task is None or not stays or not handing_over.waits(record, overview.life.external, review):
            return NOT_WANTED
        drawing = support_task.nudge(overview, team, int(str(row.payload["number"])))
        return Done({"ts": self.scene.posting.once(row, task.channel_id, drawing, thread_ts=task.ts)})


def _team(scene: Scene, unit: Unit, team_id: str) -> str:
    return support_task.mention(scene.policy.support_group, hand_off.team(unit, team_id, scene.policy))
