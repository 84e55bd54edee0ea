"""What people were shown by themselves: forms, and answers by the response address."""

from __future__ import annotations

from typing import Any

from bot.ports.screens import OpenView, Respond, Screen


class FakeScreens:
    """bot.ports.screens.Screens with a memory."""

    def __init__(self) -> None:
        self.shown: list[Screen] = []

    def show(self, screen: Screen) -> None:
        """Remember it."""
        self.shown.append(screen)

    @property
    def opened(self) -> list[OpenView]:
        """The forms, in order."""
        return [screen for screen in self.shown if isinstance(screen, OpenView)]

    @property
    def said(self) -> list[Respond]:
        """The answers by the response address, in order."""
        return [screen for screen in self.shown if isinstance(screen, Respond)]

    def form(self) -> dict[str, Any]:
        """The form that was opened last."""
        return dict(self.opened[-1].view)

    def sentence(self) -> str:
        """What was answered last."""
        return self.said[-1].drawing.text
