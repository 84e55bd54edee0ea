"""A big workspace, from an export, a zip, YAML and JSON: nothing lost on the way in, and a reset brings it all back."""

from __future__ import annotations

import json

import pytest

from benchmarks import big_workspace
from sandbox.server import Options, make_world
from sandbox.spec import files
from sandbox.world import snapshot

MESSAGES, THREADS, USERS = 8_000, 400, 300


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Paths by kind."""
    folder, size = tmp_path_factory.mktemp("big"), (MESSAGES, THREADS, USERS)
    export = big_workspace.export(folder / "export", *size)
    return {
        "export": export,
        "zip": big_workspace.zipped(export, folder / "export.zip"),
        "yaml": big_workspace.workspace(folder / "workspace.yml", *size),
        "json": big_workspace.workspace(folder / "workspace.json", *size),
    }


@pytest.fixture(scope="module")
def expected():
    """Channel to {ts: line}, with the number of replies of each."""
    found = {}
    for channel, row in big_workspace.lines(MESSAGES, THREADS, USERS):
        for line in (row, *row.get("thread", [])):
            found.setdefault(channel, {})[line["ts"]] = line
    return found


def loaded(written, kind):
    path = written[kind]
    return make_world(Options(export=path) if kind in ("export", "zip") else Options(workspace=path))


@pytest.mark.parametrize("kind", ["export", "zip", "yaml", "json"])
def test_every_message_thread_reaction_and_file_is_there(written, expected, kind):
    world = loaded(written, kind)
    assert sum(len(channel.messages.by_ts) for channel in world.channels.values()) == MESSAGES
    for name, lines in expected.items():
        book = world.channel(name).messages
        assert book.by_ts.keys() == lines.keys()
        assert book.timeline == sorted(book.timeline)
        for ts, line in lines.items():
            shown = book.show(ts)
            assert shown["text"].split()[0] == line["text"].split()[0]
            assert world.users[shown["user"]].name == line["user"]
            assert shown.get("reply_count", 0) == len(line.get("thread", []))
            found = {row["name"]: row["count"] for row in shown.get("reactions", [])}
            assert found == {reaction: len(who) for reaction, who in line.get("reactions", {}).items()}
            assert [file["name"] for file in shown.get("files", [])] == [
                line[key]["name"] for key in ("file",) if key in line
            ]
            assert ("edited" in shown) == ("edited" in line)


def test_yaml_and_json_of_one_workspace_are_the_same_workspace(written):
    one, other = loaded(written, "yaml"), loaded(written, "json")
    assert [c.messages.by_ts for c in one.channels.values()] == [c.messages.by_ts for c in other.channels.values()]


def test_a_world_is_made_again_as_often_as_wanted_whatever_became_of_it(written):
    world = loaded(written, "export")
    again = snapshot.keep(world)
    channel = world.channel("incident")
    before = json.dumps(list(channel.messages.by_ts.values()))
    fresh = world.ids.new("F")
    for ts in channel.messages.timeline[:50]:
        channel.messages.by_ts[ts].clear()
    for _ in range(2):
        other = again()
        assert json.dumps(list(other.channel("incident").messages.by_ts.values())) == before
        assert other.ids.new("F") == fresh
        other.channels.clear()


def test_a_reset_brings_messages_reactions_and_tokens_back(slack, web, inc):
    def seen():
        return web.conversations_history(channel=inc)["messages"], slack.see("apps"), slack.see("people")

    before = seen()
    parent = before[0][-1]["ts"]
    slack.act.react("cho", "#general", slack.act.post("cho", "#general", "new"), "eyes")
    slack.act.delete("aino", "#inc", parent)
    slack.act.post("aino", "#inc", "another")
    assert seen()[0] != before[0]
    for _ in range(2):
        slack.reset()
        assert seen() == before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x {b: 1}\nc: {<<: *x, d: 2}\ne: *x\n", {"a": {"b": 1}, "c": {"b": 1, "d": 2}, "e": {"b": 1}}),
        ("a: yes\nb: 'yes'\nc: 1.5\nd: ~\n3: x\n", {"a": True, "b": "yes", "c": 1.5, "d": None, 3: "x"}),
        ("a: !!str 5\nb: !!map {c: d}\n", {"a": "5", "b": {"c": "d"}}),
        ('{"a": [1, "x"], "b": {"c": null}}', {"a": [1, "x"], "b": {"c": None}}),
        ("{a: 1, b: [x]}", {"a": 1, "b": ["x"]}),
    ],
    ids=["merges", "scalars", "tags", "json", "flow"],
)
def test_yaml_and_json_are_read_as_the_standard_says(tmp_path, text, found):
    path = tmp_path / "file"
    path.write_text(text)
    assert files.mapping(path, "thing") == found


@pytest.mark.parametrize("text", ["a: &x {b: *x}\n", "a: !!python/name:os.system ''\n", "a: [1\n", '{"a": 1,, }'])
def test_what_cannot_be_read_is_said_with_its_line(tmp_path, text):
    path = tmp_path / "file"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"line \d+: this is not YAML"):
        files.mapping(path, "thing")
