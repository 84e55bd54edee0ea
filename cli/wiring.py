"""Where everything is put together, from the settings to the doors. Nothing is decided here."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy.engine import Engine

from bot.config import Settings
from bot.integrations import slack_identity, smtp_mailer
from bot.integrations.confluence_client import ConfluenceAccess, ConfluenceClient
from bot.integrations.confluence_publisher import ConfluencePublisher
from bot.integrations.console_calendar import ConsoleCalendar
from bot.integrations.console_mailer import ConsoleMailer
from bot.integrations.console_publisher import ConsolePublisher
from bot.integrations.console_tracker import ConsoleTracker
from bot.integrations.ics_calendar import IcsCalendar
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from bot.integrations.slack_call import Gate, SlackCall
from bot.integrations.slack_chat import SlackChat
from bot.integrations.slack_identity import Identity
from bot.integrations.slack_screens import TIMEOUT as SCREEN_TIMEOUT
from bot.integrations.slack_screens import SlackScreens
from bot.integrations.smtp_mailer import SmtpMailer
from bot.integrations.system_clock import SystemClock
from bot.jobs import table as jobs
from bot.jobs.housekeeping import Housekeeping
from bot.jobs.missed import ReadMissed
from bot.jobs.runner import Runner
from bot.jobs.scene import Scene
from bot.jobs.table import Outside
from bot.jobs.worker import PATIENCE
from bot.listeners.bolt import Listeners
from bot.listeners.desk import Desk
from bot.listeners.http import Door
from bot.listeners.intake import Intake
from bot.listeners.tracker_hook import TrackerHook
from bot.meter import Meter
from bot.ports.calendar import SharedCalendar
from bot.ports.chat import Chat
from bot.ports.clock import Clock
from bot.ports.mailer import Mailer
from bot.ports.publisher import Publisher
from bot.ports.screens import Screens
from bot.ports.tracker import Tracker
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
from bot.usecases.give_up import GiveUp
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
from bot.usecases.settle_capture import SettleCapture
from bot.usecases.share_meeting import ShareMeeting
from bot.usecases.show_examples import ShowExamples
from bot.usecases.show_home import ShowHome
from bot.usecases.side_rooms import AddChannel, RemoveChannel
from bot.usecases.use_answer import UseAnswer
from bot.usecases.waive import Waive
from bot.usecases.watch import Watch
from bot.usecases.write_mail import WriteMail
from bot.usecases.write_message import WriteMessage
from storage.engine import make_engine
from storage.store import SqlStore

# Slack may show a message a moment after it was posted: before looking for one, it is given this long.
TAKE_OVER = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that a running bot consists of, wired."""

    settings: Settings
    engine: Engine
    store: SqlStore
    identity: Identity
    app: App
    door: Door
    runner: Runner
    read_missed: ReadMissed
    intake: Intake
    meter: Meter
    gate: Gate
    hook: TrackerHook | None = None

    def take_over(self) -> None:
        """We are the only process: what an earlier one had in hand when it ended is ours after a short pause."""
        with self.store.transaction(PATIENCE) as unit:
            unit.outbox.release(TAKE_OVER)

    def knows_people(self) -> bool:
        """Whether the list of people was read once: until then nobody can be refused as an owner at once."""
        with self.store.reading() as unit:
            return unit.people.synced_at(self.identity.team_id) is not None


def build(
    settings: Settings,
    *,
    identity: Identity | None = None,
    clock: Clock | None = None,
    chat: Chat | None = None,
    screens: Screens | None = None,
    engine: Engine | None = None,
    shift: Callable[[], timedelta | datetime] = lambda: timedelta(0),
    gate: Gate | None = None,
    tracker: Tracker | None = None,
    shared: SharedCalendar | None = None,
    mailer: Mailer | None = None,
    publisher: Publisher | None = None,
) -> Service:
    """Wire a bot. The overrides are for tests: what is left out is what users get."""
    clock = clock or SystemClock()
    engine = engine or make_engine(settings.database_url.get_secret_value())
    store = SqlStore(engine, shift=shift)
    token, address = settings.slack.bot_token.get_secret_value(), settings.slack.api_url
    call = SlackCall(slack_identity.client(token, address), gate)
    identity = identity or slack_identity.ask(call)
    # One gate for both: a method that Slack asked to wait with waits, whoever calls it.
    quick = SlackCall(slack_identity.client(token, address, SCREEN_TIMEOUT), call.gate)
    desk = _desk(settings, identity, call.gate)
    scene = Scene(
        store, chat or SlackChat(call, identity.bot_user), clock, settings.policy, identity.url, identity.bot_user
    )
    calendar = IcsCalendar(scene.chat, clock)
    meter = Meter()
    housekeeping = Housekeeping(store, clock, settings.policy, identity.team_id)
    settle = SettleCapture(settings.policy, identity.url, lambda: uuid.uuid4().hex)
    outside = Outside(
        calendar,
        shared or _shared(settings, clock),
        tracker or _tracker(settings),
        mailer or _mailer(settings, clock),
        publisher or _publisher(settings),
    )
    handlers = jobs.handlers(scene, desk.designate, settle, outside)
    gate = call.gate
    runner = Runner(store, handlers, GiveUp(clock), housekeeping, gate.closed, gate.refused, meter.rows)
    store.when_rows_were_written(runner.wake)
    intake = Intake(store, clock, screens or SlackScreens(quick))
    app = _bolt(call.client, identity)
    Listeners(desk, intake, identity.team_id).register(app)
    secret = settings.slack.signing_secret.get_secret_value() if settings.slack.signing_secret else uuid.uuid4().hex
    door = Door(app, secret, runner.states, acknowledged=meter.acknowledged)
    missed = ReadMissed(store, clock, settings.policy, identity.team_id)
    hook = _hook(settings, store, clock, identity)
    return Service(settings, engine, store, identity, app, door, runner, missed, intake, meter, call.gate, hook)


def _hook(settings: Settings, store: SqlStore, clock: Clock, identity: Identity) -> TrackerHook | None:
    secret = settings.jira.webhook_secret if settings.jira else None
    return TrackerHook(secret.get_secret_value(), store, clock, identity.team_id) if secret else None


def _tracker(settings: Settings) -> Tracker:
    jira = settings.jira
    if jira is None:
        return ConsoleTracker()
    return JiraTracker(JiraClient(JiraAccess(jira.url, jira.token, jira.email, jira.cloud)))


def _shared(settings: Settings, clock: Clock) -> SharedCalendar:
    """The library is large, and most installations have no use for it."""
    caldav = settings.caldav
    if caldav is None:
        return ConsoleCalendar()
    from bot.integrations.caldav_calendar import CaldavCalendar
    from bot.integrations.caldav_client import CaldavAccess, CaldavClient

    access = CaldavAccess(caldav.url, caldav.user, caldav.password)
    return CaldavCalendar(CaldavClient(access, caldav.timeout), clock)


def _mailer(settings: Settings, clock: Clock) -> Mailer:
    mail = settings.mail
    return ConsoleMailer() if mail is None else SmtpMailer(smtp_mailer.access(mail), clock)


def _publisher(settings: Settings) -> Publisher:
    wiki, rules = settings.wiki, settings.policy.wiki
    if wiki is None or rules is None:
        return ConsolePublisher()
    client = ConfluenceClient(ConfluenceAccess(wiki.url, wiki.email, wiki.token))
    return ConfluencePublisher(client, wiki.space, wiki.parent, rules.restrict_to)


def _desk(settings: Settings, identity: Identity, gate: Gate) -> Desk:
    policy = settings.policy

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


def _bolt(client: WebClient, identity: Identity) -> App:
    """Bolt with one transaction a payload; who we are is known, and our own door checks signatures before it."""
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team_id,
        bot_token=client.token,
        bot_id=identity.bot_id,
        bot_user_id=identity.bot_user,
    )

    def authorize(**_: Any) -> AuthorizeResult:
        return known

    return App(
        # Without a name Bolt looks through the whole stack for one.
        name="postmortem",
        client=client,
        # Bolt's own logger takes the root's level, and its debug lines hold bodies.
        logger=logging.getLogger("slack_bolt"),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        token_verification_enabled=False,
    )
