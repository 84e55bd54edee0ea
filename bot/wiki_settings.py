"""Where the wiki is, as the settings say it: Confluence Cloud, its space, the page above the post-mortems, and who may read restricted
ones."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr

HERE = ("localhost", "127.0.0.1", "::1")
OWN = "Write Confluence's own address, such as https://example.atlassian.net/wiki, and nothing after it."
PARENT = "Write the page's number, or its address as the browser shows it, such as https://example.atlassian.net/wiki/spaces/OPS/pages/98765/Post-mortems."
READERS = (
    "Write the names of groups with commas between, and people as user: and their account's id, such as "
    "security-team,user:5b10ac8d82e05b22cc7d4ef5."
)
HINTS = {
    "CONFLUENCE_EMAIL": "Write the e-mail address of the account that CONFLUENCE_TOKEN belongs to.",
    "CONFLUENCE_SPACE": "Write the space's key, such as OPS; it stands in the address of its pages.",
    **dict.fromkeys(("CONFLUENCE_BY_YEAR", "CONFLUENCE_PRIVATE_CHANNELS"), "Write true or false."),
}
_IN_ADDRESS = re.compile(r"/pages/(?:edit-v2/)?(\d+)(?:/|$)")
_ACCOUNT = re.compile(r"user:[A-Za-z0-9:_-]{1,128}\Z")


class WikiSettings(BaseModel):
    """How Confluence is reached; `parent` is a page's id, "" for the space itself."""

    model_config = ConfigDict(frozen=True)

    url: str
    email: str
    token: SecretStr
    space: str
    parent: str = ""


def address(value: str) -> str:
    """Confluence's own address with `/wiki` at its end; secrets go over TLS, but to this machine itself. Raises ValueError."""
    typed = value.strip()
    parts = urlsplit(typed)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise ValueError("Write an address that begins with https://.")
    path = parts.path.rstrip("/")
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc or path not in ("", "/wiki"):
        raise ValueError(OWN)
    return f"{parts.scheme}://{parts.netloc}/wiki"


def parent(value: str) -> str:
    """A page's id, of that or of its address. Raises ValueError."""
    typed = value.strip()
    if re.fullmatch(r"\d{1,20}", typed, re.ASCII):
        return typed
    found = _IN_ADDRESS.search(urlsplit(typed).path)
    if found is None or not typed.startswith(("https://", "http://")):
        raise ValueError(PARENT)
    return found[1]


def readers(value: str) -> tuple[str, ...]:
    """Groups by name, and accounts as `user:` and their id. Raises ValueError."""
    named = tuple(dict.fromkeys(each.strip() for each in value.split(",") if each.strip()))
    if not all(_ACCOUNT.match(each) or not each.startswith("user:") for each in named):
        raise ValueError(READERS)
    if any("@" in each for each in named):
        raise ValueError(f"An e-mail address names nobody in Confluence. {READERS}")
    return named


def lacking(
    url: str | None, email: str | None, token: SecretStr | None, space: str | None, *others: tuple[str, object]
) -> str | None:
    """Why no page could be kept by these settings, in a sentence: half of them would fail at the first page. `others` are settings by name
    that mean nothing without them."""
    needed = {"CONFLUENCE_URL": url, "CONFLUENCE_EMAIL": email, "CONFLUENCE_TOKEN": token, "CONFLUENCE_SPACE": space}
    missing = [name for name, value in needed.items() if value is None]
    given = [name for name in needed if name not in missing] or [name for name, value in others if value]
    if not missing or not given:
        return None
    verb, those, whole = ("is", "it", "both") if len(missing) == 1 and len(given) == 1 else ("are", "them", "all")
    verb, those = ("is", "it") if len(missing) == 1 else (verb, those)
    return f"{_and(missing)} {verb} missing: set {those} beside {_and(given)}, or leave {whole} empty."


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
