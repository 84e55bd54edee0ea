"""Messages in, findings out: what people wrote during an incident, read by rules that can each be named."""
