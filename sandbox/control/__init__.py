"""The control API: act as a person, look over a person's shoulder, move the clock, break things on purpose."""
