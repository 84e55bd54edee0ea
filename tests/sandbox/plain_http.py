"""The Web API as curl would call it: plain HTTP, no SDK."""

from __future__ import annotations

import http.client
import json
import re
import urllib.parse
from pathlib import Path
from typing import Any

from sandbox.spec import methods

HERE = Path(__file__).parent
FORM = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json; charset=utf-8"
KNOWN = {"inc", "general", "hidden", "vault", "old", "aino", "gone", "cho", "partner", "helper"}
Json = dict[str, Any]


def takes_json(method: str) -> bool:
    row = methods.table().get(method)
    return row is None or row.json


def send(address: str, path: str, body: bytes | None = None, headers: Json | None = None, verb: str = "POST"):
    """One HTTP request: (status, headers, JSON when it is JSON, else text)."""
    host = urllib.parse.urlsplit(address).netloc
    line = http.client.HTTPConnection(host, timeout=20)
    try:
        line.request(verb, path, body, headers or {})
        answer = line.getresponse()
        raw = answer.read()
    finally:
        line.close()
    try:
        return answer.status, answer.headers, json.loads(raw)
    except ValueError:
        return answer.status, answer.headers, raw.decode()


class Curl:
    """Calls the Web API with a token; what stands in braces in an argument is looked up."""

    def __init__(self, slack):
        self.slack = slack
        rows = (*slack.see("channels")["channels"], *slack.see("people")["users"])
        self.known = {row["name"]: row["id"] for row in rows if row["name"] in KNOWN}

    def fill(self, value):
        if isinstance(value, str):
            many = re.fullmatch(r"\{(\w)\*(\d+)\}", value)
            return many[1] * int(many[2]) if many else re.sub(r"\{(\w+)\}", lambda m: self.known[m[1]], value)
        if isinstance(value, dict) and set(value) == {"times", "of"}:
            return [self.fill(value["of"])] * value["times"]
        if isinstance(value, dict):
            return {key: self.fill(one) for key, one in value.items()}
        return [self.fill(one) for one in value] if isinstance(value, list) else value

    def raw(self, method, body=None, content_type=None, token=None, verb="POST", query=""):
        headers = {"Authorization": f"Bearer {token or self.slack.bot_token}"} if token != "" else {}
        headers |= {"Content-Type": content_type} if content_type else {}
        return send(self.slack.url, f"/api/{method}{query}", body, headers, verb)

    def __call__(self, method, args=None, *, token=None):
        """As JSON where the method reads it, else as a form in which structures are strings of JSON."""
        given = self.fill(args or {})
        if takes_json(method):
            return self.raw(method, json.dumps(given).encode(), JSON_TYPE, token)[2]
        words = {key: one if isinstance(one, str) else json.dumps(one) for key, one in given.items()}
        return self.raw(method, urllib.parse.urlencode(words).encode(), FORM, token)[2]
