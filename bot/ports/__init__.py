"""What the bot needs from outside, as protocols: domain types in, domain types out."""
