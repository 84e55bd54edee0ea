"""The same app as App and as AsyncApp, over Socket Mode and over signed HTTP: every act of a person has its effect."""

from __future__ import annotations

from tests.foreign import acts


def test_every_act_has_its_effect(parrot):
    for act in acts.ACTS:
        act(parrot)
