"""The words by which people say that what somebody wishes for is there already, has a ticket, or was done before."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late
from bot.domain.harvest.refusal_words import END, FIRST

_WHAT = r"(?:jira )?(?:ticket|issue|story|card|pr|epic|jira|runbook|alert|check|todo)"
_THERE = late(
    rf"{FIRST}(?:(?:that|this|it)(?:'s| is) )?(?:already |is already |has been |being )?"
    r"(?:(?:covered|tracked|handled|planned|scheduled|dealt with|on the (?:roadmap|backlog|board|list)) (?:already|by|in|as|under|with)\b|"
    r"on the (?:roadmap|backlog|board)\b|a? ?dup(?:e|licate)? of\b)|"
    rf"{FIRST}(?:we|i|they|there|(?!who|what|which|that|it)@?[\w.-]{{2,30}}(?= has|'s got))"
    rf"(?: already)?(?:'ve|'s| have| has| is| got)*(?: already)?"
    rf"(?: got)? (?:an?|one|the) {_WHAT}(?: open| up)? for (?:that|this|it)(?: one)?"
    r"(?= (?:already|somewhere|now|in)\b|\W*$|[,.;:!(])(?!.*\b(?:since|old|stale|for (?:ages|years|months))\b)|"
    rf"{FIRST}(?:we(?:'ve| have) (?:already )?got (?:that|this|one)|"
    rf"(?:that|this|it|one)(?: one)? (?:already exists|exists already|is there already)|"
    rf"already (?:covered|tracked|handled|planned|exists)|exists already){END}|{FIRST}(?:that|it|this) exists(?=\W*$|[,;:–—(])"
    r"(?!.*\b(?:but|only|old|stale|not)\b)|"
    rf"{FIRST}(?:there's|there is|we have) (?-i:[A-Z]{{2,10}}-\d{{1,6}})(?: for (?:that|this|it))?{END}",
    re.I,
)
IT = r"(?:that|this|it|one|those|such a thing|exactly (?:that|this))(?: one)?(?: for (?:that|this|it))?"
HAVE = r"(?:we|they)(?:'ve| have| do have|'ve got| have got)"
THERE_IS = r"(?:there(?:'s| is| are| was)|it(?:'s| is) there)"
_DOC = r"(?:runbook|playbook|docs?|wiki|backlog|roadmap|board|list)"
_FOUND = r"(?:(?:it )?turns out,? |apparently,? |looks like |actually,? |i think |pretty sure )"
_HAS = late(
    rf"{FIRST}(?:nvm,? |never ?mind,? )?(?:{_FOUND}*{HAVE} (?:already |actually )?{IT}(?: (?:already|now|somewhere))?|"
    rf"{_FOUND}*{THERE_IS} (?:already {IT}|(?:{IT} )?already)|{_FOUND}+{THERE_IS} {IT}|"
    r"(?:(?:they|we|i|he|she|somebody|someone|@[\w.'-]+) already (?:sent|did|has|filed|opened|added|shared|posted|delivered|provided|got)"
    r" (?:it|that|this|one|them|us one)(?: over)?)|(?:we|it|they) already (?:do|does|did)(?: (?:that|this|it|so))?|"
    rf"(?:it|that|this)(?:'s| is) (?:in|on|part of) the {_DOC} already|"
    rf"(?:(?:it|that|this)(?:'s| is) )?already (?:in|on|part of) the {_DOC}|"
    rf"(?:(?<=[ah] )|(?<=[ah], ))(?:no,? )?(?:it|that)(?:'s| is) (?:already )?there){END}"
    r"(?!.*\b(?:but|old|stale|outdated|broken|not|never|except|only|\w+n't)\b)",
    re.I,
)
_WHEN = (
    r"(?:yesterday|today|just now|(?:last|this) \w+|(?:on |since )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:in|since) (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|(?:in|since) 20\d\d|since (?:yesterday|last \w+)|"
    r"(?:a|two|three|\d+) \w+ ago)"
)
_WAS_DONE = late(
    rf"{FIRST}(?:(?!(?:who|what|when|if|once|after|it|that)\b)@?[\w.-]{{1,30}} "
    r"(?:(?:already )?(?:did|built|added|shipped|wrote|fixed) (?:that|this|it|one)"
    rf" (?:already|{_WHEN})(?: btw)?|already (?:did|built|added|shipped|wrote|fixed) (?:that|this|it|one)|already did)|"
    rf"(?:that|it|this)(?: one)?(?:'s| is| was|'s been| has been)? (?:already )?"
    rf"(?:live|in|merged|deployed|done|shipped|landed|fixed|went (?:live|in|out)) "
    rf"{_WHEN}){END}(?!.*\b(?:but|nobody|no one|never|not|again|broken|\w+n't)\b)",
    re.I,
)


def is_there(said: str) -> bool:
    """Whether an answer says that there is such a thing, or a ticket for it, or that it happened already."""
    return bool(_THERE.search(said) or _HAS.match(said) or _WAS_DONE.match(said))
