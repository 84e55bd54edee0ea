"""The picture as PNG: it opens, is small enough for Slack, and has no boxes where letters are missing."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.documents import timeline_png
from bot.documents.timeline_colours import LIGHT
from bot.domain.harvest.finding import TimelineKind
from bot.domain.picture import Tone
from bot.domain.picture_marks import Event
from tests.documents import pictures
from tests.documents.pictures import T

each_timeline = pytest.mark.parametrize("found", pictures.TIMELINES.values(), ids=pictures.TIMELINES.keys())


@each_timeline
def test_it_opens_at_twice_the_size_and_is_small(found: list[Event]) -> None:
    picture = pictures.drawn(found)
    content = timeline_png.render(picture)
    assert len(content) < 1_000_000
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        assert image.format == "PNG"
        assert image.width == 2 * picture.width
        assert abs(image.height - 2 * picture.height) <= 1


def test_its_colours_are_those_of_the_kinds() -> None:
    with Image.open(io.BytesIO(timeline_png.render(pictures.drawn(pictures.events(80, 2))))) as image:
        colours = {pixel for _, pixel in image.convert("RGB").getcolors(10**7) or []}
    for tone in (Tone.BEGAN, Tone.NOTICED, Tone.TOLD, Tone.DONE, Tone.DECIDED, Tone.EASED, Tone.PAPER, Tone.INK):
        wanted = tuple(int(LIGHT[tone][at : at + 2], 16) for at in (1, 3, 5))
        assert any(max(abs(a - b) for a, b in zip(wanted, each, strict=True)) <= 2 for each in colours), tone


@pytest.mark.parametrize(
    "text",
    ["Error rate", "Größe naïve œuvre", "Ошибка базы", "Σφάλμα", "→ 100 % – “ok”", "İstanbul źdźbło", "✓ ⚠ ★", ""],
)
def test_common_letters_are_drawn(text: str) -> None:
    assert timeline_png.drawable(text)
    assert timeline_png.shown(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("数据库", "…"), ("ok 数据库", "ok …"),
     ("done 🔥 now", "done now"), ("🔥", "…"), ("👩🏽‍💻 ok 1️⃣", "ok 1"), ("x\u0323\u0301", "x …"), ("ok 🔥 数据库 x", "ok …"),
     ("\U0010fffe", "…")],
)  # fmt: skip
def test_letters_that_the_fonts_lack_are_no_boxes(text: str, shown: str) -> None:
    assert timeline_png.shown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום", "םולש"), ("ב-14:02 נפל", "לפנ 14:02-ב"), ("checkout: שלום ok", "checkout: םולש ok"), ("שָׁלוֹם", "םולש"),
        ("שלום 数据库", "… םולש"),
        ("לא 🔥 כן", "ןכ אל"), ("\u2068שלום\u2069", "םולש"), ("مرحبا", "\ufe8e\ufe92\ufea3\ufeae\ufee3"),
    ],
)  # fmt: skip
def test_words_from_right_to_left_are_set_as_they_are_read(text: str, shown: str) -> None:
    assert timeline_png.shown(text) == shown
    assert timeline_png.drawable(shown)


def test_a_picture_of_such_letters_still_says_when_and_what() -> None:
    with_words = timeline_png.render(pictures.drawn([Event(T, "数据库", TimelineKind.page)]))
    without = timeline_png.render(pictures.drawn([Event(T, "主节点", TimelineKind.page)]))
    assert with_words == without
    assert with_words != timeline_png.render(pictures.drawn([Event(T, "数据库", TimelineKind.action)]))


def test_the_same_picture_gives_the_same_file() -> None:
    picture = pictures.drawn(pictures.events(12, 5))
    first = timeline_png.render(picture)
    timeline_png.render.cache_clear()
    assert timeline_png.render(picture) == first
