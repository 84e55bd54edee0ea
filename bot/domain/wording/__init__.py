"""Words that name people where conditions are meant: found, explained, and never in anybody's way (R-37, R-64)."""
