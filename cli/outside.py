"""What the bot speaks to outside of Slack, by the settings."""

from __future__ import annotations

from bot.config import Settings
from bot.integrations import smtp_mailer
from bot.integrations.confluence_client import ConfluenceAccess, ConfluenceClient
from bot.integrations.confluence_publisher import ConfluencePublisher
from bot.integrations.console_calendar import ConsoleCalendar
from bot.integrations.console_mailer import ConsoleMailer
from bot.integrations.console_publisher import ConsolePublisher
from bot.integrations.console_tracker import ConsoleTracker
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import JiraTracker
from bot.integrations.smtp_mailer import SmtpMailer
from bot.ports.calendar import SharedCalendar
from bot.ports.clock import Clock
from bot.ports.mailer import Mailer
from bot.ports.publisher import Publisher
from bot.ports.tracker import Tracker


def tracker(settings: Settings) -> Tracker:
    """Jira, or the console where none is set."""
    jira = settings.jira
    if jira is None:
        return ConsoleTracker()
    return JiraTracker(JiraClient(JiraAccess(jira.url, jira.token, jira.email, jira.cloud)))


def shared(settings: Settings, clock: Clock) -> SharedCalendar:
    """A calendar on a server, or the console where none is set. The library is large, and most installations have no use for it."""
    caldav = settings.caldav
    if caldav is None:
        return ConsoleCalendar()
    from bot.integrations.caldav_calendar import CaldavCalendar
    from bot.integrations.caldav_client import CaldavAccess, CaldavClient

    access = CaldavAccess(caldav.url, caldav.user, caldav.password)
    return CaldavCalendar(CaldavClient(access, caldav.timeout), clock)


def mailer(settings: Settings, clock: Clock) -> Mailer:
    """A mail server, or the console where none is set."""
    mail = settings.mail
    return ConsoleMailer() if mail is None else SmtpMailer(smtp_mailer.access(mail), clock)


def publisher(settings: Settings) -> Publisher:
    """The wiki, or the console where none is set."""
    wiki, rules = settings.wiki, settings.policy.wiki
    if wiki is None or rules is None:
        return ConsolePublisher()
    client = ConfluenceClient(ConfluenceAccess(wiki.url, wiki.email, wiki.token))
    return ConfluencePublisher(client, wiki.space, wiki.parent, rules.restrict_to)
