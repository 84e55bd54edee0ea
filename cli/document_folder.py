"""The folder of `document --all`: only files that are ours are written over or removed, and those that say what they said stay
untouched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.documents import markdown_folder


class Foreign(Exception):
    """A file of somebody else stands where one of ours would go; the text says which."""


def write(folder: Path, files: Mapping[str, bytes]) -> str:
    """Makes the folder equal to `files` and says in a sentence what that took. Raises `Foreign` before anything is written, and
    OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    before = {path.name: path.read_bytes() for path in folder.glob("*.md") if path.is_file()}
    for name in files:
        if name in before and not markdown_folder.is_ours(name, before[name]):
            raise Foreign(f"{folder / name} was not written by this command: move it away, or choose another folder.")
    changed = [name for name, content in files.items() if before.get(name) != content]
    gone = [name for name, content in before.items() if name not in files and markdown_folder.is_ours(name, content)]
    for name in changed:
        (folder / name).write_bytes(files[name])
    for name in gone:
        (folder / name).unlink()
    return f"{folder}: {len(changed)} written, {len(files) - len(changed)} unchanged, {len(gone)} removed."
