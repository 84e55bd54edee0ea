"""The table of handlers: every kind of row, and who does it. A kind without a handler is a red test."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.outgoing import Kind
from bot.jobs.at_work import AtWork
from bot.jobs.handlers import (
    capture,
    channel,
    digest,
    direct,
    document,
    harvest,
    invitation,
    meeting,
    noticed,
    people,
    place,
    questions,
    reminders,
    review,
    support,
    timers,
    watching,
)
from bot.jobs.outcome import Handler
from bot.jobs.scene import Scene
from bot.ports.calendar import Calendar
from bot.usecases.designate import Designate
from bot.usecases.look_after_owner import OwnerChecked
from bot.usecases.settle_capture import SettleCapture


def handlers(scene: Scene, designate: Designate, settle: SettleCapture, calendar: Calendar) -> Mapping[Kind, Handler]:
    """Every handler, ready to work."""
    return {
        Kind.CARD: channel.DrawCard(scene),
        Kind.PIN_CARD: channel.PinCard(scene),
        Kind.ROLE_STEPS: channel.PostRoleSteps(scene),
        Kind.CHANNEL_NOTE: channel.PostNote(scene),
        Kind.OWNER_DM: direct.TellOwner(scene),
        Kind.PERSON_DM: direct.TellPerson(scene),
        Kind.CONFIRM_DM: direct.AskToConfirm(scene),
        Kind.INVITE_OWNER: direct.InviteOwner(scene),
        Kind.CHECK_OWNER: timers.CheckOwner(scene, OwnerChecked(scene.policy, designate)),
        Kind.ESCALATE_PROPOSAL: AtWork(scene, timers.OnSilentIc(scene)),
        Kind.OWNER_SILENT: AtWork(scene, timers.OnSilentOwner(scene)),
        Kind.HARVEST: harvest.ReadChannel(scene),
        Kind.PEOPLE: people.ReadPeople(scene),
        Kind.PLACE: place.ReadPlace(scene),
        Kind.DOCUMENT: document.WriteDocument(scene),
        Kind.REMOVE_FILE: document.RemoveFile(scene),
        Kind.REVIEW_DUE: review.OnReviewDue(scene),
        Kind.REVIEW_POST: review.PostReview(scene),
        Kind.HELD_CARD: meeting.AskWhetherHeld(scene),
        Kind.HELD_SILENT: AtWork(scene, meeting.OnNobodySaid(scene)),
        Kind.NOTES_DUE: meeting.OnNotesDue(scene),
        Kind.AGENDA: invitation.PostAgenda(scene),
        Kind.CALENDAR: invitation.HandOutInvitation(scene, calendar),
        Kind.SUPPORT_DUE: AtWork(scene, support.OnSupportDue(scene)),
        Kind.SUPPORT_TASK: support.GiveToSupport(scene),
        Kind.SUPPORT_NUDGE: support.RemindSupport(scene),
        Kind.QUESTION_DM: questions.AskPerson(scene),
        Kind.INVITE_ASKED: questions.InviteAsked(scene),
        Kind.QUESTION_SILENT: AtWork(scene, questions.OnNoAnswer(scene), theirs=True),
        Kind.QUESTION_NUDGE: questions.RemindAsked(scene),
        Kind.WATCH_DM: watching.TellWatcher(scene),
        Kind.LINES_DM: watching.AskAboutLines(scene),
        Kind.CAPTURE: capture.LookAtMessage(scene, settle),
        Kind.CAPTURE_MARK: capture.AnswerMark(scene, settle),
        Kind.WITHDRAWN_DM: capture.AskWhetherItGoes(scene),
        Kind.REMIND: reminders.LookAtLadder(scene),
        Kind.NUDGE: reminders.SendNudge(scene),
        Kind.START_OFFER: noticed.OfferStart(scene),
        Kind.DIGEST: digest.SpreadDigest(scene),
        Kind.DIGEST_POST: digest.PostDigest(scene),
    }
