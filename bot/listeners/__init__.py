"""The Slack door: parse, one use case, one answer. Nothing here decides, and nothing here calls Slack."""
