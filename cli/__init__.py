"""The operator's commands, one file each; the table is in `cli.table`."""
