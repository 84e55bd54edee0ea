"""What looks like a secret is named and masked, and what only resembles one is left alone."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import secrets

# Put together here, so that nobody's scanner takes this file for a leak.
SLACK, APP = "xox" + "b-123456789012-abcdefABCDEF", "xapp" + "-1-A0123456789-abcdef"
AWS, GITHUB = "AKIA" + "IOSFODNN7EXAMPLE", "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
PAT, JWT = "github_pat_" + "11ABCDEFG0abcdefghij_KLMNOP", "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxIn0.s5d6f7"
KEY = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA " + "PRIVATE KEY-----"

SECRETS = [
    (f"curl -d token={SLACK}", SLACK, "Slack"),
    (APP, APP, "Slack"),
    (f"export AWS_ACCESS_KEY_ID={AWS}", AWS, "key of AWS"),
    (f"git clone https://{GITHUB}@github.com/a/b", GITHUB, "GitHub"),
    (f"'{PAT}'", PAT, "GitHub"),
    (f"jwt decode {JWT}", JWT, "JWT"),
    (f"cat key.pem\n{KEY}\ndone", KEY, "private key"),
    (f"cut off: {KEY[:50]}", KEY[:50], "private key"),
    ("PGPASSWORD=hunter2 psql", "hunter2", "password or token"),
    ("psql 'password=correct horse'", "correct", "password or token"),
    ('{"password": "correct horse"}', "correct horse", "password or token"),
    ("db:\n  password: s3cr3t!", "s3cr3t!", "password or token"),
    ("mysql --password hunter2", "hunter2", "password or token"),
    ("https://api.example/x?api_key=abcdef12&y=1", "abcdef12", "password or token"),
    ("select * from s where token = 'abc123def'", "abc123def", "password or token"),
    ("client_secret: 0f9a8b7c6d", "0f9a8b7c6d", "password or token"),
    ("curl -H 'Authorization: Bearer abc.def-123'", "abc.def-123", "Authorization header"),
    ("curl -H 'authorization: Basic dXNlcjpwYXNz'", "dXNlcjpwYXNz", "Authorization header"),
    ("curl -s -u admin:hunter2 https://x.example", "hunter2", "curl -u"),
    ("psql postgres://app:hunter2@db.example:5432/app", "hunter2", "in an address"),
    ("redis-cli -u redis://:hunter2@cache:6379", "hunter2", "in an address"),
]
CLEAN = [
    "git show 3b18e512dba79e4c8300dd08aeb37f8e728b8dad", "commit: 3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
    "550e8400-e29b-41d4-a716-446655440000", "select * from o where id = '550e8400-e29b-41d4-a716-446655440000'",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "token=<token>", "token=$TOKEN",
    "password=${DB_PASSWORD}", "Authorization: Bearer <token>", "Authorization: Bearer $TOKEN", "password=***",
    "password: xxxxxxxx", "https://user:<password>@db.example/", "https://user:$PASS@db.example/", "token=%s", "token = ?",
    "where password = :password", "where token = $1", "where t.token = s.token", "where password is null", "secret: null",
    "token={{ token }}", "password = os.environ['DB']", "token = get_token()", "--token-file /run/secrets/token",
    "--password /run/secrets/db", "max_tokens: 4096", "token_count = 123456", "http://localhost:8080/@me",
    "ssh ana@db-1.example", "kubectl get secret db-credentials", "the token: it was expired", "rate(http_requests_total[5m])",
    "export PWD=/home/ana/src", "select password from users", "مرحبا", "<!channel> ```", "", "your_password=your_password",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "kind"), SECRETS, ids=[kind + str(n) for n, (*_, kind) in enumerate(SECRETS)]
)
def test_a_secret_is_named_with_its_place_and_masked(text: str, value: str, kind: str) -> None:
    (each,) = secrets.found(text)
    assert text[each.start : each.end].startswith(value[:7])
    assert kind in each.kind
    assert each.line == text[: each.start].count("\n") + 1
    assert value not in secrets.masked(text)
    assert value.replace("\n", " ").startswith(each.masked.removesuffix("…"))
    assert len(each.masked) <= 5
    assert secrets.stamp(text) != ""


@pytest.mark.parametrize("text", CLEAN)
def test_hashes_ids_and_placeholders_are_left_alone(text: str) -> None:
    assert secrets.found(text) == ()
    assert secrets.masked(text) == text
    assert secrets.stamp(text) == ""


def test_what_is_between_secrets_stays_when_they_are_masked() -> None:
    text = f"a {AWS} b\npassword=hunter2 c"
    assert secrets.masked(text) == "a AKIA… b\npassword=hu… c"
    assert [each.line for each in secrets.found(text)] == [1, 2]


def test_a_tick_for_one_secret_is_none_for_another() -> None:
    assert secrets.stamp(f"x {AWS}") == secrets.stamp(f"y {AWS} z")
    assert secrets.stamp(AWS) != secrets.stamp(AWS[:-1] + "X")
    assert secrets.stamp(AWS, "password=hunter2") != secrets.stamp(AWS)


@given(st.text(max_size=300) | st.text("xoxb-AKI:=@/pasword token'\"\n", max_size=300))
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_secrets_are_in_order_and_apart(text: str) -> None:
    found = secrets.found(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    secrets.masked(text).encode("utf-8", "replace")


@pytest.mark.parametrize(
    "piece", ["token", "token=", "password: ", "a://b:", "curl -u ", "-----BEGIN PRIVATE KEY-----", "eyJaaaaaaaa.", "a.", "x", "--token "]
)  # fmt: skip
def test_the_longest_text_is_looked_through_at_once(piece: str) -> None:
    before = time.process_time()
    secrets.found(piece * (30_000 // len(piece)))
    assert time.process_time() - before < 2
