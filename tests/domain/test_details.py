"""What must hold before the details of an incident are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain import details
from bot.domain.details import DetailsForm
from tests import factories

NOW, STARTED, RESOLVED = factories.NOW, factories.STARTED, factories.RESOLVED


def form(**values: Any) -> DetailsForm:
    return DetailsForm(**({"title": "Checkout is slow", "started_at": STARTED, "resolved_at": RESOLVED} | values))


def test_a_plain_form_is_accepted() -> None:
    assert details.problems(form(detected_at=STARTED, severity=1, recording="https://x.example/r?a=b#c"), NOW) == {}


def test_a_title_alone_is_enough() -> None:
    assert details.problems(DetailsForm(title="x"), NOW) == {}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"title": "  "}, "title", id="no title"),
        pytest.param({"title": "x" * 151}, "title", id="a title of 151 characters"),
        pytest.param({"severity": 0}, "severity", id="a severity of 0"),
        pytest.param({"severity": 6}, "severity", id="a severity of 6"),
        pytest.param({"resolved_at": STARTED - timedelta(seconds=1)}, "resolved_at", id="over before it began"),
        pytest.param({"detected_at": STARTED - timedelta(seconds=1)}, "detected_at", id="noticed before it began"),
        pytest.param({"detected_at": RESOLVED + timedelta(seconds=1)}, "resolved_at", id="over before it was noticed"),
        pytest.param({"resolved_at": NOW + timedelta(minutes=3)}, "resolved_at", id="over in the future"),
        pytest.param({"started_at": NOW + timedelta(days=1), "resolved_at": None}, "started_at", id="begins tomorrow"),
        pytest.param({"recording": "zoom.us/rec/1"}, "recording", id="an address without its scheme"),
        pytest.param({"recording": "javascript:alert(1)"}, "recording", id="a script"),
        pytest.param({"recording": "https://good.example@evil.example/"}, "recording", id="a host that is hidden"),
        pytest.param({"recording": "https://"}, "recording", id="no host"),
        pytest.param({"recording": "https://x/ y"}, "recording", id="white space"),
        pytest.param({"recording": "https://x/" + "y" * 2000}, "recording", id="a very long address"),
        pytest.param({"services": ("s",) * 31}, "services", id="31 services"),
        pytest.param({"services": ("s" * 81,)}, "services", id="a service of 81 characters"),
        pytest.param({"unreadable": frozenset({"ic"})}, "ic", id="an answer that made no sense"),
    ],
)
def test_a_mistake_is_named_at_its_field(values: dict[str, Any], field: str) -> None:
    found = details.problems(form(**values), NOW)
    assert list(found) == [field]
    assert found[field].endswith(".")


@pytest.mark.parametrize(
    "values",
    [
        {"title": "x" * 150},
        {"started_at": RESOLVED},
        {"resolved_at": NOW + timedelta(minutes=1)},
        {"started_at": None, "detected_at": STARTED},
        {"recording": "HTTP://X.example"},
    ],
    ids=["150 characters", "no time at all", "clocks differ", "the start is not known", "any case"],
)
def test_the_edge_is_accepted(values: dict[str, Any]) -> None:
    assert details.problems(form(**values), NOW) == {}


def test_several_mistakes_are_told_at_once() -> None:
    found = details.problems(form(title="", recording="x", resolved_at=STARTED - timedelta(days=1)), NOW)
    assert set(found) == {"title", "recording", "resolved_at"}


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        details.problems(form(), datetime(2026, 11, 23))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            'https://meet.example/a"b',
            'This address has a " in it, which no web address has: copy it anew, or write %22 in',
        ),
        ("https://meet.example/<a>", "This address has a < in it"),
        (
            "https://meet.example/a b",
            "This address has a space in it, which no web address has: copy it anew, or write %20",
        ),
        ("https://meet.example/a|b", "This address has a | in it"),
        (f"https://meet.example/{'a' * 2000}", "This address is longer than 2,000 characters"),
        ("meet.example/<a>", "Begin"),
        ("https://", "Begin"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_as_it_is(url: str, said: str) -> None:
    assert not details.is_web_address(url)
    assert details.link_problem(url, "Begin with https://.").startswith(said)
