"""The invitation by mail (R-13), beside the file in Slack: which mails it asks for is written down together, and each is then sent by a
row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import calendar_file
from bot.documents import invitation_mail as words
from bot.documents import mail_html
from bot.domain import agenda, kept_mail
from bot.domain import invitation_mail as rules
from bot.domain.errors import Refused
from bot.domain.invitation import Event
from bot.domain.kept_mail import KeptMail, Purpose
from bot.domain.mail import CalendarPart, Mail
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.jobs.handlers import calendar_server, invitation
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.calendar import SharedCalendar
from bot.ports.mailer import Mailer
from bot.ports.store import Unit
from bot.usecases import send_mail

OFF = Done({"nothing": "invitations go by no mail"})
INVITED = Done({"nothing": "the calendar's server invites people"})


@dataclass(frozen=True, slots=True)
class MailInvitation:
    """Wants the mails that are due."""

    scene: Scene
    mailer: Mailer
    shared: SharedCalendar

    def __call__(self, row: Row) -> Outcome:
        rules_of_mail = self.scene.policy.mail
        if not self.mailer.configured or rules_of_mail is None or not rules_of_mail.invitations:
            return OFF
        overview = self.scene.overview(row)
        if overview is None:
            return GONE
        overview = calendar_server.known(self.scene, self.shared, row, overview)
        if overview.server_invites:
            return INVITED
        if (event := current(self.scene, overview)) is None:
            return GONE
        with self.scene.store.transaction(PATIENCE) as unit:
            return Done({"mails": list(self._want(unit, overview, event))})

    def _want(self, unit: Unit, overview: Overview, event: Event) -> list[str]:
        record, now = overview.postmortem, self.scene.clock.now()
        unit.records.get(record.id, lock=True)
        before = unit.mails.of_record(record.id, Purpose.INVITATION)
        # What stands on the shared calendar is not ended there by a mail.
        policy = self.scene.policy
        due = rules.due(event, before, {policy.calendar_address} if policy.shared_calendar else ())
        for mail in before if due else ():
            if mail.state in rules.WAITS:
                # What nobody has yet is not sent any more; whoever is sending it hears of that before its last step.
                send_mail.dropped(unit, mail, rules.OVERTAKEN, now)
        for each in due:
            mail = KeptMail(each.identity, record.id, Purpose.INVITATION, each.to, "", now, each.words)
            send_mail.want(unit, record, mail, now)
        if due:
            send_mail.taken_back(unit, record, now)
        return [each.identity for each in due]


def current(scene: Scene, overview: Overview) -> Event | None:
    """The event as it is to be in calendars now; None where it stays as it is there."""
    booking = overview.life.booking
    if booking is None or overview.server_invites:
        return None
    handed_out = any(each.may_have_arrived for each in _mails(scene, overview.postmortem.id))
    return invitation.event(scene, overview) if invitation.wanted(overview, booking, handed_out=handed_out) else None


def draw(scene: Scene, overview: Overview, mail: KeptMail) -> Mail:
    """The mail with the event of now. Raises Refused where another one has taken its place."""
    found = current(scene, overview)
    event = rules.carried(found, mail) if found else None
    if event is None:
        raise Refused(rules.OVERTAKEN)
    record, what = overview.postmortem, str(mail.words.get("what"))
    channel = f"{overview.workspace_url}archives/{record.channel_id}" if overview.workspace_url else ""
    said = words.text(event, what, record.business_tz, "" if record.restricted else channel)
    subject = words.subject(event, what, first=_first(scene, mail))
    return Mail(
        identity=mail.identity,
        to=mail.to,
        subject=subject,
        text=said,
        html=mail_html.page(said, subject, agenda.headings(agenda.agenda(overview))),
        thread=kept_mail.thread(record.id),
        calendar=_part(event, what),
        bulk=False,
    )


def _first(scene: Scene, mail: KeptMail) -> bool:
    return rules.begins(mail, _mails(scene, mail.postmortem_id))


def _mails(scene: Scene, record_id: str) -> Sequence[KeptMail]:
    with scene.store.reading() as unit:
        return unit.mails.of_record(record_id, Purpose.INVITATION)


def _part(event: Event, what: str) -> CalendarPart:
    content = calendar_file.uninvite(event) if what == rules.OFF else calendar_file.write(event)
    return CalendarPart("REQUEST" if what == rules.REQUEST else "CANCEL", content, event.filename)
