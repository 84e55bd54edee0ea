"""Thirty invented post-mortems, written as people write: every section is filled with words of many kinds, and timelines are of every
length. `TEXTS` is what people typed into each, so that a reader of a rendering can look for all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

from bot.domain.actions import ActionItem, ActionKind, Decision, Priority
from bot.domain.content import Content, Entry, Section
from bot.domain.external_message import ExternalDecision, ExternalMessage, Parts
from bot.domain.harvest.finding import TimelineKind
from bot.domain.life import Life
from bot.domain.overview import Overview
from bot.domain.postmortem import SeverityChange, Times
from bot.domain.queries import Query
from bot.domain.status import Status
from bot.domain.timeline import Item
from tests import factories

KINDS = tuple(TimelineKind)
BEGIN = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONG_WORD, LONG_URL = "überlang" * 60, "https://x.example/" + "a/b?c=d&" * 60
# What each post-mortem is written in; the words come in turn.
WORDS: Mapping[str, Sequence[str]] = {
    "plain": ("Checkout was slow", "A queue was full", "Rolled back to v41"),
    "arabic": ("تعطل الدفع في الساعة 14:02", "أعدنا تشغيل pay-7 ثلاث مرات", "قاعدة البيانات (db-3) ممتلئة"),
    "hebrew": ("השרת נפל ב-14:02 (node 3)", "החזרנו את v41", "התור היה מלא: 100%"),
    "mixed directions": ("the host שרת-3 went down", "error 500 في checkout", "\u202eevil\u202c words \u2067x\u2069"),
    "emoji": ("🔥 Database down 👩🏽‍💻 on it", "1️⃣ restarted 🇩🇪 cluster", "👨‍👩‍👧‍👦 notified ✅"),
    "short codes": (":fire: Database down", "Rolled back :white_check_mark:", ":thumbsup::skin-tone-3: said the IC"),
    "combining marks": ("Cafe\u0301 down", "Z\u0351\u036b\u0343a\u0335l\u0334go text", "n\u0303ame x\u0323\u0301"),
    "chinese": ("数据库主节点故障", "将流量切换到备用集群", "错误率 12% 恢复正常"),
    "japanese": ("データベースが停止しました", "ロールバック完了 v41", "ｶﾀｶﾅ全角半角１２３"),
    "code fences": ("```\nselect 1;\n```", "````\n```inner```\n````", "use `kubectl get` or ``a`b`` now"),
    "cdata": ("]]> ends a section", "<![CDATA[ begins ]]> one ]]]]>", "a ]]&gt; b"),
    "wiki markup": ("{code} h1. Title {code}", "{{x}} ${y} #{z} %s {0}", "[~ana] !image.png! |a|b| ||c||"),
    "script": (
        "<script>alert(1)</script>",
        "</style></title><img src=x onerror=alert(1)>",
        "\" onclick='x' <svg/onload=1>",
    ),
    "pings": ("<!channel> look here", "@here @everyone <!subteam^S1|@ops> now", "<@U1> & <#C1|general> did it"),
    "entities": ("&amp; &lt;b&gt; &copy; &#x41;", "a &amp;amp; b", "5 < 6 && 7 > 3"),
    "markdown": (
        "# heading | **bold** _it_ ~~gone~~",
        "- item\n1. one\n> quote\n---\n===",
        "[x](javascript:alert(1)) ![y](z)",
    ),
    "markdown tables": ("a | b || c \\| d", "| --- | --- |", "\\ ends with \\"),
    "long words": (LONG_WORD, f"see {LONG_URL}", "short after long"),
    "control characters": ("NUL \x00 here", "bell \x07 esc \x1b[31mred\x1b[0m", "form \x0c feed \x85 next \u2028 line"),
    "lone surrogates": ("half \ud83d an emoji", "other half \udd25 alone", "fine again"),
    "noncharacters": ("\ufffe and \uffff here", "\ufdd0 too", "private \ue000 use"),
    "white space": ("  two  spaces\tand\ttabs ", "no\u00a0break\u3000wide", "zero\u200bwidth\u2060joint"),
    "quotes": ('"It\'s" ‘done’ “now” «ok»', "O'Neil; DROP TABLE x; --", "a `quoted` 'word'"),
    "addresses": (
        "https://a.example/?b=1&c=<d>|e",
        "www.example.com and ana@acme.example",
        "mailto:x@y.example ftp://z",
    ),
    "numbers": ("1e30 requests, −5 °C, 50 %", "№ 7 ½ × 3 ≈ 10²", "1. first 2) second"),
    "latex": ("$x^2$ and \\(y\\) ^1^ [^1]", "\\begin{x} % note", "a_b_c *d* ~e~"),
    "greek and cyrillic": ("Σφάλμα στη βάση", "Ошибка базы данных", "Їжак і ґудзик"),
    "indic and thai": ("डेटाबेस बंद हो गया", "ระบบล่มเมื่อบ่าย", "தரவுத்தளம் நின்றது"),
    "empty": (),
    "one word": ("x",),
}


@dataclass(frozen=True)
class Case:
    """A post-mortem, and everything that people typed into it, by where."""

    name: str
    overview: Overview
    texts: Mapping[str, Sequence[str]]

    @property
    def typed(self) -> list[str]:
        return [text for texts in self.texts.values() for text in texts]


def _times(place: int) -> list[datetime]:
    """When things happened: another shape of timeline for each."""
    summer, winter = datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    shapes: Sequence[list[datetime]] = (
        [BEGIN + 7 * MINUTE * each for each in range(5)], [BEGIN + MINUTE * each for each in range(60)],
        [BEGIN + MINUTE * each for each in range(80)], [BEGIN + 11 * HOUR + 9 * MINUTE * each for each in range(14)],
        [BEGIN + DAY * each for each in range(4)], [datetime(2026, 12, 30, 8, tzinfo=UTC) + DAY * each for each in range(6)],
        [BEGIN], [], [summer + 10 * MINUTE * each for each in range(12)], [winter + 10 * MINUTE * each for each in range(12)],
        [BEGIN] * 12, [BEGIN + SECOND * each for each in range(9)], [BEGIN, BEGIN + 40 * DAY],
        [BEGIN + 170 * MINUTE * each for each in range(24)], [datetime(2028, 2, 28, 22, tzinfo=UTC) + HOUR * each for each in range(8)],
    )  # fmt: skip
    return shapes[place % len(shapes)]


def _content(texts: Mapping[str, Sequence[str]]) -> Content:
    def one(name: str) -> str:
        return "\n".join(texts[name])

    values: dict[Section, dict[str, Any]] = {
        Section.OVERVIEW: {"overview": one("overview"), "what_happened": one("what happened")},
        Section.FACTORS: {"trigger": one("trigger"), "factors": list(texts["factors"])},
        Section.RESOLUTION: {"resolution": one("resolution"), "long_term": one("long term")},
        Section.CAUGHT: {"canary": one("canary")},
        Section.RETROSPECT: {name: list(texts[name]) for name in ("well", "badly", "lucky")},
        Section.RESPONDERS: {"others": list(texts["others"])},
    }
    return Content({section: Entry(section, value, 1, "U2", factories.NOW) for section, value in values.items()})


_PLACES = ("overview", "what happened", "trigger", "factors", "resolution", "long term", "canary", "well", "badly", "lucky", "others",
           "title", "query", "result", "tool", "action", "reason", "external", "name", "timeline")  # fmt: skip


def _case(place: int, name: str, words: Sequence[str]) -> Case:
    turn = cycle(words)
    texts: dict[str, list[str]] = {each: [next(turn)] if words else [] for each in _PLACES}
    texts["what happened"] = list(words)
    texts["timeline"] = [f"{next(turn)} {number}" if words else "" for number, _ in enumerate(_times(place))]
    first = {each: "".join(texts[each][:1]) for each in _PLACES}
    items = tuple(
        Item(
            f"i{number}", "record-7", at, texts["timeline"][number], KINDS[number % len(KINDS)], "U2", factories.NOW,
            evidence=("https://graphs.example/1",) if number % 3 else (), approximate=number % 5 == 4,
        )
        for number, at in enumerate(_times(place))
    )  # fmt: skip
    action = ActionItem(
        "a1", "record-7", first["action"] or "-", Decision.WONT_DO, "U2", factories.NOW, reason=first["reason"],
        kind=ActionKind.PREVENT, priority=Priority.P1,
    )  # fmt: skip
    query = Query("q1", "record-7", first["query"] or "-", "U2", factories.NOW, first["tool"], "", first["result"])
    message = Parts(first["external"], first["external"], first["external"])
    life = Life(
        content=_content(texts), items=items, actions=(action,), queries=(query,), booking=factories.booking(),
        external=ExternalDecision(ExternalMessage.PRESENT if words else ExternalMessage.NONE, message, "U2"),
    )  # fmt: skip
    times = [each.at for each in items] or [factories.STARTED]
    record = factories.postmortem(
        title=first["title"], times=Times(times[0], times[0] + timedelta(minutes=2), max(times[-1], times[0] + HOUR)),
        status=Status.REVIEWED if place % 2 else Status.IN_REVIEW,
    )  # fmt: skip
    changes = (SeverityChange("record-7", times[0], 1, "U1"),) if place % 3 == 0 else ()
    people = {**factories.people(), "U2": factories.person("U2", first["name"] or "Ben")}
    return Case(name, factories.overview(record, life=life, severities=changes, people=people), texts)


CASES = tuple(_case(place, name, words) for place, (name, words) in enumerate(WORDS.items()))
