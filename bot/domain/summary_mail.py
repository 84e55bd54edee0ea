"""The mails of a post-mortem as they are proposed to whoever sends them: a short text and the link (R-53, R-55, R-50). Of a
restricted one they name its number and nothing else (R-63)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import draft_facts, due_line, errors, phrases, results, typed
from bot.domain.external_message import Parts
from bot.domain.mail_draft import Letter
from bot.domain.overview import Overview
from bot.domain.results import Part
from bot.domain.status import Status

NO_LINK = (
    "There is no link to the post-mortem yet, and an e-mail without one is of no use: wait for the document, or set the page with "
    "`/postmortem page https://…`."
)


_MESSAGE = ("Summary", "What Happened?", "What Are We Doing About This?")
# The lines of the proposed texts that stand above what belongs to them.
HEADINGS = (*results.HEADINGS, *_MESSAGE)


@dataclass(frozen=True, slots=True)
class Written:
    """A subject of one line, and a text: paragraphs with an empty line between, points with a hyphen before each."""

    subject: str
    body: str


def compose(overview: Overview, purpose: Letter, link: str) -> Written:
    """As it follows from the post-mortem; `link` is "" while there is none."""
    if overview.postmortem.restricted:
        return _restricted(overview, purpose, link)
    return {Letter.SUMMARY: _summary, Letter.FIRST: _first, Letter.SUPPORT: _support}[purpose](overview, link)


def missing(overview: Overview, purpose: Letter, link: str) -> tuple[str, ...]:
    """What would make it better, in sentences; without the link it is not sent at all."""
    said = [] if link else [NO_LINK]
    if overview.postmortem.restricted:
        return tuple(said)
    if purpose is not Letter.SUPPORT and not results.paragraph(overview):
        said.append("The overview is not written yet: two sentences on what happened belong here.")
    if purpose is Letter.SUMMARY:
        if overview.postmortem.status in (Status.DRAFT, Status.IN_REVIEW):
            said.append("It is not reviewed yet: what the meeting says may change this text.")
        headings = {part.heading for part in results.results(overview)}
        said += [] if results.IMPACT in headings else ["No number of the impact is entered yet."]
    return tuple(said)


def check_link(body: str, link: str) -> None:
    """R-53: raises Refused while there is no link, BadInput for a text in which it does not stand."""
    if not link:
        raise errors.refused("no_link", NO_LINK)
    if link not in body:
        why = f"The link to the post-mortem is not in the text: put {link} where people see it."
        raise errors.bad_input("link_missing", why)


def _summary(overview: Overview, link: str) -> Written:
    record = overview.postmortem
    found = results.results(overview)
    opening = [part.said for part in found if not part.heading]
    details = [_part(part) for part in found if part.heading]
    # The link comes before the details: it stays where a text is cut.
    chunks = [_began(overview), *opening, *_whole(link, "The whole post-mortem"), *details, _from(overview)]
    return Written(f"Post-mortem: {_title(overview)} ({record.name})", _joined(chunks))


def _first(overview: Overview, link: str) -> Written:
    record, severity = overview.postmortem, overview.postmortem.severity
    what = "We had an incident" if record.times.resolved_at else "There is an incident"
    so_far = results.paragraph(overview) or "What is known so far is being brought together in the post-mortem."
    owner = f"{draft_facts.full_name(overview, record.owner)} brings the post-mortem together." if record.owner else ""
    chunks = [
        f"{what}: {_title(overview)}.{_when(overview)}",
        so_far,
        f"{owner} {_meeting(overview)}".strip(),
        *_whole(link, "It grows here"),
    ]
    head = f"SEV-{severity}" if severity is not None else "Incident"
    return Written(f"{head}: {_title(overview)} ({record.name})", _joined(chunks))


def _support(overview: Overview, link: str) -> Written:
    decision, record = overview.life.external, overview.postmortem
    said = decision.frozen or decision.text
    posted = f"It is posted: {decision.posted.url}" if decision.posted and decision.posted.url else ""
    ask = "This message to customers was reviewed as it stands here, and is to be posted to the status page."
    chunks = [posted or ask, *_message(said), *_whole(link, "The post-mortem, for whoever is asked more")]
    return Written(f"Message to customers: {_title(overview)} ({record.name})", _joined(chunks))


def _restricted(overview: Overview, purpose: Letter, link: str) -> Written:
    name = overview.postmortem.name
    said = {
        Letter.SUMMARY: f"What came out of {name} can be read now.",
        Letter.FIRST: f"{name} was opened, and is being written.",
        Letter.SUPPORT: f"The message to customers of {name} was reviewed and waits to be posted.",
    }[purpose]
    why = "It is for the people concerned alone: please do not forward this, and do not answer it with details."
    return Written(f"{name}: post-mortem", _joined([said, why, *_whole(link, "It is read here")]))


def _began(overview: Overview) -> str:
    said = results.headline(overview)
    return f"{_title(overview)}{f' ({said})' if said else ''}"


def _when(overview: Overview) -> str:
    said, over = results.headline(overview), overview.postmortem.times.resolved_at
    return f" {said[0].upper()}{said[1:]}{'.' if over else ', and not over yet.'}" if said else ""


def _meeting(overview: Overview) -> str:
    record, booking = overview.postmortem, overview.life.booking
    if booking is not None and booking.stands:
        return f"The meeting about it: {phrases.moment(booking.start, record.business_tz)}."
    if record.open_again is not None:
        return ""
    line = due_line.text(overview.deadline, record.business_tz, due_line.waits_for(record))
    return f"The meeting about it is {line}."


def _message(said: Parts) -> list[str]:
    headed = zip(_MESSAGE, (said.summary, said.happened, said.doing), strict=True)
    return [f"{heading}\n{typed.clean(words).strip()}" for heading, words in headed if words.strip()]


def _part(part: Part) -> str:
    return "\n".join([part.heading, *([part.said] if part.said else []), *(f"- {point}" for point in part.points)])


def _whole(link: str, said: str) -> list[str]:
    return [f"{said}: {link}"] if link else []


def _from(overview: Overview) -> str:
    owner = overview.postmortem.owner
    return f"{draft_facts.full_name(overview, owner)}, owner of {overview.postmortem.name}" if owner else ""


def _title(overview: Overview) -> str:
    return typed.clip(typed.one_line(overview.postmortem.subject), 150) or "no title yet"


def _joined(chunks: list[str]) -> str:
    return "\n\n".join(chunk for chunk in chunks if chunk)
