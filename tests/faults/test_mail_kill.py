"""kill -9 of the real `app.py serve` at two answers of a real mail server, then a new process on what was left: one mail. `make torture`
does it at every answer, before and after the server has the mail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.domain.kept_mail import MailState
from tests.faults import mail_killing
from tests.faults.mail_killing import RealMail

KILLS = (5, 8)


def test_killed_at_an_answer_the_next_process_sends_the_mail_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        undisturbed = pool.submit(RealMail(tmp_path / "undisturbed").run)
        running = [pool.submit(RealMail(tmp_path / f"{at}", at).run) for at in KILLS]
        left = undisturbed.result()
        assert (left.taken, [each.state for each in left.mails], left.asked) == (1, [MailState.SENT], 0)
        for run, at in zip(running, KILLS, strict=True):
            mail_killing.check(run.result(), at, after=False)
