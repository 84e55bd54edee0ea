"""What was said and written of the incident of the gallery: a release of the checkout whose connection pool ran dry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.actions import Decision
from bot.domain.content import Section
from bot.domain.external_message import Parts
from bot.domain.harvest.finding import TimelineKind
from bot.domain.section_values import Typed
from demo.gallery.people import ANA, BEN, CHIOMA, DANA

NOW = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
"""A Monday; the incident has been over for an hour."""
STARTED, RESOLVED = NOW - timedelta(hours=3), NOW - timedelta(hours=1)
TITLE = "Checkout is slow for one customer in three"
DIMENSIONS = ("Requests failed", "Orders delayed")
RECORDING = "https://acme.zoom.us/rec/share/4c1f"
GRAPH = "https://grafana.acme.example/d/checkout?from=1764072000000&to=1764079200000"
LOGS = "https://logs.acme.example/query?q=pool+exhausted&service=checkout"
PAGE = "https://wiki.acme.example/post-mortems/checkout-pool"
STATUS_PAGE = "https://status.acme.example/incidents/8j2k"


def ts(at: datetime, micros: int = 100) -> str:
    """The Slack timestamp of an instant."""
    return f"{int(at.timestamp())}.{micros:06d}"


SECTIONS: dict[Section, Typed] = {
    Section.OVERVIEW: {
        "overview": "For two hours, one order in three took more than 20 seconds, and 412 orders were given up.",
        "what_happened": (
            "Release 4.12 opened two connections an order where it had opened one. The pool of the orders database ran dry "
            "as the morning's traffic arrived.\nThe restart at 12:31 made it look mended for eight minutes; the roll-back "
            "at 13:48 ended it."
        ),
    },
    Section.FACTORS: {
        "trigger": "The release of checkout 4.12 at 11:58 UTC.",
        "factors": (
            "The pool's size is a number in a file that no dashboard shows\n"
            "The load test replays an evening, and the release changed what mornings do\n"
            "The alert looks at errors, and slow orders were none"
        ),
    },
    Section.RESOLUTION: {
        "resolution": "Rolling back to 4.11. The queue was empty and the 95th percentile under 400 ms for 20 minutes.",
        "temporary": True,
        "long_term": "One connection an order again, and the pool's use on the dashboard with an alert at 80 %.",
    },
    Section.IMPACT: {
        "time_in_sev1": "74",
        "time_in_sev2": "46",
        "metric:Requests failed": "412 of 31870",
        "metric:Orders delayed": "9840 of 31870",
        "accounts": "2114",
        "users": "unknown, because guests are not counted (about 9,000)",
        "support": "87",
        "support_links": "https://help.acme.example/tickets/52817\nhttps://help.acme.example/tickets/52846",
    },
    Section.RESPONDERS: {
        "people": f"{ANA}\n{CHIOMA}\n{DANA}",
        "scribe": CHIOMA,
        "no_scribe": False,
        "deputy": DANA,
        "others": "Two people of the network team, on the call",
    },
    Section.RECORDING: {"recording": RECORDING, "none_because": ""},
    Section.RETROSPECT: {
        "well": "The roll-back took four minutes\nCustomer support had a text for the status page within 20 minutes",
        "badly": "The first page went to a team that no longer exists\nNobody could see the pool's use",
        "nothing_to_note": False,
        "lucky": "The campaign of the afternoon had been moved to Tuesday",
    },
    Section.CAUGHT: {
        "canary": "A canary would have shown twice the connections within ten minutes.",
        "tests": "A test that counts the connections of one order; the pool is hidden behind a fake today.",
        "load_test": "The morning's traffic of one Monday.",
    },
}
EVENTS: tuple[tuple[int, TimelineKind, str, str, tuple[str, ...]], ...] = (
    (0, TimelineKind.impact_start, DANA, "Orders begin to take more than 20 seconds", (GRAPH,)),
    (6, TimelineKind.detection, BEN, "A customer tells support that the checkout hangs", ()),
    (9, TimelineKind.page, ANA, "Paged the checkout team", (LOGS,)),
    (14, TimelineKind.severity_change, ANA, "This is a SEV-1", ()),
    (20, TimelineKind.public, ANA, "Status page: “Investigating: orders are slow”", (STATUS_PAGE,)),
    (26, TimelineKind.action, CHIOMA, "Restarted the checkout pods", (GRAPH, LOGS)),
    (34, TimelineKind.other, CHIOMA, "p95 is back to 21 s", ()),
    (61, TimelineKind.decision, ANA, "We roll back unless the pool's size helps within ten minutes", ()),
    (74, TimelineKind.status_change, ANA, "Down to SEV-2: a third of the orders is delayed, none fails", (GRAPH,)),
    (103, TimelineKind.mitigation, BEN, "Rolled back to 4.11", ("https://deploys.acme.example/checkout/4411",)),
    (120, TimelineKind.resolved, ANA, "Queue is empty, p95 at 380 ms: resolved", (GRAPH,)),
)
TODOS: tuple[tuple[str, str, str | None], ...] = (
    ("Why did we not get paged earlier?", "The alert counts errors, and there were none.", None),
    ("put the pool's use on the dashboard", "", CHIOMA),
    ("the runbook still names the old on-call team", "", "Marta from platform"),
)
ACTIONS: tuple[tuple[str, Decision, str, str | None], ...] = (
    ("Show the pool's use on the dashboard, alert at 80 %", Decision.TICKET, "https://jira.acme.example/browse/CHK-812", CHIOMA),
    ("Should a release wait for the morning's traffic?", Decision.DISCUSS, "", None),
    ("Correct the on-call team in the runbook", Decision.DONE, "Done during the incident", DANA),
    ("A second database", Decision.WONT_DO, "The pool was the limit, not the database.", None),
)  # fmt: skip
MESSAGE = Parts(
    summary=(
        "On 23 November, between 12:05 and 14:05 UTC, one order in three took longer than 20 seconds. 412 orders could not "
        "be completed. We are sorry: you rely on the checkout in exactly those minutes."
    ),
    happened=(
        "A new version of the checkout used more connections to our database than it should. When the morning's orders came "
        "in, they had to wait for each other. We went back to the version before, and orders were fast again at once."
    ),
    doing=(
        "The part that used too many connections has been taken out. We now see how many are in use, and are told long "
        "before they run out."
    ),
)
# Full of what the rules on wording look for.
BLAMING: dict[Section, Typed] = {
    Section.OVERVIEW: {
        "overview": "Chioma forgot to raise the pool, which was a stupid mistake, and all customers were down.",
        "what_happened": "Ben should have noticed the alert. The root cause was human error.",
    }
}
