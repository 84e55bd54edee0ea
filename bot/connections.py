"""What a broken request to somebody outside tells about itself."""

from __future__ import annotations

from requests.exceptions import SSLError
from urllib3.exceptions import MaxRetryError, NewConnectionError


def never_connected(error: Exception) -> bool:
    """No connection came about: it is certain that nothing was done."""
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def untrusted(error: Exception) -> bool:
    """The certificate is not trusted."""
    return isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error)
