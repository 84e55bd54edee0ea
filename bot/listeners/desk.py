"""Everything that a listener may reach for: the acts, and what drawing an answer needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit
from bot.usecases import actors, overviews
from bot.usecases.answer_calendar import AnswerCalendar
from bot.usecases.answer_held import AnswerHeld
from bot.usecases.answer_ownership import AcceptOwnership, DeclineOwnership
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.answer_withdrawn import AnswerWithdrawn
from bot.usecases.arrange_timeline import ArrangeTimeline
from bot.usecases.ask_for_ticket import AskForTicket
from bot.usecases.ask_for_tickets import AskForTickets
from bot.usecases.ask_question import AskQuestion
from bot.usecases.be_quiet import BeQuiet
from bot.usecases.book_meeting import BookMeeting, CancelMeeting
from bot.usecases.cancel_ticket import CancelTicket
from bot.usecases.check_lines import CheckLines
from bot.usecases.complete_details import CompleteDetails
from bot.usecases.decide_proposal import ConfirmProposal
from bot.usecases.decide_todos import DecideTodos
from bot.usecases.designate import Designate
from bot.usecases.find_records import FindRecords
from bot.usecases.find_similar import FindSimilar
from bot.usecases.follow_room import RoomClosed, RoomMoved, RoomOpened
from bot.usecases.forget import Forget
from bot.usecases.hear_marks import HearMarks
from bot.usecases.hear_message import HearMessage
from bot.usecases.incident_again import IncidentAgain
from bot.usecases.invite import Invite
from bot.usecases.keep_page import PublishAgain
from bot.usecases.keep_queries import KeepQueries
from bot.usecases.keep_services import KeepServices
from bot.usecases.keep_timeline import KeepTimeline
from bot.usecases.link_ticket import LinkTicket
from bot.usecases.look_at_wording import LookAtWording
from bot.usecases.make_report import MakeReport
from bot.usecases.mark_posted import MarkPosted
from bot.usecases.merge_records import MergeRecords
from bot.usecases.move_status import MoveStatus
from bot.usecases.notice_incident import AnswerOffer, NoticeIncident
from bot.usecases.open_record import OpenRecord
from bot.usecases.person_changed import PersonChanged
from bot.usecases.point_out import PointOut
from bot.usecases.read_review import Approve, Comment, HearReply, SettleNote
from bot.usecases.relabel_tickets import RelabelTickets
from bot.usecases.request_harvest import RequestHarvest
from bot.usecases.restrict import Restrict
from bot.usecases.save_section import SaveSection
from bot.usecases.send_letter import SendLetter
from bot.usecases.send_mail import SettleMail
from bot.usecases.set_page import SetPage
from bot.usecases.set_severity import SetSeverity
from bot.usecases.share_meeting import ShareMeeting
from bot.usecases.show_examples import ShowExamples
from bot.usecases.show_home import ShowHome
from bot.usecases.side_rooms import AddChannel, RemoveChannel
from bot.usecases.use_answer import UseAnswer
from bot.usecases.waive import Waive
from bot.usecases.watch import Watch
from bot.usecases.write_mail import WriteMail
from bot.usecases.write_message import WriteMessage

# Slack said, by this name, that our token is none any more: nothing is sent until it has been asked again.
HangUp = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases, ready to be called inside a transaction; `bot_user` is our own user id."""

    policy: Policy
    workspace_url: str
    open_record: OpenRecord
    designate: Designate
    accept: AcceptOwnership
    decline: DeclineOwnership
    confirm: ConfirmProposal
    complete: CompleteDetails
    request_harvest: RequestHarvest
    person_changed: PersonChanged
    move: MoveStatus
    set_severity: SetSeverity
    incident_again: IncidentAgain
    waive: Waive
    merge: MergeRecords
    restrict: Restrict
    forget: Forget
    save_section: SaveSection
    timeline: KeepTimeline
    arrange: ArrangeTimeline
    queries: KeepQueries
    todos: DecideTodos
    point_out: PointOut
    book_meeting: BookMeeting
    cancel_meeting: CancelMeeting
    answer_held: AnswerHeld
    approve: Approve
    comment: Comment
    hear_reply: HearReply
    hear_message: HearMessage
    settle_note: SettleNote
    set_page: SetPage
    publish: PublishAgain
    show_home: ShowHome
    write_message: WriteMessage
    write_mail: WriteMail
    send_letter: SendLetter
    mark_posted: MarkPosted
    wording: LookAtWording
    show_examples: ShowExamples
    be_quiet: BeQuiet
    find_records: FindRecords
    find_similar: FindSimilar
    report: MakeReport
    ask: AskQuestion
    answer: AnswerQuestion
    use_answer: UseAnswer
    watch: Watch
    check_lines: CheckLines
    services: KeepServices
    invite: Invite
    share_meeting: ShareMeeting
    marks: HearMarks
    answer_withdrawn: AnswerWithdrawn
    answer_calendar: AnswerCalendar
    ask_for_ticket: AskForTicket
    link_ticket: LinkTicket
    relabel_tickets: RelabelTickets
    settle_mail: SettleMail
    ask_for_tickets: AskForTickets
    cancel_ticket: CancelTicket
    room_closed: RoomClosed
    room_opened: RoomOpened
    room_moved: RoomMoved
    bot_user: str
    hang_up: HangUp
    notice: NoticeIncident
    offer: AnswerOffer
    add_channel: AddChannel
    remove_channel: RemoveChannel

    def overview(self, unit: Unit, record: Postmortem, now: datetime) -> Overview:
        """Everything there is to show of a record."""
        return overviews.overview(unit, record, self.policy, self.workspace_url, now)

    def incident(self, unit: Unit, record: Postmortem, now: datetime) -> Overview:
        """The same without what was written and decided since: for forms that people wait for."""
        return overviews.overview(unit, record, self.policy, self.workspace_url, now, lived=False)

    def in_support(self, unit: Unit, team_id: str, user_id: str) -> bool:
        """Whether the person is in the support team."""
        return actors.in_support(unit, team_id, user_id, self.policy)
