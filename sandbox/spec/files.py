"""Reads a YAML or JSON file that must hold a mapping, quickly, and says in one line what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from sandbox.spec.types import Json

_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader with short ways for strings and plain mappings, which a long history consists of."""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing here is resolved by its path."""

    def ascend_resolver(self) -> None:
        """Nothing here is resolved by its path."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a node without one; the same objects each time, so that they can be told by identity."""
        if kind is not yaml.ScalarNode:
            return _SEQ if kind is yaml.SequenceNode else _MAP
        if implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return str(tag)
        return _STR

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """As the base does it, but at once for what is most of a file."""
        tag = node.tag
        if tag is _STR and type(node) is yaml.ScalarNode:
            return node.value
        if tag is _MAP and node not in self.constructed_objects and all(key.tag is _STR for key, _ in node.value):
            return self._plain(node)
        return super().construct_object(node, deep)

    def _plain(self, node: Any) -> Json:
        if node in self.recursive_objects:
            raise yaml.constructor.ConstructorError(None, None, "a mapping inside itself", node.start_mark)
        self.recursive_objects[node] = None
        made = {key.value: self.construct_object(value) for key, value in node.value}
        self.constructed_objects[node] = made
        del self.recursive_objects[node]
        return made


def mapping(path: Path, what: str) -> Json:
    """The mapping in a file. ValueError with the place when it is none; OSError."""
    try:
        text = path.read_text(encoding="utf-8")
        loaded = _json(text) if text.lstrip().startswith("{") else None
        if loaded is None:
            loaded = yaml.load(text, Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path}{where}: this is not YAML") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: this is no text in UTF-8") from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    except RecursionError as error:
        raise ValueError(f"{path}: this is nested too deeply") from error
    if not isinstance(loaded, dict):
        raise ValueError(f"{path} holds no {what}")
    return loaded


def _json(text: str) -> Any:
    """JSON is YAML, but this is twenty times as fast; None for what is YAML alone."""
    try:
        return json.loads(text)
    except ValueError:
        return None
