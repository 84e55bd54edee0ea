"""Names and sizes as they are read: two people of one name, a guest, accents upon accents, one byte."""

from __future__ import annotations

from tests.sandbox_page import gallery
from tests.sandbox_page.test_modals import form, opens


def test_two_people_of_one_name_are_told_apart_in_suggestions_and_in_chips(page, slack, bolt):
    slack.act("change_user", user="cho", display_name="Ben", real_name="Ben Ortiz")
    slack.act.post("ben", "inc", "he has a new name")
    page.see(".message", "he has a new name")  # so the page has heard of the name, which came before it
    opens(bolt, form(*gallery.inputs([one for one in gallery.SELECTS if one["action_id"] == "users"])))
    page.write(".composer-field", "@ben", enter=False)
    page.see(".composer-field")
    page.type(" ")
    page.press("Backspace")
    page.see(".popup .option", "@cho")
    page.see(".popup .option", "@ben")
    page.press("Escape")
    page.press("Control+a")
    page.type("/form x")
    page.press("Enter")
    page.choose("The users", "@ben")
    page.choose("The users", "@cho")
    assert page.texts(".modal .chip") == ["Ben (@ben)", "Ben (@cho)"]


def test_a_guest_is_offered_no_channel_that_he_is_not_in(visit, slack):
    slack.act("change_user", user="ben", is_restricted=True)
    page = visit("ben", "lobby")
    page.see("h1", "lobby")
    page.gone(".rooms h2", "Channels you are not in")
    slack.act("change_user", user="cho", is_restricted=True)
    other = visit("cho", "inc")
    other.gone(".rooms h2", "Channels you are not in")
    other.gone(".button", "Join channel")


def test_accents_upon_accents_stay_in_their_own_message(page, slack):
    slack.act.post("ben", "inc", "Z" + "̂̃̄" * 40, raw=True)
    page.see(".message .text", "Z")
    assert page.style(".message-body", "overflowY") == "clip"
    assert page.style(".message-head", "overflowY") == "clip"


def test_one_byte_is_not_many(page, slack):
    slack.act.post("ben", "inc", "", file={"name": "one.txt", "content": "x"})
    page.see(".file", "1 byte")
    page.gone(".file", "1 bytes")
