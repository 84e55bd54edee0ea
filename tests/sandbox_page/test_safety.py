"""Text stays text: nothing that a person, an app or a file says can run in the page or reach it from elsewhere."""

from __future__ import annotations

import http.client
import re
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sandbox.remote import SandboxRefused

ASSETS = Path(__file__).resolve().parents[2] / "sandbox" / "page" / "assets"
EVIL = [
    "<img src=x onerror=\"window.hit='img'\">",
    "<script>window.hit='script'</script>",
    "<javascript:window.hit='link'|press me>",
    "<https://x.example\" onmouseover=\"window.hit='attr'|over>",
    "&lt;b onclick=x&gt; *<i>bold</i>* `</code><svg onload=window.hit='svg'>`",
    "```</pre><iframe srcdoc='<script>parent.hit=1</script>'>```",
    "<!date^1^{date}^javascript:window.hit='date'|x> <@U1|<img src=x onerror=window.hit=1>> <#C1|<b>x>",
]
PLAIN = "<img src=x onerror=\"window.hit='plain'\">"


def test_no_module_ever_takes_text_for_markup():
    banned = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|new Function|srcdoc|setHTML"
    )
    found = [
        f"{path.name}: {line.strip()}"
        for path in ASSETS.rglob("*.*")
        for line in path.read_text().splitlines()
        if banned.search(line)
    ]
    assert found == []


def test_nothing_is_loaded_from_elsewhere():
    found = [
        path.name
        for path in ASSETS.rglob("*.*")
        if re.search(r"(src|href|import|url\()\s*=?\s*[\"'(]https?:", path.read_text())
    ]
    assert found == []


def test_what_people_and_apps_write_is_never_markup(visit, slack, web):
    channel = slack.see.channel("inc")["id"]
    slack.act("change_user", user="ben", display_name=PLAIN, real_name=PLAIN)
    for text in EVIL:
        slack.act.post("ben", "inc", text)
        web.chat_postMessage(channel=channel, text=text)
    words = {"type": "plain_text", "text": PLAIN}
    blocks = [
        {"type": "section", "text": words},
        {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(EVIL)}},
        {"type": "actions", "elements": [{"type": "button", "action_id": "a", "text": words}]},
        {"type": "markdown", "text": "\n".join([PLAIN, "[x](javascript:window.hit=2)", *EVIL])},
    ]
    slack.act.post_as_bot(PLAIN, "inc", PLAIN, blocks=blocks)
    picture = {"type": "image", "image_url": "javascript:window.hit=1", "alt_text": PLAIN, "title": words}
    button = {"type": "button", "action_id": "b", "text": words, "url": "javascript:window.hit='url'"}
    for block in (picture, {"type": "actions", "elements": [button]}):
        with pytest.raises(SandboxRefused, match="invalid_blocks"):
            slack.act.post_as_bot(PLAIN, "inc", PLAIN, blocks=[block])
    slack.act.post("aino", "inc", "", file={"name": "<b>.txt", "content": "<script>window.hit=3</script>"})
    slack.act("topic", user="aino", channel="inc", topic=PLAIN)
    page = visit()
    page.refuses("act/press")  # nobody stands behind the button of a webhook
    page.see(".topic", "<img src=x")
    page.see(".message .author", "<img src=x")
    page.click(".block-actions .button", "<img src=x")
    page.click("[data-inspector=toggle]")
    page.click(".log-row", "chat.postMessage")
    page.see(".detail", "<img src=x")
    markup = ("script", "iframe", "svg[onload]", "[onerror]", "[onmouseover]")
    assert [one for one in markup if page.run(f"!!document.querySelector('.messages {one}')")] == []
    assert page.run("[...document.links].filter((one) => one.protocol === 'javascript:').length") == 0
    assert page.run("'hit' in window") is False


def answer(url, headers=None):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(urllib.request.Request(url, headers=headers or {}), timeout=10)


def cookie(slack):
    with answer(slack.url) as response:
        return response.headers["Set-Cookie"].partition(";")[0]


def test_the_page_may_load_nothing_but_its_own_scripts(slack):
    with answer(slack.url) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe-inline" not in policy


@pytest.mark.parametrize(
    ("name", "content"), [("a.html", "<script>1</script>"), ("a.svg", "<svg onload='1'/>"), ("a.bin", "x")]
)
def test_a_file_cannot_run_with_the_rights_of_the_page(slack, name, content):
    slack.act.post("aino", "inc", "", file={"name": name, "content": content})
    file = slack.see.files()[-1]
    for url in (file["permalink"], file["url_private"]):
        with answer(url, {"Cookie": cookie(slack)}) as response:
            assert response.headers["Content-Security-Policy"].startswith("sandbox")
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert (
                response.headers.get_content_type() != "text/html"
                or response.headers["Content-Disposition"] == "attachment"
            )
            assert response.read().decode() == content


def test_without_token_and_cookie_a_file_is_not_handed_out(slack):
    slack.act.post("aino", "inc", "", file={"name": "a.txt", "content": "secret words"})
    file = slack.see.files()[-1]
    for url in (file["permalink"], file["url_private"]):
        with answer(url) as response:
            assert b"secret words" not in response.read()


def test_a_page_of_another_origin_may_not_listen(slack):
    place = urlsplit(slack.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    connection.request("GET", "/page/live", headers={"Origin": "https://evil.example", **upgrade})
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.parametrize(
    "path",
    ["/page/../server.py", "/page/%2e%2e/routes.py", "/page/live.py", "/page/js/nothing.js", "/page/..%2froutes.py"],
)
def test_only_assets_are_served(slack, path):
    place = urlsplit(slack.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.close()
