"""Listeners of one kind; each file is one payload's name."""
