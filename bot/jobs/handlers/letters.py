"""A mail that somebody wrote, as it leaves: the words that they sent, and the same as HTML. One that was written before the
post-mortem was restricted, or opened again, does not leave (R-63)."""

from __future__ import annotations

from bot.documents import mail_html
from bot.domain import errors, kept_mail, summary_mail
from bot.domain.kept_mail import KeptMail
from bot.domain.mail import Mail
from bot.domain.overview import Overview
from bot.jobs.scene import Scene

CHANGED = "The post-mortem was restricted, or opened again, after this e-mail was written: open it, look at it, and send it anew."


def draw(scene: Scene, overview: Overview, kept: KeptMail) -> Mail:
    """Raises Refused where it is not wanted any more."""
    if kept.words.get("restricted") is not overview.postmortem.restricted:
        raise errors.refused("restricted", CHANGED)
    subject, text = str(kept.words.get("subject")), str(kept.words.get("text"))
    html = mail_html.page(text, subject, summary_mail.HEADINGS)
    return Mail(kept.identity, kept.to, subject, text, html, kept_mail.thread(overview.postmortem.id))
