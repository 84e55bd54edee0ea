"""HARVEST_VOCABULARY: read at the start, and refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import vocabulary_file


def test_a_file_of_own_words_is_read(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[same]\n"Merker" = "TODO"\n', "utf-8")
    assert vocabulary_file.read(str(tmp_path / "own.toml")).read("Merker: x") == "TODO: x"
    assert not vocabulary_file.read("")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"[same", "is no TOML"),
        (b"\xff", "is no TOML"),
        (b"[verbs]\nslow = []\n", "no kind of verb"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "own.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=said) as refused:
        vocabulary_file.read(str(path))
    assert "\n" not in str(refused.value).strip()
