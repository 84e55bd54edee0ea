"""The ticket of an action item as it would be made now: what is known of it and of its incident, in the tracker's form."""

from __future__ import annotations

from bot.domain import draft_facts, severity, ticket_text, tickets, triage
from bot.domain.actions import ActionItem
from bot.domain.overview import Overview
from bot.domain.ticket_text import Origin
from bot.domain.tickets import KeptTicket, TicketDraft, TicketRules


def draft(overview: Overview, action: ActionItem, kept: KeptTicket, rules: TicketRules) -> TicketDraft:
    """The whole of it. Raises BadInput for an action item without words."""
    record = overview.postmortem
    person = overview.people.get(action.assignee or "")
    usual = triage.by_rule(record, overview.action_days).last_day
    return TicketDraft(
        kept.project,
        kept.issue_type,
        tickets.summary(action.text),
        ticket_text.description(_origin(overview, action)),
        kept.labels,
        tickets.priority(kept.priority, rules.priorities),
        person.email if person else "",
        kept.due or usual,
        kept.extra,
    )


def unassigned(overview: Overview, action_id: str) -> str:
    """That somebody cannot be found in the tracker, by whom it is to be done, and why; "" where there is nothing to say."""
    user = next((each.assignee for each in overview.life.actions if each.id == action_id), None)
    person = overview.people.get(user or "")
    if not user or (person and person.email):
        return ""
    return f"No assignee: Slack tells the bot no e-mail address of {draft_facts.name(overview, user)}."


def page(overview: Overview) -> str:
    """Where the post-mortem is read for good: the page that people share, else the incident's channel. Our document is a file that
    a newer one takes the place of."""
    channel = f"{overview.workspace_url}archives/{overview.postmortem.channel_id}" if overview.workspace_url else ""
    return overview.postmortem.page_url or channel


def _origin(overview: Overview, action: ActionItem) -> Origin:
    record = overview.postmortem
    return Origin(
        record.name,
        record.subject,
        severity.label(record.severity),
        action.text,
        overview.link(action.ts) or "" if action.ts else "",
        page(overview),
        action.justification or action.reason,
        _evidence(overview, action),
        record.restricted,
        action.roi,
        str(action.kind or ""),
    )


def _evidence(overview: Overview, action: ActionItem) -> tuple[tuple[str, str], ...]:
    """What shows the lines of the timeline that come from the same message."""
    items = [item for item in overview.life.items if action.ts and item.ts == action.ts and not item.removed]
    return tuple((address, address) for address in dict.fromkeys(each for item in items for each in item.evidence))
