"""Canvases: one change a call, sections that are found and edited, what their Markdown may hold, plans, access (group 28)."""

from __future__ import annotations

import contextlib

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

TEXT = "# Checkout down\n\nIt was the *cache*.\n\n## Timeline\n\n- 10:00 alarm\n- 10:05 all clear"


def content(markdown):
    return {"type": "markdown", "markdown": markdown}


def allow(manifest):
    """The app may read and write canvases, and hears of files."""
    manifest["oauth_config"]["scopes"]["bot"] += ["canvases:read", "canvases:write"]
    manifest["settings"]["event_subscriptions"]["bot_events"] += ["file_change", "file_created", "file_deleted"]


@pytest.fixture
def slack(start):
    """A sandbox whose app may read and write canvases."""
    return start(change=allow)


@pytest.fixture
def canvas(web):
    return web.canvases_create(title="Post-mortem", document_content=content(TEXT))["canvas_id"]


def shown(slack, canvas):
    return slack.see.canvas(canvas)


def edit(web, canvas, operation, markdown=None, section=None):
    row = {"operation": operation}
    row |= {"document_content": content(markdown)} if markdown is not None else {}
    row |= {"section_id": section} if section else {}
    return web.canvases_edit(canvas_id=canvas, changes=[row])


def find(web, canvas, **criteria):
    return [row["id"] for row in web.canvases_sections_lookup(canvas_id=canvas, criteria=criteria)["sections"]]


def test_a_canvas_is_a_file_with_sections(slack, web, canvas):
    file = web.files_info(file=canvas)["file"]
    assert canvas.startswith("F")
    assert (file["filetype"], file["mode"], file["title"]) == ("quip", "quip", "Post-mortem")
    assert file["mimetype"] == "application/vnd.slack-docs"
    assert [f["id"] for f in web.files_list(types="canvas")["files"]] == [canvas]
    sections = shown(slack, canvas)["sections"]
    assert [row["type"] for row in sections] == ["h1", "paragraph", "h2", "list"]
    assert all(row["id"].startswith("temp:C:") for row in sections)


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"section_types": ["h1"]}, ["# Checkout down"]),
        ({"section_types": ["any_header"]}, ["# Checkout down", "## Timeline"]),
        ({"contains_text": "TIME"}, ["## Timeline"]),
        ({"section_types": ["h1", "h2"], "contains_text": "down"}, ["# Checkout down"]),
        ({"contains_text": "nowhere"}, []),
    ],
)
def test_sections_are_found_by_type_and_text(slack, web, canvas, criteria, expected):
    texts = {row["id"]: row["markdown"] for row in shown(slack, canvas)["sections"]}
    assert [texts[key] for key in find(web, canvas, **criteria)] == expected


@pytest.mark.parametrize(
    "criteria", [{}, {"section_types": []}, {"section_types": ["h4"]}, {"contains": "x"}, {"contains_text": 1}], ids=str
)
def test_a_search_without_sense_is_refused(web, canvas, error, criteria):
    assert error(web.canvases_sections_lookup, canvas_id=canvas, criteria=criteria)["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("operation", "target", "expected"),
    [
        ("insert_at_start", None, "new\n\n# A\n\ntext\n\n## B"),
        ("insert_at_end", None, "# A\n\ntext\n\n## B\n\nnew"),
        ("insert_before", "h2", "# A\n\ntext\n\nnew\n\n## B"),
        ("insert_after", "h1", "# A\n\nnew\n\ntext\n\n## B"),
        ("replace", "h2", "# A\n\ntext\n\nnew"),
        ("replace", None, "new"),
    ],
)
def test_each_operation_changes_its_place(slack, web, operation, target, expected):
    canvas = web.canvases_create(document_content=content("# A\n\ntext\n\n## B"))["canvas_id"]
    section = find(web, canvas, section_types=[target])[0] if target else None
    edit(web, canvas, operation, "new", section)
    assert shown(slack, canvas)["markdown"] == expected


def test_delete_takes_a_section_and_rename_the_title(slack, web, canvas):
    edit(web, canvas, "delete", section=find(web, canvas, contains_text="cache")[0])
    assert "cache" not in shown(slack, canvas)["markdown"]
    web.canvases_edit(canvas_id=canvas, changes=[{"operation": "rename", "title_content": content("New name")}])
    assert web.files_info(file=canvas)["file"]["title"] == shown(slack, canvas)["title"] == "New name"


def test_an_id_of_a_section_is_good_until_the_next_edit(web, canvas, error):
    section = find(web, canvas, section_types=["h2"])[0]
    edit(web, canvas, "insert_at_end", "more")
    stale = [{"operation": "delete", "section_id": section}]
    answer = error(web.canvases_edit, canvas_id=canvas, changes=stale)
    assert (answer["error"], "section_id" in answer["detail"]) == ("canvas_editing_failed", True)
    assert find(web, canvas, section_types=["h2"]) != [section]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param([], "must provide an array", id="nothing"),
        pytest.param([{"operation": "delete"}] * 2, "no more than 1 items", id="two changes"),
        pytest.param([{"operation": "append"}], "must be one of", id="unknown operation"),
        pytest.param([{"operation": "delete"}], "missing required field: section_id", id="no section"),
        pytest.param([{"operation": "replace"}], "missing required field: document_content", id="no content"),
        pytest.param([{"operation": "rename"}], "missing required field: title_content", id="no title"),
        pytest.param(
            [{"operation": "replace", "document_content": {"type": "html", "markdown": "x"}}],
            "failed to match exactly one allowed schema [json-pointer:/changes/0/document_content]",
            id="not Markdown",
        ),
    ],
)
def test_one_change_a_call_in_its_shape(web, canvas, error, changes, words):
    answer = error(web.canvases_edit, canvas_id=canvas, changes=changes)
    assert answer["error"] in ("invalid_arguments",)
    assert words in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("markdown", "detail"),
    [
        ("# ok\n\n#### deep", "'content' error: line 3: Unsupported heading depth (4)"),
        ("- a\n  | x | y |\n  |---|---|", "'content' error: line 2: Unsupported table type"),
        ("> a\n> > b", "'content' error: line 2: Unsupported block quote nesting"),
        ("| a | b | c |\n" * 101, "'content' error: line 101: Table exceeds 300 cells"),
    ],
    ids=["heading", "table in a list", "quote in a quote", "large table"],
)
def test_markdown_a_canvas_cannot_hold_is_refused_with_the_line(web, canvas, error, markdown, detail):
    made = error(web.canvases_create, document_content=content(markdown))
    assert (made["error"], made["detail"]) == ("canvas_creation_failed", detail)
    row = {"operation": "insert_at_end", "document_content": content(markdown)}
    edited = error(web.canvases_edit, canvas_id=canvas, changes=[row])
    assert (edited["error"], edited["detail"]) == ("canvas_editing_failed", detail)


def test_code_may_look_like_anything(slack, web):
    canvas = web.canvases_create(document_content=content("```\n#### not a heading\n```"))["canvas_id"]
    assert [row["type"] for row in shown(slack, canvas)["sections"]] == ["code"]


def test_a_bar_that_is_a_letter_of_a_table_is_no_cell(web, canvas):
    edit(web, canvas, "replace", "| a | b |\n|---|---|\n" + "| x \\| y | z |\n" * 148)


def test_a_canvas_holds_one_mebibyte(web, canvas, error):
    large = {"operation": "replace", "document_content": content("x" * (1024 * 1024 + 1))}
    assert error(web.canvases_edit, canvas_id=canvas, changes=[large])["error"] == "canvas_too_large"
    half = "x" * (600 * 1024)
    edit(web, canvas, "replace", half)
    more = {"operation": "insert_at_end", "document_content": content(half)}
    assert error(web.canvases_edit, canvas_id=canvas, changes=[more])["error"] == "canvas_too_large"


def test_a_channel_has_one_canvas_of_its_own(slack, web, inc, error):
    made = web.conversations_canvases_create(channel_id=inc, document_content=content(TEXT))["canvas_id"]
    shown = web.conversations_info(channel=inc)["channel"]["properties"]
    assert shown["canvas"]["file_id"] == made
    assert [tab["type"] for tab in shown["tabs"]] == ["channel_canvas"]
    again = error(web.conversations_canvases_create, channel_id=inc, document_content=content("x"))
    assert again["error"] == "channel_canvas_already_exists"
    web.canvases_delete(canvas_id=made)
    assert "properties" not in web.conversations_info(channel=inc)["channel"]


@pytest.mark.parametrize(
    ("channel", "expected"),
    [("general", "not_in_channel"), ("hidden", "channel_not_found"), ("old", "is_archived")],
)
def test_a_tab_needs_the_bot_in_the_channel(slack, web, error, channel, expected):
    key = slack.see.channel(channel)["id"]
    for method in (web.canvases_create, web.conversations_canvases_create):
        assert error(method, channel_id=key, document_content=content("x"))["error"] == expected


def test_what_was_deleted_is_not_found(web, canvas, error):
    web.canvases_delete(canvas_id=canvas)
    assert error(web.canvases_delete, canvas_id=canvas)["error"] == "canvas_not_found"
    assert error(web.files_info, file=canvas)["error"] == "file_deleted"
    criteria = {"contains_text": "x"}
    assert error(web.canvases_sections_lookup, canvas_id=canvas, criteria=criteria)["error"] == "canvas_deleted"
    assert error(web.canvases_delete, canvas_id="F404")["error"] == "canvas_not_found"


def test_scopes_and_tiers(start, slack, web, error):
    poor = start()
    client = WebClient(poor.bot_token, base_url=poor.api_url)
    assert error(client.canvases_create, title="x")["needed"] == "canvases:write"
    lookup = error(client.canvases_sections_lookup, canvas_id="F1", criteria={"contains_text": "x"})
    assert lookup["needed"] == "canvases:read"
    for _ in range(20):
        web.canvases_create(title="x")
    assert error(web.canvases_create, title="x")["error"] == "ratelimited"


class TestFreePlan:
    @pytest.fixture
    def poor(self, start, tmp_path):
        path = tmp_path / "free.yml"
        path.write_text("team: {plan: free}\nusers: [{name: ada}]\nchannels: [{name: inc, members: [ada, helper]}]\n")
        return start(workspace=path, change=allow)

    def test_has_canvases_in_channels_only_and_one_in_each(self, poor, error):
        client, inc = WebClient(poor.bot_token, base_url=poor.api_url), poor.see.channel("inc")["id"]
        alone = error(client.canvases_create, title="x")
        assert alone["error"] == "free_teams_cannot_create_non_tabbed_canvases"
        made = client.canvases_create(title="x", channel_id=inc)["canvas_id"]
        assert edit(client, made, "insert_at_end", "more")["ok"]
        second = error(client.canvases_create, title="y", channel_id=inc)
        assert second["error"] == "free_team_canvas_tab_already_exists"

    def test_may_not_edit_one_that_stands_alone(self, poor, error):
        client = WebClient(poor.bot_token, base_url=poor.api_url)
        poor.act("change_team", plan="paid")
        made = client.canvases_create(title="x")["canvas_id"]
        poor.act("change_team", plan="free")
        row = {"operation": "insert_at_end", "document_content": content("x")}
        answer = error(client.canvases_edit, canvas_id=made, changes=[row])
        assert answer["error"] == "free_teams_cannot_edit_standalone_canvases"

    def test_canvases_can_be_off_for_the_team(self, poor, error):
        client = WebClient(poor.bot_token, base_url=poor.api_url)
        poor.act("change_team", canvases=False)
        assert error(client.canvases_create, title="x")["error"] == "canvas_disabled_user_team"


def test_a_lock_is_injected_and_passes(slack, web, canvas, error):
    slack.fault("canvases.edit", "error:canvas_editing_locked")
    row = {"operation": "insert_at_end", "document_content": content("x")}
    assert error(web.canvases_edit, canvas_id=canvas, changes=[row])["error"] == "canvas_editing_locked"
    assert web.canvases_edit(canvas_id=canvas, changes=[row])["ok"]


def test_a_fault_may_strike_by_chance(slack, canvas, web):
    slack.rules(rate_limits=False)
    slack.fault("canvases.edit", "error:canvas_editing_locked", every=True, chance=0.5)
    row = {"operation": "insert_at_end", "document_content": content("x")}
    for _ in range(20):
        with contextlib.suppress(SlackApiError):
            web.canvases_edit(canvas_id=canvas, changes=[row])
    locked = [call["error"] for call in slack.calls("canvases.edit")].count("canvas_editing_locked")
    assert 0 < locked < 20


def test_people_write_in_a_canvas_and_the_app_hears_of_it(slack, web, wire, canvas):
    app = wire(slack)
    ben = slack.see.user("ben")["id"]
    web.chat_postMessage(channel=ben, text=f"see {canvas}")
    web.canvases_access_set(canvas_id=canvas, access_level="write", user_ids=[ben])
    slack.act("edit_canvas", user="ben", id=canvas, markdown="# Ben was here")
    assert shown(slack, canvas)["markdown"] == "# Ben was here"
    slack.wait_until(lambda: app.events("file_change"))
    assert app.events("file_change")[0]["file_id"] == canvas


def test_access_is_given_and_taken(slack, web, canvas, inc, error):
    people = {name: slack.see.user(name)["id"] for name in ("aino", "ben")}
    web.chat_postMessage(channel=inc, text=f"<https://acme.slack.com/docs/T1/{canvas}|report>")
    web.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[inc])
    assert [c["id"] for c in slack.see.canvases(user="aino")] == [canvas]
    assert slack.see.canvas(canvas, user="aino")["level"] == "read"
    web.canvases_access_delete(canvas_id=canvas, channel_ids=[inc])
    assert slack.see.canvases(user="aino") == []
    assert slack.violations() == []
    web.canvases_access_set(canvas_id=canvas, access_level="owner", user_ids=people["ben"])
    assert error(web.canvases_delete, canvas_id=canvas)["error"] == "restricted_action"
    assert shown(slack, canvas)["owner"] == people["ben"]
    assert [row["text"] for row in slack.violations()] == [
        "access set where the canvas was not shared: Slack wants its link posted there first"
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "invalid_parameters"),
        ({"user_ids": "U404", "channel_ids": "C404"}, "invalid_parameters"),
        ({"user_ids": "U404"}, "user_not_found"),
        ({"channel_ids": ["C404"]}, "channel_not_found"),
        ({"user_ids": "U404", "access_level": "all"}, "invalid_arguments"),
    ],
    ids=["nobody", "both", "unknown user", "unknown channel", "unknown level"],
)
def test_access_says_what_is_wrong(web, canvas, error, given, expected):
    level = given.pop("access_level", "read")
    assert error(web.canvases_access_set, canvas_id=canvas, access_level=level, **given)["error"] == expected


def test_a_canvas_of_somebody_else_is_not_there(slack, web, error):
    made = slack.act("create_canvas", user="aino", title="Private", markdown="x")["canvas"]
    assert error(web.canvases_delete, canvas_id=made)["error"] == "canvas_not_found"
    tab = slack.act("create_canvas", user="aino", channel="#inc", markdown="x")["canvas"]
    assert edit(web, tab, "insert_at_end", "from the app")["ok"]
    assert slack.see.canvas(tab)["of_channel"]


def test_the_workspace_file_gives_a_channel_its_canvas(start, tmp_path):
    path = tmp_path / "canvas.yml"
    row = '{name: inc, members: [ada, helper], canvas: {title: Runbook, markdown: "# Checkout"}}'
    path.write_text(f"users: [{{name: ada}}]\nchannels: [{row}]\n")
    slack = start(workspace=path, change=allow)
    shown = slack.see.canvases(user="ada", channel="#inc")
    assert [row["title"] for row in shown] == ["Runbook"]
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    assert find(web, shown[0]["id"], section_types=["h1"])
