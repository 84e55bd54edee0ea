"""Ids of Slack's form. A thing with a name always gets the same id, so two runs of one workspace file agree."""

from __future__ import annotations

import hashlib
import random
import string

_ALPHABET = string.digits + string.ascii_uppercase


class Ids:
    """Makes ids from a seed; nothing is handed out twice."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)
        self._used: set[str] = set()

    def take(self, given: str) -> str:
        """Reserve an id that a workspace file spells out."""
        self._used.add(given)
        return given

    def named(self, prefix: str, name: str) -> str:
        """An id for the thing of this name: the same for the same seed, prefix and name."""
        digest = hashlib.sha256(f"{self._seed}/{prefix}/{name}".encode()).digest()
        number = int.from_bytes(digest, "big")
        digits = []
        for _ in range(9):
            number, rest = divmod(number, 36)
            digits.append(_ALPHABET[rest])
        made = f"{prefix}0{''.join(digits)}"
        return self.take(made) if made not in self._used else self.new(prefix)

    def new(self, prefix: str) -> str:
        """A fresh id."""
        while True:
            made = f"{prefix}0{''.join(self._random.choices(_ALPHABET, k=9))}"
            if made not in self._used:
                return self.take(made)

    def hex(self, length: int) -> str:
        """Lower-case hexadecimal digits, for secrets and tokens."""
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def short(self, length: int = 5) -> str:
        """Letters and digits, as Slack makes block_id and action_id when the app gave none."""
        return "".join(self._random.choices(string.ascii_letters + string.digits, k=length))
