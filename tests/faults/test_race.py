"""Replicas that are killed at random: no reminder is lost, none is sent twice, none comes early. `make torture` has the long race."""

from __future__ import annotations

from pathlib import Path

from tests.faults.racing import Plan, Race, check


def test_each_reminder_comes_once_and_not_early_though_replicas_are_killed(migrated_url: str, tmp_path: Path) -> None:
    processes = 3 if migrated_url.startswith("postgresql") else 1
    plan = Plan(processes=processes, rows=100, kills=6, seed=20261123, over=1.5)
    check(Race(migrated_url, tmp_path, plan).run(), plan.kills)
