"""What somebody takes back, or finds to be there, in the very line in which they wish for it."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late
from bot.domain.harvest.there_words import HAVE, IT, THERE_IS

_BUT = r"(?:(?:oh|ah|hm+|wait|no|ok|sorry|well|and|but|lol|actually|turns out)[,.! ]+)"
_TAKEN_BACK = late(
    rf"[-–—,.;:(!?…\n]\s*(?:{_BUT}{{0,3}}(?:never ?mind|nvm|scratch (?:that|it)|strike that|forget (?:it|that)|forget i said (?:it|that)|"
    rf"ignore (?:that|me))|{_BUT}{{0,3}}{HAVE} (?:already )?one(?: already)?|{_BUT}{{0,3}}we already have one|"
    rf"{_BUT}{{1,3}}(?:{HAVE} (?:already )?{IT}(?: already)?|we already have {IT}|{THERE_IS} (?:already {IT}|{IT} already)|"
    r"(?:it|that) already exists))\W*$|"
    r"[-–—,.;:(!?…>→] ?(?:\w+: )?(?:ok,? )*(?:then )?(?:it's |that's )?(?:withdrawn|rejected|turned down|voted down)[)\].! ]*$|"
    r"[-–—,;(] ?(?:and )?(?:it's |is |that's )?already (?:in|merged|up|out|live|deployed|shipped|there|running|in place|on prod)[)! .]*$|"
    r"\bas we speak\b|[-–—,.;] ?(?:oh )?(?:no,? )?wait,?[^.;]{0,40}[,.;] ignore(?: that| it| me)?[.! ]*$|"
    r"\bnot (?:as )?an? (?:follow-?up|action(?: item)?|todo|to-do)(?= here\b|[,.;:!)]|\W*$)|"
    r"\b(?:and|which) (?:then )?(?:we|i|they) (?:actually )?(?:did|have)(?: (?:it|that|so))?(?=\W*$|[,;.!(]| (?:in \w+|last \w+)\W*$)",
    re.I,
)


def takes_back(said: str) -> bool:
    """Whether words that begin with a wish end with its withdrawal: "we should add one - actually we have one, never mind"."""
    return bool(_TAKEN_BACK.search(said))
