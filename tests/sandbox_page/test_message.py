"""The message to customers with the real bot in the page: hints come while somebody types, and nothing typed is lost."""

from __future__ import annotations

SAID = "From 14:02 on there was an outage of the checkout and the engineer failed to check the replica, we are sorry."


def test_hints_follow_the_words_and_no_letter_is_lost(scene, tabs):
    story, slack = scene
    who, owner = story.user(story.command.who), story.user(story.command.owner)
    slack.act.command(who.id, story.channel.name, f"/postmortem assign @{slack.see.user(owner.id)['name']}")
    page = tabs(1440, 900)
    page.open(f"{slack.url}/#u={owner.id}&c={story.channel.id}")
    page.write(".composer-field", "/postmortem status")
    page.see(".button", "Decide on the message")
    page.click(".button", "Decide on the message")
    page.see(".modal h2", "Message to customers")
    page.page.locator(".modal textarea").first.click()
    page.page.keyboard.type(SAID, delay=15)
    page.see(".modal", "an incident")
    page.see(".modal", "was not prompted to check")
    assert page.page.locator(".modal textarea").first.input_value() == SAID
    page.click(".modal .button", "Preview")
    page.see(".modal", "how it reads")
    page.see(".modal", SAID)
    page.click(".modal .button", "Back")
    page.see(".modal h2", "Message to customers")
    assert page.page.locator(".modal textarea").first.input_value() == SAID
    page.click(".modal .primary")
    page.gone(".modal[open]")
    page.write(".composer-field", "/postmortem status")
    page.see(".message", "Message to customers: there will be one; still empty")
