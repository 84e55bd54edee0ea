"""The settings, a file a concern. A bad one is named in one sentence before anything starts."""

from bot.config.calendar import CaldavSettings
from bot.config.jira import JiraSettings
from bot.config.settings import Environment, Settings, database_url, load, offline
from bot.config.slack import SLACK, ServerSettings, SlackSettings
from bot.config_error import ConfigError

__all__ = [
    "CaldavSettings", "ConfigError", "Environment", "JiraSettings", "SLACK", "ServerSettings", "Settings", "SlackSettings",
    "database_url", "load", "offline",
]  # fmt: skip
