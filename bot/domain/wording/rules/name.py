"""R-64: names of responders in the parts that everybody reads. There a role tells more, and points at nobody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.wording import replacing
from bot.domain.wording.finding import Hit, Level, Rule
from bot.domain.wording.people import Kind
from bot.domain.wording.source import Source


def find(source: Source) -> Iterator[Hit]:
    """Responders by name, and every mention; an @handle that is nobody's we know may be a company's."""
    for someone in source.persons:
        if someone.kind is Kind.NAME and (someone.known or someone.marked):
            sure = someone.known or source.read.startswith("<", someone.start)
            new = replacing.placed(source, someone.start, someone.called)
            yield Hit(Rule.NAME, someone.start, someone.end, (new,), Level.WARN if sure else Level.SUGGEST)
