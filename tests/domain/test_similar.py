"""Which earlier incidents are offered to whoever writes about a new one, and that nothing is rather than noise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain import similar
from bot.domain.postmortem import Postmortem, Times
from bot.domain.status import Status
from tests import factories
from tests.factories import NOW

TITLES = ("Mail queue is full", "Login fails for some", "Disk of the archive", "Certificates expired", "DNS outage")


def record(number: int, title: str = "", *services: str, **values: Any) -> Postmortem:
    began = Times(NOW - timedelta(days=3000 - number))
    given = {
        "id": f"r{number}",
        "number": number,
        "title": title,
        "services": services,
        "times": began,
        "severity": None,
    }
    return factories.postmortem(**(given | values))


OTHERS = [record(number, title) for number, title in enumerate(TITLES, 1)]


def found(new: Postmortem, *earlier: Postmortem) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(each.record.id, each.services, each.words) for each in similar.similar(new, [*OTHERS, *earlier])]


@pytest.mark.parametrize(
    ("new", "earlier", "shared"),
    [
        (("Anything", "Payments"), ("Whatever", "payments", "mail"), (("Payments",), ())),
        (("Checkout is slow",), ("Slow checkout in Berlin",), ((), ("Checkout", "slow"))),
        (("שרת התשלומים נפל",), ("שרת התשלומים איטי",), ((), ("שרת", "התשלומים"))),
        (("🔥 ОПЛАТА не работает",), ("Оплата не работает",), ((), ("ОПЛАТА", "не", "работает"))),
    ],
)
def test_what_has_much_in_common_is_offered_with_what_that_is(new: Any, earlier: Any, shared: Any) -> None:
    assert found(record(20, *new), record(10, *earlier)) == [("r10", *shared)]


@pytest.mark.parametrize(
    ("new", "earlier"),
    [
        (("Checkout is slow",), ("Checkout in Berlin",)),
        (("The service is down and out of order",), ("The service is down and out of money",)),
        (("Errors after a deploy 2026 11",), ("Failure before a deploy 2026 11",)),
        (("",), ("",)),
    ],
)
def test_little_in_common_is_nothing(new: Any, earlier: Any) -> None:
    assert found(record(20, *new, severity=1), record(10, *earlier, severity=1)) == []


def test_words_of_nearly_every_title_count_little() -> None:
    many = [record(number, f"Deploy of checkout, case {chr(number)}") for number in range(1000, 1040)]
    new = record(2000, "Deploy of checkout broke", times=Times(NOW))
    assert similar.similar(new, [each for each in many if each.number != new.number]) == ()


def test_at_most_three_the_most_alike_first_then_the_newest() -> None:
    earlier = [record(number, "Anything", "payments") for number in (10, 11, 12, 13)]
    best = record(6, "Card payments twice", "payments")
    new = record(20, "Card payments vanish", "payments")
    assert [each for each, _, _ in found(new, *earlier, best)] == ["r6", "r13", "r12"]


def test_only_older_ones_and_never_restricted_ones() -> None:
    values = {"title": "Anything", "services": ("payments",)}
    new = record(20, "Anything", "payments")
    assert found(new, new, record(30, **values)) == [], "neither itself nor a later one"
    began_later = Times(NOW + timedelta(days=1))
    assert found(new, record(10, **values, times=began_later)) == []
    assert found(new, record(10, **values, restricted=True)) == []
    assert found(record(20, **values, restricted=True), record(10, **values)) == []
    closed = record(10, **values, status=Status.CLOSED)
    assert [each for each, _, _ in found(new, closed, record(11, **values))] == ["r11", "r10"], "open and closed ones"
