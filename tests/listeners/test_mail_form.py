"""The mails through the door: proposed, edited, copied, marked as sent, asked about before once more (R-53, R-55, R-50, R-63)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlalchemy.engine import Engine

from bot.blocks import ids
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.mail_draft import Letter
from bot.domain.recipients import MailLists
from bot.domain.status import Status
from tests.fakes.bot import Bot
from tests.listeners import handing, mailing
from tests.listeners.handing import IC, OWNER, STRANGER, SUPPORT
from tests.listeners.mailing import LISTS, PAGE

TO, SUBJECT, BODY = ids.MAIL_TO, ids.MAIL_SUBJECT, ids.MAIL_BODY
LETTER = f"Orders were slow.\n\nRead it: {PAGE}"


@pytest.fixture
def bot(engine: Engine) -> Bot:
    return mailing.made(engine)


@pytest.fixture
def team(engine: Engine) -> Bot:
    """Eve is the support team."""
    return mailing.made(engine, support_users=frozenset({SUPPORT}))


def told(bot: Bot, user: str = OWNER) -> list[Any]:
    return [post for post in bot.chat.told(user) if ":mail_" in post.mark]


def address(view: dict[str, Any]) -> str:
    """The mailto link, as a program gets it."""
    (said,) = [block["text"]["text"] for block in view["blocks"] if "mailto:" in str(block.get("text", ""))]
    return str(said.partition("|")[0].removeprefix("<").replace("&amp;", "&"))


def test_the_form_has_the_text_the_link_and_the_list_by_severity(bot: Bot) -> None:
    shown = mailing.fields(mailing.form(bot))
    assert shown[TO] == "incident-reports@acme.example, all@acme.example"
    assert shown[SUBJECT] == "Post-mortem: Checkout is slow (PM-1)"
    assert PAGE in shown[BODY]
    assert mailing.OVERVIEW in shown[BODY]


def test_the_list_and_the_text_follow_until_somebody_writes(bot: Bot) -> None:
    assert not mailing.save(bot, mailing.form(bot)).errors
    assert not mailing.draft(bot).written
    handing.put(bot, severity=2)
    mailing.written(bot, "It was slow.")
    shown = mailing.fields(mailing.form(bot))
    assert shown[TO] == "engineering@acme.example"
    assert "It was slow." in shown[BODY]
    assert not mailing.save(bot, mailing.form(bot), **{TO: "boss@acme.example"}).errors
    handing.put(bot, severity=1)
    again = mailing.fields(mailing.form(bot))
    assert again[TO] == "boss@acme.example"
    assert "SEV-1" in again[BODY]


def test_what_was_typed_is_kept_with_its_history(bot: Bot) -> None:
    assert not mailing.save(bot, mailing.form(bot), **{SUBJECT: "Slow\norders", BODY: LETTER}).errors
    shown = mailing.fields(mailing.form(bot))
    assert (shown[SUBJECT], shown[BODY]) == ("Slow orders", LETTER)
    assert {entry.field for entry in bot.history()} >= {"mail.summary.subject", "mail.summary.text"}


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        pytest.param({TO: "ana@acme.example, nobody"}, TO, "nobody is no e-mail address", id="an address"),
        pytest.param({SUBJECT: "  "}, SUBJECT, "subject", id="no subject"),
        pytest.param({BODY: ""}, BODY, "Write the text", id="no text"),
    ],
)
def test_a_wrong_field_is_said_at_the_field_and_nothing_is_kept(
    bot: Bot, answers: dict[str, str], field: str, said: str
) -> None:
    assert said in mailing.save(bot, mailing.form(bot), **answers).errors[field]
    assert mailing.draft(bot).version == 0


def test_two_people_at_once_see_both_texts_and_lose_none(bot: Bot) -> None:
    mine, theirs = mailing.form(bot), mailing.form(bot, IC)
    assert not mailing.save(bot, theirs, IC, **{BODY: f"Theirs. {PAGE}"}).errors
    both = mailing.save(bot, mine, **{BODY: LETTER}).json["view"]
    assert mailing.fields(both)[BODY] == LETTER
    assert "Theirs." in json.dumps(both)
    assert f"<@{IC}> saved this" in json.dumps(both)
    assert mailing.draft(bot).body == f"Theirs. {PAGE}"
    assert not mailing.save(bot, both).errors
    assert mailing.draft(bot).body == LETTER


def test_a_button_pressed_after_somebody_else_saved_shows_both_too(bot: Bot) -> None:
    mine, theirs = mailing.form(bot), mailing.form(bot, IC)
    assert not mailing.save(bot, theirs, IC, **{BODY: f"Theirs. {PAGE}"}).errors
    both = mailing.press(bot, mine, ids.MAIL_MARK, **{BODY: LETTER})
    assert mailing.fields(both)[BODY] == LETTER
    assert "Theirs." in json.dumps(both)
    assert mailing.draft(bot).marks == ()


def test_the_text_comes_as_a_message_to_be_copied_with_a_link_that_opens_it(bot: Bot) -> None:
    after = mailing.press(bot, mailing.form(bot), ids.MAIL_COPY, **{BODY: LETTER, TO: "a+b@acme.example"})
    assert "direct message" in json.dumps(after)
    bot.work()
    (post,) = told(bot)
    assert LETTER in handing.copied(post)
    assert "a+b@acme.example" in handing.copied(post)
    found = urlsplit(address({"blocks": post.drawing.blocks}))
    assert (found.scheme, unquote(found.path)) == ("mailto", "a+b@acme.example")
    said = parse_qs(found.query, keep_blank_values=True)
    assert said["body"] == [LETTER.replace("\n", "\r\n")]
    assert said["subject"] == ["Post-mortem: Checkout is slow (PM-1)"]


@pytest.mark.parametrize(
    "words",
    ["<script>x</script> & \"q\" 'q', <!channel>", "مرحبا 👩‍💻", "a?b=c&d#e%20+f|g>h", "bcc=x@y.example\r\n&cc=z@y.example"],
    ids=["mark-up", "other scripts", "marks of a link", "another field"],
)  # fmt: skip
def test_whatever_is_written_stays_words_in_the_link_and_pings_nobody(bot: Bot, words: str) -> None:
    letter = f"{words}\n{PAGE}"
    mailing.press(bot, mailing.form(bot), ids.MAIL_COPY, **{BODY: letter, SUBJECT: words})
    bot.work()
    (post,) = told(bot)
    found = urlsplit(address({"blocks": post.drawing.blocks}))
    said = parse_qs(found.query, keep_blank_values=True, strict_parsing=True)
    assert set(said) == {"subject", "body"}
    assert said["body"][0].split("\r\n")[0] in words
    shown = [block for block in post.drawing.blocks if block["type"] != "rich_text"]
    assert "<!channel>" not in json.dumps(shown, ensure_ascii=False)
    assert "<!channel>" not in post.text


def test_it_can_be_copied_before_anybody_knows_to_whom_and_is_not_marked_as_sent_to_nobody(bot: Bot) -> None:
    mailing.press(bot, mailing.form(bot), ids.MAIL_COPY, **{TO: "", BODY: LETTER})
    bot.work()
    (post,) = told(bot)
    assert "_nobody yet_" in json.dumps(post.drawing.blocks)
    assert urlsplit(address({"blocks": post.drawing.blocks})).path == ""
    bot.press(ids.MAIL_MARK, handing.value(post, ids.MAIL_MARK), OWNER)
    assert "type at least one address" in bot.screens.sentence()
    assert not mailing.draft(bot).marks


def test_a_long_text_comes_in_pieces_and_the_button_stands_under_the_last(bot: Bot) -> None:
    letter = "\n".join([f"{number:04} some words that are in the letter" for number in range(240)] + [PAGE])
    mailing.press(bot, mailing.form(bot), ids.MAIL_COPY, **{BODY: letter})
    bot.work()
    first, last = told(bot)
    whole = handing.copied(first) + handing.copied(last)
    assert all(f"{number:04}" in whole for number in range(240))
    assert PAGE in handing.copied(last)
    assert ids.MAIL_MARK not in json.dumps(first.drawing.blocks)
    assert ids.MAIL_MARK in json.dumps(last.drawing.blocks)
    assert "Not all of it fits into a link" in json.dumps(first.drawing.blocks)
    refused = mailing.save(bot, mailing.form(bot), **{BODY: letter * 2})
    assert "12,000" in refused.errors[BODY]


def test_what_is_typed_into_the_field_that_follows_a_full_one_is_a_line_of_its_own(bot: Bot) -> None:
    letter = "\n".join(["some words that are in the letter"] * 70 + [PAGE])
    assert not mailing.save(bot, mailing.form(bot), **{BODY: letter}).errors
    view = mailing.form(bot)
    assert mailing.fields(view)[f"{BODY}__2"] == ""
    assert not mailing.save(bot, view, **{f"{BODY}__2": "One more."}).errors
    assert mailing.draft(bot).body == f"{letter}\nOne more."


def test_marked_as_sent_is_kept_with_who_when_and_to_whom(bot: Bot) -> None:
    mailing.reviewed(bot)
    after = mailing.press(bot, mailing.form(bot), ids.MAIL_MARK)
    (mark,) = mailing.draft(bot).marks
    assert (mark.by, mark.to) == (OWNER, LISTS.sev1)
    assert f"by <@{OWNER}> to incident-reports@acme.example" in json.dumps(after)
    assert any(entry.via == "sent by hand" and "all@acme.example" in str(entry.new) for entry in bot.history())
    bot.work()
    assert "Internal e-mail sent" in str(bot.command("status", OWNER).json["blocks"])


def test_a_second_sending_asks_first_and_says_who_sent_it(bot: Bot) -> None:
    mine, theirs = mailing.form(bot), mailing.form(bot, IC)
    mailing.press(bot, mine, ids.MAIL_MARK)
    assert len(mailing.draft(bot).marks) == 1
    asked = mailing.press(bot, theirs, ids.MAIL_MARK, IC)
    assert len(mailing.draft(bot).marks) == 1
    shown = json.dumps(asked)
    assert f"by <@{OWNER}>" in shown
    assert "once more" in shown
    confirm = mailing.button(asked, ids.MAIL_MARK)["confirm"]
    assert "incident-reports@acme.example" in confirm["text"]["text"]
    mailing.press(bot, asked, ids.MAIL_MARK, IC)
    assert [mark.by for mark in mailing.draft(bot).marks] == [OWNER, IC]


def test_from_the_message_it_is_marked_and_asked_about_as_well(bot: Bot) -> None:
    mailing.press(bot, mailing.form(bot), ids.MAIL_COPY)
    bot.work()
    (post,) = told(bot)
    value = handing.value(post, ids.MAIL_MARK)
    bot.press(ids.MAIL_MARK, value, OWNER)
    assert "counts as sent" in bot.screens.sentence()
    bot.press(ids.MAIL_MARK, value, OWNER)
    assert len(mailing.draft(bot).marks) == 1
    assert "once more" in bot.screens.sentence()
    again = mailing.button({"blocks": bot.screens.said[-1].drawing.blocks}, ids.MAIL_MARK)["value"]
    bot.press(ids.MAIL_MARK, again, OWNER)
    assert len(mailing.draft(bot).marks) == 2


@pytest.mark.parametrize("action", [ids.MAIL_COPY, ids.MAIL_MARK])
def test_without_the_link_it_is_refused(bot: Bot, action: str) -> None:
    laid = mailing.press(bot, mailing.form(bot), action, **{BODY: "No link here."})
    assert PAGE in json.dumps(laid)
    assert mailing.draft(bot).version == 0
    bot.work()
    assert told(bot) == []


def test_while_there_is_no_document_and_no_page_it_is_refused(engine: Engine) -> None:
    bot = Bot(engine)
    bot.command(f"assign <@{OWNER}|x>", IC)
    view = mailing.form(bot)
    assert "There is no link" in json.dumps(view)
    assert "mailto:" not in json.dumps(view)
    laid = mailing.press(bot, view, ids.MAIL_MARK, **{TO: "a@acme.example"})
    assert "no link to the post-mortem yet" in json.dumps(laid)
    assert mailing.draft(bot).marks == ()


def test_without_a_page_the_link_leads_to_the_card_where_the_newest_document_is(bot: Bot) -> None:
    handing.put(bot, page_url=None)
    shown = mailing.fields(mailing.form(bot))[BODY]
    assert f"https://acme.slack.com/archives/C1/p{bot.card.ts.replace('.', '')}" in shown


def test_written_anew_it_follows_again_and_that_it_was_sent_stays(bot: Bot) -> None:
    view = mailing.press(bot, mailing.form(bot), ids.MAIL_MARK, **{BODY: LETTER})
    after = mailing.press(bot, view, ids.MAIL_ANEW)
    (body,) = [text for name, text in mailing.fields(after).items() if name.startswith(BODY)]
    assert mailing.OVERVIEW in body
    assert not set(mailing.fields(after)) & set(mailing.fields(view))
    assert len(mailing.draft(bot).marks) == 1
    assert not mailing.save(bot, after, **{f"{BODY}-1": LETTER}).errors
    assert mailing.draft(bot).body == LETTER
    assert f"{TO}-1" in mailing.save(bot, after, **{f"{TO}-1": "nonsense"}).errors


def test_the_owner_is_asked_once_after_the_review_and_not_once_it_was_sent(bot: Bot) -> None:
    mailing.reviewed(bot)
    (prompt,) = told(bot)
    assert handing.value(prompt, ids.MAIL_SUMMARY_OPEN) == bot.record().id
    bot.press(ids.MOVE_IN_REVIEW, f"{bot.record().id}:{Status.REVIEWED.value}", OWNER)
    handing.put(bot, status=Status.IN_REVIEW)
    bot.clock.advance(timedelta(minutes=1))
    mailing.reviewed(bot)
    assert len(told(bot)) == 1


def test_nobody_is_asked_for_what_was_sent_before_the_review(bot: Bot) -> None:
    mailing.press(bot, mailing.form(bot), ids.MAIL_MARK)
    mailing.reviewed(bot)
    assert told(bot) == []


def test_the_checklist_has_it_once_it_was_reviewed_and_it_is_never_the_next_step(bot: Bot) -> None:
    assert "Internal e-mail" not in str(bot.command("status", OWNER).json["blocks"])
    mailing.reviewed(bot)
    shown = str(bot.command("status", OWNER).json["blocks"])
    assert ids.MAIL_SUMMARY_OPEN in shown
    assert "*Next:* <@U2> sends the internal" not in shown


@pytest.mark.parametrize(
    ("user", "word", "title"),
    [
        pytest.param(OWNER, "mail", "Internal e-mail", id="the owner"),
        pytest.param(IC, "mail", "First e-mail", id="the IC while it is a draft"),
        pytest.param(IC, "email summary", "Internal e-mail", id="named, by the other word"),
        pytest.param(IC, "mail first", "First e-mail", id="the first by name"),
    ],
)
def test_the_command_opens_the_right_one(bot: Bot, user: str, word: str, title: str) -> None:
    bot.command(word, user)
    assert bot.screens.form()["title"]["text"] == title


def test_once_the_first_was_sent_the_ic_gets_the_summary(bot: Bot) -> None:
    mailing.press(bot, mailing.form(bot, IC, ids.MAIL_FIRST_OPEN), ids.MAIL_MARK, IC)
    bot.command("mail", IC)
    assert bot.screens.form()["title"]["text"] == "Internal e-mail"


def test_a_word_that_is_none_is_answered(bot: Bot) -> None:
    assert "mail first" in bot.command("mail everybody", OWNER).sentence
    assert "no post-mortem in this channel" in bot.command("mail", OWNER, "C9").sentence or bot.screens.opened == []


@pytest.mark.parametrize(
    ("action", "user"),
    [
        (ids.MAIL_SUMMARY_OPEN, STRANGER), (ids.MAIL_SUMMARY_OPEN, SUPPORT), (ids.MAIL_FIRST_OPEN, OWNER),
        (ids.MAIL_FIRST_OPEN, SUPPORT), (ids.MAIL_SUPPORT_OPEN, OWNER), (ids.MAIL_SUPPORT_OPEN, STRANGER),
    ],
)  # fmt: skip
def test_nobody_else_opens_it(team: Bot, action: str, user: str) -> None:
    handing.reviewed(team)
    opened = len(team.screens.opened)
    team.press(action, team.record().id, user)
    assert len(team.screens.opened) == opened
    assert "Only" in team.screens.sentence()


@pytest.mark.parametrize(
    ("purpose", "action", "user"),
    [
        ("support", ids.MAIL_SUPPORT_OPEN, OWNER),
        ("first", ids.MAIL_FIRST_OPEN, OWNER),
        ("summary", ids.MAIL_SUMMARY_OPEN, SUPPORT),
    ],
)
def test_a_forged_button_or_form_of_another_mail_changes_nothing(
    team: Bot, purpose: str, action: str, user: str
) -> None:
    handing.reviewed(team)
    may = {"support": SUPPORT, "first": IC, "summary": OWNER}[purpose]
    view = mailing.form(team, may, action)
    before = team.contents()
    assert mailing.save(team, view, user, **{BODY: LETTER}).errors
    for button in (ids.MAIL_COPY, ids.MAIL_MARK):
        team.press(button, f"{team.record().id}:{purpose}:0", user)
    assert team.contents() == before
    team.press(ids.MAIL_MARK, f"{team.record().id}:nonsense:0", may)
    team.press(ids.MAIL_MARK, team.record().id, may)
    assert team.contents() == before


def test_support_has_the_final_text_to_send_on_and_only_once_it_was_reviewed(team: Bot) -> None:
    team.press(ids.MAIL_SUPPORT_OPEN, team.record().id, SUPPORT)
    assert "no reviewed message" in team.screens.sentence()
    handing.reviewed(team)
    (task,) = handing.tasks(team)
    view = mailing.form(team, SUPPORT, ids.MAIL_SUPPORT_OPEN)
    assert handing.value(task, ids.MAIL_SUPPORT_OPEN) == team.record().id
    assert mailing.fields(view)[TO] == "support@acme.example"
    assert handing.TEXT["happened"] in mailing.fields(view)[BODY]
    mailing.press(team, view, ids.MAIL_COPY, SUPPORT)
    team.work()
    assert len(told(team, SUPPORT)) == 1


def test_without_an_address_for_support_nothing_is_offered_beside_the_hand_over(engine: Engine) -> None:
    bot = mailing.made(engine, MailLists(), support_users=frozenset({SUPPORT}))
    handing.reviewed(bot)
    (task,) = handing.tasks(bot)
    assert ids.MAIL_SUPPORT_OPEN not in json.dumps(task.drawing.blocks)


def test_the_ic_is_offered_the_first_mail_where_the_steps_stand(bot: Bot) -> None:
    (steps,) = [post for post in bot.chat.in_room("C1") if post.mark.startswith("role_steps:")]
    assert handing.value(steps, ids.MAIL_FIRST_OPEN) == bot.record().id


def test_a_restricted_one_shows_and_keeps_nothing_but_its_number(bot: Bot) -> None:
    assert not mailing.save(bot, mailing.form(bot), **{BODY: LETTER, SUBJECT: "Checkout secrets"}).errors
    handing.put(bot, restricted=True)
    view = mailing.form(bot)
    shown = mailing.fields(view)
    assert shown[TO] == "security@acme.example"
    assert shown[SUBJECT] == "PM-1: post-mortem"
    after = mailing.press(bot, view, ids.MAIL_COPY)
    bot.work()
    (post,) = told(bot)
    for leaked in ("Checkout", "Orders", mailing.OVERVIEW, PAGE, "SEV-1"):
        assert leaked not in json.dumps(view) + json.dumps(after) + json.dumps(post.drawing.blocks) + post.text
    kept = mailing.draft(bot)
    assert (kept.restricted, kept.recipients) == (True, ("security@acme.example",))


def test_a_restricted_one_goes_to_nobody_else(bot: Bot) -> None:
    handing.put(bot, restricted=True)
    view = mailing.form(bot)
    assert "take all@acme.example out" in mailing.save(bot, view, **{TO: "all@acme.example"}).errors[TO]
    laid = mailing.press(bot, view, ids.MAIL_MARK, **{TO: "security@acme.example, all@acme.example"})
    assert "all@acme.example" in json.dumps(laid)
    assert mailing.draft(bot).version == 0


def test_a_restricted_one_without_its_list_says_which_setting_is_missing(engine: Engine) -> None:
    bot = mailing.made(engine, MailLists(sev1=LISTS.sev1))
    handing.put(bot, restricted=True)
    view = mailing.form(bot)
    assert mailing.fields(view)[TO] == ""
    assert "MAIL_LIST_RESTRICTED" in json.dumps(view)


def test_a_copy_on_its_way_while_it_is_restricted_tells_nothing(bot: Bot) -> None:
    mailing.press(bot, mailing.form(bot), ids.MAIL_COPY)
    handing.put(bot, restricted=True)
    bot.work()
    (post,) = told(bot)
    assert "Checkout" not in json.dumps(post.drawing.blocks)
    assert "changed meanwhile" in post.text


def test_the_document_has_the_text_and_that_it_was_sent(bot: Bot) -> None:
    mailing.press(bot, mailing.form(bot), ids.MAIL_MARK, **{BODY: LETTER})
    bot.work()
    (document,) = [file.content.decode() for file in bot.chat.visible_files().values()]
    assert "Internal Email" in document
    assert "Orders were slow" in document
    assert "by Ben" in document


def test_a_decision_that_there_is_none_leaves_nothing_for_support(team: Bot) -> None:
    with team.store.transaction(timedelta(seconds=5)) as unit:
        unit.meetings.put_external(team.record().id, ExternalDecision(ExternalMessage.NONE))
    handing.put(team, status=Status.REVIEWED)
    team.press(ids.MAIL_SUPPORT_OPEN, team.record().id, SUPPORT)
    assert "nothing to pass on" in team.screens.sentence()
    assert mailing.draft(team, Letter.SUPPORT).version == 0
