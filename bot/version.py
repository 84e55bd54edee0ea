"""Which version this is; a test holds it equal to pyproject.toml, which is not there when the bot is installed."""

VERSION = "0.1.0"
