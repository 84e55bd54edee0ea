"""What is to be done, in modals (R-30, R-35): the TODOs of the channel, each with the question what becomes of it; and the
list of what was decided, where a decision can be changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.blocks import done as notice
from bot.blocks import found_by, ids, inputs, modals, pages, parts, still_coming, text, ticket_lines, todo_form
from bot.blocks.done import Done
from bot.blocks.inputs import Answers, Block
from bot.blocks.pages import ACTIONS, TODOS, Page
from bot.domain import actionable, actions, phrases, triage, writing
from bot.domain.actions import ActionItem, Choice, Decision, Terms
from bot.domain.errors import BadInput, Reason
from bot.domain.harvest.finding import TodoFinding
from bot.domain.overview import Overview
from bot.domain.proposals import Key
from bot.domain.triage import Around

_SHOWN, _WHY, _AROUND = 1000, 200, 140
# What can be chosen without the form of one item: to merge it asks into which one.
_HERE = tuple(each for each in Decision if each is not Decision.MERGED)
_LATER = "later"
DECISION, KIND, SAID = todo_form.DECISION, todo_form.KIND, todo_form.SAID
_SIGN = {
    Decision.TICKET: ":ticket:",
    Decision.DISCUSS: ":speech_balloon:",
    Decision.DONE: ":white_check_mark:",
    Decision.WONT_DO: ":no_entry_sign:",
    Decision.MERGED: ":link:",
}
_FEW_LINKS = 5


def listed(overview: Overview, page: Page, done: Done | None = None) -> dict[str, Any]:
    """What was decided, eight a page."""
    record, life = overview.postmortem, overview.life
    page, shown, of = pages.cut(life.actions, page)
    settled = writing.settled(record)
    blocks: list[Block] = [
        *notice.draw(done),
        parts.section(_how_far(overview)),
        *still_coming.line(overview),
        *warned(overview),
        *ticket_lines.relabel(overview),
        _buttons(overview),
    ]
    for each in shown:
        merged = each.decision is Decision.MERGED
        label, act = ("Undo", ids.ACTION_APART) if merged else ("Change", ids.ACTION_EDIT)
        button = parts.button(label, act, f"{record.id}:{each.id}")
        blocks.append({**parts.section(_line(overview, each)), **({} if settled else {"accessory": button})})
        blocks += [] if settled else ticket_lines.buttons(overview, each)
    if not life.actions:
        blocks.append(parts.section("No action items yet. What would have made the incident shorter, or kept it away?"))
    blocks += pages.turn(record.id, page, of, back="Back", on="Next")
    return pages.plain_view("Action items", blocks, pages.metadata(record.id, page))


def warned(overview: Overview, *, reviewing: bool = False) -> list[Block]:
    """What a reviewer would ask about all of them together (R-33, R-34, X-3)."""
    said = triage.warnings(overview.life.actions, reviewing=reviewing)
    return [parts.section("\n".join(f":warning: {each}" for each in said))] if said else []


def _buttons(overview: Overview) -> Block:
    """What waits comes first; what is Closed is only read."""
    record, left = overview.postmortem, len(overview.life.waiting_todos)
    if writing.settled(record):
        return parts.context(f":lock: {record.name} is {record.status}: what was decided does not change any more.")
    missing = triage.to_make(overview.life.actions)
    file = [parts.button("Tickets as a CSV file", ids.ACTIONS_CSV, record.id)] if missing else []
    create = ticket_lines.create(overview)
    add = parts.button("Add an action item", ids.ACTION_ADD, record.id, None if left or create else "primary")
    file = [*create, *file]
    if not left:
        return parts.actions(add, *file)
    decide = pages.go(f"Decide on {phrases.count(left, 'TODO')} of the channel", record.id, Page(TODOS), "primary")
    return parts.actions(decide, add, *file)


def waiting(
    overview: Overview,
    todos: Sequence[TodoFinding],
    page: Page,
    around: Mapping[Key, Around] | None = None,
    new: Collection[Key] = (),
) -> dict[str, Any]:
    """The TODOs of the channel in this order, each with what may become of it, and with what was said around it; `new` ones say so."""
    record = overview.postmortem
    page, shown, of = pages.cut(todos, page)
    blocks: list[Block] = [
        parts.section(
            f"*{phrases.count(len(todos), 'TODO')} of the channel.*{_since(new)} What becomes of each? A topic is talked about in "
            "the meeting, and decided before the post-mortem is closed."
        ),
        *still_coming.line(overview),
        parts.actions(pages.go("See what is decided", record.id, Page(ACTIONS))),
    ]
    options = [("Leave it for later", _LATER), *((actions.LABELS[each], each.value) for each in _HERE)]
    for each in shown:
        key = (each.ts, each.line)
        more = parts.button("More choices", ids.TODO_EDIT, f"{record.id}:{each.ts}:{each.line}")
        said = f"{':new: ' if key in new else ''}{_todo(overview, each, (around or {}).get(key, Around()))}"
        blocks += [
            {**parts.section(said), "accessory": more},
            inputs.select("What becomes of it?", _id(DECISION, key), options, _LATER),
            inputs.select("Type, for a ticket", _id(KIND, key), todo_form.kinds(), None, optional=True),
            inputs.line(todo_form.said_label(overview.tracker), _id(SAID, key), "", optional=True),
        ]
    if len(shown) > 1:
        rest = [
            ("Leave them for later", _LATER),
            *((_all(each), each.value) for each in _HERE if each is not Decision.TICKET),
        ]
        first = (shown[0].ts, shown[0].line)
        blocks += [
            parts.divider(),
            inputs.select("And all others of this page?", _id("rest", first), rest, _LATER),
            inputs.line("The reason, for all of these", _id("why", first), "", optional=True, most=1000),
        ]
    blocks += pages.turn(record.id, page, of, back="Back", on="Leave these for later")
    submit = "Save, and go on" if of > 1 else "Save"
    return modals.view(ids.TODOS, "What becomes of it?", submit, blocks, pages.metadata(record.id, page))


def read_waiting(
    todos: Sequence[TodoFinding], values: object, known: actions.Known = actions.NOTHING_KNOWN
) -> dict[Key, Choice]:
    """What was chosen. Raises BadInput with a reason at each field that lacks something."""
    answers = Answers(values)
    names = answers.names()
    rest = _decision(next((answers.choice(name) for name in names if name.startswith("rest:")), None))
    why_id = next((name for name in names if name.startswith("why:")), "")
    chosen: dict[Key, Choice] = {}
    problems: dict[str, str] = {}
    for each in todos:
        key = (each.ts, each.line)
        if not answers.has(_id(DECISION, key)):
            continue
        own, said = _decision(answers.choice(_id(DECISION, key))), answers.text(_id(SAID, key))
        terms = Terms(todo_form.kind(answers.choice(_id(KIND, key))))
        try:
            if own:
                chosen[key] = actions.choose(own, said, terms=terms, known=known)
            elif rest:
                chosen[key] = actions.choose(rest, said if said.strip() else answers.text(why_id))
            elif said.strip():
                problems[_id(SAID, key)] = (
                    "Choose above what becomes of it, so that this is not lost; or empty this field."
                )
        except BadInput as error:
            for reason in error.reasons:
                problems[_id(todo_form.FIELDS[reason.code], key) if own else why_id] = reason.text
    if problems:
        reasons = tuple(Reason(field, sentence) for field, sentence in problems.items())
        raise BadInput("Some fields need another look.", reasons=reasons)
    return chosen


def at_field(error: BadInput) -> BadInput:
    """Why the ticket of one of them cannot be linked, at its field."""
    place = f"{actions.NO_TICKET}:"
    reasons = tuple(
        Reason(f"{SAID}:{each.code.removeprefix(place)}" if each.code.startswith(place) else each.code, each.text)
        for each in error.reasons
    )
    return BadInput(error.message, reasons=reasons)


def _how_far(overview: Overview) -> str:
    life = overview.life
    said = f"*{phrases.count(len(triage.standing(life.actions)), 'action item')}*"
    topics = f", {phrases.count(life.undecided_actions, 'topic')} for the meeting" if life.undecided_actions else ""
    return said + topics


def _line(overview: Overview, each: ActionItem) -> str:
    others = triage.merged(overview.life.actions, each)
    said = (
        f"{_SIGN[each.decision]} *{_what(overview, each)}:* {text.escape(text.clip(each.text, _SHOWN))}"
        f"{f' – {_person(each.assignee)}' if each.assignee else ''}{_sources(overview, each, others)}"
    )
    notes = [
        *([text.link(each.ticket, text.clip(each.ticket, 100))] if each.ticket and not _named(overview, each) else []),
        *(f"_{text.escape(text.clip(text.plain(why), _WHY))}_" for why in (each.justification, each.reason) if why),
        *([f"_ROI: {text.escape(text.clip(text.plain(each.roi), _WHY))}_"] if each.roi else []),
        *([f"_into: {text.escape(text.clip(text.plain(_into(overview, each)), _WHY))}_"] if each.merged_into else []),
        *(f":bulb: {text.escape(hint)}" for hint in _hints(each)),
        *ticket_lines.said(overview, each),
    ]
    return "\n".join([said, *notes])


def _named(overview: Overview, each: ActionItem) -> bool:
    """Whether its ticket is shown with its key already."""
    kept = overview.tickets.get(each.id)
    return kept is not None and bool(kept.url) and kept.url == each.ticket


def _what(overview: Overview, each: ActionItem) -> str:
    """`Ticket P1, prevent, due Tue 8 Dec 2026`."""
    due = triage.due_day(each, overview.postmortem, overview.action_days)
    priority = f" {each.priority}" if each.decision is Decision.TICKET and each.priority else ""
    terms = [str(each.kind)] if each.kind and each.decision is Decision.TICKET else []
    terms += [f"due {phrases.day(due)}"] if due else []
    return ", ".join([f"{actions.LABELS[each.decision]}{priority}", *terms])


def _sources(overview: Overview, each: ActionItem, others: Sequence[ActionItem]) -> str:
    """The message that it comes from, and those of what was merged into it."""
    found = [overview.link(one.ts) for one in (each, *others) if one.ts]
    links = [text.link(url, "message") for url in found if url]
    more = f" and {len(links) - _FEW_LINKS} more" if len(links) > _FEW_LINKS else ""
    return f" ({', '.join(links[:_FEW_LINKS])}{more})" if links else ""


def _into(overview: Overview, each: ActionItem) -> str:
    return next((one.text for one in overview.life.actions if one.id == each.merged_into), "")


def _hints(each: ActionItem) -> tuple[str, ...]:
    return actionable.hints(each.text) if each.decision is Decision.TICKET and not each.ticket else ()


def _todo(overview: Overview, each: TodoFinding, around: Around) -> str:
    where = found_by.whence(overview, each.ts, each.thread_ts, each.rule, each.confidence)
    detail = f"\n{text.quote(each.detail, 600)}" if each.detail.strip() else ""
    before, after = (_near(what, said) for what, said in (("before", around.before), ("after", around.after)))
    said = text.escape(text.clip(text.plain(each.text), _SHOWN))
    hints = "".join(f"\n:bulb: {text.escape(hint)}" for hint in actionable.hints(each.text))
    return f"*{said}*{where}{detail}\n{_whose(each)}{before}{after}{hints}"


def _since(new: Collection[Key]) -> str:
    """Where the new ones stand."""
    return " What was said since somebody decided last stands first (:new:)." if new else ""


def _whose(each: TodoFinding) -> str:
    """Who said it, for whom it is meant and until when, each only where it is known."""
    due = f"until when, as it was said: _{text.escape(text.clip(text.plain(each.due), 100))}_" if each.due else ""
    said = (
        f"said by {text.mention(each.user_id)}",
        f"meant for {_person(each.assignee)}" if each.assignee else "",
        due,
    )
    return ", ".join(part for part in said if part)


def _near(what: str, said: str) -> str:
    return f"\n_{what}:_ {text.escape(text.clip(text.plain(said), _AROUND))}" if said.strip() else ""


def _person(assignee: str) -> str:
    return text.mention(assignee) if assignee.startswith(("U", "W")) else text.escape(assignee)


def _decision(chosen: str | None) -> Decision | None:
    return Decision(chosen) if chosen in set(_HERE) else None


def _all(decision: Decision) -> str:
    plural = {Decision.DISCUSS: "Topics for discussion", Decision.DONE: "Already done", Decision.WONT_DO: "Won't do"}
    return plural[decision]


def _id(what: str, key: Key) -> str:
    return f"{what}:{key[0]}:{key[1]}"
