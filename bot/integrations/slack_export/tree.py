"""The files of an export, whether they lie in a folder or in a zip, read one at a time and never written anywhere. A
zip is somebody else's file: its names may point outside, its sizes may lie, its parts may be broken."""

from __future__ import annotations

import codecs
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from bot.domain.harvest import slack_parts
from bot.ports.export import ExportUnreadable

LARGEST = 512 * 1024 * 1024
_DEEPEST = 4
_JUNK = ("__MACOSX", ".git", ".DS_Store")


class Unreadable(ValueError):
    """One file cannot be read; the text says why, to follow the file's name."""


class Tree(Protocol):
    """`names`: the JSON files inside, sorted, with "/" between parts; `unsafe`: names that point elsewhere."""

    names: tuple[str, ...]
    unsafe: tuple[str, ...]

    def content(self, name: str) -> bytes:
        """What a file holds, without a mark of its byte order. Raises Unreadable."""
        ...


def open_tree(path: Path) -> Tree:
    """The files of a folder or zip. Raises ExportUnreadable with a plain sentence."""
    try:
        if path.is_dir():
            return Folder(path)
        if path.is_file():
            return Zip(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, EOFError) as error:
        raise ExportUnreadable(f"{path} is neither a folder nor a zip file that can be opened.") from error
    raise ExportUnreadable(f"There is no export at {path}.")


class Folder:
    """An unpacked export."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.names = tuple(sorted(_walk(path)))
        self.unsafe: tuple[str, ...] = ()

    def content(self, name: str) -> bytes:
        try:
            with open(os.path.join(self._path, name), "rb") as file:
                if os.fstat(file.fileno()).st_size > LARGEST:
                    raise Unreadable("it is too large")
                return file.read().removeprefix(codecs.BOM_UTF8)
        except OSError as error:
            raise Unreadable("it cannot be read") from error


class Zip:
    """A zipped export."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        files = [info for info in self._zip.infolist() if not info.is_dir() and info.filename.endswith(".json")]
        wanted = [info for info in files if not _is_junk(info.filename)]
        self._infos = {info.filename: info for info in wanted if _is_inside(info.filename)}
        self.names = tuple(sorted(self._infos))
        self.unsafe = tuple(sorted({slack_parts.clean(i.filename) for i in wanted if not _is_inside(i.filename)}))

    def content(self, name: str) -> bytes:
        info = self._infos[name]
        if info.file_size > LARGEST:
            raise Unreadable("it is too large")
        try:
            return self._zip.read(info).removeprefix(codecs.BOM_UTF8)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError) as error:
            raise Unreadable("its part of the zip is broken or locked") from error


def _walk(folder: str | Path, inside: str = "", depth: int = 0) -> Iterator[str]:
    """The JSON files below a folder. What cannot be listed is left out."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for each in entries:
        if each.name.endswith(".json") and not each.name.startswith("._") and each.is_file():
            yield f"{inside}{each.name}"
        elif depth < _DEEPEST and each.name not in _JUNK and each.is_dir(follow_symlinks=False):
            yield from _walk(each.path, f"{inside}{each.name}/", depth + 1)


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not (name.startswith("/") or "\\" in name or ".." in parts or ":" in parts[0] or "\x00" in name)


def _is_junk(name: str) -> bool:
    parts = name.split("/")
    return parts[0] in _JUNK or parts[-1].startswith("._")


def parse(content: bytes) -> Any:
    """The JSON of a file. Raises Unreadable."""
    try:
        return json.loads(content.decode())
    except UnicodeDecodeError as error:
        raise Unreadable("it is not UTF-8") from error
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
    except ValueError as error:
        raise Unreadable("it is broken JSON") from error
