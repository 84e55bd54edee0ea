"""Who may type, press and send what, and where: one table that the door asks before anything else happens. What is not in
it is refused to everybody. The rules of each act are asked as well: this table never allows what they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """What somebody used: a word after the command, a button, a form that was sent, or an entry of a message's menu."""

    COMMAND = "command"
    BUTTON = "button"
    FORM = "form"
    SHORTCUT = "shortcut"


class Part(StrEnum):
    """What somebody is to one post-mortem. STAND_IN: named in IC_USERS, IC_GROUP, or by the channel as its IC. ASKED: a
    proposed owner waits for this person. WHILE_NO_IC: everybody, until somebody is the IC. AUTHOR: who wrote the note.
    QUESTIONED: the question, or the lines of the timeline, that a button names were put to this person."""

    OWNER = "owner"
    IC = "IC"
    DEPUTY = "deputy"
    SHADOW = "shadow"
    SCRIBE = "scribe"
    OPENER = "who opened it"
    STAND_IN = "stand-in of the IC"
    ASKED = "who is asked to confirm"
    WHILE_NO_IC = "anybody while there is no IC"
    AUTHOR = "who wrote the note"
    QUESTIONED = "who is asked a question, or about their lines"
    SUPPORT = "support team"
    ADMIN = "administrator"


class Kind(StrEnum):
    """What is known of the channel: a shared one is public or private too, with strangers in it, who count as guests."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNREAD = "not read yet"


class About(StrEnum):
    """Whether it concerns one post-mortem. What concerns none is answered everywhere, direct conversations too."""

    RECORD = "record"
    NOTHING = "nothing"


P = Part
EVERYBODY: frozenset[Part] = frozenset()
CONCERNED = frozenset({P.OWNER, P.IC, P.DEPUTY, P.SHADOW, P.SCRIBE, P.OPENER})
LEADS = frozenset({P.OWNER, P.IC, P.DEPUTY})
WRITERS = LEADS | {P.SCRIBE}
DETAILS = LEADS | {P.OPENER, P.STAND_IN, P.WHILE_NO_IC}
DECIDERS = frozenset({P.IC, P.DEPUTY, P.STAND_IN, P.ASKED, P.WHILE_NO_IC})
MOVERS = frozenset({P.OWNER, P.IC})
_ASKED = frozenset({P.STAND_IN, P.ASKED})
_SUPPORT = frozenset({P.SUPPORT})


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may. `who` empty is everybody who may see the post-mortem, guests only when it `reads`. `beyond` may without
    seeing the channel, since the bot wrote to them about just this. `said` is the sentence for the others; {name}, {now}
    (who owns it) and {ask} (whom to ask) are filled in."""

    who: frozenset[Part] = EVERYBODY
    said: str = ""
    reads: bool = False
    about: About = About.RECORD
    beyond: frozenset[Part] = EVERYBODY


@dataclass(frozen=True, slots=True)
class Situation:
    """Who, where, before which post-mortem. `member` is true for members of a private channel; `here` when it was typed or
    pressed in the post-mortem's channel, `typed` for a command and for the menu of a message, which Slack offers to people in the
    channel alone."""

    kind: Kind
    parts: frozenset[Part] = EVERYBODY
    member: bool = False
    guest: bool = False
    here: bool = False
    typed: bool = False
    restricted: bool = False
    direct: bool = False
    exists: bool = True


# What can still be typed where the post-mortem is a part of another one; what only reads can be done as well.
BESIDE_A_MERGE = frozenset({"restrict", "unrestrict", "watch", "snooze"})
OLD = "This is from an older version of the bot. Type `/postmortem` in the incident channel instead."
GONE = "This is not here any more, or from an older version of the bot. Type `/postmortem` in the incident channel instead."
NOT_IN_IT = "This post-mortem belongs to a private channel that you are not in: ask somebody who is."
NOT_READ = "It is not known yet who is in this post-mortem's channel. Try again in a minute."
GUEST = "Guests and people of other organisations only do here what they have a role for: ask {ask}."
OUTSIDE = "This is only shown to guests in the incident's channel itself: press or type it there."
DIRECT = "Type this in the incident's channel: that is where the post-mortem lives."
NO_CHANNEL = "Direct messages have no post-mortem: use this on a message in the incident's channel."


def _only(who: str, what: str) -> str:
    return f"Only {who} {what}: ask {{ask}}."


_READS = Rule(reads=True)
_ANYBODY = Rule(about=About.NOTHING, reads=True)
_ACTS = Rule()
_LEADS = Rule(LEADS, _only("the owner, the IC and the deputy", "can do this"))
_WRITES = Rule(WRITERS, _only("the owner, the IC, the deputy and the scribe", "write the post-mortem"))
_DETAILS = Rule(DETAILS, _only("the IC and the owner", "change these details"))
_OWNS = Rule(
    frozenset({P.OWNER}), "You are not the owner of {name} any more: {now}. There is nothing left to do for you."
)
_CONFIRMS = Rule(DECIDERS, _only("the IC", "can confirm this"), beyond=_ASKED)
_CHOOSES = Rule(beyond=_ASKED)
_MEETING = Rule(LEADS, _only("the owner, the IC and the deputy", "arrange the meeting and say what came of it"))
_AGREES = Rule(MOVERS, _only("the owner or the IC", "confirms what the meeting agreed on"))
_NOTE = Rule(LEADS | {P.AUTHOR}, _only("the owner, the IC and the deputy", "tick off what others noted"))
_MOVES = Rule(MOVERS, _only("the owner or the IC", "can move it"))
_OUT = Rule(
    MOVERS | _SUPPORT,
    _only("the owner or the IC, and the support team after the review,", "can move it"),
    beyond=_SUPPORT,
)
_ANSWERS_FOR = Rule(CONCERNED, _only("people with a part in it", "are reminded of it, and can put that off"))
_MESSAGE = Rule(MOVERS, _only("the owner or the IC", "decides about the message to customers"))
_POSTS = Rule(_SUPPORT, _only("the support team", "says that the message was posted"), beyond=_SUPPORT)
_LETTERS = Rule(
    LEADS | _SUPPORT,
    _only("the owner, the IC, the deputy, and the support team for its own note,", "write the e-mails"),
    beyond=_SUPPORT,
)
_FIRST = Rule(frozenset({P.IC}), _only("the IC", "writes the first e-mail"))
_SUMMARY = Rule(LEADS, _only("the owner, the IC and the deputy", "write the internal e-mail"))
_NOTE_TO_SUPPORT = Rule(
    _SUPPORT | {P.IC}, _only("the support team and the IC", "send the message to customers by e-mail"), beyond=_SUPPORT
)
_SEVERITY = Rule(DECIDERS - {P.ASKED} | {P.OWNER}, _only("the IC", "sets the severity, and the owner proposes it"))
_RATES = Rule(DECIDERS - {P.ASKED}, _only("the IC", "sets the severity"))
_MAILS = Rule(
    LEADS | {P.SCRIBE, P.OPENER, P.STAND_IN, P.SUPPORT},
    _only("whoever has a part in the post-mortem", "says what became of its mails"),
    beyond=_SUPPORT,
)
_RELABELS = Rule(
    WRITERS | DETAILS, _only("whoever writes the post-mortem or changes its details", "relabels its tickets")
)
_WAIVES = Rule(frozenset({P.IC}), _only("the IC", "can waive a post-mortem, and take that back"))
_MERGES = Rule(
    DECIDERS - {P.ASKED},
    _only("the IC, the deputy and who stands in for them", "merge post-mortems, and take that back"),
)
_RESTRICTS = Rule(
    frozenset({P.OWNER, P.IC, P.ADMIN}), _only("the owner, the IC and administrators", "restrict a post-mortem")
)
_ANSWERS = Rule(
    frozenset({P.QUESTIONED}),
    "This was put to somebody else, or is not asked any more: there is nothing left to do for you.",
    beyond=frozenset({P.QUESTIONED}),
)
_FORGETS = Rule(
    frozenset({P.ADMIN}),
    "Only administrators of the bot can do this: the setting ADMINS names them.",
    about=About.NOTHING,
)

COMMANDS: Mapping[str, Rule] = {
    "assign": _ACTS,
    "start": _ACTS,
    "status": _READS,
    "harvest": _ACTS,
    "channel": _WRITES,
    "meeting": _MEETING,
    "notes": _READS,
    "query": _WRITES,
    "actions": _WRITES,
    "page": _LEADS,
    "mail": _LETTERS,
    "severity": _SEVERITY,
    "incident": _DETAILS,
    "ask": _ACTS,
    "watch": _ACTS,
    "waive": _WAIVES,
    "merge": _MERGES,
    "restrict": _RESTRICTS,
    "unrestrict": _RESTRICTS,
    "history": _READS,
    "timeline": _ACTS,
    "examples": _ANYBODY,
    "snooze": _ANSWERS_FOR,
    "policy": _ANYBODY,
    "service": _ANYBODY,
    "agenda": _READS,
    "list": _ANYBODY,
    "search": _ANYBODY,
    "report": _ANYBODY,
    "process-items": _ANYBODY,
    "forget": _FORGETS,
    "help": _ANYBODY,
    "unknown": _ANYBODY,
}
BUTTONS: Mapping[str, Rule] = {
    "details_open": _DETAILS,
    "owner_accept": _OWNS,
    "owner_decline": _OWNS,
    "owner_choose_open": _CHOOSES,
    "proposal_confirm": _CONFIRMS,
    "proposal_other": _CONFIRMS,
    "harvest_again": _ACTS,
    "wiki_again": _ACTS,
    "wiki_anew": _LEADS,
    "move_in_review": _OUT,
    "move_draft": _MOVES,
    "move_reviewed": _MOVES,
    "move_closed": _OUT,
    "content_open": _WRITES,
    "section_edit": _WRITES,
    "content_page": _WRITES,
    "content_earlier": _WRITES,
    "content_go": _WRITES,
    "timeline_open": _WRITES,
    "item_add": _WRITES,
    "item_add_began": _WRITES,
    "item_add_paged": _WRITES,
    "item_add_public": _WRITES,
    "item_add_ended": _WRITES,
    "item_edit": _WRITES,
    "item_menu": _WRITES,
    "item_remove": _WRITES,
    "item_put_back": _WRITES,
    "item_undo": _WRITES,
    "item_split": _WRITES,
    "merge_open": _WRITES,
    "walk_open": _WRITES,
    "walk_skip": _WRITES,
    "waive_open": _WRITES,
    "todos_open": _WRITES,
    "action_add": _WRITES,
    "action_edit": _WRITES,
    "action_apart": _WRITES,
    "todo_edit": _WRITES,
    "actions_csv": _WRITES,
    "queries_open": _WRITES,
    "query_add": _WRITES,
    "query_edit": _WRITES,
    "query_remove": _WRITES,
    "query_put_back": _WRITES,
    "hub_open": _READS,
    "hub_anew": _READS,
    "home_record": _READS,
    "home_filter": _ANYBODY,
    "home_earlier": _ANYBODY,
    "home_later": _ANYBODY,
    "search_newer": _ANYBODY,
    "search_older": _ANYBODY,
    "report_csv": _ANYBODY,
    "report_picture": _ANYBODY,
    "meeting_open": _MEETING,
    "meeting_cancel": _MEETING,
    "meeting_real": _MEETING,
    "held_open": _MEETING,
    "held_agreed": _AGREES,
    "held_changes": _MEETING,
    "held_in_writing": _AGREES,
    "held_not": _MEETING,
    "notes_open": _READS,
    "notes_page": _READS,
    "note_done": _NOTE,
    "note_open_again": _NOTE,
    "review_approve": _ACTS,
    "review_comment": _ACTS,
    "external_open": _MESSAGE,
    "external_preview": _MESSAGE,
    "external_posted": _POSTS,
    "external_problem": _OUT,
    "examples_open": _ANYBODY,
    "examples_page": _ANYBODY,
    "wording_open": _WRITES,
    "wording_page": _WRITES,
    "wording_take": _WRITES,
    "wording_take_other": _WRITES,
    "wording_leave": _WRITES,
    "wording_leave_page": _WRITES,
    "wording_ignore_open": _WRITES,
    "questions_open": _READS,
    "questions_earlier": _READS,
    "question_ask": _ACTS,
    "question_answer": _ANSWERS,
    "question_decline": _ANSWERS,
    "question_withdraw": _ACTS,
    "question_to_timeline": _WRITES,
    "question_to_evidence": _WRITES,
    "question_to_query": _WRITES,
    "tickets_create": _WRITES,
    "tickets_relabel": _RELABELS,
    "tickets_fill": _WRITES,
    "ticket_anew": _WRITES,
    "ticket_again": _WRITES,
    "ticket_cancel": _WRITES,
    "ticket_link": _WRITES,
    "ticket_unlink": _WRITES,
    "mail_summary_open": _SUMMARY,
    "mail_first_open": _FIRST,
    "mail_support_open": _NOTE_TO_SUPPORT,
    "mail_copy": _LETTERS,
    "mail_send": _LETTERS,
    "mail_mark": _LETTERS,
    "mail_look": _LETTERS,
    "mail_anew": _LETTERS,
    "mail_again": _MAILS,
    "mail_arrived": _MAILS,
    "line_keep": _ACTS,
    "line_out": _ACTS,
    "lines_ask": _WRITES,
    "lines_right": _ANSWERS,
    "lines_wrong": _ANSWERS,
    "line_change": _ACTS,
    "line_take_back": _ACTS,
    "input": _WRITES,
    "severity_confirm": _RATES,
    "severity_keep": _RATES,
    "deadline_working": _READS,
    "history_page": _READS,
    "forget_confirm": _FORGETS,
    "remind_later": _ANSWERS_FOR,
    "service_add": _ANYBODY,
    "service_edit": _ANYBODY,
    "service_remove": _ANYBODY,
    "invited_open": _READS,
    "shared_open": _MEETING,
    "calendar_theirs": _MEETING,
    "calendar_ours": _MEETING,
    "calendar_back": _MEETING,
    "calendar_leave": _MEETING,
    "merge_undo": _MERGES,
    "noticed_start": _ACTS,
    "noticed_decline": _ACTS,
}
FORMS: Mapping[str, Rule] = {
    "details": _DETAILS,
    "decline": _OWNS,
    "choose_owner": _CHOOSES,
    "move": _OUT,
    "section": _WRITES,
    "proposals": _WRITES,
    "item": _WRITES,
    "waive": _WRITES,
    "merge": _WRITES,
    "walk": _WRITES,
    "todos": _WRITES,
    "action": _WRITES,
    "link_ticket": _WRITES,
    "ticket_fields": _WRITES,
    "query": _WRITES,
    "queries": _WRITES,
    "meeting": _MEETING,
    "meeting_was": _MEETING,
    "changes": _MEETING,
    "comment": _ACTS,
    "external": _MESSAGE,
    "posted": _POSTS,
    "mail": _LETTERS,
    "ignore": _WRITES,
    "ask": _ACTS,
    "answer": _ANSWERS,
    "question_back": _ANSWERS,
    "answer_evidence": _WRITES,
    "lines": _WRITES,
    "lines_off": _ANSWERS,
    "service": _ANYBODY,
    "invited": _MEETING,
    "shared": _MEETING,
    "merge_pick": _MERGES,
    "merge_record": _MERGES,
    "not_needed": _ACTS,
    "start_here": _ACTS,
    "pointed_line": _ACTS,
    "pointed_todo": _ACTS,
    "pointed_query": _ACTS,
    "pointed_evidence": _ACTS,
}
SHORTCUTS: Mapping[str, Rule] = {
    "add_to_timeline": _ACTS,
    "add_as_todo": _ACTS,
    "add_as_query": _ACTS,
    "attach_as_evidence": _ACTS,
}
TABLE: Mapping[Door, Mapping[str, Rule]] = {
    Door.COMMAND: COMMANDS,
    Door.BUTTON: BUTTONS,
    Door.FORM: FORMS,
    Door.SHORTCUT: SHORTCUTS,
}


def sees(now: Situation) -> bool:
    """Whether the person may see the post-mortem at all. A private channel's is for its members and whoever has a role in
    it; a restricted one as well, wherever it is (R-63). Of a channel nobody has read yet, only what is typed in it counts."""
    if now.parts & CONCERNED:
        return True
    if now.kind is Kind.PRIVATE:
        return now.member
    if now.restricted:
        return False
    if now.kind is Kind.UNREAD:
        return now.here and now.typed
    return now.here or not now.guest


def against(rule: Rule | None, now: Situation) -> str | None:
    """None when it is allowed, else the sentence that says who can, with its places still open."""
    if rule is None:
        return OLD
    if rule.about is About.NOTHING:
        return None if not rule.who or now.parts & rule.who else rule.said
    if now.direct and not now.exists:
        return DIRECT
    if not now.parts & rule.beyond and not sees(now):
        return _unseen(now)
    # Where there is no post-mortem there is no role: the act says that there is none.
    if now.exists and rule.who:
        return None if now.parts & rule.who else rule.said
    if now.guest and not rule.reads and not now.parts & (CONCERNED | rule.beyond):
        return GUEST
    return None


def in_the_primary(rule: Rule | None, name: str, rest: str) -> bool:
    """Whether this has to be done in the primary, where a post-mortem was merged into another one."""
    if rule is None or rule.reads or rule.about is About.NOTHING or name in BESIDE_A_MERGE:
        return False
    return not (name == "start" and rest.strip().lower() == "new")


def _unseen(now: Situation) -> str:
    if now.kind is Kind.PRIVATE or now.restricted:
        return NOT_IN_IT
    return NOT_READ if now.kind is Kind.UNREAD else OUTSIDE
