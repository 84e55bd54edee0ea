"""The entries of a message's menu: one file each, and the table. They work on any message, in threads and where the bot is no
member, since the payload holds the whole message: nothing is asked of Slack before the form opens."""
