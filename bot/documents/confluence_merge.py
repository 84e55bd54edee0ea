"""Our parts put into a page that people may have written in. What they wrote stays to the letter, whichever way marks and text were
moved about: a part is replaced only where nobody has changed it."""

from __future__ import annotations

from bot.documents import confluence_marks
from bot.documents.confluence_marks import Page, Part
from bot.documents.confluence_reading import Mark

# Outside the marks, so that it is people's to take away.
KEPT = (
    '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>People have changed what stands above, so it was left as it is; '
    "beneath is the part as it is stored now.</p></ac:rich-text-body></ac:structured-macro>\n"
)
_SECTION = b'<ac:layout-section ac:type="single"><ac:layout-cell>%s</ac:layout-cell></ac:layout-section>'
_Edit = tuple[int, int, bytes]


def merged(existing: str, ours: str) -> str:
    """The page body `existing` with the parts of `ours`, which `confluence.render` wrote. A part that says what it said is not looked
    at; one that people changed stays without its marks, with the new one beneath; one that we have no more goes when nobody
    changed it, and what is called otherwise now takes its place; one whose marks are gone comes at the end. Raises `Unreadable` when
    either is no storage format."""
    page, fresh = confluence_marks.read(existing), confluence_marks.read(ours)
    edits: list[_Edit] = []
    for name, part in fresh.parts.items():
        edits += _brought(page, name, fresh, part)
    for name, old in page.parts.items():
        if name not in fresh.parts and not page.touched(old):
            edits += [_without(page, old.begin), _filled(old, b""), _without(page, old.end)]
    edits += _added(page, fresh)
    return _edited(page.data, edits).decode()


def _brought(page: Page, name: str, fresh: Page, part: Part) -> list[_Edit]:
    old = page.parts.get(name)
    if old is None or old.begin.sums[0] == part.begin.sums[0]:
        return []
    mark, body = fresh.data[part.begin.start : part.begin.end], fresh.data[part.inside]
    if page.touched(old):
        at = old.end.line_start
        return [_without(page, old.begin), (at, at, KEPT.encode() + b"<p>" + mark + b"</p>" + body)]
    return [(old.begin.start, old.begin.end, mark), _filled(old, body)]


def _filled(old: Part, body: bytes) -> _Edit:
    return old.inside.start, old.inside.stop, body


def _without(page: Page, mark: Mark) -> _Edit:
    """The mark taken out, with its paragraph where that holds nothing else."""
    data = page.data
    if data[mark.line_start : mark.start] == b"<p>" and data[mark.end : mark.line_end] == b"</p>":
        return mark.line_start, mark.line_end, b""
    return mark.start, mark.end, b""


def _whole(fresh: Page, part: Part) -> bytes:
    return fresh.data[part.begin.line_start : part.end.line_end] + b"\n"


def _added(page: Page, fresh: Page) -> list[_Edit]:
    """Parts that do not stand on the page: at the end, but where sections are called otherwise now beneath the part that they follow."""
    edits: list[_Edit] = []
    after: int | None = None
    last: list[bytes] = []
    renamed = not page.parts.keys() <= fresh.parts.keys()
    for name, part in fresh.parts.items():
        if name in page.parts:
            after = _beneath(page, page.parts[name]) if renamed else None
        elif after is None:
            last.append(_whole(fresh, part))
        else:
            edits.append((after, after, _whole(fresh, part)))
    return edits + _at_the_end(page, last)


def _beneath(page: Page, part: Part) -> int | None:
    """Behind the line of its last mark; None where that is inside of another part."""
    at = part.end.line_end
    inside = any(each.begin.start < at <= each.end.line_start for each in page.parts.values() if each is not part)
    return None if inside else at


def _at_the_end(page: Page, parts: list[bytes]) -> list[_Edit]:
    """Within the layout of a page that ends with one, since nothing else may stand beside it."""
    if not parts:
        return []
    text = b"".join(parts)
    if page.layout_end is not None:
        return [(page.layout_end, page.layout_end, _SECTION % text)]
    return [(len(page.data), len(page.data), text)]


def _edited(data: bytes, edits: list[_Edit]) -> bytes:
    pieces, done = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [data[done:start], text]
        done = end
    return b"".join((*pieces, data[done:]))
