"""H-40: how many customers were affected or have been in touch, as people said it: "40 users can't log in", "all EU logins, about 3k
users", "1 in 5 checkouts", "52 tickets so far"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest import harmed, phrase, text
from bot.domain.harvest.finding import CustomerCount
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note

_WHO = (
    r"(?:customers?|users?|accounts?|merchants?|clients?|tenants?|sellers?|buyers?|patients?|clinics?|stores?|shops?|teams?|"
    r"subscribers?|organi[sz]ations?|orgs|companies|people|players|drivers|riders|couriers|restaurants|schools|members|workspaces|"
    r"projects|sites|readers|viewers|guests|hotels|banks|farms?|households?|passengers?|shippers?|carriers?|municipalities|hospitals|"
    r"students|residents|citizens|creators|publishers|advertisers|employers|employees|practices|cardholders|bureaus|brokers|ppl|persons|"
    r"donors|pupils|parents|policyholders|farmers|taxpayers|operators|agents|landlords|tenancies|callers|voters|fans|pax)"
)
_DEEDS = r"(?:checkouts|log-?ins|sign-?(?:ins|ups)|orders|payments|bookings|purchases)"
_SOME = r"(?:~ ?|about |around |over |roughly |at least |some |nearly |almost |more than )?"
_BARE = r"(?<![\w.,$€£:/#-])"
_NUMBER = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d[\d.,']*\d)"
_COUNT = late(
    rf"{_BARE}{_SOME}({_NUMBER}|\d)\s?(k|m|%)?\+? (?:of (?:our |the |all )?)?"
    rf"(?:(?!(?:am|pm|o'clock|utc|gmt|cet|cest|h|hrs?|hours?|m|min|mins|minutes?|s|secs?|seconds?|days?|weeks?|months?|years?)\b)\w+ )?"
    rf"({_WHO})\b",
    re.I,
)
_RATE = late(
    rf"{_BARE}{_SOME}(\d+ (?:in|of|out of)) (?:(?:our|the|all) )?(\d[\d.,]*\d|\d) (?:\w+ )?({_WHO}|{_DEEDS})\b", re.I
)
_TOUCH = late(
    rf"{_BARE}{_SOME}(\d[\d.,]*\d|[1-9])()\+? (?:(?:support|customer|user) )?"
    r"(tickets|complaints|calls|chats|(?:e-?)?mails|reports|enquiries|inquiries)"
    r"(?= (?:so far|by now|and counting|now(?:$|[.,;!])|in (?:the |my |our )?(?:\w+ )?(?:queue|inbox)|"
    r"(?:tagged|about|since|in ten|in the last|waiting)\b))",
    re.I,
)
_IN_WORDS = r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|dozens of"
_WORDED = late(
    rf"(?<!the )(?<!those )(?<!these )(?<!other )\b({_IN_WORDS})()"
    r" (?:[\w-]+ )?(customers|users|clients|tenants|merchants|accounts|stores|shops|practices|patients|clinics|hospitals|hotels|"
    r"companies|banks|orgs|schools|restaurants|sellers|buyers|subscribers|drivers|riders|guests|passengers|pharmacies|airlines)\b"
    r"(?=[^.;!?]{0,60}\b(?:says?|said|wrote|called|complain(?:ed|ing)?|"
    r"report(?:ed|ing)?|ask(?:ed|ing)(?! to)|can't|cannot|couldn't|affected|hit|"
    r"in touch|on the phone|so far|in \d+ min\w*)\b)",
    re.I,
)
"""A number in words, only of those who are in touch or affected."""
_ALONE = late(
    r"^(?:(?:ok|so|now|already|at)[,:]? )*(\d[\d.,]*\d|[1-9])()\+? "
    r"(?:(?:new|more|support|customer) )?(tickets|complaints|calls)(?=$|[.;!])",
    re.I,
)
# A small number after these is an hour: "since 6 customers can't pay". Not "reported by 6 customers", "only at 3 customers".
_CLOCK = late(
    r"(?:\b(?:since|until|till?)|\b(?:morning|afternoon|evening|noon|night|today|yesterday|start(?:ed|ing|s)|beg[ai]ns?|broke|deployed|"
    r"shipped|\w+day),? (?:at|by|around))(?: about| around| roughly)? ?$",
    re.I,
)
_AT = late(r"(?:\bat|(?:^|[.,;:] )by)(?: about| around| roughly)? ?$", re.I)
_THEY_DO = late(
    r" (?:can|could|can't|cannot|couldn't|are|were|have|had|got|get|see|saw|report(?:ed)?|start(?:ed)?|lost|call(?:ed)?|complain(?:ed)?|"
    r"wrote)\b",
    re.I,
)
_LABELLED = late(
    rf"^(?:(?:so|ok|total|number of|count of),? )*(?:(?:distinct|unique|all|our|\w+ed) )*"
    rf"(?P<who>{_WHO}|devices|cards)\b(?P<rest>[^:;.!?]{{0,80}}[:=]) (?P<number>~? ?{_NUMBER}(?: ?[km])?|[1-9])(?=[\s.!)]*$|[.,;(] )",
    re.I,
)
_LAST_HOUR = 24
_NEAR, _LONG, _BLOCK = 40, 80, 2_000  # letters
_SHARE_BEFORE = late(
    r"(\d[\d.,]*|\d) ?%\)?\s*(?:[(,/=:–-]|or|i\.e\.|that is|that's|so|about|around|roughly)(?:[\s(~]|or|so|about|around)*$",
    re.I,
)
_SHARE_AFTER = late(
    r"(?: (?:are |were |is )?(?:affected|impacted|hit))?\s*(?:[(,/=:–-]|or|i\.e\.|that is|that's|so|about|around|roughly)"
    r"(?:[\s(~]|or|so|about|around|roughly|some)*(\d[\d.,]*|\d) ?%"
    r"(?! (?:cpu|errors?|memory|disk|load|of (?!our\b|the (?!cpu)|all|them))\b)",
    re.I,
)


_HOW_MANY = late(rf"\bhow many (?:\w+ )?(?P<who>{_WHO})\b[^?]*\?", re.I)
_ANSWER = late(
    rf"^(?:(?:ok|so|about|around|roughly|that's|it's|in total|total|~)[,:]? ?)*(?P<number>{_NUMBER}|[1-9])"
    r"(?: (?:of them|in total|so far|altogether|as of now|by now))?(?=[\s.!)]*$|[.,;(] )",
    re.I,
)
_ASKED = 4, 900  # messages and seconds
_MAY_COUNT = late(
    rf"[\d<]|\b(?:{_IN_WORDS})\b", re.I
)  # of a text as Slack has it; names and a team's own words are put in later


def customers(ctx: Context) -> tuple[CustomerCount, ...]:
    """Each number in order, of a message those of the first line that tells one; who says the last one again adds none."""
    found: list[CustomerCount] = []
    last: dict[str, str] = {}
    for note in ctx.notes:
        told = note.human and (note.dialect or _MAY_COUNT.search(note.message.text))
        counted = next(filter(None, (_counted(line, note, ctx) for line in _lines(note))), []) if told else []
        for each in counted or (_answered(note, ctx) if told else []):
            if last.get(each.what) != each.number:
                last[each.what] = each.number
                found.append(each)
    return tuple(found)


def _lines(note: Note) -> Iterator[text.Line]:
    """What a message says, then what a block in it shows beside a label."""
    yield from note.talk
    for code in note.codes:
        if code.fenced and len(code.text) <= _BLOCK:
            found = (text.Line(code.number, said, said) for said in code.text.split("\n"))
            yield from (line for line in found if _LABELLED.match(line.said))


def _answered(note: Note, ctx: Context) -> list[CustomerCount]:
    """The bare number with which somebody answers how many they are: "how many users are hit?", "583"."""
    number = _ANSWER.match(note.plain) if len(note.plain) <= _NEAR else None
    if number is None:
        return []
    most, seconds = _ASKED
    for asked in reversed(ctx.lately(note, most)):
        found = _HOW_MANY.search(asked.plain[:300])
        if found and note.key[0] - asked.key[0] <= seconds and asked.author != note.author:
            return [CustomerCount(number["number"], found["who"].lower(), text.clip(note.plain, 300), note.message.ts)]
    return []


def _counted(line: text.Line, note: Note, ctx: Context) -> list[CustomerCount]:
    """The numbers of customers in a line, and the share of them that stands beside one: "150 users (40%)"."""
    said = line.said
    if labelled := _labelled(line, note):
        return labelled
    hits = [each for each in _hits(said) if _is_told(each, said, note, ctx)] if said else []
    if not hits or phrase.is_question(said):
        return []
    numbers = [
        (number, hit[3].lower())
        for hit in hits
        for number in (_share(_SHARE_BEFORE.search(said[max(hit.start() - _NEAR, 0) : hit.start()])),
                       _number(hit), _share(_SHARE_AFTER.match(said[hit.end() : hit.end() + _NEAR])))
        if number
    ]  # fmt: skip
    shown = text.clip(line.text, 300)
    return [CustomerCount(number, whose, shown, note.message.ts) for number, whose in dict.fromkeys(numbers)]


def _labelled(line: text.Line, note: Note) -> list[CustomerCount]:
    """The number behind what was counted: "accounts with a double mail: 6,214"."""
    found = _LABELLED.match(line.said) if len(line.said) <= 2 * _LONG else None
    if found is None or not harmed.suffered(found["who"] + found["rest"]):
        return []
    return [
        CustomerCount(found["number"].strip("~ "), found["who"].lower(), text.clip(line.text, 300), note.message.ts)
    ]


def _is_told(hit: re.Match[str], said: str, note: Note, ctx: Context) -> bool:
    """Whether it says how many they are. How many messages of theirs there are (which have no unit: its group is empty) always does."""
    return hit[2] == "" or harmed.is_told(hit, said, note, ctx)


def _hits(said: str) -> Iterator[re.Match[str]]:
    """Rates first: the "5 users" of "1 in 5 users" is no number of its own."""
    rates = list(_RATE.finditer(said))
    yield from rates
    for hit in (*_COUNT.finditer(said), *_TOUCH.finditer(said), *_ALONE.finditer(said), *_WORDED.finditer(said)):
        if not any(rate.start() <= hit.start() < rate.end() for rate in rates) and not _is_hour(said, hit):
            yield hit


def _share(found: re.Match[str] | None) -> str:
    return f"{found[1]}%" if found else ""


def _is_hour(said: str, hit: re.Match[str]) -> bool:
    """Whether a number before "customers" is the time of day before a new thought, not how many they are."""
    if hit[2] or not hit[1].isdigit() or int(hit[1]) > _LAST_HOUR:
        return False
    before = said[max(hit.start(1) - 40, 0) : hit.start(1)]
    return bool(_CLOCK.search(before) or (_AT.search(before) and _THEY_DO.match(said, hit.end())))


def _number(hit: re.Match[str]) -> str:
    """As written, a unit close to it: "40 %" is "40%", a rate "1 in 5"."""
    between = " " if hit[2] and hit[1][-1].isalpha() else ""
    return hit[1].strip(".,'") + between + (hit[2] or "").strip(".,'")
