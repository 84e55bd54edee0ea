"""What a record looks like as a whole: everything that a card, a message or the document may show, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.calendar_event import EventState
from bot.domain.content import Section
from bot.domain.document_files import What
from bot.domain.harvest.finding import Findings
from bot.domain.life import Life
from bot.domain.outgoing import Kind
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.postmortem import FileState, Postmortem
from bot.domain.tickets import KeptTicket
from bot.ports.store import Unit
from bot.usecases import facts, standing


def people_of(record: Postmortem, findings: Findings | None, life: Life) -> set[str]:
    """Everybody whose name may have to be shown: a workspace has thousands, an incident a dozen."""
    roles = record.roles
    users = {record.owner, record.created_by, roles.ic, roles.deputy, roles.shadow, roles.scribe}
    if record.merged is not None:
        users.add(record.merged.by)
    if findings:
        users |= {found.user_id for found in findings.responders}
        users |= {found.user_id for found in findings.role_claims}
        users |= {found.user_id for found in findings.timeline}
        users |= {found.user_id for found in findings.todos}
        users |= {found.user_id for found in findings.queries}
        users |= {todo.assignee for todo in findings.todos}
    users |= {item.user_id for item in life.items} | {note.user_id for note in life.notes}
    users |= {approval.user_id for approval in life.approvals}
    users |= {each.assignee for each in life.actions}
    users |= {user for each in life.questions for user in (each.asked_by, each.asked_of)}
    users |= {each.ran_by for each in life.queries} | set(life.content.texts(Section.RESPONDERS, "people"))
    return {user for user in users if user}


def overview(
    unit: Unit, record: Postmortem, policy: Policy, workspace_url: str, now: datetime, *, lived: bool = True
) -> Overview:
    """Everything there is to show of a record; without its life where a form needs the incident alone and is waited for."""
    unit.records.foresee(record.id)
    findings = unit.proposals.load(record.id)
    life = facts.life(unit, record, findings) if lived else Life()
    state = unit.harvests.state(record.id)
    side_rooms = tuple(unit.side_rooms.of(record.id))
    others = [unit.harvests.state(record.id, each.channel_id) for each in side_rooms if each.current]
    kept = unit.calendar.get(record.id) if policy.shared_calendar else None
    dead, page = unit.outbox.dead(record.id), unit.wiki_pages.get(record.id) if policy.wiki else None
    return Overview(
        postmortem=record,
        deadline=standing.deadline(record, policy),
        now=now,
        workspace_url=workspace_url,
        people=unit.people.some(record.team_id, people_of(record, findings, life)),
        findings=findings,
        harvest=state,
        counts=unit.harvests.counts(state) if state else None,
        proposal=unit.ledger.pending(record.id),
        severities=tuple(unit.ledger.severities(record.id)),
        document=document_link(unit, record.id),
        canvas=_canvas(unit, record, policy),
        troubles=tuple(row.last_error or row.kind for row in dead),
        life=life,
        channel=unit.channels.get(record.team_id, record.channel_id),
        closed=unit.rooms.closed(record.team_id, record.channel_id),
        facts=facts.facts(unit, record, policy, life) if lived else None,
        dimensions=policy.impact_dimensions,
        action_days=policy.action_days,
        headings=policy.headings,
        tickets=_tickets(unit, record, life) if policy.tickets else {},
        tracker=policy.tickets is not None,
        calendar_name=policy.calendar_name,
        calendar_address=policy.calendar_address,
        shared_calendar=policy.shared_calendar,
        scheduling=unit.calendar.scheduling(record.team_id) if policy.shared_calendar else None,
        calendar_asked=kept is not None and kept.asked,
        page_failed=policy.wiki is not None and any(row.kind is Kind.WIKI_PAGE for row in dead),
        page_lost=page is not None and page.state.lost,
        left_off_calendar=kept is not None and kept.state is EventState.LEFT_OUT,
        sender=policy.mail.sender if policy.mail else None,
        mails_invitations=policy.mail is not None and policy.mail.invitations,
        side_rooms=side_rooms,
        readings=tuple((each, unit.harvests.counts(each)) for each in others if each),
    )


def _canvas(unit: Unit, record: Postmortem, policy: Policy) -> str | None:
    kept = unit.canvases.get(record.id) if policy.canvas and not record.restricted else None
    return kept.link if kept else None


def document_link(unit: Unit, record_id: str) -> str | None:
    """Where people open the document: the newest version, in the first of its formats that there is (R-29)."""
    known = (unit.posts.files(record_id), unit.record_files.of(record_id, What.HTML))
    links = ([file.permalink for file in files if file.state is FileState.SHARED] for files in known)
    return next((each[-1] for each in links if each), None)


def _tickets(unit: Unit, record: Postmortem, life: Life) -> Mapping[str, KeptTicket]:
    """In the order of their action items, however late each was asked for."""
    kept = {each.action_id: each for each in unit.tickets.of_record(record.id)}
    placed = dict.fromkeys((*(each.id for each in life.actions), *kept))
    return {action_id: kept[action_id] for action_id in placed if action_id in kept}
