"""Logging for operators: one line an event, never a message body, never a secret."""

from __future__ import annotations

import logging
import re
import sys

_SECRETS = re.compile(
    r"(xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|https?://\S*/(?:commands|actions|services|response)/\S+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@))"
)
QUIET = {
    "slack_bolt": logging.ERROR,
    "slack_sdk": logging.ERROR,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "waitress": logging.ERROR,
    "jira": logging.CRITICAL,
    "urllib3": logging.ERROR,
}


class Redact(logging.Filter):
    """Replaces whatever looks like a token, a response address or a password, in every record of the handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: records are cleaned, not dropped."""
        record.msg = _SECRETS.sub("[hidden]", record.getMessage())
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = _SECRETS.sub("[hidden]", record.exc_text)
        return True


def set_up(level: str) -> None:
    """Send logs to standard error. Libraries speak of trouble alone: their debug lines hold bodies."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redact())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(quiet)
