"""H-41: texts for customers that were written in the channel: behind a mark ("status page draft: ..."), in quotes or code below one, and
updates as status pages have them ("Investigating - ...")."""

from __future__ import annotations

import re

from bot.domain.harvest import quoted_texts, text
from bot.domain.harvest.finding import PublicText
from bot.domain.harvest.late import late
from bot.domain.harvest.message import ts_key
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rules import h11_customer_message

_PUBLIC = late(
    r"\b(?:status ?page|status\.|public(?:ly)?|banner|customers?|notice|announcement|tweet|wording|posted|posting|publish\w*|"
    r"proposed (?:text|wording)|text for|macro|canned (?:reply|answer))\b|^draft\W*$",
    re.I | re.M,
)
_MARKED = late(
    r"^(?:(?:on|to) )?(?:the |our )?(?:(?:public |customer )?status ?page|public(?: message| text| update| statement)?|published|posted|"
    r"(?:now )?live|final(?: text| wording)?|new (?:text|wording)|(?:text|wording) (?:now|is)|banner)"
    r"(?: (?:now|update|post|message|text|is|says|reads|since|from|as of|at|publicly|on|to|the|status ?page|[\d:]{4,5}|utc)){0,5}"
    r"\s*(?::|–|—|-)\s+",
    re.I,
)
_STATE = late(
    r"^\W*(?P<state>investigating|identified|monitoring|resolved|completed|in progress|degraded performance|partial outage|major outage)"
    r"\W*?\s?[-–—:]\s*\W?(?P<rest>[A-Z].{30,})",
    re.I | re.S,
)
_SPOKEN_TO_THEM = late(
    r"\b(?:we (?:are|have|were|apologi[sz]e)|we're|we've|our (?:team|engineers)|apologi[sz]e|sorry for|some (?:customers|users)|"
    r"customers may|users may|next update|investigating|identified|monitoring|resolved|delayed|unavailable|"
    r"(?:was|were|is|are) (?:impaired|declined|affected|interrupted|restored|disrupted|degraded)|"
    r"(?:are|is) accepted again|please (?:do|try)|"
    r"work(?:s|ing)? (?:again|as normal|normally)|do(?:es)? not (?:get|work|go|arrive)|elevated \w+|your \w+|some \w+ \w+ can't)\b",
    re.I,
)
_TO_READERS = late(
    r"\b(?:we apologi[sz]e|apologi[sz]e for|sorry for|next update|(?:further|another|an) updates?|our (?:team|engineers|customers)|"
    r"(?:some|all|most|our) (?:\w+ )?(?:customers|users)|customers (?:may|can|who)|users (?:may|can|who)|inconvenience|"
    r"we (?:are (?:currently|still|now|also|aware|investigating|continuing|working|monitoring)|"
    r"have (?:identified|resolved|implemented|been)|will (?:provide|continue|update)))\b",
    re.I,
)
_OF_IT = late(
    r"\b(?:status ?page|not (?:posting|posted|public)|draft|wording|i'll|i will|who (?:posts|updates)|lgtm)\b|(?<!\w)@\w",
    re.I,
)
_FIX = late(r"^s/([^/\n]{2,80})/([^/,\n]{1,80})(?:[/,\n]|$)")
_PAGE_APP = late(r"status", re.I)
_POSTED_BY = late(r"\s*\bPosted by [^\n]{2,40}$")
# Who says that a text is up, or asks whether it may be, and quotes it at once.
_PUT_UP = late(
    r"^\W*(?:\[status\] |(?:the |our |app )?(?:status ?page|status|page|banner|toast|in-app message|app message|"
    r"public (?:statement|text|message))\b|"
    r"(?:(?:it's |that's |now )?up|posted|posting|published|updated|draft|(?:second |first |third |next |last )?(?:message|mail|text|sms) "
    r"(?:for|to) (?:the |our |all )?\w+|text|new (?:text|wording))\b)"
    r"[^\"\u201c\u201e\n?]{0,60}[\"\u201c\u201e](?P<text>[A-Z][^\"\u201c\u201d\n]{18,})[\"\u201d]",
    re.I,
)
_SOON = 1800
# Without one of these nothing of the kind can be in a text as Slack has it; names and a team's own words are put in later.
_MAY_BE_TOLD = late(
    r"customer|[\"\u201c\u201e\u00ab]|&gt;|^>|status ?page|wording|publi|posted|banner|live|final|```|"
    r"^[^\w\n]{0,20}(?:investigating|identified|monitoring|resolved|completed|in progress|degraded|partial|major)|^s/",
    re.I | re.M,
)


def public_texts(ctx: Context) -> tuple[PublicText, ...]:
    """Each wording once, the last one last, also where somebody went back to it."""
    found: dict[str, PublicText] = {}
    for note in ctx.notes:
        words = _words(note, ctx, found) if _MAY_BE_TOLD.search(note.message.text) else ""
        if words:
            found.pop(text.normal(words), None)
            found[text.normal(words)] = PublicText(text.clip(words), note.message.ts)
    return tuple(found.values())


def _words(note: Note, ctx: Context, before: dict[str, PublicText]) -> str:
    if note.human:
        return _told(note) or _set_right(note, before)
    return (
        "" if note.topic else _of_page_app(note, note.message.bot_name or ctx.directory.name(note.author or "") or "")
    )


def _of_page_app(note: Note, name: str) -> str:
    """What the app of a status page says was posted there."""
    said = note.plain[:6000]
    mark = _MARKED.match(said)
    words = said[mark.end() :] if mark else said
    return _POSTED_BY.sub("", words).strip() if _PAGE_APP.search(name) and _STATE.match(words) else ""


def _told(note: Note) -> str:
    said = note.plain[:6000]
    return _drafted(said) or _quoted(said, note) or _marked(said) or _as_on_page(said)


def _drafted(said: str) -> str:
    words = h11_customer_message.drafted(said)
    return words if len(words.split()) > 2 and not words.endswith("?") else ""


def _quoted(said: str, note: Note) -> str:
    """What stands in quotes, in a quoted block or in a block of code, where the words around it say what it is for."""
    put_up = _PUT_UP.match(said)
    if put_up and put_up["text"][:1].isupper() and " " in put_up["text"]:
        return put_up["text"].strip()
    quoted = quoted_texts.QUOTE.search(said)
    if quoted and quoted_texts.is_for_customers(quoted, said):
        return quoted[1].strip()
    if not _PUBLIC.search(said.partition("\n")[0]):
        return ""
    if quoted and _SPOKEN_TO_THEM.search(quoted[1]):
        return quoted[1].strip()
    blocks = [
        "\n".join(line.text for line in note.lines if line.quoted),
        *(code.text for code in note.codes if code.fenced),
    ]
    return next((each.lstrip("> ").strip() for each in blocks if len(each) >= 40 and _SPOKEN_TO_THEM.search(each)), "")


def _marked(said: str) -> str:
    """What stands behind "status page: ..." and the like, without quotes; words about the page are none."""
    mark = _MARKED.match(said)
    words = said[mark.end() :].strip(' \t*_"\u201c\u201d') if mark else ""
    if len(words.split()) < 4 or words.endswith("?") or "://" in words[:12] or not words[:1].isupper():
        return ""
    if _OF_IT.search(words):
        return ""
    return words if _STATE.match(words) or _TO_READERS.search(words) else ""


def _as_on_page(said: str) -> str:
    """An update that opens as one on a status page, and speaks to its readers."""
    state = _STATE.match(said)
    return said.strip() if state and state["state"][0].isupper() and _TO_READERS.search(state["rest"]) else ""


def _set_right(note: Note, before: dict[str, PublicText]) -> str:
    """The last wording with what somebody changes in it soon after: "s/issue/problem, rest ok"."""
    fix = _FIX.match(note.plain)
    last = before[next(reversed(before))] if fix and before else None
    if fix is None or last is None or note.key[0] - ts_key(last.ts)[0] > _SOON or fix[1] not in last.text:
        return ""
    return _instead(fix[1], fix[2], last.text)


def _instead(old: str, new: str, words: str) -> str:
    """With the article that the new words need: "an issue" becomes "a problem"."""
    article = "an" if new[0].lower() in "aeiou" else "a"
    return re.sub(rf"\b(?:an?(?= {re.escape(old)}))", article, words).replace(old, new)
