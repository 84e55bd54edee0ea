"""One post-mortem on its way: the record, what the channel said, what people wrote, and all of it as an overview with the
deadline, the facts and the findings that the bot's own rules make of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain import section_forms, section_values
from bot.domain.actions import ActionItem, Decision
from bot.domain.booking import Booking
from bot.domain.content import Content, Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.policy import Policy
from bot.domain.postmortem import OwnerState, Postmortem, Proposal, Roles, Times
from bot.domain.review import Approval, Note, NoteState
from bot.domain.section_values import Typed
from bot.domain.timeline import Item
from bot.domain.wording.people import Person as Named
from bot.usecases import facts, standing, wording
from demo.gallery import texts
from demo.gallery.people import ANA, BEN, CHANNEL, CHIOMA, DANA, FARID, PEOPLE, TEAM, WORKSPACE
from demo.gallery.texts import NOW, RESOLVED, STARTED

ID = "pm-7"
POLICY = Policy(impact_dimensions=texts.DIMENSIONS, support_group="S0SUP1")
DOCUMENT = f"{WORKSPACE}files/U0PM/F0DOC1/pm-7.md"
CANVAS = f"{WORKSPACE}docs/{TEAM}/F0CANVAS1"
MEETING = NOW + timedelta(days=2)


def record(**values: Any) -> Postmortem:
    """PM-7: a SEV-1 that is over, with Ana as the IC and Ben as its owner, who accepted."""
    given: dict[str, Any] = {
        "id": ID,
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "number": 7,
        "created_at": NOW - timedelta(minutes=50),
        "created_by": ANA,
        "business_tz": "America/New_York",
        "title": texts.TITLE,
        "severity": 1,
        "times": Times(STARTED, STARTED + timedelta(minutes=6), RESOLVED),
        "roles": Roles(ic=ANA, deputy=DANA, scribe=CHIOMA),
        "owner": BEN,
        "owner_state": OwnerState.ACCEPTED,
        "owner_since": NOW - timedelta(minutes=45),
        "services": ("checkout", "orders-db"),
        "recording": texts.RECORDING,
    }
    return Postmortem(**(given | values))


def fresh(**values: Any) -> Postmortem:
    """What `start` makes: nothing is known but who typed it."""
    nothing: dict[str, Any] = {
        "title": "", "severity": None, "times": Times(), "roles": Roles(ic=ANA, ic_assumed=True), "owner": None,
        "owner_state": OwnerState.NONE, "owner_since": None, "services": (), "recording": None,
    }  # fmt: skip
    return record(**(nothing | values))


def content(*sections: Section, texts_: Mapping[Section, Typed] | None = None) -> Content:
    """These sections as somebody saved them; all of them when none is named."""
    written = texts_ or texts.SECTIONS
    forms = section_forms.forms(texts.DIMENSIONS)
    return Content(
        {
            section: Entry(
                section,
                section_values.read(forms[section], written[section]).value,
                1,
                BEN,
                NOW - timedelta(minutes=20),
            )
            for section in sections or tuple(written)
        }
    )


def items(
    number: int = len(texts.EVENTS), *, bare: int = 0, waived: int = 0, words: str | None = None, apart: int = 2
) -> tuple[Item, ...]:
    """Lines of the timeline; those without evidence are waived, but the last `bare` of them."""
    made = []
    for place in range(number):
        minutes, kind, user, said, links = texts.EVENTS[place % len(texts.EVENTS)]
        minutes = minutes if number <= len(texts.EVENTS) else place * apart
        at = STARTED + timedelta(minutes=minutes)
        waiver = "" if links else "Said in the call: nothing was measured."
        made.append(
            Item(
                f"item-{place + 1}", ID, at, words or said, kind, BEN, NOW, texts.ts(at, place), 0, None, user, links, waiver,
            )
        )  # fmt: skip
    return (*made[: number - bare], *(replace(item, evidence=(), waiver="") for item in made[number - bare :]))


def actions() -> tuple[ActionItem, ...]:
    """One action item of each decision."""
    return tuple(
        ActionItem(
            f"action-{place}", ID, said, decision, BEN, NOW, assignee=who, ts=texts.ts(STARTED, place), line=0,
            ticket=beside if decision is Decision.TICKET else "", reason="" if decision is Decision.TICKET else beside,
        )
        for place, (said, decision, beside, who) in enumerate(texts.ACTIONS, 1)
    )  # fmt: skip


def decided() -> tuple[ActionItem, ...]:
    """The same with every topic decided."""
    done: dict[str, Any] = {"decision": Decision.DONE, "reason": "Agreed: a release waits until noon"}
    return tuple(replace(each, **done) if each.undecided else each for each in actions())


def booking(start: datetime = MEETING, minutes: int = 30, **values: Any) -> Booking:
    """Half an hour in two days, booked by the owner."""
    given: dict[str, Any] = {"booked_by": BEN, "booked_at": NOW, "link": "https://meet.acme.example/pm-7"}
    given |= {"postmortem_id": ID, "start": start, "end": start + timedelta(minutes=minutes)}
    return Booking(**(given | values))


def message(text: Parts = texts.MESSAGE, **values: Any) -> ExternalDecision:
    """There is a message to customers."""
    given: dict[str, Any] = {"value": ExternalMessage.PRESENT, "text": text, "by": BEN, "at": NOW}
    return ExternalDecision(**(given | values))


def no_message(reason: str = "") -> ExternalDecision:
    """There will be none."""
    return ExternalDecision(ExternalMessage.NONE, by=BEN, at=NOW, reason=reason)


def notes(*said: str, done: int = 0) -> tuple[Note, ...]:
    """What readers noted; the first `done` of them are ticked off."""
    words = said or ("What did the first alert say?", "“Hung” reads oddly: say how slow it was.", "شكرا، واضح جدا")
    return tuple(
        Note(
            f"note-{place}", ID, (CHIOMA, DANA, FARID)[place % 3], each, NOW + timedelta(minutes=place), CHANNEL,
            None if place % 3 == 1 else texts.ts(NOW, place), NoteState.DONE if place < done else NoteState.OPEN,
            BEN if place < done else None,
        )
        for place, each in enumerate(words)
    )  # fmt: skip


def approvals(*users: str) -> tuple[Approval, ...]:
    """These readers are content."""
    return tuple(Approval(ID, user, NOW) for user in users)


def proposal(**values: Any) -> Proposal:
    """Chioma proposes Ben, and Ana is asked."""
    given = {"id": "proposal-1", "postmortem_id": ID, "candidate": BEN, "proposed_by": CHIOMA, "asked": ANA}
    return Proposal(**(given | {"created_at": NOW} | values))


def life(*, unseen: int | None = None, record_: Postmortem | None = None, **values: Any) -> Life:
    """What people have written, booked and decided; findings on wording are counted by the rules themselves."""
    lived = Life(**values)
    if unseen is not None:
        return replace(lived, unseen_findings=unseen)
    found = wording.findings(lived, full_outage=False, responders=named(record_ or record()))
    return replace(lived, unseen_findings=wording.waiting(wording.unseen(found, ())))


def named(of: Postmortem) -> tuple[Named, ...]:
    """The responders as the rules on wording know them."""
    return tuple(
        Named(user, PEOPLE[user].name, role)
        for user, role in (
            (of.roles.ic, "the incident commander"),
            (of.owner, "the owner"),
            (of.roles.scribe, "the scribe"),
        )
        if user in PEOPLE
    )


def overview(
    of: Postmortem | None = None, lived: Life | None = None, *, support: bool = True, **values: Any
) -> Overview:
    """Everything there is to show of it at NOW."""
    of, lived = of or record(), lived or Life()
    given: dict[str, Any] = {
        "deadline": standing.deadline(of, POLICY),
        "now": NOW,
        "workspace_url": WORKSPACE,
        "people": PEOPLE,
        "life": lived,
        "facts": facts.seen(of, lived, POLICY, support=support),
        "dimensions": texts.DIMENSIONS,
    }
    return Overview(**({"postmortem": of} | given | values))


def keys(places: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    """What names these findings of the channel."""
    return tuple((each.ts, each.line) for each in places)
