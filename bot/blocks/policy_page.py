"""The settings that people feel, in words: how deadlines are counted, who is reminded of what, and how often."""

from __future__ import annotations

from datetime import timedelta

from bot.blocks import mail_policy, parts, text
from bot.domain import deadlines, phrases
from bot.domain.capture import Reactions
from bot.domain.deadlines import Roll
from bot.domain.policy import Policy
from bot.domain.quiet import MOST_SNOOZES
from bot.domain.reminders import Nudge, Pace
from bot.domain.scheduling import Scheduling
from bot.domain.tickets import LOWER
from bot.ports.chat import Drawing

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def drawing(policy: Policy, scheduling: Scheduling | None = None) -> Drawing:
    """The whole page. `scheduling` is what the shared calendar's server said last about who invites people."""
    groups = {
        "Deadlines": _deadlines(policy),
        "Reminders": _reminders(policy.pace, policy.silence),
        "Who and where": _places(policy),
        "E-mails and the calendar": mail_policy.lines(policy, scheduling),
        "Reactions that mark a message": _reactions(policy.reactions),
    }
    blocks = [
        parts.section("\n".join([f"*{title}*", *(f"• {each}" for each in said)])) for title, said in groups.items()
    ]
    return parts.drawing("How the process is set up here", [parts.header("How the process is set up here"), *blocks])


def _deadlines(policy: Policy) -> list[str]:
    days, (opens, closes) = policy.calendar, policy.calendar.hours
    free = ", ".join(_DAYS[day] for day in sorted(days.weekend)) or "none"
    roll = "; pulled back to a working day" if policy.roll is Roll.BACK else ""
    return [
        f"SEV-1: the meeting within {deadlines.SEV1_CALENDAR_DAYS} calendar days{roll}. Others: within "
        f"{deadlines.SEV2_BUSINESS_DAYS} business days. The day of the incident is not counted.",
        f"Counted in {text.escape(days.tz)}; free days of the week: {free}; {phrases.count(len(days.holidays), 'holiday')} known.",
        f"Working hours {opens:%H:%M} to {closes:%H:%M}: people are reminded in those of their own zone, never at night.",
    ]


def _reminders(pace: Pace, silence: timedelta) -> list[str]:
    hours = ", then ".join(phrases.span(wait) for wait in pace.no_owner)
    return [
        f"No owner: the IC, {hours} after the end, and the next working morning.",
        f"No meeting booked: the owner, after {_hours(pace.unbooked_after)} of working time, then daily, at most "
        f"{pace.most[Nudge.UNBOOKED]} times.",
        f"Still a draft: the owner, {_hours(pace.draft_check)} before the meeting. Readers are asked for their review a day "
        "before it; the owner is then shown what is ready and what is missing.",
        f"Nothing that keeps the deadline: owner and IC at {pace.last_day_at:%H:%M} on the last working day before it.",
        f"Overdue: channel, owner and IC from the first working minute after it, daily, at most {pace.most[Nudge.OVERDUE]} times; "
        "then the weekly digest.",
        f"No answer for {_hours(silence)} of working time: an owner who was named, the IC hears it; an owner who was proposed, the next "
        "who may decide is asked; whether the meeting was held, the IC is asked again, then the owner.",
        f"`/postmortem snooze` puts them off, {MOST_SNOOZES} times at most, or keeps only those of the deadline.",
    ]


def _reactions(reactions: Reactions) -> list[str]:
    named = {
        "Into the timeline": reactions.timeline,
        "A TODO": reactions.todo,
        "Offered as evidence": reactions.evidence,
        "A query": reactions.query,
    }
    said = [
        f"{what}: {' '.join(f':{text.escape(name)}:' for name in names)}{' or a pin' if names is reactions.timeline else ''}"
        for what, names in named.items()
        if names or names is reactions.timeline
    ]
    return [*said, f"I answer with :{text.escape(reactions.answer)}: when I have it, and say nothing else."]


def _places(policy: Policy) -> list[str]:
    digest = "no weekly digest"
    if policy.digest_day is not None:
        where = f", and in {_channel(policy.digest_channel)}" if policy.digest_channel else ""
        digest = f"weekly digest on {_DAYS[policy.digest_day]} at {policy.digest_at:%H:%M} to the ICs{where}"
    review = _channel(policy.review_channel) if policy.review_channel else "the incident's channel alone"
    told = (
        f"the incident's channel and {_channel(policy.learnings_channel)}"
        if policy.learnings_channel
        else "the incident's channel"
    )
    support = "configured" if policy.has_support else "not configured: a message to customers cannot be closed"
    names = ", ".join(text.code(each) for each in policy.incident_channels)
    named = f", or its name is like {names}" if names else ""
    asked = f"A call that ends without a post-mortem: its channel is asked once whether to start it, if a severity was named there{named}."
    return [
        asked,
        f"Reviews are asked for in {review}; {digest}.",
        f"The results are told in {told} once it is reviewed.",
        f"Customer Support: {support}.",
        *(
            ["The document is a canvas in the incident's channel, too, to read; a restricted one is none."]
            if policy.canvas
            else []
        ),
        *_tickets(policy),
        *_pages(policy),
    ]


def _tickets(policy: Policy) -> list[str]:
    rules = policy.tickets
    if rules is None:
        return []
    listed = sorted(rules.priorities.items(), key=lambda pair: (pair[0] == LOWER, pair))
    named = ", ".join(f"{'a lower one' if ours == LOWER else ours} is {text.escape(theirs)}" for ours, theirs in listed)
    return [
        f"Tickets: a {text.escape(rules.issue_type)} in the Jira project of the service, else in {text.code(rules.project)}; {named}."
    ]


def _pages(policy: Policy) -> list[str]:
    rules = policy.wiki
    if rules is None:
        return []
    which = "restricted ones" if rules.private_channels else "restricted ones and those of private channels"
    named = ", ".join(text.escape(each.removeprefix("user:")) for each in rules.restrict_to)
    said = f"that of {which} is for {named} alone" if named else f"{which} have none"
    return [f"Each post-mortem has a page in Confluence; {said}."]


def _channel(channel_id: str | None) -> str:
    return f"<#{channel_id}>"


def _hours(length: timedelta) -> str:
    return phrases.span(length)
