"""What people do with messages, by clicks, and what they see of others at once."""

from __future__ import annotations


def ids(slack, user="aino", channel="inc"):
    return {"user": slack.see.user(user)["id"], "channel": slack.see.channel(channel)["id"]}


def test_a_channel_is_shown_with_days_names_links_reactions_tombstones_and_threads(page):
    page.see(".day span", "2 March 2026")
    page.see(".message", "checkout is down, @Ben see https://grafana.example/d/1 & <tell> #general")
    page.see(".reaction", "1")
    page.see(".message", "This message was deleted.")
    page.see(".badge", "APP")
    page.click(".replies", "1 reply")
    page.see(".side .message", "why?")


def test_what_somebody_else_writes_is_there_at_once(page, slack):
    slack.act.post("ben", "inc", "all *good* :tada: <b>now</b>")
    page.see(".message strong", "good")
    page.see(".message .emoji[aria-label=tada]")
    page.see(".message", "<b>now</b>")


def test_a_reaction_is_added_and_taken_back_by_pressing_it(page, slack):
    page.click(".reaction", "1")
    page.see(".reaction.mine", "2")
    page.click(".reaction.mine")
    page.see(".reaction:not(.mine)", "1")


def test_an_emoji_is_found_by_its_name(page, slack):
    page.hover(".message", "back up")
    page.click("[data-tool=react]")
    page.type("rocket")
    page.press("Enter")
    page.see(".reaction.mine", "1")
    assert slack.see.messages("inc")[-1]["reactions"][0]["name"] == "rocket"


def test_ones_own_message_is_edited_and_deleted(page, slack):
    page.write(".composer-field", "frist @ben!")
    page.see(".message", "frist @Ben!")
    page.hover(".message", "frist")
    page.click(".tools [aria-haspopup]")
    page.click(".menu .option", "Edit message")
    page.until("document.activeElement.value === 'frist @ben!'")
    page.run("document.activeElement.select()")
    page.type("first @ben!")
    page.press("Enter")
    page.see(".message", "first @Ben")
    page.see(".edited", "(edited)")
    page.hover(".message", "first")
    page.click(".tools [aria-haspopup]")
    page.click(".menu .option", "Delete message")
    page.gone(".message", "first @Ben")


def test_a_reply_stands_in_the_thread_and_counts_at_the_parent(page, slack):
    page.hover(".message", "back up")
    page.click("[data-tool=thread]")
    page.see(".side h2", "Thread")
    page.until("!!document.activeElement.closest('.side')")
    page.type("well done")
    page.press("Enter")
    page.see(".side .message", "well done")
    page.see(".center .replies", "1 reply")
    page.press("Escape")
    page.gone(".side .message")


def test_a_pin_is_shown_and_can_be_taken_away(page, slack):
    page.see(".mark", "Pinned")
    page.click(".channel-head .button", "1")
    page.see(".pin", "back up")
    page.hover(".center .message", "back up")
    page.click(".tools [aria-haspopup]")
    page.click(".menu .option", "Unpin")
    page.gone(".mark", "Pinned")
    assert slack.see.channel("inc")["pins"] == []


def test_a_whispered_message_is_for_one_person_only(visit, slack, web):
    aino, ben = visit("aino"), visit("ben")
    at = ids(slack)
    web.chat_postEphemeral(channel=at["channel"], user=at["user"], text="psst")
    aino.see(".message.whisper", "psst")
    aino.see(".mark", "Only visible to you")
    slack.act.post("cho", "general", "later")
    ben.see(".room.unread", "general")
    assert "psst" not in ben.body()


def test_unread_marks_come_and_go(visit, slack):
    page = visit("aino", "inc")
    slack.act.post("ben", "general", "hello")
    slack.act.post("cho", "general", "@aino look")
    page.see(".room.unread", "general")
    page.see(".count-badge", "1")
    page.click(".room", "general")
    page.see(".unread-line", "New")
    page.gone(".room.unread")
    page.gone(".count-badge")


def test_a_picture_is_shown_and_a_text_can_be_looked_into(page, slack):
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'><rect width='20' height='20' fill='red'/></svg>"
    )
    slack.act.post(
        "ben", "inc", "graph", files=[{"name": "a b.svg", "content": svg}, {"name": "log.txt", "content": "line <one>"}]
    )
    page.see("img.file-picture")
    page.until("document.querySelector('img.file-picture').naturalWidth > 0")
    page.click(".snippet .link", "Show")
    page.see(".peek", "line <one>")


def test_files_are_added_to_a_message_and_can_be_taken_out_again(page, slack, tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"in {name}")
    page.attach(".composer input[type=file]", tmp_path / "one.txt", tmp_path / "two.txt")
    page.click(".composer .chip .icon")
    page.write(".composer-field", "here")
    page.see(".message a.file", "one.txt")
    assert [file["name"] for file in slack.see.messages("inc")[-1]["files"]] == ["one.txt"]
    assert slack.see.file_text(slack.see.files()[-1]["id"]) == "in one.txt"


def test_who_is_not_in_a_channel_looks_and_can_join(visit, slack):
    page = visit("aino", "lobby")
    page.see(".message", "welcome")
    page.click(".bar .button", "Join channel")
    page.see(".composer-field")
    page.see(".message", "has joined the channel")


def test_a_stretch_of_a_direct_conversation_is_written_and_answered(visit, slack):
    page, other = visit("aino"), visit("ben")
    page.click(".room.add")
    page.type("Ben")
    page.press("Enter")
    page.see("h1", "Ben")
    page.write(".composer-field", "between us")
    page.see(".message", "between us")
    other.see(".room.unread", "aino")
    other.click(".room", "aino")
    other.see(".message", "between us")


def test_dates_are_in_the_zone_of_whoever_looks(visit, slack, web):
    web.chat_postMessage(channel=ids(slack)["channel"], text="due <!date^1772442000^{date_num} {time}|then>")
    visit("aino").see(".message", "due 02/03/2026 11:00")
    visit("ben").see(".message", "due 02/03/2026 04:00")


def test_a_message_shortcut_reaches_its_app(page, slack, bolt):
    kept = []

    @bolt.message_shortcut("keep")
    def keep(ack, body, respond):
        ack()
        kept.append(body["message"]["text"])
        respond("kept")

    page.hover(".message", "back up")
    page.click(".tools [aria-haspopup]")
    page.click(".menu .option", "Keep this")
    page.see(".message.whisper", "kept")
    assert kept == ["back up"]


def test_an_app_that_does_not_answer_is_told_to_whoever_pressed(page, slack, web):
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    web.chat_postMessage(channel=ids(slack)["channel"], text="x", blocks=[{"type": "actions", "elements": [button]}])
    page.click(".block-actions .button", "Go")
    page.see(".notice.bad", "trouble connecting")


def test_the_page_follows_a_reset(page, slack):
    slack.act.post("ben", "inc", "soon gone")
    page.see(".message", "soon gone")
    slack.reset()
    page.gone(".message", "soon gone")
    page.see(".message", "checkout is down")


def test_a_whispered_message_is_dismissed(page, slack, web):
    at = ids(slack)
    web.chat_postEphemeral(channel=at["channel"], user=at["user"], text="psst")
    page.click(".whisper .link", "Dismiss")
    page.gone(".message", "psst")
    page.reload()
    page.see(".message", "back up")
    page.gone(".message", "psst")


def test_the_link_of_a_message_is_copied(visit, slack):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.hover(".message", "back up")
    page.click(".tools [aria-haspopup]")
    page.click(".menu .option", "Copy link")
    page.see(".notice", "Link copied")
    ts = slack.see.messages("inc")[-1]["ts"]
    assert page.run("navigator.clipboard.readText()").endswith(f"/p{ts.replace('.', '')}")


def test_unread_marks_of_apps_and_of_direct_conversations_count_every_message(page, slack, web):
    for user in ("ben", "helper"):
        slack.act("direct", user="aino", **{"with": user})
    slack.act.post("ben", "@aino", "one")
    slack.act.post("ben", "@aino", "two")
    web.chat_postMessage(channel=ids(slack)["user"], text="from the app")
    page.see(".room.unread:has-text('Ben') .count-badge", "2")
    page.see(".room.unread:has-text('Helper') .count-badge", "1")
    page.until("document.title.startsWith('(3)')")
