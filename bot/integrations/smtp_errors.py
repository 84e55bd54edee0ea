"""What goes wrong between us and a mail server, in plain sentences, with the word whether another try can help and whether the server
may have the mail."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping

from bot.domain import typed
from bot.ports.errors import IntegrationError

_REASON = 200
UNREACHABLE = "The mail server cannot be reached: an administrator looks at SMTP_HOST, SMTP_PORT and the network."
BROKEN = "The connection to the mail server broke before it had the mail."
SLOW = "The mail server did not answer in time (SMTP_TIMEOUT)."
LOST = "The mail server had the whole mail, and its answer was lost."
UNTRUSTED = (
    "The mail server's certificate is not trusted: an administrator corrects SMTP_HOST, or the machine's certificates."
)
NO_TLS_HERE = "The mail server does not speak TLS on this port: an administrator corrects SMTP_SECURITY or SMTP_PORT."
NO_STARTTLS = "The mail server offers no STARTTLS, and nothing is sent in the clear: an administrator corrects SMTP_SECURITY or SMTP_PORT."
NO_LOGIN = (
    "The mail server takes no login here: an administrator empties SMTP_USER and SMTP_PASSWORD, or corrects SMTP_PORT."
)
ONLY_ENCRYPTED = "The mail server wants an encrypted connection: an administrator sets SMTP_SECURITY to starttls."
LOGIN = "The mail server refuses the login: an administrator corrects SMTP_USER and SMTP_PASSWORD."
BUSY = "The mail server asks to be tried later"
GREETING = "The mail server does not talk to us"
SENDER = "The mail server does not take mail from MAIL_FROM"
NOBODY = "The mail server takes the mail for nobody of its recipients"
CONTENT = "The mail server refused the mail"
NO_ADDRESS = "is no address that mail can go to"
ONLY_ASCII = "has letters before the @ that this mail server does not take"


class translated:
    """Whatever goes wrong in the block becomes ours. `handed_over` says that the server may have the mail: set it in the block."""

    def __init__(self) -> None:
        self.handed_over = False

    def __enter__(self) -> translated:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, (smtplib.SMTPException, OSError)):
            raise (_lost(error) if self.handed_over else _told(error)) from None


def answered(what: str, code: int, answer: bytes | str) -> IntegrationError:
    """The server said no: for now with a 4xx, for good with a 5xx."""
    if code < 400:
        return IntegrationError(BROKEN, name="bad_answer", retryable=True)
    if _wants_tls(code, answer):
        return IntegrationError(ONLY_ENCRYPTED, name="no_tls", retryable=False)
    if code < 500:
        return IntegrationError(f"{BUSY}: {reason(code, answer)}", name=f"smtp_{code}", retryable=True)
    return IntegrationError(f"{what}: {reason(code, answer)}", name=f"smtp_{code}", retryable=False)


def nobody(refused: Mapping[str, tuple[int, str]]) -> IntegrationError:
    """No recipient is left; another try helps where one was refused for now only."""
    code, why = min(refused.values())
    later = any(400 <= each < 500 for each, _ in refused.values())
    return IntegrationError(f"{NOBODY}: {sentence(why)}", name=f"smtp_{code}", retryable=later)


def reason(code: int, answer: bytes | str) -> str:
    """What the server said, in one line."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return sentence(f"{code} {typed.clip(typed.one_line(said), _REASON)}".strip())


def sentence(said: str) -> str:
    """With an end."""
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _wants_tls(code: int, answer: bytes | str) -> bool:
    """Before anything else (RFC 3207, RFC 4954)."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return code == 538 or (code == 530 and "STARTTLS" in said.upper())


def _lost(error: Exception) -> IntegrationError:
    return IntegrationError(LOST, name=type(error).__name__, retryable=True, unknown=True)


def _told(error: Exception) -> IntegrationError:
    # The library says that the connection is closed also where it closed it because nothing came.
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        error = error.__context__
    name = type(error).__name__
    match error:
        case smtplib.SMTPAuthenticationError():
            if _wants_tls(error.smtp_code, error.smtp_error):
                return answered(LOGIN, error.smtp_code, error.smtp_error)
            later = 400 <= error.smtp_code < 500
            said = f"{BUSY}: {error.smtp_code}." if later else LOGIN
            return IntegrationError(said, name=f"smtp_{error.smtp_code}", retryable=later)
        case smtplib.SMTPSenderRefused():
            return answered(SENDER, error.smtp_code, error.smtp_error)
        case smtplib.SMTPDataError():
            return answered(CONTENT, error.smtp_code, error.smtp_error)
        case smtplib.SMTPResponseException() if error.smtp_code > 0:
            return answered(GREETING, error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected() | smtplib.SMTPResponseException() | ssl.SSLEOFError():
            return IntegrationError(BROKEN, name=name, retryable=True)
        case smtplib.SMTPException():
            # None at all, or none in a way that we know.
            return IntegrationError(NO_LOGIN, name=name, retryable=False)
        case ssl.SSLCertVerificationError():
            return IntegrationError(UNTRUSTED, name="certificate", retryable=False)
        case ssl.SSLError():
            return IntegrationError(NO_TLS_HERE, name=name, retryable=True)
        case TimeoutError():
            return IntegrationError(SLOW, name=name, retryable=True)
        case ConnectionAbortedError() | ConnectionResetError() | BrokenPipeError():
            return IntegrationError(BROKEN, name=name, retryable=True)
    return IntegrationError(UNREACHABLE, name=name, retryable=True)
