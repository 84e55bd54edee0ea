"""Beside each proposal stands its message, how sure it is, and the rule that found it in words."""

from __future__ import annotations

import pytest

from bot.blocks import found_by
from bot.domain.harvest import legend
from bot.domain.harvest.finding import REACTION, SHORTCUT, Confidence
from bot.domain.harvest.rules import RULES
from tests import factories

TS = "1767621600.000100"


@pytest.mark.parametrize(
    ("rule", "confidence", "said"),
    [
        ("H-36", Confidence.C, "suggested by H-36: a line of the timeline that is known by its weight"),
        ("H-42", Confidence.B, "found by H-42: a follow-up that is known by its weight"),
        ("H-01", Confidence.A, "found by H-01: a line marked TODO, ACTION or FOLLOW-UP"),
        (REACTION, Confidence.A, "pointed out by somebody"),
        (SHORTCUT, Confidence.A, "pointed out by somebody"),
        ("H-99", Confidence.C, "suggested by H-99"),
    ],
)
def test_a_proposal_says_who_found_it_and_how_sure_that_is(rule: str, confidence: Confidence, said: str) -> None:
    link = f"{factories.WORKSPACE}archives/{factories.postmortem().channel_id}/p1767621600000100"
    shown = found_by.whence(factories.overview(), TS, None, rule, confidence)
    assert shown == f" (<{link}|message>, {said})"


def test_without_the_address_of_the_workspace_there_is_no_link() -> None:
    shown = found_by.whence(factories.overview(workspace_url=None), TS, None, "H-99", Confidence.C)
    assert shown == " (suggested by H-99)"


def test_every_rule_has_a_title_to_show() -> None:
    assert {rule.id for rule in RULES} | {"H-36", "H-42"} <= legend.TITLES.keys()
