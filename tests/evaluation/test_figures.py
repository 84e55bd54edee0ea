"""The harvest on labelled channels: no figure falls under its floor, and every rule is worth something."""

from __future__ import annotations

from functools import cache

import pytest

from bot.domain.harvest import analyse
from evaluation import __main__ as evaluate
from evaluation import lines, reading, report, score, without
from evaluation.channel import Channel

BY_WEIGHT_OR_WHOLE = {"H-21", "H-36", "H-38", "H-39", "H-40", "H-41", "H-42"}
LEARNT = ("by-the-book", "drayhaven", "rajdhani-medistore", "chirp-redis", "siltstone-scada")
FOR_FEW = (
    "haverling-airport-logistics",
    "gamestudio-season",
    "hiretrail-robots",
    "trundlepost-lockers",
    "nightjarpay-ledger",
    "oakmutual",
    "wadjet-collector-gap",
)  # where rules that are only weighed decide


@cache
def half(name: str) -> tuple[Channel, ...]:
    return reading.folder(evaluate.HERE / name)


@cache
def read(name: str) -> tuple[tuple[Channel, score.Score], ...]:
    return tuple((each, score.channel(each)) for each in half(name))


@cache
def scored() -> tuple[tuple[Channel, score.Score], ...]:
    learnt, few = (
        tuple(reading.read(evaluate.HERE / "training" / f"{name}.txt") for name in names) for names in (LEARNT, FOR_FEW)
    )
    return (
        *((each, score.channel(each)) for each in learnt),
        *read("tuned"),
        *((each, score.channel(each)) for each in few),
    )


@pytest.mark.parametrize("name", evaluate.GROUPS)
def test_no_figure_is_under_its_floor(name: str) -> None:
    figures = sum((each for _, each in read(name)), score.Score({}))
    if name in evaluate.HALVES:
        figures += lines.score(evaluate.HERE / "lines" / f"{name}.txt")
    assert report.below(name, figures) == []


def test_every_kind_of_finding_has_a_floor_in_each_group() -> None:
    measured = {
        "follow-ups",
        "timeline",
        "responders",
        "ic of the channel",
        "scribe of the channel",
        "query",
    }
    for name in evaluate.GROUPS:
        assert measured <= report.floors()[name].keys()
    for name in evaluate.HALVES:
        assert "single lines" in report.floors()[name]


@pytest.mark.parametrize("rule", without.EVERY)
def test_without_any_one_rule_a_figure_is_another(rule: str) -> None:
    assert without.changes(scored(), rule) is not None


def test_what_stands_in_no_list_of_rules_is_taken_out_too() -> None:
    assert set(without.EVERY) - without.IN_LIST == BY_WEIGHT_OR_WHOLE


@pytest.mark.parametrize("rule", sorted(BY_WEIGHT_OR_WHOLE))
def test_taken_out_is_all_that_such_a_rule_found_and_nothing_else(rule: str) -> None:
    of = next(each for each in half("tuned") if each.name == "fernlight")
    found = analyse.analyse(of.messages, of.people, score.options(of))
    left = without.dropped(found, rule)
    for name in ("timeline", "todos", "references", "customers", "public_texts", "recordings", "queries"):
        others = [each for each in getattr(found, name) if each.rule != rule]
        assert [each.ts for each in getattr(left, name)] == [each.ts for each in others]
    assert not any(each.result_ts for each in left.queries) or rule != "H-21"


def test_there_are_enough_channels_and_half_of_them_are_unseen() -> None:
    assert len(half("tuned")) + len(half("unseen")) >= 12
    assert len(half("unseen")) >= len(half("tuned"))
    for each in (*half("tuned"), *half("unseen")):
        assert len(each.messages) >= 60
        assert len(each.labels.timeline) >= 15
    assert len(half("further")) >= 48
    assert len(half("strangers")) >= 15
    assert len(half("recent")) >= 24
    for each in (*half("further"), *half("strangers"), *half("recent")):
        assert len(each.messages) >= 45
        assert len(each.labels.timeline) >= 5
