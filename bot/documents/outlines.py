"""The corners of the shapes of a picture, for every renderer alike; a circle has none."""

from __future__ import annotations

import math

from bot.domain.picture import Form, Shape

# How many corners, where the first one points (0 is up, in turns), and how much larger, so that a number fits and all look equal.
_CORNERS = {
    Form.SQUARE: (4, 0.125, 1.28), Form.DIAMOND: (4, 0.0, 1.2), Form.UP: (3, 0.0, 1.3), Form.DOWN: (3, 0.5, 1.3),
    Form.PENTAGON: (5, 0.0, 1.12), Form.HEXAGON: (6, 0.25, 1.1), Form.OCTAGON: (8, 0.0625, 1.08),
}  # fmt: skip


def corners(shape: Shape) -> tuple[tuple[float, float], ...]:
    """The corners in order; empty for a circle."""
    if shape.form is Form.CIRCLE:
        return ()
    number, first, larger = _CORNERS[shape.form]
    radius = shape.radius * larger
    turns = [2 * math.pi * (first + each / number) for each in range(number)]
    # A triangle's middle is not the middle of its height.
    low = {Form.UP: radius * 0.18, Form.DOWN: -radius * 0.18}.get(shape.form, 0.0)
    return tuple((shape.x + radius * math.sin(turn), shape.y + low - radius * math.cos(turn)) for turn in turns)
