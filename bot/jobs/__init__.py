"""The clock door: rows that are due are claimed, drawn, sent and marked."""
