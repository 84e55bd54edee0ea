"""The menu of what is to be written, and every section's form: empty, filled in, and with what somebody else saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.blocks import content_menu, hints, inside, pages, said_lines, section_form, text, timeline_pages
from bot.blocks.pages import MENU, TIMELINE, Page
from bot.domain import section_forms, section_values
from bot.domain.content import Content, Section
from bot.domain.said_there import HEARD, SILENT, Said, Saying
from bot.domain.section_forms import PEOPLE, Form
from bot.domain.section_values import Typed
from bot.domain.wording import checks
from bot.domain.wording.finding import Finding
from demo.gallery import samples, stages, texts
from demo.gallery.entry import Entry, Group, Json, modal
from demo.gallery.people import CHIOMA
from demo.gallery.texts import DIMENSIONS, NOW

MINUTES = {"time_in_sev1": "Computed from the history of the severity (UTC): 23 Nov 12:05 to 13:19 SEV-1."}
MENUS = (
    "just opened, nothing known",
    "half written",
    "complete, to be sent to review",
    "Reviewed, with the support team",
)


def draw() -> Iterator[Entry]:
    for state in MENUS:
        yield modal("Write the post-mortem", state, content_menu.draw(stages.STAGES[state](), DIMENSIONS))
    for form in section_forms.forms(DIMENSIONS).values():
        yield from _section(form)
    yield from _told()
    yield modal("Section overview", "with hints on its wording", _hinted())
    over = inside.instead(_form(_of(Section.OVERVIEW), _saved(_of(Section.OVERVIEW))), _timeline())
    yield modal("Section overview", "with something to read at its end", over)


def _section(form: Form) -> Iterator[Entry]:
    name, saved = f"Section {form.section.value}", _saved(form)
    fresh, nothing = samples.fresh(), Content()
    yield modal(name, "empty", _form(form, section_values.typed(form, fresh, nothing)))
    yield modal(name, "filled in", _form(form, saved))
    mine: dict[str, str | bool] = {each: _otherwise(value) for each, value in saved.items()}
    who = f"{text.mention(CHIOMA)} saved this, {text.when(NOW)}, while you had the form open. Your words are still in the fields; "
    warning = who + (
        "where they differ, the other text stands below. Take from it what you need, then save: what is in the fields then is "
        "what counts."
    )
    yield modal(name, "saved by somebody else meanwhile", _form(form, mine, theirs=saved, warning=warning))


def _told() -> Iterator[Entry]:
    """What the channel says, under the fields it is about."""
    at = texts.ts(texts.STARTED, 300)
    many = (Said(HEARD, (Saying("42 shops have called so far", at), Saying("61 shops by now", at)), "H-40"),)
    silent = (Said(SILENT, (Saying("Elif", at), Saying("Dana", at))),)
    for section, name, said in ((Section.IMPACT, "accounts", many), (Section.RESPONDERS, PEOPLE, silent)):
        form = _of(section)
        drawn = {name: said_lines.draw(said, samples.overview().link)}
        shown = section_values.typed(form, samples.fresh(), Content())
        yield modal(f"Section {section.value}", "with what the channel tells", _form(form, shown, said=drawn))


def _otherwise(value: str | bool) -> str | bool:
    return (
        not value if isinstance(value, bool) else "" if not value or value.startswith("U0") else f"Mine: {value}"[:600]
    )


def _of(section: Section) -> Form:
    return section_forms.forms(DIMENSIONS)[section]


def _saved(form: Form) -> dict[str, str | bool]:
    return section_values.typed(form, samples.record(), samples.content())


def _form(
    form: Form,
    shown: Typed,
    *,
    theirs: Typed | None = None,
    warning: str = "",
    said: Mapping[str, list[Json]] | None = None,
) -> Json:
    told: Mapping[str, str] = MINUTES if form.section is Section.IMPACT else {}
    carried = pages.metadata(
        samples.ID, Page(MENU), section=form.section.value, seen="4c1f", parts=section_form.parts_drawn(form, shown)
    )
    return section_form.draw(form, shown, carried, hints=told, theirs=theirs, warning=warning, said=said)


def _hinted() -> Json:
    """What a form looks like while somebody types into it."""
    words = texts.BLAMING[Section.OVERVIEW]
    shown = _form(_of(Section.OVERVIEW), words)
    found: dict[str, tuple[Finding, ...]] = {}
    for name, said in words.items():
        place = hints.section_of(name)
        if place and isinstance(said, str):
            found[name] = checks.check(said, place, names=samples.named(samples.record()))
    return hints.redrawn(shown, found) or shown


def _timeline() -> Json:
    return timeline_pages.kept(stages.half_written(), Page(TIMELINE))


GROUP = Group("content", "What is to be written", "The menu, and one form a section of the template.", draw)
