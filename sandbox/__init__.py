"""A local Slack workspace for people who write Slack apps: it keeps Slack's rules, and knows nothing of any particular app."""
