"""What people were shown by themselves: forms, and answers by the response address."""

from __future__ import annotations

from typing import Any

from bot.ports.screens import OpenView, PushView, Respond, Screen, UpdateView


class FakeScreens:
    """bot.ports.screens.Screens with a memory."""

    def __init__(self) -> None:
        self.shown: list[Screen] = []

    def show(self, screen: Screen) -> None:
        """Remember it."""
        self.shown.append(screen)

    @property
    def opened(self) -> list[OpenView | PushView]:
        """The forms, in order: opened by themselves, or laid over another."""
        return [screen for screen in self.shown if isinstance(screen, OpenView | PushView)]

    @property
    def redrawn(self) -> list[UpdateView]:
        """The forms that were drawn anew, in order."""
        return [screen for screen in self.shown if isinstance(screen, UpdateView)]

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
