"""Why a server did not answer, in words for operators: what the libraries call their errors tells them nothing."""

from __future__ import annotations

from bot.ports.errors import IntegrationError

# The first that stands in the error's name.
_WORDS = (
    ("timeout", "no answer in time"),
    ("ssl", "no encrypted connection came about"),
    ("proxy", "the proxy does not let us through"),
    ("connection", "no connection came about"),
)


def why(error: IntegrationError) -> str:
    """A few words; of an answer that was no success its number."""
    if error.name.startswith("http_"):
        return f"it answers {error.name.removeprefix('http_')}"
    return next((said for part, said in _WORDS if part in error.name.lower()), "the connection broke")
