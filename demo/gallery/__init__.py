"""Every card, form, message and Home tab of the bot in each of its states, drawn from sample data by the bot's own code: one
page to look at, the calls that would carry them, and the payloads that tests compare."""
