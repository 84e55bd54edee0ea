"""Tickets and pull requests that are named in words: "OPS-12", "INC0012345", "AB#123", "sc-1234", "PR #412", "MR !91", "fix in #412",
"acme/shop#88". A number alone ("step #2") is none, nor is what only looks like a key ("UTF-8", "P0-2")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest.late import late

_KEY = late(r"(?<![\w/#@-])([A-Z][A-Z0-9]{1,9}-\d{1,7})(?![\w-])")
_LONG_KEY = late(r"(?<![\w/#@-])([A-Z]-\d{5,7}|[A-Z]{2,5}-\d{5,7}-\d{1,3})(?![\w-])")
_NO_KEY = late(
    r"(?:SEV|P|UTF|ISO|SHA|TLS|IPV|HTTP|RFC|CVE|AES|MD|US|EU|AP|GPT|COVID|ES|H|T|PR|V|SOC|ASCII|CP|X|AZ|DC|EC|WW|CW|Q|UTC|"
    r"GMT|RSA|SSL|RAID|CPU|GPU|SLA|SLO|POD|NODE|WEB|DB|APP|PROD|STG|SRV|HOST|LB|"
    r"FIPS|PCI|NIST|WIN|KB|VLAN|RACK|ZONE|CELL|SHARD|PHASE|TIER|LEVEL|WAVE|BATCH|X86|OAUTH|USB|RC|BETA|ALPHA|ARM|AMD|REV|ERR|ERROR|EXIT|CODE|STATUS|BGP|SQL|PG|"
    r"[A-Z]\d{1,2}|(?:SEV|PRIO|DC|DB|AZ|POD)\d{1,2})-\d+\Z",
    re.I,
)
_SERVICE_DESK = late(r"(?<![\w/-])((?:INC|CHG|PRB|RITM|REQ|CTASK|SCTASK|TASK)\d{6,10}|AB#\d{1,7})\b")
_SHORTCUT = late(r"(?<![\w/.-])(sc-\d{3,7})(?![\w-])")
_PULL = late(
    r"\b(?:PRs?|MRs?|pull[- ]requests?|merge[- ]requests?)(?: is| was|:)?(?P<many> ?(?:[\w./-]{2,60})?[#!]\d{1,6}\b"
    r"(?:(?:,| and| \+| &|, and) [#!]\d{1,6}\b)*| \d{2,6}\b)"
    r"(?! ?(?:%|[:.]\d|of\b|open|times|hours?|minutes?|more|people|reviews?|approvals?))",
    re.I,
)
_DONE_IN = late(
    r"\b(?:(?:fix(?:ed|es)?|landed|shipped|patch(?:ed)?|introduced|broken|broke|caused|changed|added|removed|rolled back|change|done|"
    r"merged|reverted)(?: (?:is|was|it|this|that|came))? (?:in|by|via|with)|merged?|merging|revert(?:ed|ing|s)?|approved?|"
    r"cherry-?pick(?:ed)?) (#\d{2,6})\b|(?<![\w#])(#\d{2,6}) (?:is |was |got |just )?(?:merged|reverted|reverts|fixes|landed|approved)\b",
    re.I,
)
_PLACE = (
    r"(?:issues?|tickets?|bugs?|cases?|steps?|attempt|try|node|pod|line|page|item|option|idea|question|theory|part|host|db|server|worker|"
    r"shard|day|room|rack|number|no|nr|channel|prs?|mrs?)#"
)
_OF_PROJECT = late(
    rf"(?<![\w/@:.#-])((?:[A-Za-z][\w.-]*/)+[\w.-]+[#!]\d{{1,6}}|(?!{_PLACE})[a-z][a-z0-9_-]*[a-z]#\d{{2,6}})\b"
)
_IS_PULL = late(
    r"\b(?:PRs?|MRs?|pull|merg\w+|fix\w*|patch\w*|revert\w*|pushed|review\w*|approve\w*|commit\w*|deploy\w*|change)\b",
    re.I,
)
_TICKET = late(
    r"\b(?:ticket|case|issue|bug|work item)(?: (?:number|no\.?|nr\.?|id))?(?: is|:)? ?(#\d{2,9})\b|"
    r"\b(?:closes|resolves) (#\d{1,9})\b|"
    r"\b(?:ticket|case|tac|zd|zendesk)(?: (?:number|no\.?|nr\.?|id))?(?: is|:)? (\d{5,10})\b(?! (?:times|people|users|rows))",
    re.I,
)


def named(said: str) -> Iterator[tuple[str, str]]:
    """Each as (`pull` or `ticket`, its name)."""
    pulls = dict.fromkeys(_pulls(said))
    for name in pulls:
        yield "pull", name
    for name in _tickets(said):
        if name not in pulls:
            yield "ticket", name


def _pulls(said: str) -> Iterator[str]:
    for found in _PULL.finditer(said):
        for name in re.findall(r"(?:[\w./-]*\w)?[#!]\d+|\d+", found["many"]):
            yield f"#{name}" if name.isdigit() else name
    for found in _DONE_IN.finditer(said):
        yield found[1] or found[2]
    for found in _OF_PROJECT.finditer(said):
        if "!" in found[1] or _IS_PULL.search(said):
            yield found[1]


def _tickets(said: str) -> Iterator[str]:
    if "-" in said:
        yield from _LONG_KEY.findall(said)
        yield from (key for key in _KEY.findall(said) if not _NO_KEY.match(key))
        yield from _SHORTCUT.findall(said)
    yield from _SERVICE_DESK.findall(said)
    yield from (next(filter(None, found.groups())) for found in _TICKET.finditer(said))
    yield from _OF_PROJECT.findall(said)
