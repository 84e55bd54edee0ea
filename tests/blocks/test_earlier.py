"""Earlier incidents in the owner's message and in the answer to `/postmortem`: linked, in words, within Slack's limits."""

from __future__ import annotations

from datetime import date

from bot.blocks import direct, hub
from bot.domain.earlier import Earlier
from bot.domain.similar import Match
from tests import factories

DAY = date(2026, 11, 2)
HOSTILE = "<!channel> @here ```code``` & <@U1> שרת נפל 🔥🔥 \u202eabc " * 100


def test_each_is_a_line_with_its_link_and_what_both_have() -> None:
    first = factories.postmortem(id="a", number=3, title="Cards are declined", severity=2)
    found = (
        Earlier(Match(first, ("payments",), ("Cards",), True), DAY, "https://acme.slack.com/archives/C1/p1"),
        Earlier(Match(factories.postmortem(id="b", number=2, title=""), ("payments", "mail")), DAY),
    )
    for drawn in (
        direct.owner_dm(factories.overview(), None, similar=found),
        hub.hub(factories.overview(), similar=found),
    ):
        said = next(str(block["elements"][0]["text"]) for block in drawn.blocks if "Looks like" in str(block))
        assert said.splitlines()[1:] == [
            "• <https://acme.slack.com/archives/C1/p1|PM-3 Cards are declined>, Mon 2 Nov 2026: same service: payments; "
            "also about Cards; SEV-2 too",
            "• PM-2 post-mortem without a title yet, Mon 2 Nov 2026: same services: payments, mail",
        ]
    assert "Looks like" not in str(direct.owner_dm(factories.overview(), None).blocks)


def test_whatever_people_wrote_it_is_a_message(accepts) -> None:
    record = factories.postmortem(title=HOSTILE, services=(HOSTILE, HOSTILE))
    found = [Earlier(Match(record, (HOSTILE,) * 9, (HOSTILE,) * 50, True), DAY, "https://a.example/x?a=1&b=2")] * 3
    accepts(direct.owner_dm(factories.overview(), None, similar=found))
    accepts(hub.hub(factories.overview(), similar=found))
