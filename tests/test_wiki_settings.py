"""The settings of the wiki: all that is needed, or none of it, and each mistake in one sentence."""

from __future__ import annotations

import pytest

from bot import config, wiki_settings
from bot.config import ConfigError, Settings

WHOLE = {
    "confluence_url": "https://acme.atlassian.net/wiki",
    "confluence_email": "bot@example.com",
    "confluence_token": "canary-token",
    "confluence_space": "OPS",
}


LACKING = "CONFLUENCE_URL{} are missing: set them beside {}, or leave all empty."
ALL = ", CONFLUENCE_EMAIL, CONFLUENCE_TOKEN"
NOBODY = f"An e-mail address names nobody in Confluence. {wiki_settings.READERS}"


def load(**values: object) -> Settings:
    return config.load(slack_bot_token="xoxb-1", slack_signing_secret="s", _env_file=None, **values)


def test_all_four_make_a_wiki() -> None:
    told = load(
        **WHOLE, confluence_parent="https://acme.atlassian.net/wiki/spaces/OPS/pages/98765/Post-mortems",
        confluence_by_year="true", confluence_restrict_to="security-team, user:5b10ac8d82e05b22cc7d4ef5,",
    )  # fmt: skip
    assert told.wiki
    assert (told.wiki.url, told.wiki.space, told.wiki.parent) == ("https://acme.atlassian.net/wiki", "OPS", "98765")
    assert "canary-token" not in repr(told)
    rules = told.policy.wiki
    assert rules
    assert rules.restrict_to == ("security-team", "user:5b10ac8d82e05b22cc7d4ef5")
    assert (rules.by_year, rules.private_channels) == (True, False)


def test_without_any_there_is_none() -> None:
    assert load().wiki is None
    assert load().policy.wiki is None


@pytest.mark.parametrize("missing", WHOLE)
def test_three_of_them_are_refused(missing: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(**{name: value for name, value in WHOLE.items() if name != missing})
    given = [name.upper() for name in WHOLE if name != missing]
    said = f"{missing.upper()} is missing: set it beside {', '.join(given[:2])} and {given[2]}, or leave all empty."
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"confluence_token": "x"}, LACKING.format(", CONFLUENCE_EMAIL and CONFLUENCE_SPACE", "CONFLUENCE_TOKEN")),
        ({"confluence_restrict_to": "g"}, LACKING.format(f"{ALL} and CONFLUENCE_SPACE", "CONFLUENCE_RESTRICT_TO")),
        ({**WHOLE, "confluence_url": "http://acme.example.com"}, "CONFLUENCE_URL cannot be used: Write an address that begins with https://."),
        ({**WHOLE, "confluence_url": "https://acme.example.com/wiki/spaces/OPS"}, f"CONFLUENCE_URL cannot be used: {wiki_settings.OWN}"),
        ({**WHOLE, "confluence_email": "bot"}, f"CONFLUENCE_EMAIL cannot be used: {wiki_settings.HINTS['CONFLUENCE_EMAIL']}"),
        ({**WHOLE, "confluence_space": "O P"}, f"CONFLUENCE_SPACE cannot be used: {wiki_settings.HINTS['CONFLUENCE_SPACE']}"),
        ({**WHOLE, "confluence_parent": "Post-mortems"}, f"CONFLUENCE_PARENT cannot be used: {wiki_settings.PARENT}"),
        ({**WHOLE, "confluence_by_year": "often"}, "CONFLUENCE_BY_YEAR cannot be used: Write true or false."),
        ({**WHOLE, "confluence_restrict_to": "user:"}, f"CONFLUENCE_RESTRICT_TO cannot be used: {wiki_settings.READERS}"),
        ({**WHOLE, "confluence_restrict_to": "ana@example.com"}, f"CONFLUENCE_RESTRICT_TO cannot be used: {NOBODY}"),
    ],
    ids=lambda value: "" if isinstance(value, str) else "+".join(set(value) - set(WHOLE)) or "one of the four",
)  # fmt: skip
def test_what_cannot_be_used_is_said_in_one_sentence(given: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(**given)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://acme.atlassian.net", "https://acme.atlassian.net/wiki"),
        (" https://acme.atlassian.net/wiki/ ", "https://acme.atlassian.net/wiki"),
        ("http://localhost:8090", "http://localhost:8090/wiki"),
    ],
)
def test_the_address_ends_as_that_of_confluence(typed: str, address: str) -> None:
    assert wiki_settings.address(typed) == address
