"""The table of handlers: every kind of row, and who does it. A kind without a handler is a red test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.kept_mail import Purpose
from bot.domain.outgoing import Kind
from bot.domain.room import UNREADABLE, How
from bot.jobs.at_work import AtWork
from bot.jobs.handlers import (
    actions_file,
    calendar_event,
    canvas,
    canvas_off,
    capture,
    channel,
    digest,
    direct,
    document,
    harvest,
    invitation,
    invitation_mail,
    letters,
    mail,
    meeting,
    noticed,
    people,
    place,
    questions,
    reminders,
    report_file,
    results,
    review,
    support,
    ticket,
    ticket_links,
    ticket_status,
    tickets,
    timeline_picture,
    timers,
    watching,
    wiki_page,
)
from bot.jobs.in_room import InRoom
from bot.jobs.outcome import Handler
from bot.jobs.scene import Scene
from bot.ports.calendar import Calendar, SharedCalendar
from bot.ports.mailer import Mailer
from bot.ports.publisher import Publisher
from bot.ports.tracker import Tracker
from bot.usecases import picture_rows
from bot.usecases.ask_for_ticket import AskForTicket
from bot.usecases.ask_for_tickets import AskForTickets
from bot.usecases.designate import Designate
from bot.usecases.look_after_owner import OwnerChecked
from bot.usecases.settle_capture import SettleCapture

# Which function draws a mail of which purpose from the record as it stands when the mail leaves.
MAILS: Mapping[Purpose, mail.Draw] = {
    Purpose.INVITATION: invitation_mail.draw,
    Purpose.SUMMARY: letters.draw,
    Purpose.FIRST: letters.draw,
    Purpose.SUPPORT: letters.draw,
}


@dataclass(frozen=True, slots=True)
class Outside:
    """What is kept outside Slack: the meetings, the tickets, the way to mailboxes, and the pages."""

    calendar: Calendar
    shared: SharedCalendar
    tracker: Tracker
    mailer: Mailer
    publisher: Publisher


def handlers(scene: Scene, designate: Designate, settle: SettleCapture, outside: Outside) -> Mapping[Kind, Handler]:
    """Every handler, ready to work."""
    tracker = outside.tracker
    return {
        Kind.CARD: InRoom(scene, channel.DrawCard(scene), channel.FollowChange(scene)),
        Kind.PIN_CARD: InRoom(scene, channel.PinCard(scene)),
        Kind.ROLE_STEPS: InRoom(scene, channel.PostRoleSteps(scene)),
        Kind.CHANNEL_NOTE: InRoom(scene, channel.PostNote(scene)),
        Kind.OWNER_DM: direct.TellOwner(scene),
        Kind.PERSON_DM: direct.TellPerson(scene),
        Kind.CONFIRM_DM: direct.AskToConfirm(scene),
        Kind.INVITE_OWNER: InRoom(scene, direct.InviteOwner(scene)),
        Kind.CHECK_OWNER: timers.CheckOwner(scene, OwnerChecked(scene.policy, designate)),
        Kind.ESCALATE_PROPOSAL: AtWork(scene, timers.OnSilentIc(scene)),
        Kind.OWNER_SILENT: timers.OnSilentOwner(scene),
        Kind.HARVEST: InRoom(scene, harvest.ReadChannel(scene), harvest.StopReading(scene), ways=UNREADABLE),
        Kind.PEOPLE: people.ReadPeople(scene),
        Kind.PLACE: InRoom(scene, place.ReadPlace(scene), ways=frozenset({How.DELETED})),
        Kind.DOCUMENT: wiki_page.AlsoPage(scene, InRoom(scene, document.WriteDocument(scene))),
        Kind.ACTIONS_FILE: InRoom(scene, actions_file.HandOutActions(scene)),
        Kind.REMOVE_FILE: document.RemoveFile(scene),
        Kind.CANVAS: InRoom(scene, canvas.KeepCanvas(scene), canvas_off.TakeCanvasAway(scene)),
        Kind.REVIEW_DUE: review.OnReviewDue(scene),
        Kind.REVIEW_POST: InRoom(scene, review.PostReview(scene), here=review.in_incident),
        Kind.RESULTS_POST: InRoom(scene, results.TellResults(scene), here=results.in_incident),
        Kind.TIMELINE_PICTURE: InRoom(scene, timeline_picture.ShowPicture(scene), here=picture_rows.in_incident),
        Kind.HELD_CARD: AtWork(scene, InRoom(scene, meeting.AskWhetherHeld(scene), meeting.AskWhetherHeld(scene))),
        Kind.HELD_SILENT: meeting.OnNobodySaid(scene),
        Kind.NOTES_DUE: meeting.OnNotesDue(scene),
        Kind.AGENDA: InRoom(scene, invitation.PostAgenda(scene), invitation.PostAgenda(scene)),
        Kind.CALENDAR: InRoom(scene, invitation.HandOutInvitation(scene, outside.calendar)),
        Kind.CALENDAR_EVENT: calendar_event.KeepOnCalendar(scene, outside.shared),
        Kind.CALENDAR_ASK: calendar_event.AskAboutEvent(scene),
        Kind.CALENDAR_BUSY: calendar_event.ReadBusy(scene, outside.shared),
        Kind.CALENDAR_MAIL: invitation_mail.MailInvitation(scene, outside.mailer, outside.shared),
        Kind.MAIL: mail.DeliverMail(scene, outside.mailer, MAILS),
        Kind.SUPPORT_DUE: AtWork(scene, support.OnSupportDue(scene)),
        Kind.SUPPORT_TASK: InRoom(
            scene, support.GiveToSupport(scene), support.GiveToPeople(scene), support.in_incident
        ),
        Kind.SUPPORT_NUDGE: InRoom(scene, support.RemindSupport(scene), here=support.in_incident),
        Kind.QUESTION_DM: questions.AskPerson(scene),
        Kind.INVITE_ASKED: InRoom(scene, questions.InviteAsked(scene)),
        Kind.QUESTION_SILENT: AtWork(scene, questions.OnNoAnswer(scene), theirs=True),
        Kind.QUESTION_NUDGE: questions.RemindAsked(scene),
        Kind.WATCH_DM: watching.TellWatcher(scene),
        Kind.LINES_DM: watching.AskAboutLines(scene),
        Kind.CAPTURE: InRoom(scene, capture.LookAtMessage(scene, settle), ways=UNREADABLE),
        Kind.CAPTURE_MARK: InRoom(scene, capture.AnswerMark(scene, settle)),
        Kind.WITHDRAWN_DM: capture.AskWhetherItGoes(scene),
        Kind.REMIND: reminders.LookAtLadder(scene),
        Kind.NUDGE: InRoom(scene, reminders.SendNudge(scene), here=reminders.to_channel),
        Kind.START_OFFER: noticed.OfferStart(scene),
        Kind.DIGEST: digest.SpreadDigest(scene),
        Kind.DIGEST_POST: digest.PostDigest(scene),
        Kind.REPORT_FILE: report_file.HandOutReport(scene),
        Kind.TICKET: ticket.MakeTicket(scene, tracker),
        Kind.TICKET_PAGE: ticket_links.LeadBack(scene, tracker),
        Kind.TICKET_OFF: ticket_links.TakeOff(scene, tracker),
        Kind.RELABELLED: ticket_links.SayRelabelled(scene),
        Kind.TICKETS_READ: ticket_status.ReadTickets(scene, tracker),
        Kind.TICKET_READ: ticket_status.ReadTicket(scene, tracker),
        Kind.TICKET_FORM: tickets.AskWhatIsWanted(scene, tracker, AskForTickets(AskForTicket(scene.policy))),
        Kind.TICKETS_WATCH: tickets.ShowProgress(scene),
        Kind.WIKI_PAGE: wiki_page.KeepWikiPage(scene, outside.publisher),
    }
