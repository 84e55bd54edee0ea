"""The use cases behind the doors, put together."""

from __future__ import annotations

import uuid

from bot.domain.policy import Policy
from bot.integrations.slack_call import Gate
from bot.integrations.slack_identity import Identity
from bot.listeners.desk import Desk
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


def desk(policy: Policy, identity: Identity, gate: Gate) -> Desk:
    """Every use case that a door may ask for."""

    def new_id() -> str:
        return uuid.uuid4().hex

    open_record = OpenRecord(policy, new_id)
    designate = Designate(policy, open_record, new_id)
    timeline, arrange = KeepTimeline(policy, identity.url, new_id), ArrangeTimeline(new_id)
    queries = KeepQueries(policy, new_id)
    return Desk(
        policy=policy,
        workspace_url=identity.url,
        open_record=open_record,
        designate=designate,
        accept=AcceptOwnership(),
        decline=DeclineOwnership(),
        confirm=ConfirmProposal(policy, designate),
        complete=CompleteDetails(policy),
        request_harvest=RequestHarvest(policy),
        person_changed=PersonChanged(),
        move=MoveStatus(policy),
        set_severity=SetSeverity(policy),
        incident_again=IncidentAgain(policy),
        waive=Waive(policy),
        merge=MergeRecords(policy),
        restrict=Restrict(policy),
        forget=Forget(),
        save_section=SaveSection(policy),
        timeline=timeline,
        arrange=arrange,
        queries=queries,
        todos=DecideTodos(policy, new_id),
        point_out=PointOut(policy, timeline, queries, arrange),
        book_meeting=BookMeeting(policy),
        cancel_meeting=CancelMeeting(policy),
        answer_held=AnswerHeld(policy),
        approve=Approve(),
        comment=Comment(new_id),
        hear_reply=HearReply(),
        hear_message=HearMessage(policy, identity.bot_user),
        settle_note=SettleNote(policy),
        set_page=SetPage(policy),
        publish=PublishAgain(policy),
        show_home=ShowHome(policy),
        write_message=WriteMessage(policy, MoveStatus(policy)),
        write_mail=WriteMail(policy, identity.url),
        send_letter=SendLetter(WriteMail(policy, identity.url)),
        mark_posted=MarkPosted(policy, MoveStatus(policy)),
        wording=LookAtWording(policy),
        show_examples=ShowExamples(policy),
        be_quiet=BeQuiet(policy),
        find_records=FindRecords(policy),
        find_similar=FindSimilar(policy, identity.url),
        report=MakeReport(policy),
        ask=AskQuestion(policy, new_id),
        answer=AnswerQuestion(),
        use_answer=UseAnswer(timeline),
        watch=Watch(),
        check_lines=CheckLines(timeline, Comment(new_id)),
        services=KeepServices(policy),
        invite=Invite(policy),
        share_meeting=ShareMeeting(policy),
        marks=HearMarks(policy),
        answer_withdrawn=AnswerWithdrawn(policy),
        answer_calendar=AnswerCalendar(policy, BookMeeting(policy)),
        ask_for_ticket=AskForTicket(policy),
        link_ticket=LinkTicket(policy),
        relabel_tickets=RelabelTickets(),
        settle_mail=SettleMail(),
        ask_for_tickets=AskForTickets(AskForTicket(policy)),
        cancel_ticket=CancelTicket(),
        room_closed=RoomClosed(policy),
        room_opened=RoomOpened(policy),
        room_moved=RoomMoved(),
        bot_user=identity.bot_user,
        hang_up=gate.doubt,
        notice=NoticeIncident(new_id),
        offer=AnswerOffer(open_record),
        add_channel=AddChannel(policy),
        remove_channel=RemoveChannel(),
    )
