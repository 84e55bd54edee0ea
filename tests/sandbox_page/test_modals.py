"""Forms: filled in by hand, with errors below inputs, a stack, and answers that change what is seen."""

from __future__ import annotations

from tests.sandbox_page import gallery
from tests.sandbox_page.gallery import plain


def form(*blocks, callback="form", title="Form", **more):
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **more,
    }


def name(optional=False):
    element = {"type": "plain_text_input", "action_id": "name"}
    return {"type": "input", "block_id": "name", "optional": optional, "label": plain("Name"), "element": element}


def opens(bolt, view):
    @bolt.command("/form")
    def command(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)


def test_an_empty_form_is_not_sent_and_says_so_below_the_input(page, slack, bolt):
    opens(bolt, form(name()))
    page.refuses("act/submit")
    page.write(".composer-field", "/form")
    page.click(".modal .primary", "Send")
    page.see(".modal .field-row .error", "Please complete this required field.")
    assert slack.deliveries(type="view_submission") == []


def test_the_errors_of_the_app_stand_below_their_inputs_and_go_when_it_is_right(page, slack, bolt):
    sent = []

    @bolt.view("form")
    def view(ack, view):
        given = view["state"]["values"]["name"]["name"]["value"]
        sent.append(given)
        if given == "wrong":
            ack(response_action="errors", errors={"name": "not <b>that</b> one"})
        else:
            ack()

    opens(bolt, form(name()))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    page.type("wrong")
    page.press("Enter")
    page.see(".modal:not(.working) .error", "not <b>that</b> one")
    page.run("document.querySelector('.modal input').select()")
    page.type("right")
    page.press("Enter")
    page.gone(".modal[open]")
    assert sent == ["wrong", "right"]


def test_a_view_that_is_pushed_lies_on_top_and_closing_it_shows_the_one_below(page, slack, bolt):
    @bolt.view("form")
    def view(ack):
        ack(response_action="push", view=form(name(True), callback="second", title="Second"))

    opens(bolt, form(name()))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    page.type("first words")
    page.click(".modal .primary")
    page.see(".modal h2", "Second")
    page.press("Escape")
    page.see(".modal h2", "Form")
    assert page.run("document.querySelector('.modal input').value") == "first words"


def test_an_update_by_the_app_keeps_what_was_typed_and_the_cursor(page, slack, bolt):
    @bolt.action("more")
    def more(ack, body, client):
        ack()
        client.views_update(
            view_id=body["view"]["id"], view=form(name(), {"type": "section", "text": plain("more!")}, button)
        )

    button = {
        "type": "actions",
        "block_id": "row",
        "elements": [{"type": "button", "action_id": "more", "text": plain("More")}],
    }
    opens(bolt, form(name(), button))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    page.type("half a wo")
    page.click(".modal .block-actions .button", "More")
    page.see(".modal .block-section", "more!")
    assert page.run("document.querySelector('.modal input').value") == "half a wo"


def test_an_app_that_does_not_answer_leaves_the_form_with_a_sentence(page, slack, bolt):
    opens(bolt, form(name(), callback="nobody"))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    page.type("x")
    page.press("Enter")
    page.see(".modal-foot .error", "trouble")


def test_a_file_that_is_chosen_in_a_form_arrives_with_it(page, slack, bolt, tmp_path):
    got = []

    @bolt.view("form")
    def view(ack, view):
        got.extend(view["state"]["values"]["in-files"]["files"]["files"])
        ack()

    (tmp_path / "log.txt").write_text("lines")
    opens(bolt, form(*gallery.inputs([gallery.FILE])))
    page.write(".composer-field", "/form")
    page.see(".modal input[type=file]")
    page.attach(".modal input[type=file]", tmp_path / "log.txt")
    page.see(".modal .chip", "log.txt")
    page.click(".modal .primary")
    page.gone(".modal[open]")
    assert [file["name"] for file in got] == ["log.txt"]


def test_every_kind_of_input_arrives_as_slack_sends_it(page, slack, bolt):
    got = []

    @bolt.view("all")
    def view(ack, view):
        got.append({key: next(iter(value.values())) for key, value in view["state"]["values"].items()})
        ack()

    wanted = ["line", "number", "static", "users", "checks", "radio", "date", "time", "datetime", "rich"]
    every = {one["action_id"]: one for one in [*gallery.TYPED, *gallery.SELECTS, *gallery.PICKERS]}
    opens(bolt, form(*gallery.inputs([every[key] for key in wanted]), callback="all"))
    page.write(".composer-field", "/form")
    page.set("The line", "words")
    page.set("The number", "7")
    page.choose("The static", "Option b")
    page.choose("The users", "Ben")
    page.choose("The users", "cho")
    page.click(".modal .choice", "Option a")  # the last group with that option: the radio buttons
    page.click(".modal .choice", "more")
    page.set("The date", "2026-05-04")
    page.set("The time", "23:15")
    page.set("The datetime", "2026-07-01T12:00")
    page.set("The rich", "a *b*")
    page.click(".modal .primary")
    page.gone(".modal[open]")
    values = got[0]
    assert values["in-line"]["value"] == "words"
    assert values["in-number"]["value"] == "7"
    assert values["in-static"]["selected_option"]["value"] == "b"
    assert values["in-users"]["selected_users"] == [slack.see.user("ben")["id"], slack.see.user("cho")["id"]]
    assert [one["value"] for one in values["in-checks"]["selected_options"]] == ["a"]
    assert values["in-radio"]["selected_option"]["value"] == "a"
    assert values["in-date"]["selected_date"] == "2026-05-04"
    assert values["in-time"]["selected_time"] == "23:15"
    assert values["in-datetime"]["selected_date_time"] == 1782896400  # noon in Helsinki
    assert values["in-rich"]["rich_text_value"]["elements"][0]["elements"][1] == {
        "type": "text",
        "text": "b",
        "style": {"bold": True},
    }


def test_three_forms_lie_on_each_other_and_are_left_one_by_one_or_together(page, slack, bolt):
    def button(to):
        row = {"type": "button", "action_id": "next", "value": to, "text": plain("Next")}
        return {"type": "actions", "elements": [row]}

    @bolt.action("next")
    def onwards(ack, body, action, client):
        ack()
        at = int(action["value"])
        client.views_push(trigger_id=body["trigger_id"], view=form(button(str(at + 1)), title=f"Form {at}"))

    opens(bolt, form(button("2"), title="Form 1"))
    page.write(".composer-field", "/form")
    for at in (1, 2):
        page.see(".modal h2", f"Form {at}")
        page.click(".modal .button", "Next")
    page.see(".modal h2", "Form 3")
    page.see(".modal-head", "3 of 3")
    page.page.get_by_role("button", name="Back").click()
    page.see(".modal h2", "Form 2")
    page.page.locator(".modal-head").get_by_role("button", name="Close").click()
    page.gone(".modal[open]")
    assert slack.see.modals("aino") == []


def test_a_form_that_is_opened_over_another_takes_its_place(page, slack, bolt):
    @bolt.action("other")
    def other(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form(name(True), title="Other", callback="other"))

    button = {"type": "button", "action_id": "other", "text": plain("Other")}
    opens(bolt, form(name(), {"type": "actions", "elements": [button]}))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    page.type("not carried over")
    page.click(".modal .block-actions .button", "Other")
    page.see(".modal h2", "Other")
    assert page.labelled("Name").input_value() == ""
    assert [view["title"]["text"] for view in slack.see.modals("aino")][-1] == "Other"


def test_a_form_is_still_there_with_what_was_typed_after_a_reload(page, bolt):
    opens(bolt, form(name()))
    page.write(".composer-field", "/form")
    page.see(".modal input")
    with page.answering("act/fill"):
        page.type("half a thought")
    page.reload()
    page.see(".modal h2", "Form")
    assert page.labelled("Name").input_value() == "half a thought"
