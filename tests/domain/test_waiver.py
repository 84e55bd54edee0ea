"""Who may give up a post-mortem, and when."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.domain import errors, waiver
from bot.domain.actors import Actor, Role
from bot.domain.waiver import Waiver

IC = Actor("U_IC", frozenset({Role.IC}))
OWNER = Actor("U_OWNER", frozenset({Role.OWNER}))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({}, None, id="sev3-by-the-ic"),
        pytest.param({"severity": 1, "false_alarm": True}, None, id="false-alarm"),
        pytest.param({"allowed": False}, "waiving_not_allowed", id="not-allowed-here"),
        pytest.param({"actor": OWNER}, "wrong_role", id="owner"),
        pytest.param({"severity": 2}, "severity_too_high", id="sev2"),
        pytest.param({"severity": None}, "severity_too_high", id="unknown-severity"),
        pytest.param({"reason": "  "}, "reason_missing", id="no-reason"),
    ],
)
def test_only_the_ic_waives_with_a_reason_below_sev2_or_for_a_false_alarm(
    changed: dict[str, object], code: str | None, now: datetime
) -> None:
    request: dict[str, object] = {
        "actor": IC,
        "severity": 3,
        "false_alarm": False,
        "reason": " a drill ",
        "allowed": True,
        "now": now,
    }
    if code is None:
        assert waiver.waive(None, **{**request, **changed}) == Waiver(now, "U_IC", "a drill")
        return
    with pytest.raises(errors.DomainError) as caught:
        waiver.waive(None, **{**request, **changed})
    assert caught.value.codes == (code,)


def test_a_waiver_can_be_taken_back_once_by_the_ic(now: datetime) -> None:
    given = Waiver(now, "U_IC", "a drill")
    waiver.undo(given, actor=IC)
    with pytest.raises(errors.Refused, match="not waived"):
        waiver.undo(None, actor=IC)
    with pytest.raises(errors.Refused, match="Only the IC"):
        waiver.undo(given, actor=OWNER)


def test_what_is_waived_already_is_not_waived_twice(now: datetime) -> None:
    given = Waiver(now, "U_IC", "a drill")
    with pytest.raises(errors.Refused, match="already"):
        waiver.waive(given, actor=IC, severity=3, false_alarm=False, reason="x", allowed=True, now=now)
