"""Threads have their own unread marks: in the list of threads, at the parent, and in the thread itself."""

from __future__ import annotations


def parent(slack):
    """aino's message in #inc that ben has replied to."""
    return slack.see.messages("inc")[0]["ts"]


def test_a_reply_in_a_thread_that_one_follows_is_marked_until_it_was_read(page, slack):
    slack.act.post("ben", "inc", "found it", thread=parent(slack))
    slack.act.post("ben", "inc", "@aino look", thread=parent(slack))
    page.see(".room.unread", "Threads")
    page.see(".room .count-badge", "1")
    page.see(".replies .fresh", "2 new")
    page.gone(".room.unread", "inc")
    page.click(".replies .fresh")
    page.see(".side .message", "found it")
    page.see(".side .unread-line", "New")
    page.gone(".room.unread")
    page.gone(".fresh")
    page.see(".center .replies", "3 replies")


def test_the_list_of_threads_shows_the_last_replies_and_leads_to_the_thread(page, slack):
    for at in range(5):
        slack.act.post("ben", "inc", f"reply {at}", thread=parent(slack))
    page.click(".room", "Threads")
    page.see(".thread-card.unread .message", "checkout is down")
    page.see(".thread-card", "3 more replies")
    page.gone(".thread-card .message", "reply 1")
    slack.act.post("ben", "inc", "and one more", thread=parent(slack))
    page.see(".thread-card .message", "and one more")
    page.click(".thread-card .link", "6 new")
    page.see(".side .message", "reply 1")
    page.see("h1", "inc")
    page.gone(".room.unread", "Threads")


def test_the_first_reply_to_a_new_message_stands_below_the_count_and_the_line(page, slack):
    fresh = slack.act.post("aino", "inc", "a fresh one")
    slack.act.post("ben", "inc", "the answer", thread=fresh)
    page.click(".replies .fresh")
    page.see(".side .unread-line", "New")
    rows = page.run(
        "[...document.querySelectorAll('.side .message-list > *')].map((one) => one.className.split(' ')[0])"
    )
    assert rows == ["message", "reply-count", "unread-line", "message"]


def test_who_has_nothing_to_do_with_a_thread_is_not_told_of_it(visit, slack):
    page = visit("ben", "inc")
    other = slack.act.post("aino", "inc", "a new matter")
    slack.act.post("aino", "inc", "talking to myself", thread=other)
    page.see(".replies", "1 reply")
    page.gone(".room.unread", "Threads")
    slack.act.post("aino", "inc", "what do you say @ben?", thread=other)
    page.see(".room.unread", "Threads")


def test_a_reload_leaves_one_in_the_list_of_threads(page):
    page.click(".room", "Threads")
    page.see(".thread-card", "looking")
    page.reload()
    page.see("h1", "Threads")
    page.see(".thread-card", "looking")
