"""What is wrong with the settings, known to the command line before it loads what reads them."""

from __future__ import annotations


class ConfigError(Exception):
    """A setting is missing or malformed; the message names it and says what to write."""
