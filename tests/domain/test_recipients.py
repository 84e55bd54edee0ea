"""To whom a mail goes: the list by severity, the restricted one and no other, and addresses checked one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import addresses, recipients
from bot.domain.errors import BadInput
from bot.domain.mail import Mailbox
from bot.domain.mail_draft import Letter
from bot.domain.recipients import MailLists
from tests import factories

LISTS = MailLists(("one@acme.example",), ("two@acme.example",), ("sec@acme.example",), (), ("help@acme.example",))


@pytest.mark.parametrize(
    ("severity", "purpose", "wanted"),
    [
        pytest.param(1, Letter.SUMMARY, ("one@acme.example",), id="sev-1"),
        pytest.param(2, Letter.SUMMARY, ("two@acme.example",), id="sev-2"),
        pytest.param(3, Letter.SUMMARY, ("two@acme.example",), id="lower"),
        pytest.param(None, Letter.SUMMARY, (), id="not set"),
        pytest.param(1, Letter.FIRST, ("one@acme.example",), id="the first falls back"),
        pytest.param(None, Letter.SUPPORT, ("help@acme.example",), id="support has one of its own"),
    ],
)
def test_the_list_follows_the_severity(severity: int | None, purpose: Letter, wanted: tuple[str, ...]) -> None:
    assert recipients.proposed(LISTS, factories.postmortem(severity=severity), purpose).addresses == wanted


def test_the_first_mail_has_its_own_list_where_there_is_one() -> None:
    lists = MailLists(sev1=("one@acme.example",), first=("first@acme.example",))
    record = factories.postmortem()
    assert recipients.proposed(lists, record, Letter.FIRST).addresses == ("first@acme.example",)
    assert recipients.proposed(lists, record, Letter.SUMMARY).addresses == ("one@acme.example",)


@pytest.mark.parametrize("purpose", Letter)
def test_a_restricted_one_has_its_own_list_and_never_another(purpose: Letter) -> None:
    record = factories.postmortem(restricted=True)
    assert recipients.proposed(LISTS, record, purpose).addresses == ("sec@acme.example",)
    without = recipients.proposed(MailLists(("a@x.example",), ("b@x.example",), (), ("c@x.example",)), record, purpose)
    assert without.addresses == ()
    assert "MAIL_LIST_RESTRICTED" in without.missing


@pytest.mark.parametrize(
    ("severity", "restricted", "setting"),
    [(1, False, "MAIL_LIST_SEV1"), (2, False, "MAIL_LIST_SEV2"), (4, True, "MAIL_LIST_RESTRICTED")],
)
def test_an_empty_list_says_which_setting_is_missing(severity: int, restricted: bool, setting: str) -> None:
    record = factories.postmortem(severity=severity, restricted=restricted)
    assert setting in recipients.proposed(MailLists(), record, Letter.SUMMARY).missing


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param("a@x.example, b@x.example;c@x.example\nd@x.example", "abcd", id="every mark between"),
        pytest.param("a@x.example b@x.example", "ab", id="spaces between"),
        pytest.param("<a@x.example>, <mailto:b@x.example>", "ab", id="in brackets"),
        pytest.param("<mailto:a@x.example|a@x.example>", "a", id="as Slack writes it"),
        pytest.param("a@x.example, A@X.example", "a", id="twice"),
        pytest.param(" ,, \n", "", id="nothing"),
    ],
)
def test_addresses_are_read_as_people_type_them(typed: str, wanted: str) -> None:
    assert recipients.read(typed) == tuple(f"{each}@x.example" for each in wanted)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        pytest.param('"a, b" <a@x.example>', ('"a, b" <a@x.example>',), id="a quoted comma"),
        pytest.param("A, B <a@x.example>", ('"A, B" <a@x.example>',), id="a comma that nobody quoted"),
        pytest.param(
            "Bell, Ana <a@x.example>; O'Neil, Ben, Jr. <b@x.example>; c@x.example",
            ('"Bell, Ana" <a@x.example>', '"O\'Neil, Ben, Jr." <b@x.example>', "c@x.example"),
            id="as Outlook writes them",
        ),
        pytest.param(
            "Ana Bell <a@x.example>, b@x.example", ("Ana Bell <a@x.example>", "b@x.example"), id="a plain name"
        ),
        pytest.param("b@x.example, A, B <a@x.example>", ("b@x.example", '"A, B" <a@x.example>'), id="after an address"),
        pytest.param("'Ana' <a@x.example>", ("Ana <a@x.example>",), id="single quotes"),
        pytest.param(r'"A \"the B\" C" <a@x.example>', (r'"A \"the B\" C" <a@x.example>',), id="quotes in a name"),
        pytest.param('"A <b>; c" <a@x.example>', ('"A <b>; c" <a@x.example>',), id="brackets in a name"),
        pytest.param("Ana <a@x.example>, A@X.example", ("Ana <a@x.example>",), id="twice, once without a name"),
        pytest.param("Jürgen Groß <a@x.example>", ("Jürgen Groß <a@x.example>",), id="letters of other languages"),
    ],
)
def test_names_are_kept_and_read_again_as_they_are_shown(typed: str, wanted: tuple[str, ...]) -> None:
    assert recipients.read(typed) == wanted
    assert recipients.read(recipients.shown(wanted)) == wanted


@given(st.lists(st.text(max_size=20), max_size=4))
def test_whatever_somebody_is_called_they_are_read_again_as_the_same(names: list[str]) -> None:
    boxes = tuple(Mailbox(f"a{number}@x.example", name) for number, name in enumerate(names))
    shown = tuple(map(addresses.written, boxes))
    assert recipients.read(recipients.shown(shown)) == shown
    assert addresses.bares(shown) == tuple(each.address for each in boxes)


def test_a_wrong_one_beside_names_is_named_alone() -> None:
    with pytest.raises(BadInput, match=r"^nobody\.example is no e-mail address"):
        recipients.read("Bell, Ana <a@x.example>; Ben <nobody.example>; c@x.example")
    with pytest.raises(BadInput, match=r"^ana is no e-mail address"):
        recipients.read("ana, b@x.example")


@pytest.mark.parametrize(
    "wrong",
    [
        "ana", "ana@", "@acme.example", "ana@acme", "a@b@c.example", "ana@acme..example", ".ana@acme.example",
        "ana@-acme.example", "ana@acme.example?cc=x@y.example", "ana bell@acme.example", '"ana"@acme.example', "<!channel>",
        "ana@acmé.example", "x" * 65 + "@acme.example", "ana@acme.example\x00", "ana@acme.e", "مرحبا@acme.example",
    ],
)  # fmt: skip
def test_a_wrong_one_is_named_and_the_others_are_not(wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        recipients.read(f"right@acme.example, {wrong}")
    assert "right@acme.example" not in refused.value.message
    assert "e-mail address" in refused.value.message


def test_a_line_end_puts_no_header_into_a_mail() -> None:
    with pytest.raises(BadInput):
        recipients.read("ana@acme.example\r\nBcc: everybody@acme.example")


def test_more_than_a_mail_is_for_is_refused() -> None:
    with pytest.raises(BadInput, match="51 addresses"):
        recipients.read(",".join(f"a{number}@acme.example" for number in range(51)))


def test_a_restricted_one_goes_to_nobody_outside_its_list() -> None:
    record = factories.postmortem(restricted=True)
    recipients.check_restricted(LISTS, record, ("SEC@acme.example",))
    with pytest.raises(BadInput, match=r"take two@acme\.example out"):
        recipients.check_restricted(LISTS, record, ("sec@acme.example", "two@acme.example"))
    with pytest.raises(BadInput, match="MAIL_LIST_RESTRICTED"):
        recipients.check_restricted(MailLists(), record, ("sec@acme.example",))
    recipients.check_restricted(LISTS, factories.postmortem(), ("two@acme.example",))
    named = MailLists(restricted=("Security <sec@acme.example>",))
    recipients.check_restricted(named, record, ("Sec, the team <sec@acme.example>",))
