"""One file a family of rows; the table of all of them is in `bot.jobs.table`."""
