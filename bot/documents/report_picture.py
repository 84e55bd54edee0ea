"""The report as a picture: a bar an incident, as long as it took from its end to its meeting, with a mark where the deadline is. Colours
that colour-blind eyes tell apart, and each bar says in words what it is. Only numbers stand in it: no title, nobody's name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.domain import report_words
from bot.domain.report import Report
from bot.domain.report_case import Case, Kept

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

MOST = 30
_WIDTH, _ROW, _TOP, _LEFT, _RIGHT, _BOTTOM = 1000, 30, 96, 150, 330, 40
_INK, _PAPER, _RULE = "#1a1a1a", "#ffffff", "#d0d0d0"
_COLOURS = {
    Kept.IN_TIME: "#0072b2",
    Kept.LATE: "#d55e00",
    Kept.OVERDUE: "#d55e00",
    Kept.COMING: "#56b4e9",
    Kept.UNKNOWN: "#999999",
}
_LEGEND = (
    (Kept.IN_TIME, "held in time"), (Kept.LATE, "late or overdue"), (Kept.COMING, "not due yet"), (Kept.UNKNOWN, "not known"),
)  # fmt: skip


def render(report: Report) -> bytes:
    """A PNG file. The newest 30 incidents; where there are more, it says so."""
    # The library is large, and needed here alone.
    from PIL import Image, ImageDraw

    cases = report.cases[-MOST:]
    height = _TOP + _ROW * max(1, len(cases)) + _BOTTOM
    image = Image.new("RGB", (_WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(image)
    _head(draw, report, len(cases))
    _rows(draw, cases, height)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(draw: ImageDraw, report: Report, shown: int) -> None:
    left_out = len(report.cases) - shown
    more = f" (the newest {shown}; {left_out} more in the table)" if left_out else ""
    _say(draw, (16, 14), f"Days from the end of the incident to its meeting{more}", 18)
    _say(draw, (16, 40), report.period.said, 13)
    at = 16
    for kept, said in _LEGEND:
        draw.rectangle((at, 66, at + 14, 80), fill=_COLOURS[kept], outline=_INK)
        at = _say(draw, (at + 20, 66), said, 13) + 22
    draw.line((at + 3, 64, at + 3, 82), fill=_INK, width=3)
    _say(draw, (at + 12, 66), "deadline", 13)


def _rows(draw: ImageDraw, cases: Sequence[Case], height: int) -> None:
    if not cases:
        _say(draw, (16, _TOP + 6), "No incident.", 14)
        return
    most = max(1, *(max(_length(each), each.allowed or 0) for each in cases))
    scale = (_WIDTH - _LEFT - _RIGHT) / most
    step = max(1, -(-most // 10))
    for day in range(0, most + 1, step):
        x = _LEFT + day * scale
        draw.line((x, _TOP, x, height - _BOTTOM), fill=_RULE)
        _say(draw, (x - 4, height - _BOTTOM + 8), str(day), 12)
    for place, each in enumerate(cases):
        _row(draw, each, _TOP + place * _ROW, scale)


def _row(draw: ImageDraw, each: Case, top: int, scale: float) -> None:
    severity = f"SEV-{each.record.severity}" if each.record.severity is not None else "SEV-?"
    _say(draw, (16, top + 7), f"{each.record.name}  {severity}", 13)
    end = _LEFT + max(2.0, _length(each) * scale)
    open_ended = each.days is None
    fill = _PAPER if open_ended and each.meeting is not Kept.OVERDUE else _COLOURS[each.meeting]
    draw.rectangle((_LEFT, top + 6, end, top + _ROW - 6), fill=fill, outline=_COLOURS[each.meeting], width=2)
    if each.allowed is not None:
        mark = _LEFT + each.allowed * scale
        draw.line((mark, top + 1, mark, top + _ROW - 1), fill=_INK, width=3)
    _say(draw, (max(end, _LEFT + (each.allowed or 0) * scale) + 10, top + 7), report_words.case(each), 13)


def _length(each: Case) -> int:
    """In days; of what is not known there is no bar to be seen."""
    if each.days is None and each.meeting is Kept.UNKNOWN:
        return 0
    return max(0, each.days if each.days is not None else each.so_far or 0)


def _say(draw: ImageDraw, at: tuple[float, float], said: str, size: int) -> int:
    """Write it; returns where it ends."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    draw.text(at, said, fill=_INK, font=font)
    return int(at[0] + draw.textlength(said, font=font))
