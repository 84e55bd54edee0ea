"""H-24, H-35: what apps write. An alert is evidence of when it was known (and of when somebody was paged), an incident
app's line says how the state changed. Deployment chatter, reminders and answers to commands are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import phrase
from bot.domain.harvest.finding import Confidence, TimelineKind
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule
from bot.domain.harvest.vocabulary import words

_FIRING = late(
    r"\[?\bFIRING\b|\bTRIGGERED\b|\btriggered\b|^\W*(?:Re-?t|T)riggered\b(?! (?:by|a|the|build|deploy\w*|pipeline|job|workflow)\b)|"
    r"\b(?i:still (?:firing|alerting))\b|\bALERT(?:ING)?\b|\bALARM\b|\bCRITICAL\b|\bPROBLEM\b|\bDOWN\b|"
    r"\balert(?:s|ing)? "
    r"(?:is |are )?firing\b|\bis (?:down|failing|unreachable)\b|\balarm\b.{0,80}\bin (?:state )?ALARM\b|"
    r"^(?i:new (?:alert|issue|incident|error))\b|"
    r"\bincident (?:triggered|opened|created|declared)\b|\balert:|\b(?:above|below|exceed(?:s|"
    r"ed)) (?:the )?threshold\b|\b[Pp]aged\b",
    re.MULTILINE,
)
_RECOVERED = late(
    r"\bRESOLVED\b|^\W*Resolved\b|\bRECOVER(?:Y|ED)\b|\brecovered\b|^\W*(?:\[?OK\]?\b|UP\b)|\b(?:alert|monitor|incident|alarm|"
    r"check)\b.{0,80}"
    r"\b(?:resolved|recovered|closed|cleared|back to normal|is OK)\b|^resolved\b",
    re.MULTILINE,
)
_PAGES = late(
    r"\bpag(?:ed|ing|er)|pagerduty|opsgenie|victorops|on-?call\b|splunk on-call|squadcast|incident\.io|notified|"
    r"xmatters",
    re.I,
)
_TALKS_BACK = late(
    r"\bon-?call (?:is|for|schedule)\b|\breminder\b|\bhelp\b.{0,20}\bcommands?\b|\bdigest\b|\bweekly\b|\bstandup\b",
    re.I,
)


def find_alert(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.human or note.topic or not note.lines:
        return
    said = note.plain[:2000]
    if _TALKS_BACK.search(said):
        return
    if _RECOVERED.search(said):
        kind = TimelineKind.mitigation
    elif _FIRING.search(said):
        kind = TimelineKind.page if _PAGES.search(f"{note.message.bot_name or ''} {said}") else TimelineKind.detection
    else:
        return
    yield phrase.found_at(note, note.lines[0], ctx, kind, ALERT.id, Confidence.B, told=False)


ALERT = Rule(
    "H-24",
    "An alert",
    words("firing triggered alert alerts alerting alarm critical problem down failing unreachable incident issue "
          "threshold",
          "paged resolved recovery recovered ok up closed cleared normal"),
    find_alert,
    bots=True,
)  # fmt: skip

_STATE = late(
    r"\b(?:incident )?(?P<what>status|state|severity|priority)(?: was| has been| is)? ?(?:now|changed|updated|set|"
    r"moved|upgraded|downgraded|:.{0,40}(?:→|->|=>))|"
    r"\bincident\b.{0,60}\b(?P<act>declared|created|opened|started|reopened|resolved|closed|mitigated|escalated)\b|"
    r"\b(?P<act2>declared|opened|started|resolved|closed|reopened) (?:a |an |the |this )?(?:new )?incident\b",
    re.I,
)
_ACTS = {"resolved": TimelineKind.resolved, "closed": TimelineKind.resolved, "mitigated": TimelineKind.mitigation}


def find_state(note: Note, ctx: Context) -> Iterable[Finding]:
    if note.human or note.topic:
        return
    for line in note.lines[:6]:
        found = _STATE.search(line.said[:600])
        if found:
            act = (found["act"] or found["act2"] or "").lower()
            what = (found["what"] or "").lower()
            change = TimelineKind.severity_change if what in ("severity", "priority") else TimelineKind.status_change
            yield phrase.found_at(note, line, ctx, _ACTS.get(act, change), STATE.id, Confidence.B, told=False)
            return


STATE = Rule(
    "H-35",
    "An incident app's line",
    words("status state severity priority incident"),
    find_state,
    bots=True,
)
RULES = (STATE, ALERT)
