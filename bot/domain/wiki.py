"""The page of a post-mortem in the team's wiki (R-29): what stands on it, what it is known by, and what is kept of it. There is one page
for each post-mortem: an answer that is lost, or a memory that is older than the page, never makes a second one."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain import business_time, typed
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem

LONGEST_LABEL = 100
MARK = "postmortem"
# Written down in place of what a page says where nothing of it is published.
SHUT = "shut"
# Signs that a label of a wiki may not have, and spaces.
_NO_LABEL = re.compile(r"[\s:;,.?&\[\]()#^*@!/\\|<>\"'`{}=+~$%]+")


@dataclass(frozen=True, slots=True)
class WikiRules:
    """How pages are kept where there is a wiki. `restrict_to` are the groups, and the people (`user:` before their account's id), who may
    read the page of a restricted post-mortem, and of one of a private channel: without any there is none. `private_channels`: those of
    private channels are for whoever may read the space. `by_year`: a page for each year holds them."""

    restrict_to: tuple[str, ...] = ()
    by_year: bool = False
    private_channels: bool = False

    def closes(self, record: Postmortem, channel: Channel) -> bool:
        """Whether others are kept from reading the page."""
        return record.restricted or (channel.private and not self.private_channels)


class PageState(StrEnum):
    """What became of a page: not known to be made, standing, or put away by people."""

    NONE = "none"
    STANDS = "stands"
    ARCHIVED = "archived"
    TRASHED = "trashed"
    GONE = "gone"

    @property
    def lost(self) -> bool:
        """Whether people put it away, so that nothing can be written on it."""
        return self in (PageState.ARCHIVED, PageState.TRASHED, PageState.GONE)


@dataclass(frozen=True, slots=True)
class PageDraft:
    """What is to stand on a page. `identity` is the post-mortem's id, `birth` the title while it is empty, `label` the one by which it is
    found again, `labels` the others. `closed` says that not everybody may read it; `year` is the page that it is put under, None for the
    parent itself."""

    identity: str
    birth: str
    label: str
    title: str
    body: str
    labels: tuple[str, ...]
    closed: bool = False
    year: int | None = None

    def digest(self, rules: WikiRules) -> str:
        """SHA-256, in hex, of all that is written."""
        told = (
            self.title,
            self.body,
            *self.labels,
            str(self.closed),
            *(rules.restrict_to if self.closed else ()),
        )
        return hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What is kept of a post-mortem's page: the wiki's id of it ("" while none is known), its address, what was written last, the labels
    that we put, and those pages that people gave up for a new one. `closed` says that we may have kept others from reading it, `told` that
    its address was made the page that people share."""

    postmortem_id: str
    page_id: str = ""
    url: str = ""
    digest: str = ""
    labels: tuple[str, ...] = ()
    closed: bool = False
    told: bool = False
    state: PageState = PageState.NONE
    left: tuple[str, ...] = ()

    def found(self, page_id: str, url: str) -> KeptPage:
        """It has this page."""
        return replace(self, page_id=page_id, url=url, state=PageState.STANDS)

    def anew(self) -> KeptPage:
        """Without the page that it had: another one is made, and that one is never taken for it."""
        left = (*self.left, self.page_id) if self.page_id else self.left
        return KeptPage(self.postmortem_id, left=left, told=False)


def draft(record: Postmortem, channel: Channel, title: str, body: str, rules: WikiRules) -> PageDraft:
    """What the page of a post-mortem says; of a restricted one the labels tell nothing (R-63)."""
    return PageDraft(
        identity=record.id,
        birth=birth(record),
        label=f"{MARK}-{_short(record, 20)}",
        title=title,
        body=body,
        labels=(MARK,) if record.restricted else (MARK, *_tags(record)),
        closed=rules.closes(record, channel),
        year=year(record) if rules.by_year else None,
    )


def birth(record: Postmortem) -> str:
    """The title of the page while nothing stands on it: no other page has it, so that the wiki itself refuses a second one."""
    return f"{record.name} (new page {_short(record, 12)})"


def year(record: Postmortem) -> int:
    """The year of the incident where it is dealt with."""
    began = record.times.started_at or record.created_at
    return began.astimezone(business_time.zone(record.business_tz)).year


def year_title(number: int) -> str:
    """What the page of a year is called."""
    return f"Post-mortems {number}"


def label(text: str) -> str:
    """A label that wikis take, of what people typed; "" where nothing is left."""
    words = _NO_LABEL.sub("-", typed.one_line(text).lower()).strip("-_")
    return words[:LONGEST_LABEL].strip("-_")


def _tags(record: Postmortem) -> tuple[str, ...]:
    severity = () if record.severity is None else (f"sev{record.severity}",)
    named = (label(each) for each in record.services)
    return tuple(dict.fromkeys((*severity, *(each for each in named if each and each != MARK))))


def _short(record: Postmortem, letters: int) -> str:
    return hashlib.sha256(f"{record.team_id} {record.id}".encode()).hexdigest()[:letters]
