"""Tickets and pull requests that people point at, by address or by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.harvest.finding import Findings

Harvest = Callable[..., Findings]


def named(found: Findings) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in found.references]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("PR #412 reverts it", ["#412"]),
        ("pr 412 is up", ["#412"]),
        ("PRs #412 and #413 are in", ["#412", "#413"]),
        ("pull request #7", ["#7"]),
        ("MR !91 is up", ["!91"]),
        ("merge request shop!91", ["shop!91"]),
        ("fix in #412", ["#412"]),
        ("reverted by #412", ["#412"]),
        ("#412 is merged", ["#412"]),
        ("acme/shop#88 has the fix", ["acme/shop#88"]),
        ("pushed just now, tools#88", ["tools#88"]),
        ("platform/shop!14 waits", ["platform/shop!14"]),
        ("<https://git.example/dns/relay/merge/414|relay!414> write timeout", ["#414"]),
        ("<https://dev.azure.com/acme/shop/_git/api/pullrequest/31>", ["#31"]),
    ],
)
def test_a_pull_request_is_named_in_many_ways(harvest: Harvest, line: str, names: list[str]) -> None:
    found = harvest(line)
    assert named(found) == [("pull", name) for name in names]
    assert {each.rule for each in found.references} == {"H-39"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("INC0012345 is open", ["INC0012345"]),
        ("see CHG0030112, please", ["CHG0030112"]),
        ("linked to AB#123", ["AB#123"]),
        ("sc-1234 has the details", ["sc-1234"]),
        ("two so far: V-88213 (Brightfen), V-88214", ["V-88213", "V-88214"]),
        ("ticket CDN-55190-2", ["CDN-55190-2"]),
        ("their case number is 00771823", ["00771823"]),
        ("opened a case with the vendor, case 00418822", ["00418822"]),
        ("asked, ticket 4418822", ["4418822"]),
        ("ZD 220914, screenshot in there", ["220914"]),
        ("it closes #55", ["#55"]),
        ("ticket #4521 is the same", ["#4521"]),
        ("acme/shop#88 asks for it", ["acme/shop#88"]),
        ("OPS-7 and PLAT2-19", ["OPS-7", "PLAT2-19"]),
        ("<https://wiki.example/chg/5521|CHG-5521>", ["5521"]),
        ("<https://dev.azure.com/acme/shop/_workitems/edit/77>", ["77"]),
    ],
)
def test_so_is_a_ticket(harvest: Harvest, line: str, names: list[str]) -> None:
    found = harvest(line)
    assert named(found) == [("ticket", name) for name in names]
    assert {each.rule for each in found.references} == {"H-38"}


@pytest.mark.parametrize(
    "line",
    [
        "it is a P0-2, a SEV-1 or S1-3",
        "UTF-8, COVID-19, ISO-8601, FIPS-140, X86-64, RC-1, ARM-64, CVE-2024-12345",
        "step #2 of the runbook, attempt #31",
        "fix #2 didn't work",
        "we are #1 in the store",
        "node#12 and pod#14 are back",
        "2 PRs open, 3 MRs waiting",
        "PR 2 of 3 is in",
        "it took the PR 30 minutes",
        "SHA1#12, c#8",
        "nice!! 100%",
        "Mr. 12 o'clock",
        "part INC00",
        "the sc-1 switch and the misc-1234 host",
        "ticket 3 people looked at",
        "case 12 of the switch",
    ],
)
def test_what_only_looks_like_one_is_none(harvest: Harvest, line: str) -> None:
    assert named(harvest(line)) == []


def test_a_name_gets_the_address_that_is_shown_later(harvest: Harvest) -> None:
    (found,) = harvest("PR #412 reverts it", "<https://git.example/acme/shop/pull/412>").references
    assert (found.text, found.url) == ("#412", "https://git.example/acme/shop/pull/412")


def test_a_number_is_another_one_in_another_place(harvest: Harvest) -> None:
    found = harvest("<https://git.example/acme/shop/pull/7>", "<https://git.example/acme/infra/pull/7>", "PR #7 is in")
    assert [each.url[-12:] for each in found.references] == ["/shop/pull/7", "infra/pull/7"]
