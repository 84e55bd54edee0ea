"""Says where in a file something is wrong: a sentence without its place sends people searching."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

MISREAD = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What reading runs into when a value is not what it should be."""


def sentence(error: Exception) -> str:
    """What such an error means, in words."""
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error) if isinstance(error, ValueError) else f"a value has the wrong form ({error})"


@contextmanager
def at(where: object) -> Iterator[None]:
    """ValueError that begins with the place for whatever goes wrong inside."""
    try:
        yield
    except MISREAD as error:
        raise ValueError(f"{where}: {sentence(error)}") from error


def of_file(error: OSError) -> str:
    """What keeps a file, or the port, from being used."""
    if error.filename is None:
        return error.strerror or str(error)
    kinds = {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "this is a folder",
        NotADirectoryError: "this is no folder",
    }
    return f"{error.filename}: {kinds.get(type(error), error.strerror or 'it cannot be read')}"
