"""What the bot does, one file an act: load, ask the domain, save state and outgoing rows in one transaction."""
