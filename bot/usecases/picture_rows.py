"""The outgoing rows of the timeline's picture: it lies in the thread of the post that asks for the review, and from the results on in
theirs; one in a channel, as the timeline is. Where it may not stand any more it goes."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from bot.domain import draft_timeline
from bot.domain.document_files import What
from bot.domain.outgoing import Kind, Outgoing, Row
from bot.domain.overview import Overview
from bot.domain.picture import Picture
from bot.domain.policy import Policy
from bot.domain.postmortem import FileState, Posted, Postmortem
from bot.ports.store import Unit
from bot.usecases import meeting_rows, results_rows, rows

# Each version is a message in a thread that people follow: what changes within this time is drawn together.
PAUSE = timedelta(minutes=10)
REVIEWS = {meeting_rows.review_name(place): place for place in meeting_rows.PLACES}
RESULTS = {results_rows.name(place): place for place in (results_rows.INCIDENT, results_rows.LEARNINGS)}
POSTS = (*RESULTS, *REVIEWS)


def in_incident(row: Row) -> bool:
    """Whether the row's picture lies in the incident's channel."""
    return of_incident(post(row))


def of_incident(name: str) -> bool:
    """The same of the post's name."""
    return (REVIEWS | RESULTS)[name] == meeting_rows.INCIDENT


def post(row: Row) -> str:
    """The name of the post that the row's picture belongs to."""
    return str(row.payload["post"])


def follow(unit: Unit, overview: Overview, policy: Policy, now: datetime, *, but: str = "") -> None:
    """Ask for each picture that is not there, is another one by now, or has no place any more; `but` is left as it is. Asked twice it
    changes nothing."""
    record = overview.postmortem
    names = _concerned(unit, record) - {but}
    drawn = draft_timeline.picture(overview) if names else None
    for name in sorted(names):
        if of_incident(name) and unit.rooms.closed(record.team_id, record.channel_id):
            continue
        posted = place(unit, record, name, policy) if drawn else None
        files = [each for each in unit.record_files.of(record.id, name) if each.state is not FileState.REMOVED]
        wanted = digest(drawn, posted) if drawn and posted else None
        # Those before the newest are on their way out.
        if [(each.state, each.digest) for each in files[-1:]] != ([(FileState.SHARED, wanted)] if wanted else []):
            renewed = posted is not None and any(each.state is FileState.SHARED for each in files)
            unit.outbox.put(_row(record, name, now + (PAUSE if renewed else rows.DOCUMENT_PAUSE)))


def take_away(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Look at once at every picture that lies anywhere: who may see it is another matter now."""
    unit.outbox.put(*(_row(record, name, now) for name in POSTS if name in unit.record_files.whats(record.id)))


def place(unit: Unit, record: Postmortem, name: str, policy: Policy) -> Posted | None:
    """The post in whose thread the picture belongs; None where it has no place, or lies with the results in the same channel."""
    posted = unit.posts.get(record.id, name)
    if posted is None or record.set_aside or What.PICTURE not in policy.files:
        return None
    if name in RESULTS:
        return posted if RESULTS[name] in results_rows.places(unit, record, policy) else None
    if REVIEWS[name] not in meeting_rows.places(unit, record, policy):
        return None
    later = (place(unit, record, each, policy) for each in RESULTS if _lies(unit, record, each))
    return None if any(each and each.channel_id == posted.channel_id for each in later) else posted


def digest(drawn: Picture, posted: Posted) -> str:
    """What tells one picture in one thread from another."""
    return hashlib.sha256(f"{posted.ts} {drawn!r}".encode("utf-8", "replace")).hexdigest()


def _concerned(unit: Unit, record: Postmortem) -> set[str]:
    """Where a picture may have to stand, and where one does."""
    standing = {each.name for each in unit.posts.under(record.id, "")}
    return (standing | unit.record_files.whats(record.id)) & set(POSTS)


def _lies(unit: Unit, record: Postmortem, name: str) -> bool:
    return any(each.state is FileState.SHARED for each in unit.record_files.of(record.id, name))


def _row(record: Postmortem, name: str, due: datetime) -> Outgoing:
    key = f"{Kind.TIMELINE_PICTURE}:{record.id}:{name}"
    return Outgoing(Kind.TIMELINE_PICTURE, key, record.team_id, due, record.id, {"post": name}, again=True)
