"""The page as one file: the stylesheets and modules of the local Slack's own page stand in it, so that it opens from a disk, with
no server and no network."""

from __future__ import annotations

import base64
import html
import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from demo.gallery import people
from demo.gallery.entry import Entry, Group, Json
from demo.gallery.texts import NOW

HERE = Path(__file__).parent / "assets"
SLACK = Path(__file__).resolve().parents[2] / "sandbox" / "page" / "assets"
STYLES = ("base", "layout", "messages", "blocks", "forms", "inspector")
POLICY = "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:"
_IMPORT = re.compile(r'(from|import) "(\.{1,2}/[^"]+|page/[^"]+)"')
_DARK = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}\s*\}", re.DOTALL)


def page(drawn: list[tuple[Group, Entry]]) -> str:
    """The whole file."""
    script = (HERE / "gallery.js").read_text(encoding="utf-8")
    modules = json.dumps({"imports": dict(_modules(script))})
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{html.escape(POLICY)}">
<title>Gallery of the post-mortem bot</title>
<link rel="icon" href="data:,">
<style>{_styles()}</style>
<script>Date.now = () => {int(NOW.timestamp())} * 1000;</script>
<script type="importmap">{modules}</script>
<script type="application/json" id="gallery">{_inert(_data(drawn))}</script>
</head>
<body>
<nav id="index" aria-label="Groups"></nav>
<main id="pictures"></main>
<div id="notices" class="notices" role="status" aria-live="polite"></div>
<noscript>This page needs JavaScript.</noscript>
<script type="module">
{script}</script>
</body>
</html>
"""


def _modules(script: str) -> Iterator[tuple[str, str]]:
    """Every module that the script needs, under its own name: an address on a disk may not import another one."""
    waiting, known = [name for _, name in _IMPORT.findall(script)], set()
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        text = (SLACK / "js" / name.removeprefix("page/")).read_text(encoding="utf-8")
        folder = posixpath.dirname(name)

        def named(found: re.Match[str], folder: str = folder) -> str:
            return f'{found[1]} "{posixpath.normpath(posixpath.join(folder, found[2]))}"'

        text = _IMPORT.sub(named, text)
        waiting += [inner for _, inner in _IMPORT.findall(text)]
        yield name, "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()


def _styles() -> str:
    """The stylesheets, with the dark colours also for whoever asks for them by the button."""
    slack = "\n".join((SLACK / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)

    def both(found: re.Match[str]) -> str:
        wish = f':root[data-theme="dark"] {{{found[1]}}}'
        return f'@media (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{{found[1]}}} }}\n{wish}'

    return _DARK.sub(both, slack) + (HERE / "gallery.css").read_text(encoding="utf-8")


def _data(drawn: list[tuple[Group, Entry]]) -> Json:
    rows: dict[str, Json] = {}
    for group, entry in drawn:
        row = rows.setdefault(group.key, {"key": group.key, "title": group.title, "about": group.about, "entries": []})
        row["entries"].append(
            {
                "anchor": group.anchor(entry),
                "title": entry.title.replace("_", " "),
                "surface": entry.surface,
                "payload": entry.payload,
            }
        )
    rooms = {"channel": people.CHANNEL}
    return {
        "now": int(NOW.timestamp()),
        "directory": people.directory(),
        "rooms": rooms,
        "groups": list(rows.values()),
    }


def _inert(value: Json) -> str:
    """JSON that no parser of HTML takes for a tag."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
