"""The labels under a message, one a line, gathered into what people say is there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.harvest.finding import Role, TimelineKind
from bot.domain.harvest.message import instant
from evaluation.channel import Entry, FollowUp, Labels, RoleFrom

MARKS = ("recording", "query", "result", "customers", "statuspage", "ticket", "pull")
_OPTION = re.compile(r"(\w+)=(\S+(?: (?!\w+=)\S+)*)")


@dataclass
class Labelling:
    """Takes label lines in the order of the file."""

    entries: list[Entry] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    roles: list[RoleFrom] = field(default_factory=list)
    doubtful: set[tuple[str, str]] = field(default_factory=set)
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    things: dict[str, int | None] = field(default_factory=dict)
    again: list[tuple[str, str, int | None]] = field(default_factory=list)

    def take(self, said: str, raw: Mapping[str, Any], handles: Mapping[str, str]) -> None:
        """One label of one message. Raises ValueError or KeyError for one that is none."""
        word, _, rest = said.partition(" ")
        ts, options = str(raw["ts"]), dict(_OPTION.findall(rest))
        if word == "todo":
            who = options.get("assignee")
            assignee = None if who is None else "" if who == "-" else handles[who.lstrip("@")]
            if thing := options.get("thing"):
                self.things[thing] = len(self.follow_ups)
            self.follow_ups.append(FollowUp(ts, assignee, options.get("due", "")))
        elif word == "timeline":
            at = options.get("at")
            self.entries.append(
                Entry((ts,), TimelineKind(rest.split()[0].rstrip(",").split(",")[0]), _at(at, ts) if at else None)
            )
        elif word == "more":
            self.entries[-1] = replace(self.entries[-1], ts=(*self.entries[-1].ts, ts))
        elif word == "maybe":
            self.doubtful.add((rest.split()[0], ts))
            if thing := options.get("thing"):
                self.things.setdefault(thing, None)
        elif word == "again":
            line = int(options["line"]) - 1 if "line" in options else None
            self.again.append((rest.split(" line=")[0].strip(), ts, line))
        elif word == "role":
            role, who = rest.split()[:2]
            self.roles.append(RoleFrom(ts, Role(role), handles[who.lstrip("@")]))
        elif word in MARKS:
            self.marks.append((word, ts, rest.strip()))
        else:
            raise ValueError(f"no such label: {word}")

    def done(self, head: Mapping[str, str], handles: Mapping[str, str]) -> Labels:
        """All of them. Raises ValueError for a follow-up that is said again and never labelled."""
        for role in ("ic", "scribe"):
            for each in _listed(head.get(role, "")):
                self.roles.append(RoleFrom("", Role(role), handles[each]))
        responders, observers, silent = (
            _people(head.get(key, ""), handles) for key in ("responders", "observers", "silent")
        )
        self._say_again()
        return Labels(
            tuple(self.entries), tuple(self.follow_ups), tuple(self.roles), responders, observers, silent,
            frozenset(self.doubtful), tuple(self.marks),
        )  # fmt: skip

    def _say_again(self) -> None:
        """Puts the messages that say something again to what they say; of what is in doubt they are in doubt as well."""
        for thing, ts, line in self.again:
            if thing not in self.things:
                raise ValueError(f"no follow-up is named {thing!r}, which a message says again")
            place = self.things[thing]
            if place is None:
                self.doubtful.add(("todo", ts))
                continue
            first = self.follow_ups[place]
            lines = first.lines if line is None else (*first.lines, (ts, line))
            self.follow_ups[place] = replace(first, again=(*first.again, ts), lines=lines)


def _people(said: str, handles: Mapping[str, str]) -> frozenset[str]:
    return frozenset(handles[each] for each in _listed(said))


def _listed(said: str) -> list[str]:
    return [each.strip().lstrip("@") for each in said.split(",") if each.strip() and each.strip() != "nobody"]


def _at(said: str, ts: str) -> datetime:
    posted = instant(ts)
    if "T" in said:
        at = datetime.fromisoformat(said.rstrip("Z"))
        return at.replace(tzinfo=UTC)
    hour, minute = said.rstrip("Z").split(":")[:2]
    return posted.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
