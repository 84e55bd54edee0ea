"""Reads a YAML or JSON file that must hold a mapping, quickly, and says in one line what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import yaml

from sandbox.spec.types import Json


def mapping(path: Path, what: str) -> Json:
    """The mapping in a file. ValueError with the place when it is none; OSError."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path}{where}: this is not YAML") from error
    if not isinstance(loaded, dict):
        raise ValueError(f"{path} holds no {what}")
    return loaded
