"""The demo: an incident written as data, and what plays it against a local Slack."""
