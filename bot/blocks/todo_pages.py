"""What is to be done, in modals (R-30, R-35): the TODOs of the channel, each with the question what becomes of it; and the
list of what was decided, where a decision can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.blocks import ids, inputs, modals, pages, parts, rich, section_form, text
from bot.blocks.inputs import Answers, Block
from bot.blocks.pages import ACTIONS, TODOS, Page
from bot.domain import actions, phrases, pieces, writing
from bot.domain.actions import ActionItem, Choice, Decision
from bot.domain.errors import BadInput, Reason
from bot.domain.harvest.finding import TodoFinding
from bot.domain.overview import Overview
from bot.domain.proposals import Key

_SHOWN, _WHY = 1200, 300
_LATER = "later"
DECISION, SAID, ASSIGNEE, WHAT = "decision", "said", "assignee", "text"
_SIGN = {
    Decision.TICKET: ":ticket:",
    Decision.DISCUSS: ":speech_balloon:",
    Decision.DONE: ":white_check_mark:",
    Decision.WONT_DO: ":no_entry_sign:",
}
_SAID = "The ticket's address, or the reason"


def listed(overview: Overview, page: Page) -> dict[str, Any]:
    """What was decided, eight a page."""
    record, life = overview.postmortem, overview.life
    page, shown, of = pages.cut(life.actions, page)
    settled = writing.settled(record)
    blocks: list[Block] = [parts.section(_how_far(overview)), _buttons(overview)]
    for each in shown:
        button = parts.button("Change", ids.ACTION_EDIT, f"{record.id}:{each.id}")
        blocks.append({**parts.section(_line(overview, each)), **({} if settled else {"accessory": button})})
    if not life.actions:
        blocks.append(parts.section("No action items yet. What would have made the incident shorter, or kept it away?"))
    blocks += pages.turn(record.id, page, of, back="Back", on="Next")
    return pages.plain_view("Action items", blocks, pages.metadata(record.id, page))


def _buttons(overview: Overview) -> Block:
    """What waits comes first; what is Closed is only read."""
    record, left = overview.postmortem, len(overview.life.waiting_todos)
    if writing.settled(record):
        return parts.context(f":lock: {record.name} is {record.status}: what was decided does not change any more.")
    add = parts.button("Add an action item", ids.ACTION_ADD, record.id, None if left else "primary")
    if not left:
        return parts.actions(add)
    decide = pages.go(f"Decide on {phrases.count(left, 'TODO')} of the channel", record.id, Page(TODOS), "primary")
    return parts.actions(decide, add)


def waiting(overview: Overview, todos: Sequence[TodoFinding], page: Page) -> dict[str, Any]:
    """The TODOs of the channel, each with what may become of it."""
    record = overview.postmortem
    page, shown, of = pages.cut(todos, page)
    blocks: list[Block] = [
        parts.section(
            f"*{phrases.count(len(todos), 'TODO')} of the channel.* What becomes of each? A topic is talked about in the "
            "meeting, and decided before the post-mortem is closed."
        ),
        parts.actions(pages.go("See what is decided", record.id, Page(ACTIONS))),
    ]
    options = [("Leave it for later", _LATER), *((actions.LABELS[each], each.value) for each in Decision)]
    for each in shown:
        key = (each.ts, each.line)
        blocks += [
            parts.section(_todo(overview, each)),
            inputs.select("What becomes of it?", _id(DECISION, key), options, _LATER),
            inputs.line(_SAID, _id(SAID, key), "", optional=True),
        ]
    if len(shown) > 1:
        rest = [
            ("Leave them for later", _LATER),
            *((_all(each), each.value) for each in Decision if each is not Decision.TICKET),
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


def read_waiting(todos: Sequence[TodoFinding], values: object) -> dict[Key, Choice]:
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
        field = _id(SAID, key) if own else why_id
        try:
            if own:
                chosen[key] = actions.choose(own, said)
            elif rest:
                chosen[key] = actions.choose(rest, said if said.strip() else answers.text(why_id))
            elif said.strip():
                problems[_id(SAID, key)] = (
                    "Choose above what becomes of it, so that this is not lost; or empty this field."
                )
        except BadInput as error:
            problems[field] = error.message
    if problems:
        reasons = tuple(Reason(field, sentence) for field, sentence in problems.items())
        raise BadInput("Some fields need another look.", reasons=reasons)
    return chosen


def form(
    text_of_it: str,
    choice: Choice | None,
    metadata: str,
    *,
    warning: str = "",
    theirs: str = "",
    said: str | None = None,
) -> dict[str, Any]:
    """One action item: its words, what becomes of it, and who does it."""
    options = [(actions.LABELS[each], each.value) for each in Decision]
    current = choice.decision if choice else Decision.TICKET
    beside = said if said is not None else (choice.ticket or choice.reason) if choice else ""
    blocks: list[Block] = [
        *([parts.section(f":warning: {warning}")] if warning else []),
        *(rich.meanwhile(theirs) if theirs else []),
        *_words(text_of_it),
        inputs.select("What becomes of it?", DECISION, options, current.value),
        inputs.line(
            _SAID, SAID, beside, optional=True, hint="A ticket needs its address, and what will not be done a reason."
        ),
        inputs.person("Who does it", ASSIGNEE, choice.assignee if choice else None, optional=True),
    ]
    return modals.view(ids.ACTION, "Action item", "Save", blocks, metadata)


def drawn(text_of_it: str) -> int:
    """How many inputs hold the words."""
    return len(pieces.split(text_of_it))


def read_form(values: object, parts_drawn: int) -> tuple[str, Decision, str, str | None]:
    """Words, decision, what was typed beside it, and the person."""
    answers = Answers(values)
    words = [answers.text(WHAT)]
    while answers.has(section_form.piece_id(WHAT, len(words))):
        words.append(answers.text(section_form.piece_id(WHAT, len(words))))
    decision = _decision(answers.choice(DECISION)) or Decision.DISCUSS
    return pieces.join(words, parts_drawn), decision, answers.text(SAID), answers.user(ASSIGNEE)


def _how_far(overview: Overview) -> str:
    life = overview.life
    said = f"*{phrases.count(len(life.actions), 'action item')}*"
    topics = f", {phrases.count(life.undecided_actions, 'topic')} for the meeting" if life.undecided_actions else ""
    return said + topics


def _line(overview: Overview, each: ActionItem) -> str:
    source = overview.link(each.ts) if each.ts else None
    shown = f" ({text.link(source, 'message')})" if source else ""
    who = f" – {_person(each.assignee)}" if each.assignee else ""
    said = f"{_SIGN[each.decision]} *{actions.LABELS[each.decision]}:* {text.escape(text.clip(each.text, _SHOWN))}{who}{shown}"
    if each.ticket:
        return f"{said}\n{text.link(each.ticket, text.clip(each.ticket, 100))}"
    return f"{said}\n_{text.escape(text.clip(text.plain(each.reason), _WHY))}_" if each.reason else said


def _todo(overview: Overview, each: TodoFinding) -> str:
    source = overview.link(each.ts, each.thread_ts)
    where = f" ({text.link(source, 'message')})" if source else ""
    detail = f"\n{text.quote(each.detail, 600)}" if each.detail.strip() else ""
    who = f"\nmeant for {_person(each.assignee)}" if each.assignee else ""
    return (
        f"{text.mention(each.user_id)}: *{text.escape(text.clip(text.plain(each.text), _SHOWN))}*{where}{detail}{who}"
    )


def _person(assignee: str) -> str:
    return text.mention(assignee) if assignee.startswith(("U", "W")) else text.escape(assignee)


def _words(what: str) -> list[Block]:
    return [
        inputs.line(
            "What is to be done" if number == 0 else "What is to be done, continued",
            section_form.piece_id(WHAT, number),
            part,
            multiline=True,
            optional=number > 0,
        )
        for number, part in enumerate(pieces.split(what))
    ]


def _decision(chosen: str | None) -> Decision | None:
    return Decision(chosen) if chosen in set(Decision) else None


def _all(decision: Decision) -> str:
    plural = {Decision.DISCUSS: "Topics for discussion", Decision.DONE: "Already done", Decision.WONT_DO: "Won't do"}
    return plural[decision]


def _id(what: str, key: Key) -> str:
    return f"{what}:{key[0]}:{key[1]}"
