"""The end of the process at one request to somebody outside."""

from __future__ import annotations

from typing import Any

import requests
from requests.adapters import HTTPAdapter

from tests.fakes import errors


class Dying(HTTPAdapter):
    """The process ends at the request of a number, before it leaves or after its effect."""

    def __init__(self, at: int, *, after: bool) -> None:
        super().__init__(max_retries=0)
        self.number, self.at, self.after = 0, at, after

    def send(self, request: requests.PreparedRequest, *args: Any, **named: Any) -> requests.Response:  # type: ignore[override]
        self.number += 1
        if self.number == self.at and not self.after:
            raise errors.Crash
        answer = super().send(request, *args, **named)
        if self.number == self.at:
            raise errors.Crash
        return answer
