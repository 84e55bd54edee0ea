"""Answers that only the person who typed sees: the help, a refusal, and the way back to a form."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, lines, parts, text
from bot.ports.chat import Drawing

Commands = Sequence[tuple[str, str]]
_MOST = 60


def help(commands: Commands) -> Drawing:
    """Every command with what it does: (usage, what) a line."""
    return parts.drawing("What you can type here", [parts.section("*What you can type here*"), *_table(commands)])


def refusal(sentence: str) -> Drawing:
    """A plain sentence that says what was wrong and what to do instead."""
    said = text.escape(text.clip(sentence, 1500))
    return parts.drawing(said, [parts.section(said)])


def say(markup: str) -> Drawing:
    """A sentence of our own in finished mark-up."""
    return parts.drawing(markup, [parts.section(markup)])


def say_here(markup: str, *, strangers: bool) -> Drawing:
    """The same in an incident's channel: whoever types it is told when people of other organisations read along."""
    warning = [parts.section(lines.STRANGERS)] if strangers else []
    return parts.drawing(markup, [parts.section(markup), *warning])


def open_form(sentence: str, record_id: str) -> Drawing:
    """A sentence with the button that opens the details: for when the form could not be opened by itself."""
    said = text.escape(text.clip(sentence, 1500))
    button = parts.button("Fill in the details", ids.DETAILS_OPEN, record_id, "primary")
    return parts.drawing(said, [parts.section(said), parts.actions(button)])


def unknown_command(word: str, nearest: str | None, commands: Commands) -> Drawing:
    """What was typed is no command: the nearest one, and the list."""
    said = f"There is no command “{text.escape(text.clip(word, 60))}”."
    if nearest:
        said += f" Did you mean {text.code(f'/postmortem {nearest}')}?"
    return parts.drawing(said, [parts.section(said), *_table(commands)])


def _table(commands: Commands) -> list[parts.Block]:
    rows = [f"{text.code(usage)}  {text.escape(text.clip(what, 200))}" for usage, what in commands[:_MOST]]
    pages = [rows[start : start + 10] for start in range(0, len(rows), 10)]
    return [parts.whole("\n".join(page)) for page in pages]
