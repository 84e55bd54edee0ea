"""Where Slack answers no more than invalid_arguments, a sentence says which argument, whatever method it was."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ({"handle": "no good"}, "does not match the required format [json-pointer:/handle]"),
        ({"handle": "aino"}, "is taken already [json-pointer:/handle]"),
        ({"name": "x" * 256}, "must be less than 256 characters [json-pointer:/name]"),
        ({"description": "x" * 141}, "must be less than 141 characters [json-pointer:/description]"),
    ],
    ids=str,
)
def test_a_change_of_a_group_names_what_is_wrong(start, args, line):
    slack = start(change=lambda m: m["oauth_config"]["scopes"]["bot"].append("usergroups:write"))
    web = WebClient(slack.bot_token, base_url=slack.api_url)
    group = web.usergroups_list()["usergroups"][0]["id"]
    with pytest.raises(SlackApiError) as refused:
        web.usergroups_update(usergroup=group, **args)
    body = refused.value.response.data
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == [f"[ERROR] {line}"]
