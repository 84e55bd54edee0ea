"""What is typed into a section's form, and what is kept of it: two ways that meet in the middle, so that a form which is
opened and sent unchanged changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain import details, errors, measures, pieces, section_forms
from bot.domain import typed as typed_text
from bot.domain.content import Content, Section
from bot.domain.errors import BadInput, Reason
from bot.domain.outgoing import Json
from bot.domain.postmortem import Postmortem
from bot.domain.section_forms import Field, Form, Shape

Typed = Mapping[str, str | bool]
_BULLET = re.compile(r"\s*[-*•–]\s+")
# These stand on the record itself, where the details form changes them too.
_OF_THE_RECORD = {"recording", "scribe", "deputy", "services"}
TOO_LONG = (
    "This section is longer than one form can show: its fields have {has:,} characters together, and there is room for "
    "{most:,} at most, fewer of letters that are not Latin. Shorten it, or put the details on a page of their own and link it."
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that makes sense: the section's value, and what it says about the record (None: nobody, nothing); services are a
    line each."""

    value: Mapping[str, Json]
    record: Mapping[str, str | None] = field(default_factory=dict)


def typed(
    form: Form, record: Postmortem, content: Content, suggested: Mapping[str, str] | None = None
) -> dict[str, str | bool]:
    """What the form shows: what is saved; what is `suggested` for a field that nobody has filled in."""
    value = content.entry(form.section).value
    shown = {each.name: _typed(each, record, value) for each in form.fields}
    for name, text in (suggested or {}).items():
        if name in shown and not shown[name]:
            shown[name] = text
    return shown


def read(form: Form, answers: Typed) -> Filled:
    """The value of what was typed. Raises BadInput with one reason a field; the reason's code is the field's name."""
    value: dict[str, Json] = {}
    reasons = []
    for each in form.fields:
        try:
            value[each.name] = _read(each, answers.get(each.name, ""))
        except BadInput as error:
            reasons.append(Reason(each.name, error.message))
    reasons = reasons or list(_too_long(form, answers))
    if not reasons:
        reasons = [Reason(name, text) for name, text in _contradictions(form.section, value)]
    if reasons:
        raise BadInput("Some fields need another look.", reasons=tuple(reasons))
    record = {name: _one_text(value.pop(name)) or None for name in _OF_THE_RECORD & set(value)}
    return Filled(_shaped(form.section, value), record)


def changes(form: Form, before: Typed, after: Typed) -> tuple[tuple[str, str, str], ...]:
    """(field, old, new) of every field that differs, as people typed it: for the history (R-61)."""
    names = (each.name for each in form.fields)
    return tuple(
        (name, _say(before.get(name)), _say(after.get(name)))
        for name in names
        if _say(before.get(name)) != _say(after.get(name))
    )


def _too_long(form: Form, answers: Typed) -> Iterator[Reason]:
    """Refused while it is in the form, since later it would not fit into one, nor a second text beside it."""
    texts = {each.name: text for each in form.fields if isinstance(text := answers.get(each.name, ""), str)}
    if sum(map(pieces.weight, texts.values())) > pieces.HEAVIEST:
        longest = max(texts, key=lambda name: pieces.weight(texts[name]))
        has = sum(map(len, texts.values()))
        yield Reason(longest, TOO_LONG.format(has=has, most=pieces.HEAVIEST))


def _say(value: str | bool | None) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value or ""


def _typed(each: Field, record: Postmortem, value: Mapping[str, Json]) -> str | bool:
    if each.name in _OF_THE_RECORD:
        return _of_record(each.name, record)
    if each.name.startswith(section_forms.METRIC):
        metrics = value.get("metrics")
        return measures.typed(metrics.get(each.label)) if isinstance(metrics, Mapping) else ""
    if each.shape is Shape.LINKS:
        support = value.get("support")
        return _lines(support.get("links")) if isinstance(support, Mapping) else ""
    kept = value.get(each.name)
    match each.shape:
        case Shape.TICK:
            return kept is True
        case Shape.COUNT | Shape.PORTION:
            return measures.typed(kept)
        case Shape.MINUTES:
            return str(kept) if isinstance(kept, int) else ""
        case Shape.LINES | Shape.PEOPLE:
            return _lines(kept)
    return _text(kept)


def _of_record(name: str, record: Postmortem) -> str:
    if name == "services":
        return "\n".join(record.services)
    known = {"recording": record.recording, "scribe": record.roles.scribe, "deputy": record.roles.deputy}
    return known[name] or ""


def _lines(kept: Json) -> str:
    return "\n".join(each for each in kept if isinstance(each, str)) if isinstance(kept, list) else ""


def _one_text(kept: Json) -> str:
    return _lines(kept) or _text(kept)


def _text(kept: Json) -> str:
    return kept if isinstance(kept, str) else ""


def _read(each: Field, answer: str | bool) -> Json:
    if each.shape is Shape.TICK:
        return answer is True
    text = answer if isinstance(answer, str) else ""
    if each.name == "services":
        return _services(text)
    match each.shape:
        case Shape.LINES:
            return [line for line in (_BULLET.sub("", raw, count=1).strip() for raw in text.splitlines()) if line]
        case Shape.MINUTES:
            return measures.minutes(text)
        case Shape.COUNT:
            return _measure(measures.count(text))
        case Shape.PORTION:
            return _measure(measures.portion(text))
        case Shape.LINKS:
            return list(_addresses(text))
        case Shape.LINK:
            return next(iter(_addresses(text)), "")
        case Shape.PERSON:
            return text
        case Shape.PEOPLE:
            return list(dict.fromkeys(text.split()))
    return _prose(each, text)


def _prose(each: Field, text: str) -> str:
    if each.most is not None and typed_text.width(text) > each.most:
        raise errors.bad_input("too_long", f"Keep it to {each.most} characters: this has {typed_text.width(text)}.")
    return text if text.strip() else ""


def _services(text: str) -> list[Json]:
    """One a line; a comma parts them as well, as it does among the details."""
    named = (_BULLET.sub("", part, count=1) for part in re.split(r"[,\r\n]", text))
    found = tuple(dict.fromkeys(one for part in named if (one := " ".join(part.split()))))
    if wrong := details.services_problem(found):
        raise errors.bad_input("services", wrong)
    return list(found)


def _measure(measure: measures.Measure | None) -> Json:
    return None if measure is None else dict(measure)


def _addresses(text: str) -> Sequence[str]:
    found = text.split()
    for each in found:
        if not details.is_web_address(each):
            shown = each if len(each) <= 60 else f"{each[:59]}…"
            form = "is no web address: it must begin with https:// or http://."
            raise errors.bad_input("no_address", f"{shown} {details.address_problem(each, form)}")
    return found


def _contradictions(section: Section, value: Mapping[str, Json]) -> list[tuple[str, str]]:
    found = []
    if section is Section.RETROSPECT and value["badly"] and value["nothing_to_note"]:
        found.append(("nothing_to_note", "There are points in the list above: take this tick away, or empty the list."))
    if section is Section.RESPONDERS and value["scribe"] and value["no_scribe"]:
        found.append(("no_scribe", "You named a scribe above: take this tick away, or take the name away."))
    if section is Section.RECORDING and value["recording"] and value["none_because"]:
        found.append(("none_because", "There is a link above: empty this field, or the link."))
    if section is Section.IMPACT and value["support_links"] and not isinstance(value["support"], dict):
        found.append(("support", "Enter how many there were: there are links to some of them."))
    return found


def _shaped(section: Section, value: dict[str, Json]) -> dict[str, Json]:
    """The shape that content is kept in; what was left empty of the numbers is not there."""
    if section is not Section.IMPACT:
        return value
    links = value.pop("support_links")
    metrics = {name: value.pop(name) for name in list(value) if name.startswith(section_forms.METRIC)}
    kept: dict[str, Json] = {name: each for name, each in value.items() if each is not None}
    support = kept.get("support")
    if isinstance(support, dict):
        kept["support"] = {**support, "links": links}
    labelled: dict[str, Json] = {
        name.removeprefix(section_forms.METRIC): each for name, each in metrics.items() if each is not None
    }
    return {**kept, "metrics": labelled}


def drawn(each: Field, text: str) -> tuple[str, ...]:
    """The fields that one text is shown in: more than one where it does not fit, and room for more where it nearly does not."""
    if each.shape not in (Shape.TEXT, Shape.LINES) or each.most is not None:
        return (text,)
    parts = pieces.split(text)
    return (*parts, "") if pieces.nearly_full(text) else parts
