"""The shape of what a button does. To add a button: name it in bot/blocks/ids.py, write its act in a file here, and put
the file's table into the one in bot/listeners/actions/buttons.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit

Press = Callable[[Desk, Unit, Call, datetime], Answer]
