"""Every method answers ok once, and every event is announced once; the sandbox holds each against the shape it keeps."""

from __future__ import annotations

import pytest

from sandbox.spec import events, eventshapes
from sandbox.spec.types import words
from sandbox.web.methods import METHODS
from sandbox.world import apps
from tests.sandbox import plain_http

MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
PRESSED = {**MODAL, "blocks": [{"type": "actions", "elements": [BUTTON]}]}
HOME = {"type": "home", "blocks": []}
MARKDOWN = {"type": "markdown", "markdown": "# One\n\ntext"}
MARK = {"channel": "{inc}", "timestamp": "{ts}"}
HERE = {"channel": "{inc}"}
NEW = {"channel": "{new}"}
CALLS = words(
    """
    api.test auth.test bots.info team.info team.profile.get users.list users.conversations users.profile.get users.getPresence
    emoji.list dnd.info usergroups.list files.list conversations.list reactions.list
    """
)
NOT_FOR_BOTS = {"users.setActive", "files.upload", "files.revokePublicURL"}
NEEDS_A_RUN = {"functions.completeError", "functions.completeSuccess"}
LAST = {"apps.uninstall", "auth.revoke", "apps.connections.open", "apps.event.authorizations.list"}
STEPS = [
    *((name, {}) for name in sorted(CALLS)),
    ("users.info", {"user": "{aino}"}),
    ("users.setPresence", {"presence": "auto"}),
    ("dnd.teamInfo", {"users": "{aino}"}),
    ("users.lookupByEmail", {"email": "aino@acme.example"}),
    ("chat.postMessage", {**HERE, "text": "x"}, "ts"),
    ("chat.update", {**HERE, "ts": "{ts}", "text": "y"}),
    ("chat.getPermalink", {**HERE, "message_ts": "{ts}"}),
    ("chat.postEphemeral", {**HERE, "user": "{aino}", "text": "x"}),
    ("chat.meMessage", {**HERE, "text": "waves"}),
    ("reactions.add", {**MARK, "name": "eyes"}),
    ("reactions.get", MARK),
    ("reactions.remove", {**MARK, "name": "eyes"}),
    ("pins.add", MARK),
    ("pins.list", HERE),
    ("pins.remove", MARK),
    (
        "chat.postMessage",
        {**HERE, "text": "y", "thread_ts": "{ts}", "metadata": {"event_type": "x", "event_payload": {}}},
    ),
    ("conversations.history", HERE),
    ("conversations.replies", {**HERE, "ts": "{ts}"}),
    ("conversations.info", HERE),
    ("conversations.members", HERE),
    ("conversations.mark", {**HERE, "ts": "{ts}"}),
    ("conversations.setTopic", {**HERE, "topic": "x"}),
    ("conversations.setPurpose", {**HERE, "purpose": "x"}),
    ("conversations.join", {"channel": "{general}"}),
    ("conversations.create", {"name": "fresh"}, "channel.id", "new"),
    ("conversations.invite", {**NEW, "users": "{aino}"}),
    ("conversations.kick", {**NEW, "user": "{aino}"}),
    ("conversations.rename", {**NEW, "name": "fresher"}),
    ("conversations.archive", NEW),
    ("conversations.unarchive", NEW),
    ("conversations.leave", NEW),
    ("conversations.open", {"users": "{aino}"}, "channel.id", "dm"),
    ("conversations.close", {"channel": "{dm}"}),
    (
        "bookmarks.add",
        {"channel_id": "{inc}", "title": "x", "type": "link", "link": "https://x"},
        "bookmark.id",
        "mark",
    ),
    ("bookmarks.edit", {"channel_id": "{inc}", "bookmark_id": "{mark}", "title": "y"}),
    ("bookmarks.list", {"channel_id": "{inc}"}),
    ("bookmarks.remove", {"channel_id": "{inc}", "bookmark_id": "{mark}"}),
    ("usergroups.create", {"name": "On call", "handle": "on-call"}, "usergroup.id", "group"),
    ("usergroups.update", {"usergroup": "{group}", "name": "Pager"}),
    ("usergroups.users.update", {"usergroup": "{group}", "users": "{aino}"}),
    ("usergroups.users.list", {"usergroup": "{group}"}),
    ("usergroups.disable", {"usergroup": "{group}"}),
    ("usergroups.enable", {"usergroup": "{group}"}),
    ("canvases.create", {"title": "x", "document_content": MARKDOWN}, "canvas_id", "canvas"),
    (
        "canvases.edit",
        {"canvas_id": "{canvas}", "changes": [{"operation": "insert_at_end", "document_content": MARKDOWN}]},
    ),
    ("canvases.sections.lookup", {"canvas_id": "{canvas}", "criteria": {"section_types": ["any_header"]}}),
    ("canvases.access.set", {"canvas_id": "{canvas}", "access_level": "read", "user_ids": ["{aino}"]}),
    ("canvases.access.delete", {"canvas_id": "{canvas}", "user_ids": ["{aino}"]}),
    ("canvases.delete", {"canvas_id": "{canvas}"}),
    ("conversations.canvases.create", {"channel_id": "{inc}", "document_content": MARKDOWN}),
    ("views.publish", {"user_id": "{aino}", "view": HOME}),
    ("views.open", {"trigger_id": "{trigger}", "view": PRESSED}, "view.id", "view"),
    ("views.update", {"view_id": "{view}", "view": PRESSED}),
    ("chat.delete", {**HERE, "ts": "{ts}"}),
]


def everything(manifest):
    whole = apps.permissive_manifest()
    manifest["oauth_config"]["scopes"]["bot"] = [*whole["oauth_config"]["scopes"]["bot"], "team.preferences:read"]
    manifest["settings"]["event_subscriptions"] = whole["settings"]["event_subscriptions"]
    manifest["features"]["unfurl_domains"] = ["grafana.example"]


def remember(curl, answer, place, name):
    value = answer
    for part in place.split("."):
        value = value[part]
    curl.known[name] = value


def test_every_method_answers_ok_in_its_shape(start, wire):
    slack = start(change=everything, rate_limits=False)
    wire(slack)
    curl = plain_http.Curl(slack)
    curl.known["trigger"] = slack.act.command("aino", "#inc", "/help-me")["trigger_id"]
    reached = set()
    for method, args, *kept in STEPS:
        answer = curl(method, args)
        assert answer["ok"], (method, answer)
        reached.add(method)
        if kept:
            remember(curl, answer, kept[0], kept[-1])
    slack.act.press("aino", "go")
    key = slack.deliveries(type="block_actions")[-1]["payload"]["trigger_id"]
    assert curl("views.push", {"trigger_id": key, "view": MODAL})["ok"]
    upload(slack, curl)
    unfurl(slack, curl)
    stream(curl)
    assert curl("apps.connections.open", token=slack.app_token)["ok"]
    assert curl("auth.revoke")["ok"]
    files = {"files.getUploadURLExternal", "files.completeUploadExternal", "files.info", "files.delete"}
    reached |= files | {"views.push", "chat.unfurl", "chat.startStream", "chat.appendStream", "chat.stopStream"}
    assert set(METHODS) - reached <= NOT_FOR_BOTS | NEEDS_A_RUN | LAST
    assert [row for row in slack.violations() if row["kind"] == "sandbox"] == []


def upload(slack, curl):
    begun = curl("files.getUploadURLExternal", {"filename": "x.txt", "length": "3"})
    assert plain_http.send(slack.url, begun["upload_url"].partition(slack.url)[2], b"abc")[0] == 200
    given = {"files": [{"id": begun["file_id"]}], "channel_id": "{inc}"}
    for method, args in [
        ("files.completeUploadExternal", given),
        ("files.info", {"file": begun["file_id"]}),
        ("files.delete", {"file": begun["file_id"]}),
    ]:
        assert curl(method, args)["ok"], method


def unfurl(slack, curl):
    link = "https://grafana.example/d/1"
    ts = slack.act.post("aino", "#inc", f"see {link}")
    assert curl("chat.unfurl", {**HERE, "ts": ts, "unfurls": {link: {"text": "graph"}}})["ok"]


def stream(curl):
    parent = curl("chat.postMessage", {**HERE, "text": "x"})["ts"]
    given = {**HERE, "thread_ts": parent, "recipient_user_id": "{aino}", "recipient_team_id": curl.slack.team_id}
    begun = curl("chat.startStream", given)
    assert begun["ok"], begun
    place = {**HERE, "ts": begun["ts"], "markdown_text": "more"}
    assert curl("chat.appendStream", place)["ok"]
    assert curl("chat.stopStream", place)["ok"]


def test_of_every_event_that_can_be_heard_a_shape_is_kept():
    unheard = {"app_rate_limited", "channel_deleted", "im_created", "im_open"}
    assert set(events.SCOPES) - set(eventshapes.TABLE) <= unheard


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ({"type": "pin_added", "event_ts": "1700000000.000100"}, "missing required field: user"),
        ({"type": "tokens_revoked", "event_ts": "now", "tokens": {}}, "does not match the required format"),
        ({"type": "app_uninstalled", "event_ts": "1700000000.000100", "why": ""}, "invalid additional property: why"),
        ({"type": "message", "text": "x"}, "missing required field: channel"),
        ({"type": "star_added"}, "no shape is kept of star_added"),
    ],
)
def test_an_event_unlike_slacks_is_found(event, sentence):
    assert sentence in [problem.text for problem in eventshapes.problems(event)]


def test_a_person_who_shares_a_file_is_heard_of(start, wire):
    slack = start(change=everything)
    app = wire(slack)
    slack.act("post", user="aino", channel="inc", text="x", file={"name": "a.txt", "content": "b"})
    slack.act("change_user", user="aino", title="Lead")
    slack.wait_quiet(0.15)
    kinds = [event["type"] for event in app.events()]
    assert {"message", "file_created", "file_public", "file_shared", "user_change", "user_profile_changed"} <= set(
        kinds
    )
    shared = app.events("file_shared")[0]
    assert (shared["channel_id"], shared["user_id"]) == (slack.see.channel("inc")["id"], slack.see.user("aino")["id"])
