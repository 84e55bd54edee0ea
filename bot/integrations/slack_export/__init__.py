"""Exports of a Slack workspace: the files (tree) and what they hold (reader)."""
