"""People of every kind, user groups, team and bots (group 27)."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient


def test_everybody_is_listed_with_what_makes_them_different(slack, web):
    people = {user["name"]: user for user in web.users_list()["members"]}
    assert set(people) == {"aino", "ben", "cho", "gone", "guest", "partner", "helper"}
    assert people["gone"]["deleted"]
    assert "tz" not in people["gone"]
    assert people["guest"]["is_restricted"]
    assert people["helper"]["is_bot"]
    assert people["helper"]["profile"]["api_app_id"].startswith("A")
    assert "email" not in people["partner"]["profile"]
    assert people["ben"]["profile"]["display_name"] == people["cho"]["profile"]["display_name"] == "Sam"
    assert people["guest"]["profile"]["display_name"] == ""
    assert people["aino"]["tz_offset"] == 7200
    assert people["cho"]["tz_offset"] == 32400


def test_the_list_comes_in_pages(web):
    names, cursor = [], None
    while cursor != "":
        page = web.users_list(limit=3, cursor=cursor)
        names += [user["name"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert len(names) == len(set(names)) == 7


def test_a_stranger_is_visible_only_where_the_bot_is_too(start, tmp_path, error):
    people = "users: [{name: aino}, {name: partner, is_stranger: true}]\n"
    (tmp_path / "shared.yml").write_text(people + "channels: [{name: inc, shared: true, members: [aino, helper]}]\n")
    slack = start(workspace=tmp_path / "shared.yml")
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    partner = slack.see.user("partner")["id"]
    assert error(web.users_info, user=partner)["error"] == "user_not_visible"
    slack.act("join", user="partner", channel="#inc", inviter="aino")
    assert web.users_info(user=partner)["user"]["is_stranger"]
    assert error(web.users_info, user="U404")["error"] == "user_not_found"


@pytest.mark.parametrize("email", ["gone@acme.example", "pat@other.example", "nobody@acme.example"])
def test_an_email_finds_only_living_colleagues(web, error, email):
    assert web.users_lookupByEmail(email="AINO@acme.example")["user"]["name"] == "aino"
    assert error(web.users_lookupByEmail, email=email)["error"] == "users_not_found"


def test_user_groups_need_a_paid_plan(start, slack, web, tmp_path, error):
    group = web.usergroups_list(include_users=True, include_count=True)["usergroups"][0]
    assert (group["handle"], group["user_count"]) == ("sre", 2)
    assert web.usergroups_users_list(usergroup=group["id"])["users"] == group["users"]
    assert error(web.usergroups_users_list, usergroup="S404")["error"] == "no_such_subteam"
    free = tmp_path / "free.yml"
    free.write_text("team: {plan: free}\nusers: [{name: ada}]\n")
    poor = start(workspace=free)
    client = WebClient(poor.bot_token, base_url=poor.api_url)
    assert error(client.usergroups_list)["error"] == "plan_upgrade_required"


def test_team_and_bots_are_described(slack, web, error):
    assert web.team_info()["team"]["domain"] == "acme"
    bot = web.auth_test()["bot_id"]
    assert web.bots_info(bot=bot)["bot"]["name"] == "Helper"
    assert error(web.bots_info, bot="B404")["error"] == "bot_not_found"
