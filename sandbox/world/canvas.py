"""A canvas as a value: a title, sections, and who may do what with it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Section:
    """A piece of a canvas that an edit can name; `kind` as in sandbox.spec.canvas."""

    id: str
    kind: str
    markdown: str


@dataclass
class Canvas:
    """A canvas; its id is that of its file. `users` and `channels` hold levels of access by id; `tab` is the channel it is a tab of."""

    id: str
    title: str
    owner: str
    sections: list[Section] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    tab: str = ""
    of_channel: bool = False
    deleted: bool = False

    @property
    def markdown(self) -> str:
        """The whole text."""
        return "\n\n".join(section.markdown for section in self.sections)

    @property
    def size(self) -> int:
        """Bytes of the whole text."""
        return len(self.markdown.encode("utf-8", "replace"))
