"""What the channel holds beside timeline and follow-ups: related tickets and pull requests, numbers of customers, texts for the
public, and who was there without taking part. Each with the message that says so; all of it is for people to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.domain.harvest import phrase, text
from bot.domain.harvest.finding import CustomerCount, Presence, PublicText, Reference
from bot.domain.harvest.late import late
from bot.domain.harvest.message import Message
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rules import h11_customer_message

_PULL = late(r"https?://[^\s/]+/\S*?(?:/pull/|/pulls/|/merge_requests/|/pull-requests/|/\+/)(\d+)", re.I)
_TICKET = late(
    r"https?://[^\s/]+/(?:\S*?(?:/issues/|/browse/|/issue/|/ticket/|/tickets/|/stories/|/cases/|show_bug\.cgi\?id=)|"
    r"(?:browse|issue|tickets?|issues|case)/|(?=T\d+\b))([A-Za-z][A-Za-z0-9]+-\d+|T?\d+)",
    re.I,
)
_KEY = late(r"(?<![\w/-])([A-Z][A-Z0-9]{1,9}-\d{1,7})(?![\w-])")
_NO_KEY = late(
    r"(?:SEV|P|UTF|ISO|SHA|TLS|IPV|HTTP|RFC|CVE|AES|MD|US|EU|AP|GPT|COVID|ES|H|T|PR|V|SOC|ASCII|CP|X|AZ|DC|EC|WW|CW|Q|UTC|"
    r"GMT|RSA|SSL|RAID|CPU|GPU|SLA|SLO|POD|NODE|WEB|DB|APP|PROD|STG|SRV|HOST|LB)-\d+\Z",
    re.I,
)
_WHO = (
    r"(?:customers?|users?|accounts?|merchants?|clients?|tenants?|sellers?|buyers?|patients?|clinics?|stores?|shops?|teams?|"
    r"subscribers?|organi[sz]ations?|orgs|companies|people|players|drivers|riders|couriers|restaurants|schools|members|workspaces|"
    r"projects|sites|readers|viewers|guests|hotels|banks|farms?|households?|passengers?|shippers?|carriers?)"
)
_COUNT = late(
    rf"(?<![\w.,$€£:/#-])(?:~|about |around |over |roughly |at least |some )?(\d[\d.,']*\d|\d)\s?(k|m|%)?\+? (?:of (?:our |the |all )?)?"
    rf"(?:(?!(?:am|pm|o'clock|utc|gmt|cet|cest|h|hrs?|hours?|m|min|mins|minutes?|s|secs?|seconds?|days?|weeks?|months?|years?)\b)\w+ )?"
    rf"({_WHO})\b",
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
_LAST_HOUR = 24
_NEAR = 40
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
_TOUCHED = late(
    r"\b(?:affected|impacted|hit|called?|calling|complain\w*|wrote|written|reports?|reported|tickets?|could ?n[o']t|cannot|can't|"
    r"unable|fail\w*|saw|seeing|lost|without|wrong|missing|charged|double|delayed|blocked|broken|down|in total|so far|got|have|had|"
    r"received|waiting|locked|stuck|out)\b",
    re.I,
)
_QUOTE = late(r"[\"\u201c\u201e\u00ab]([^\"\u201d\u00bb]{40,})[\"\u201d\u00bb]")
_PUBLIC = late(
    r"\b(?:status ?page|statuspage|status\.|public(?:ly)?|banner|customers?|notice|announcement|tweet|wording|posted|posting|publish\w*)\b",
    re.I,
)
_SPOKEN_TO_THEM = late(
    r"\b(?:we (?:are|have|were|apologi[sz]e)|we're|we've|our (?:team|engineers)|apologi[sz]e|sorry for|some (?:customers|users)|"
    r"customers may|users may|next update|investigating|identified|monitoring|resolved|delayed|unavailable)\b",
    re.I,
)


# Without one of these nothing of the kind can be in a text as Slack has it; names and a team's own words are put in later.
_MAY_POINT = late(r"://|[A-Za-z0-9]-\d|<")
_MAY_COUNT = late(r"[\d<]")
_MAY_BE_TOLD = late(r"customer|[\"\u201c\u201e\u00ab]|&gt;|^>", re.I | re.M)


def references(ctx: Context) -> tuple[Reference, ...]:
    """Tickets and pull requests that people point at, each once, at its first mention."""
    found: dict[tuple[str, str], Reference] = {}
    for note in ctx.notes:
        for each in _references(note) if note.message.links or _MAY_POINT.search(note.message.text) else ():
            found.setdefault((each.kind, each.text.casefold()), each)
    return tuple(found.values())


def _references(note: Note) -> Iterator[Reference]:
    said = note.plain[:4000]
    addresses = (*text.urls(said), *note.message.links) if "://" in said or note.message.links else ()
    shown = set()
    for url in addresses:
        pull, ticket = _PULL.match(url), _TICKET.match(url)
        if pull:
            yield Reference("pull", f"#{pull[1]}", url, note.message.ts, "H-39")
        elif ticket:
            shown.add(ticket[1].upper())
            yield Reference("ticket", ticket[1].upper(), url, note.message.ts, "H-38")
    for key in _KEY.findall(said) if "-" in said else ():
        if key not in shown and not _NO_KEY.match(key) and not any(key in url for url in addresses):
            yield Reference("ticket", key, "", note.message.ts, "H-38")


def customers(ctx: Context) -> tuple[CustomerCount, ...]:
    """How many were affected or have been in touch, as people said it; of a message those of the first line that says so."""
    found: list[CustomerCount] = []
    for note in ctx.notes:
        told = note.human and (note.dialect or _MAY_COUNT.search(note.message.text))
        found += next(filter(None, (_counted(line, note) for line in note.talk)), []) if told else []
    return tuple(found)


def _counted(line: text.Line, note: Note) -> list[CustomerCount]:
    """The numbers of customers in a line, and the share of them that stands beside one: "150 users (40%)"."""
    hits = [each for each in _COUNT.finditer(line.said) if not _is_hour(line.said, each)] if line.said else []
    if not hits or not _TOUCHED.search(line.said) or phrase.is_question(line.said):
        return []
    numbers = [
        (number, hit[3].lower())
        for hit in hits
        for number in (_share(_SHARE_BEFORE.search(line.said[max(hit.start() - _NEAR, 0) : hit.start()])),
                       _number(hit[1], hit[2] or ""), _share(_SHARE_AFTER.match(line.said[hit.end() : hit.end() + _NEAR])))
        if number
    ]  # fmt: skip
    shown = text.clip(line.text, 300)
    return [CustomerCount(number, whose, shown, note.message.ts) for number, whose in dict.fromkeys(numbers)]


def _share(found: re.Match[str] | None) -> str:
    return f"{found[1]}%" if found else ""


def _is_hour(said: str, hit: re.Match[str]) -> bool:
    """Whether a number before "customers" is the time of day before a new thought, not how many they are."""
    if hit[2] or not hit[1].isdigit() or int(hit[1]) > _LAST_HOUR:
        return False
    before = said[max(hit.start(1) - 40, 0) : hit.start(1)]
    return bool(_CLOCK.search(before) or (_AT.search(before) and _THEY_DO.match(said, hit.end())))


def _number(digits: str, unit: str) -> str:
    return digits.strip(".,'") + unit


def public_texts(ctx: Context) -> tuple[PublicText, ...]:
    """Texts for customers that were written in the channel, the last wording last."""
    found: dict[str, PublicText] = {}
    for note in ctx.notes:
        words = _public(note) if note.human and _MAY_BE_TOLD.search(note.message.text) else ""
        if words:
            found.setdefault(text.normal(words), PublicText(text.clip(words), note.message.ts))
    return tuple(found.values())


def _public(note: Note) -> str:
    said = note.plain[:6000]
    drafted = h11_customer_message.drafted(said)
    if drafted:
        return drafted
    own = _PUBLIC.search(said.partition("\n")[0])
    quoted = _QUOTE.search(said)
    if own and quoted and _SPOKEN_TO_THEM.search(quoted[1]):
        return quoted[1].strip()
    block = [line.text for line in note.lines if line.quoted]
    whole = "\n".join(block).lstrip("> ")
    return whole if own and len(whole) >= 40 and _SPOKEN_TO_THEM.search(whole) else ""


def presence(ctx: Context, every: Iterable[Message]) -> Presence:
    """Who only joined, which apps wrote, and who was called and wrote nothing."""
    wrote = {note.author for note in ctx.notes if note.human and note.author}
    called: dict[str, str] = {}
    apps: dict[str, None] = {}
    for note in ctx.notes:
        if not ctx.is_of_incident(note.message.ts):
            continue
        if not note.human and not note.topic:
            apps.setdefault(note.message.bot_name or ctx.directory.name(note.author or "") or "an app", None)
        for user_id in note.mentions.values() if "<@" in note.message.text else ():
            person = ctx.directory.people.get(user_id or "")
            if user_id and user_id not in wrote and not (person and person.is_bot):
                called.setdefault(user_id, note.message.ts)
    came = dict.fromkeys(
        each.user_id
        for each in every
        if each.subtype in ("channel_join", "group_join") and each.user_id and ctx.is_of_incident(each.ts)
    )
    joined = tuple(each for each in came if each not in wrote and each not in called)
    return Presence(joined, tuple(called.items()), tuple(apps))
