"""Files: three steps up, shared in a message, read back, deleted."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest


def ticket(web, content=b"# Report", name="report.md"):
    return web.files_getUploadURLExternal(filename=name, length=len(content))


def upload(url, body, content_type=None):
    headers = {"Content-Type": content_type} if content_type else {}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
        return answer.read().decode()


MULTIPART = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n# Report\r\n--B--\r\n'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"# Report", None), (b"# Report", "application/octet-stream"), (MULTIPART, "multipart/form-data; boundary=B")],
    ids=["bare", "octets", "multipart"],
)
def test_a_file_is_there_once_its_upload_is_completed(slack, web, inc, error, body, content_type):
    made = ticket(web)
    assert upload(made["upload_url"], body, content_type) == "OK - 8"
    assert error(web.files_info, file=made["file_id"])["error"] == "file_not_found"
    done = web.files_completeUploadExternal(files=[{"id": made["file_id"], "title": "Report"}], channel_id=inc)
    assert done["files"][0]["title"] == "Report"
    info = web.files_info(file=made["file_id"])
    assert (info["file"]["name"], info["file"]["size"], info["content"]) == ("report.md", 8, "# Report")
    assert slack.see.file_text(made["file_id"]) == "# Report"


def test_an_upload_shares_one_message_with_comment_in_its_thread(slack, web, inc):
    parent = slack.act.post("aino", "#inc", "parent")
    web.files_upload_v2(
        channel=inc, content="abc", filename="a.txt", title="A", initial_comment="see", thread_ts=parent
    )
    reply = web.conversations_replies(channel=inc, ts=parent)["messages"][1]
    assert (reply["text"], reply["files"][0]["title"], reply["bot_id"][:1]) == ("see", "A", "B")
    share = web.files_info(file=reply["files"][0]["id"])["file"]["shares"]["public"][inc][0]
    assert (share["ts"], share["thread_ts"]) == (reply["ts"], parent)


def test_the_message_is_announced_as_file_share(slack, app, web, inc):
    web.files_upload_v2(channel=inc, content="abc", filename="a.txt")
    slack.wait_quiet(0.15)
    assert app.events("message")[0]["subtype"] == "file_share"
    assert app.events("file_shared")[0]["channel_id"] == inc


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"files": [{"id": "F404"}]}, "file_not_found"),
        ({"files": []}, "invalid_arguments"),
        ({"files": "nonsense"}, "invalid_arguments"),
    ],
)
def test_completing_says_what_is_wrong(web, error, args, expected):
    assert error(web.api_call, "files.completeUploadExternal", json=args)["error"] == expected


def test_bytes_must_be_there_and_of_the_length_announced(web, error):
    made = ticket(web)
    assert error(web.files_completeUploadExternal, files=[{"id": made["file_id"]}])["error"] == "file_not_found"
    with pytest.raises(urllib.error.HTTPError) as refused:
        upload(made["upload_url"], b"longer than announced")
    refused.value.close()
    assert refused.value.code == 400


def test_an_upload_is_completed_once(web, inc, error):
    made = ticket(web)
    upload(made["upload_url"], b"# Report")
    args = {"files": [{"id": made["file_id"]}], "channel_id": inc}
    web.files_completeUploadExternal(**args)
    assert error(web.files_completeUploadExternal, **args)["error"] == "file_not_found"


@pytest.mark.parametrize(("channel", "expected"), [("general", "not_in_channel"), ("hidden", "channel_not_found")])
def test_sharing_needs_membership(slack, web, error, channel, expected):
    made = ticket(web)
    upload(made["upload_url"], b"# Report")
    where = slack.see.channel(channel)["id"]
    body = error(web.files_completeUploadExternal, files=[{"id": made["file_id"]}], channel_id=where)
    assert body["error"] == expected
    assert made["file_id"] not in json.dumps(slack.see.files())


def test_the_length_is_required_and_positive(web, error):
    assert error(web.files_getUploadURLExternal, filename="x", length=0)["error"] == "invalid_arguments"


def test_url_private_needs_the_token(slack, web, inc):
    file = web.files_upload_v2(channel=inc, content="secret", filename="a b/ä?.txt")["file"]
    with urllib.request.urlopen(file["url_private"]) as page:
        assert b"secret" not in page.read()
    request = urllib.request.Request(file["url_private"], headers={"Authorization": f"Bearer {slack.bot_token}"})
    with urllib.request.urlopen(request) as answer:
        assert answer.read() == b"secret"


def test_deleting_a_file_takes_its_message_or_leaves_a_tombstone(web, inc, error):
    bare = web.files_upload_v2(channel=inc, content="a", filename="a.txt")["file"]["id"]
    told = web.files_upload_v2(channel=inc, content="b", filename="b.txt", initial_comment="see")["file"]["id"]
    web.files_delete(file=bare)
    web.files_delete(file=told)
    newest = web.conversations_history(channel=inc)["messages"][0]
    assert (newest["text"], newest["files"]) == ("see", [{"id": told, "mode": "tombstone"}])
    assert bare not in str(web.conversations_history(channel=inc).data)
    assert error(web.files_info, file=told)["error"] == "file_deleted"
    assert error(web.files_delete, file=told)["error"] == "file_deleted"


def test_only_own_files_are_deleted(slack, web, inc, error):
    theirs = slack.see.files()[0]["id"]
    assert error(web.files_delete, file=theirs)["error"] == "cant_delete_file"


def test_files_are_listed_by_channel_and_user(slack, web, inc):
    mine = web.files_upload_v2(channel=inc, content="a", filename="a.txt")["file"]["id"]
    listed = web.files_list(channel=inc)
    assert listed["files"][0]["id"] == mine
    assert listed["paging"]["total"] == 2
    assert [f["name"] for f in web.files_list(user=slack.see.user("ben")["id"])["files"]] == ["graph.txt"]
