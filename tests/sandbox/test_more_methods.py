"""User groups that are written, unfurled links, presence, emoji, files by type, and methods that are not for bots."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from sandbox.spec import methods
from sandbox.web.methods import METHODS


def allow(manifest):
    held = manifest["oauth_config"]["scopes"]["bot"]
    held += ["usergroups:write", "links:read", "links:write", "emoji:read", "dnd:read", "users:write"]
    held += ["users.profile:read"]
    manifest["features"]["unfurl_domains"] = ["grafana.example"]
    heard = ["link_shared", "subteam_created", "subteam_updated", "subteam_members_changed"]
    manifest["settings"]["event_subscriptions"]["bot_events"] += heard


@pytest.fixture
def slack(start):
    """A sandbox whose app holds the scopes of this file."""
    return start(change=allow)


@pytest.fixture
def poor(start, tmp_path):
    """The client of an app in a workspace that pays nothing."""
    path = tmp_path / "free.yml"
    path.write_text("team: {plan: free}\nusers: [{name: ada}]\nusergroups: [{handle: sre}]\n")
    found = start(workspace=path, change=allow)
    return WebClient(found.bot_token, base_url=found.api_url)


def test_a_group_is_made_filled_and_put_away(slack, web, app):
    ben = slack.see.user("ben")["id"]
    group = web.usergroups_create(name="On call", handle="on-call", description="the pager")["usergroup"]
    web.usergroups_users_update(usergroup=group["id"], users=[ben])
    assert web.usergroups_users_list(usergroup=group["id"])["users"] == [ben]
    changed = slack.wait_until(lambda: app.events("subteam_members_changed"))[0]
    assert (changed["subteam_id"], changed["added_users"]) == (group["id"], [ben])
    slack.act.post("aino", "#inc", "@on-call please")
    assert f"<!subteam^{group['id']}" in slack.see.messages("inc")[-1]["text"]
    assert web.usergroups_update(usergroup=group["id"], name="Night watch")["usergroup"]["name"] == "Night watch"
    web.usergroups_disable(usergroup=group["id"])
    assert [g["handle"] for g in web.usergroups_list()["usergroups"]] == ["sre"]
    web.usergroups_enable(usergroup=group["id"])
    assert len(web.usergroups_list()["usergroups"]) == 2


@pytest.mark.parametrize(
    ("method", "args", "expected"),
    [
        ("create", {"name": "SRE"}, "name_already_exists"),
        ("create", {"name": "x", "handle": "sre"}, "handle_already_exists"),
        ("create", {"name": "x", "handle": "aino"}, "handle_already_exists"),
        ("create", {"name": "x", "handle": "No Good"}, "bad_handle"),
        ("create", {"name": "x", "description": "d" * 141}, "description_too_long"),
        ("create", {"name": "n" * 256}, "name_too_long"),
        ("create", {}, "invalid_arguments"),
        ("update", {"usergroup": "S404", "name": "x"}, "no_such_subteam"),
        ("users.update", {"usergroup": "S404", "users": "U1"}, "no_such_subteam"),
    ],
)
def test_a_group_says_what_is_wrong(web, error, method, args, expected):
    assert error(web.api_call, f"usergroups.{method}", json=args)["error"] == expected


def test_the_people_of_a_group_exist(slack, web, error):
    group = web.usergroups_list()["usergroups"][0]["id"]
    for users in ("U404", slack.see.user("gone")["id"]):
        assert error(web.usergroups_users_update, usergroup=group, users=users)["error"] == "invalid_users"
    assert error(web.usergroups_users_update, usergroup=group, users=" ,")["error"] == "no_users_provided"


@pytest.mark.parametrize(
    ("method", "args", "expected"),
    [
        ("list", {}, "plan_upgrade_required"),
        ("create", {"name": "x"}, "plan_upgrade_required"),
        ("users.list", {"usergroup": "S1"}, "plan_upgrade_required"),
        ("users.update", {"usergroup": "S1", "users": "U1"}, "plan_upgrade_required"),
        ("disable", {"usergroup": "S1"}, "plan_upgrade_required"),
        ("update", {"usergroup": "S1", "name": "x"}, "paid_teams_only"),
    ],
)
def test_groups_are_for_those_who_pay(poor, error, method, args, expected):
    assert error(poor.api_call, f"usergroups.{method}", params=args)["error"] == expected


LINK = "https://play.grafana.example/d/1?a=1&b=2"


def test_a_link_is_unfurled_below_its_message(slack, web, app, inc):
    ts = slack.act.post("aino", "#inc", f"see {LINK}")
    event = slack.wait_until(lambda: app.events("link_shared"))[0]
    where = {"unfurl_id": event["unfurl_id"], "source": event["source"]}
    url = event["links"][0]["url"]
    web.api_call("chat.unfurl", json={**where, "unfurls": {url: {"title": "p99"}}})
    web.chat_unfurl(channel=inc, ts=ts, unfurls={url: {"title": "p95"}})
    shown = next(m for m in slack.see.messages("inc") if m["ts"] == ts)
    assert [(a["id"], a["title"], a["from_url"]) for a in shown["attachments"]] == [(1, "p95", url)]
    assert "edited" not in shown


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"unfurls": None}, "missing_unfurls"),
        ({"channel": None}, "missing_channel"),
        ({"ts": None}, "missing_ts"),
        ({"channel": "C404"}, "cannot_find_channel"),
        ({"ts": "1.000001"}, "cannot_find_message"),
        ({"unfurls": "[1"}, "invalid_unfurls_format"),
        ({"unfurls": {"https://play.grafana.example/other": {"text": "x"}}}, "cannot_unfurl_url"),
        ({"unfurls": {"https://elsewhere.example/": {"text": "x"}}}, "cannot_unfurl_url"),
        ({"unfurls": {LINK: {}}}, "cannot_parse_attachment"),
        ({"unfurls": {LINK: "x"}}, "invalid_unfurls_format"),
        ({"source": "composer"}, "missing_unfurl_id"),
        ({"unfurl_id": "x", "source": "conversations_history"}, "invalid_unfurl_id"),
    ],
)
def test_an_unfurl_says_what_is_wrong(slack, web, inc, error, change, expected):
    ts = slack.act.post("aino", "#inc", f"see {LINK} and https://elsewhere.example/")
    given = {"channel": inc, "ts": ts, "unfurls": {LINK: {"text": "x"}}, **change}
    args = {key: value for key, value in given.items() if value is not None}
    assert error(web.api_call, "chat.unfurl", json=args)["error"] == expected


@pytest.mark.parametrize(
    "method",
    ["search.messages", "search.all", "reminders.add", "users.identity", "users.profile.set", "admin.users.list"],
)
def test_what_only_people_may_call_is_no_unknown_method(web, error, method):
    assert error(web.api_call, method)["error"] == "not_allowed_token_type"


def test_who_is_away_shows_it(slack, web, error):
    assert web.users_getPresence(user=slack.see.user("ben")["id"])["presence"] == "active"
    assert web.users_getPresence(user=slack.see.user("gone")["id"])["presence"] == "away"
    web.users_setPresence(presence="away")
    assert web.users_getPresence(user=slack.see.user("helper")["id"])["manual_away"]
    assert error(web.users_setPresence, presence="gone")["error"] == "invalid_arguments"
    assert error(web.users_getPresence, user="U404")["error"] == "user_not_found"


def test_nobody_is_disturbed_and_the_team_has_no_fields(slack, web):
    ben = slack.see.user("ben")["id"]
    assert web.dnd_info(user=ben)["snooze_enabled"] is False
    assert list(web.dnd_teamInfo(users=[ben])["users"]) == [ben]
    assert web.team_profile_get()["profile"]["fields"] == []
    assert web.users_profile_get(user=ben)["profile"]["display_name"] == "Sam"
    assert web.api_call("users.setActive")["ok"]


def test_emoji_come_from_the_workspace_file(start, tmp_path):
    path = tmp_path / "emoji.yml"
    path.write_text("users: [{name: ada}]\nemoji: {ship-it: https://x.example/s.png, shipped: 'alias:ship-it'}\n")
    slack = start(workspace=path, change=allow)
    shown = WebClient(slack.bot_token, base_url=slack.api_url).emoji_list()["emoji"]
    assert shown == {"ship-it": "https://x.example/s.png", "shipped": "alias:ship-it"}


def test_reactions_are_listed_by_who_made_them(slack, web, inc, error):
    ts = slack.act.post("aino", "#inc", "good news")
    web.reactions_add(channel=inc, timestamp=ts, name="tada")
    assert [item["message"]["ts"] for item in web.reactions_list()["items"]] == [ts]
    slack.act.react("ben", "#inc", ts, "eyes")
    ben = slack.see.user("ben")["id"]
    first = web.reactions_list(user=ben, limit=1)
    second = web.reactions_list(user=ben, limit=1, cursor=first["response_metadata"]["next_cursor"])
    assert first["items"][0]["message"]["ts"] == ts != second["items"][0]["message"]["ts"]
    assert error(web.reactions_list, user="U404")["error"] == "user_not_found"


def test_files_are_listed_by_type_and_the_old_doors_are_closed(slack, web, error):
    assert [f["name"] for f in web.files_list(types="snippets")["files"]] == ["graph.txt"]
    assert web.files_list(types="images,pdfs")["files"] == []
    assert error(web.files_list, types="films")["error"] == "unknown_type"
    assert error(web.files_list, user="U404")["error"] == "user_not_found"
    key = web.files_list()["files"][0]["id"]
    assert web.files_revokePublicURL(file=key)["file"]["id"] == key
    assert error(web.files_sharedPublicURL, file=key)["error"] == "not_allowed_token_type"
    assert error(web.api_call, "files.upload", params={"content": "x"})["error"] == "method_deprecated"


def test_what_is_for_people_has_no_handler():
    assert not [name for name in METHODS if methods.for_people(name)]
