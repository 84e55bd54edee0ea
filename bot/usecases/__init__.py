"""The acts of the bot, each in its file: what is stored is read, the domain decides, and the change is kept together with the rows
that follow from it."""
