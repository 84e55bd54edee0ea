"""The colours of the timeline's picture, by day and by night. They are those of Okabe and Ito, which eyes of every kind tell
apart; shapes and hatches say the same once more."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.picture import Tone

_BLACK, _WHITE = "#000000", "#ffffff"
_SAME: Mapping[Tone, str] = {
    Tone.BEGAN: "#d55e00",
    Tone.NOTICED: "#e69f00",
    Tone.CHANGED: "#cc79a7",
    Tone.TOLD: "#56b4e9",
    Tone.DONE: "#0072b2",
    Tone.DECIDED: "#f0e442",
    Tone.EASED: "#009e73",
}
LIGHT: Mapping[Tone, str] = {
    **_SAME,
    Tone.INK: "#1b1f24",
    Tone.MUTED: "#57606a",
    Tone.LINE: "#c8ced5",
    Tone.PAPER: "#ffffff",
    Tone.OVER: "#1b1f24",
    Tone.OTHER: "#d5dae0",
    Tone.SEV1: "#e58a4f",
    Tone.SEV2: "#f3cf73",
    Tone.SEV3: "#d5dae0",
    Tone.UNTIL_DETECTION: "#e2a9c8",
    Tone.UNTIL_MITIGATION: "#9fcdec",
    Tone.UNTIL_RESOLUTION: "#84cdb7",
}
DARK: Mapping[Tone, str] = {
    **_SAME,
    Tone.INK: "#e6e9ed",
    Tone.MUTED: "#a4adb8",
    Tone.LINE: "#3c444d",
    Tone.PAPER: "#14181d",
    Tone.OVER: "#e6e9ed",
    Tone.OTHER: "#5a636d",
    Tone.SEV1: "#a34a08",
    Tone.SEV2: "#8a6511",
    Tone.SEV3: "#5a636d",
    Tone.UNTIL_DETECTION: "#85466a",
    Tone.UNTIL_MITIGATION: "#235d86",
    Tone.UNTIL_RESOLUTION: "#14654f",
}


def on(tone: Tone, colours: Mapping[Tone, str]) -> str:
    """The colour of letters that stand on this one."""
    if tone is Tone.PAPER:
        return colours[Tone.INK]
    return _BLACK if contrast(colours[tone], _BLACK) >= contrast(colours[tone], _WHITE) else _WHITE


def contrast(one: str, other: str) -> float:
    """From 1 to 21, as the web's guidelines for accessibility (WCAG) count it."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
