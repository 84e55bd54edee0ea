"""The file with a team's own words for the harvest (HARVEST_VOCABULARY), in TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bot.domain.harvest import dialect
from bot.domain.harvest.dialect import BadVocabulary, Dialect


def read(path: str) -> Dialect:
    """The words of a file; none for "". Raises ValueError with one plain sentence."""
    if not path.strip():
        return Dialect()
    try:
        return dialect.of(tomllib.loads(Path(path).read_text("utf-8")))
    except BadVocabulary as error:
        raise ValueError(f"{path}: {error}") from error
    except OSError as error:
        raise ValueError(f"The file {path} cannot be read: name a TOML file, or leave the setting out.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"The file {path} is no TOML: {error}. See docs/harvest-vocabulary.md.") from error
