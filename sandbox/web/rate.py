"""Slack's rate limits: a number of calls a minute for each method, its own rule for posting, and the strict one of 2025."""

from __future__ import annotations

import math
from collections import deque

from sandbox.spec import methods
from sandbox.world.workspace import World

WINDOW = 60.0
POST_BURST = 5
POSTS_A_MINUTE = 300
SPECIAL_A_MINUTE = {"auth.test": 600, "chat.getPermalink": 600, "apps.event.authorizations.list": 600}
NARROW = frozenset({"conversations.history", "conversations.replies"})


class Rates:
    """Counts calls by app and method (posting also by channel) over the last minute of the sandbox's clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[tuple[str, str], deque[float]] = {}
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def check(self, app: str, method: methods.Method, channel: str) -> int | None:
        """None when the call may pass, otherwise the seconds of Retry-After."""
        if not self._world.rules.rate_limits:
            return None
        if method.name == "chat.postMessage":
            return self._posting(app, channel)
        return self._window(app, method.name, self._allowed(method))

    def clear(self) -> None:
        """Forget everything that was counted."""
        self._seen.clear()
        self._buckets.clear()

    def _allowed(self, method: methods.Method) -> int:
        if self._world.rules.profile == "non-marketplace" and method.name in NARROW:
            return 1
        return methods.TIERS[method.tier] if method.tier else SPECIAL_A_MINUTE.get(method.name, 100)

    def _window(self, app: str, name: str, allowed: int) -> int | None:
        now = self._world.clock.now()
        seen = self._seen.setdefault((app, name), deque())
        while seen and seen[0] <= now - WINDOW:
            seen.popleft()
        if len(seen) >= allowed:
            return max(1, math.ceil(seen[0] + WINDOW - now))
        seen.append(now)
        return None

    def _posting(self, app: str, channel: str) -> int | None:
        now = self._world.clock.now()
        left, at = self._buckets.get((app, channel), (float(POST_BURST), now))
        left = min(float(POST_BURST), left + (now - at))
        if left < 1:
            self._buckets[(app, channel)] = (left, now)
            return 1
        wait = self._window(app, "chat.postMessage", POSTS_A_MINUTE)
        if wait is None:
            self._buckets[(app, channel)] = (left - 1, now)
        return wait
