"""Who responded, from the record and from the channel: the IC and the scribe marked (R-22), nobody guessed."""

from __future__ import annotations

from bot.domain import draft_findings, page, typed
from bot.domain.content import Section as Part
from bot.domain.draft_facts import name
from bot.domain.harvest.finding import Findings, Responder, Role, RoleClaim
from bot.domain.overview import Overview
from bot.domain.page import Block, Bullets, Line, Paragraph, Section, Table
from bot.domain.section_forms import PEOPLE

_LABELS = {
    Role.ic: "Incident Commander",
    Role.deputy: "Deputy",
    Role.scribe: "Scribe",
    Role.customer_liaison: "Customer Liaison",
    Role.internal_liaison: "Internal Liaison",
}
_UNKNOWN = "unknown: nobody was named in the channel"
_COLUMNS = ("Name", "Role", "Messages", "Why Proposed")
_CONFIRMED_COLUMNS = ("Name", "Role", "Messages", "In The Channel")


def responders(overview: Overview) -> Section:
    """The IC and the scribe by name, then everybody who took part: as somebody confirmed them, else as the channel proposes."""
    found = overview.findings or Findings()
    blocks: list[Block] = [
        draft_findings.bullets(
            ("Incident Commander", _holder(overview, overview.postmortem.roles.ic, Role.ic, found)),
            ("Scribe", _holder(overview, overview.postmortem.roles.scribe, Role.scribe, found)),
        )
    ]
    confirmed = _confirmed(overview)
    rows = _confirmed_rows(overview, found, confirmed) if confirmed is not None else _proposed_rows(overview, found)
    if rows:
        blocks.append(Table(_COLUMNS if confirmed is None else _CONFIRMED_COLUMNS, rows))
    shown = {*(confirmed or ()), *_recorded(overview)}
    others = overview.life.content.texts(Part.RESPONDERS, "others")
    left = [
        each
        for each in found.responders
        if each.suggested and each.user_id not in shown and _listed(overview, [each]) not in others
    ]
    if confirmed is not None and left:
        blocks.append(
            Paragraph(page.line(f"Wrote in the channel, and not among the responders: {_listed(overview, left)}."))
        )
    observers = [each for each in found.responders if not each.suggested and each.user_id not in (confirmed or ())]
    if observers:
        blocks.append(Paragraph(page.line(f"Present, not counted as responders: {_listed(overview, observers)}.")))
    if others:
        blocks.append(Paragraph(page.line("Who else took part:")))
        blocks.append(Bullets(tuple(page.words(each) for each in others)))
    else:
        blocks.append(page.prompt("who was on the call without writing, and who else took part."))
    return Section("Responders", tuple(blocks))


def _holder(overview: Overview, recorded: str | None, role: Role, found: Findings) -> Line:
    """Whom the record names, and everybody whom the channel named, with times."""
    claims: tuple[RoleClaim, ...] = tuple(claim for claim in found.role_claims if claim.role is role)
    assumed = role is Role.ic and overview.postmortem.roles.ic_assumed
    # Whoever saved the form of the responders has seen the roles.
    settled = recorded is not None and _confirmed(overview) is not None
    said = draft_findings.role_claims(overview, claims, _UNKNOWN, settled=settled)
    if recorded is None and role is Role.scribe and overview.life.content.flag(Part.RESPONDERS, "no_scribe"):
        return page.line("there was none")
    if recorded is None:
        return said
    named = page.line(name(overview, recorded) + (" (assumed: typed the command)" if assumed else ""))
    return page.line(named, "; in the channel: ", said) if claims else named


def _recorded(overview: Overview) -> dict[str, list[str]]:
    """User id -> the roles that the record gives them."""
    roles = overview.postmortem.roles
    pairs = (
        ("Incident Commander", roles.ic),
        ("Deputy", roles.deputy),
        ("Shadow", roles.shadow),
        ("Scribe", roles.scribe),
    )
    given: dict[str, list[str]] = {}
    for label, user_id in pairs:
        if user_id:
            given.setdefault(user_id, []).append(label)
    return given


def _confirmed(overview: Overview) -> tuple[str, ...] | None:
    """Whom somebody named as the responders; None while nobody was asked."""
    content = overview.life.content
    there = PEOPLE in content.entry(Part.RESPONDERS).value
    return content.texts(Part.RESPONDERS, PEOPLE) if there else None


def _confirmed_rows(overview: Overview, found: Findings, confirmed: tuple[str, ...]) -> tuple[tuple[Line, ...], ...]:
    heard = {each.user_id: each for each in found.responders}
    rows = []
    for user in confirmed:
        each = heard.get(user) or Responder(user, "", 0, (), "named by hand", True)
        recorded = _recorded(overview).get(user, [])
        roles = [*recorded, *(_LABELS[role] for role in each.roles if _LABELS[role] not in recorded)]
        rows.append(_cells(overview, each, ", ".join(roles) or "Responder"))
    return (*_named_rows(overview, set(confirmed)), *rows)


def _proposed_rows(overview: Overview, found: Findings) -> tuple[tuple[Line, ...], ...]:
    suggested = [each for each in found.responders if each.suggested]
    named = _named_rows(overview, {each.user_id for each in suggested})
    return (*named, *(_row(overview, each) for each in suggested))


def _named_rows(overview: Overview, seen: set[str]) -> tuple[tuple[Line, ...], ...]:
    """People with a recorded role who are not among the others."""
    return tuple(
        (page.line(name(overview, user_id)), page.line(", ".join(labels)), page.line("–"), page.line("in the record"))
        for user_id, labels in _recorded(overview).items()
        if user_id not in seen
    )


def _listed(overview: Overview, people: list[Responder]) -> str:
    return ", ".join(typed.one_line(name(overview, each.user_id, each.name)) for each in people)


def _row(overview: Overview, each: Responder) -> tuple[Line, ...]:
    recorded = _recorded(overview).get(each.user_id, [])
    # Whoever saved the form of the responders has seen this list.
    mark = "" if overview.life.content.entry(Part.RESPONDERS).version else " (proposed)"
    proposed = [f"{_LABELS[role]}{mark}" for role in each.roles if _LABELS[role] not in recorded]
    return _cells(overview, each, ", ".join([*recorded, *proposed]) or f"Responder{mark}")


def _cells(overview: Overview, each: Responder, roles: str) -> tuple[Line, ...]:
    return (
        page.line(name(overview, each.user_id, each.name)),
        page.line(roles),
        page.line(str(each.messages)),
        page.line(typed.one_line(each.why)),
    )
