"""Slack's published rules as tables: methods, events, Block Kit, states of inputs."""
