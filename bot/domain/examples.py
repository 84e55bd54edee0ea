"""Messages to customers to learn from (R-38): earlier ones of our own, the most alike first, and public ones of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain import details, errors
from bot.domain.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Link:
    """A public post-mortem: whose it is, and its address."""

    name: str
    url: str


PUBLIC: tuple[Link, ...] = (
    Link("Stripe", "https://support.stripe.com/questions/outage-postmortem-2015-10-08-utc"),
    Link("LastPass", "https://blog.lastpass.com/2015/06/lastpass-security-notice.html/comment-page-2/"),
    Link("AWS", "https://aws.amazon.com/message/5467D2/"),
    Link(
        "Twilio",
        "https://www.twilio.com/blog/2013/07/billing-incident-post-mortem-breakdown-analysis-and-root-cause.html",
    ),
    Link("Heroku", "https://status.heroku.com/incidents/151"),
    Link("Netflix", "http://techblog.netflix.com/2012/10/post-mortem-of-october-222012-aws.html"),
    Link(
        "UK rail accidents on GOV.UK",
        "https://www.gov.uk/government/publications/kyle-beck-safety-digest/near-miss-at-kyle-beck-3-august-2016",
    ),
    Link("A collection of hundreds", "https://github.com/danluu/post-mortems"),
)


def read(typed: str) -> Link:
    """`Stripe https://…`: a name and an address. Raises BadInput for anything else."""
    name, _, url = typed.strip().rpartition(" ")
    if not details.is_web_address(url):
        text = "Write a name and a web address for each, with commas between: Stripe https://example.com/a, AWS https://example.com/b"
        raise errors.bad_input("bad_link", text)
    return Link(name.strip() or url, url)


def alike(record: Postmortem, others: Iterable[Postmortem]) -> list[Postmortem]:
    """The others, those of the same severity and of a service of this one first; of equal ones the newest first."""
    mine = {service.casefold() for service in record.services}

    def rank(other: Postmortem) -> tuple[int, float]:
        severity = other.severity is not None and other.severity == record.severity
        service = bool(mine & {each.casefold() for each in other.services})
        when = other.closed_at or other.created_at
        return -(2 * service + severity), -when.timestamp()

    return sorted((other for other in others if other.id != record.id), key=rank)


def newest(others: Iterable[Postmortem]) -> list[Postmortem]:
    """Without a post-mortem to be like: the newest first."""
    return sorted(others, key=lambda other: other.closed_at or other.created_at, reverse=True)
