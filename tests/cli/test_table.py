"""What `python app.py` understands."""

from __future__ import annotations

import io
from importlib import import_module

import pytest

from cli import table


def typed(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = table.run(words, lambda *_: None, out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("words", [(), ("help",), ("-h",), ("--help",)], ids=["nothing", "help", "-h", "--help"])
def test_asked_for_help_it_lists_every_command(words: tuple[str, ...]) -> None:
    code, out, err = typed(*words)
    assert (code, err) == (0, "")
    for name, command in table.COMMANDS.items():
        assert f"python app.py {name}" in out
        assert command.what in out


@pytest.mark.parametrize(
    ("word", "nearest"), [("servr", "serve"), ("migrations", "migrate"), ("docter", "doctor")], ids=str
)
def test_an_unknown_command_is_answered_with_the_nearest_one(word: str, nearest: str) -> None:
    code, out, err = typed(word)
    assert (code, out) == (2, "")
    assert f"There is no command '{word}'. Did you mean {nearest}?" in err
    assert "python app.py help" in err


def test_a_word_that_resembles_nothing_gets_no_guess() -> None:
    code, _, err = typed("xyzzy")
    assert code == 2
    assert "Did you mean" not in err


@pytest.mark.parametrize("name", table.COMMANDS)
def test_every_command_of_the_table_can_be_run(name: str) -> None:
    assert callable(import_module(table.COMMANDS[name].module).run)
