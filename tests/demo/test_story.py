"""What the demo's incident has to contain, and what its loader refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import story as stories
from demo import story_zones
from demo.story import Story
from demo.story_fields import StoryError
from demo.story_values import StoryMessage

START = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
HOSTS = re.compile(r"https?://([^/|>\s]+)")


def texts(story: Story) -> list[str]:
    return [message.text for message in story.messages]


def says(pattern: str) -> Callable[[Story], bool]:
    return lambda story: any(re.search(pattern, text) for text in texts(story))


def has(test: Callable[[StoryMessage], object]) -> Callable[[Story], bool]:
    return lambda story: any(test(message) for message in story.messages)


def by_app(story: Story, message: StoryMessage) -> bool:
    return message.by in {bot.key for bot in story.bots if bot.user_id}


ELEMENTS: dict[str, Callable[[Story], object]] = {
    "three time zones": lambda s: len({user.tz for user in s.users}) == 3,
    "a dozen people and a few more": lambda s: 12 <= len(s.users) <= 15,
    "a deactivated person who wrote": lambda s: any(s.user(m.by).deleted for m in s.messages if m.by == "piotr"),
    "a guest who wrote": has(lambda m: m.by == "yousef" and m.text),
    "an answer by somebody from Slack Connect": has(lambda m: m.by == "dara" and m.text),
    "two people whose names look alike": lambda s: (
        s.user("sam_oakes").display_name == s.user("sam_okonkwo").display_name + "."
    ),
    "an observer who only joins": lambda s: [m.subtype for m in s.messages if m.by == "elin"] == ["join"],
    "a trainee who hardly speaks": lambda s: 1 <= len([m for m in s.messages if m.by == "ravi" and m.text]) <= 4,
    "an alert by an app": lambda s: any(by_app(s, m) and "FIRING" in m.text and m.attachment for m in s.messages),
    "a deploy by an app": has(lambda m: m.by == "gangway"),
    "a webhook without a user": lambda s: any(
        b.user_id is None and any(m.by == b.key for m in s.messages) for b in s.bots
    ),
    "an answer to !ic page": lambda s: (
        "!ic page" in s.message("page-ic").text and s.message("bosun-paged").by == "bosun"
    ),
    "a thread under an alert, with the diagnosis": lambda s: s.message("diag-cause").thread == "alert-locks",
    "a reply shown in the channel too": has(lambda m: m.broadcast),
    "a line with the roles": says(r"^IC: <@\w+>, Deputy: <@\w+>, Scribe: <@\w+>"),
    "two lines with the roles": lambda s: sum(text.startswith("IC: <@") for text in texts(s)) == 2,
    "the commander's hand-over": says(r"hand command over to <@\w+>"),
    "a raise from SEV-2 to SEV-1": says(r"^We are in SEV-1"),
    "the end of SEV-1": says(r"SEV-1 is over"),
    "three edits": lambda s: sum(m.edit is not None for m in s.messages) >= 3,
    "a deleted message": lambda s: s.message("kofi-groceries").deleted_at,
    "a deleted message with replies": lambda s: s.message("rollback-idea").deleted_at and replies(s, "rollback-idea"),
    "a screenshot": has(lambda m: m.file and m.file.content.startswith(b"\x89PNG")),
    "a text file": has(lambda m: m.file and m.file.mimetype == "text/plain"),
    "a link to a dashboard": says(r"<https://grafana\.example\.com/"),
    "a dashboard only in an attachment": has(lambda m: m.attachment and "grafana" not in m.text),
    "TODO with a colon": says(r"^TODO: "),
    "TODO as an emphasised bullet": says(r"^(?s:.*)\n• \*TODO\*: "),
    "todo with a dash": says(r"^todo - "),
    "TODO bare": says(r"^TODO \w"),
    "TODO for a named person": says(r"TODO\* \(<@\w+>\)"),
    "TODO in a thread": has(lambda m: m.thread and m.text.startswith("TODO")),
    "ACTION ITEM": says(r"^ACTION ITEM: "),
    "FOLLOW-UP": says(r"^FOLLOW-UP: "),
    "a note of somebody's words": says(r"^Note: \(Anneke\)"),
    "a quoted TODO": says(r"^&gt; todo - "),
    "a TODO struck through": says(r"^~TODO: "),
    "a proposal": says(r"\bWe should\b"),
    "a commitment": says(r"^I'll write "),
    "a question that is no TODO": says(r"^should we .*\?$"),
    "a joke that is no TODO": says(r"we should buy the sweeper a smaller broom"),
    "SQL in a fence": says(r"```\n?SELECT|```sql\n"),
    "shell in a fence": says(r"```\nkubectl "),
    "a TODO in code": says(r"```\n// TODO: "),
    "a count of customers": says(r"We've had \d+ operators call"),
    "the text for customers": says(r"^Message for customers: \""),
    "the commander's approval": says(r"please post it"),
    "the status page": says(r"<https://status\.example\.com/incidents/"),
    "a poll": says(r"^Polled for decision"),
    "a time in the text": says(r"^\d\d:\d\d UTC - "),
    "figures that look like a time": says(r"10:1 against"),
    "a live @here": says(r"^<!here> We are in SEV-1"),
    "a typed <!channel> that pings nobody": says(r"&lt;!channel&gt; &amp; &lt;3"),
    "the end of the call": says(r"^Call is over"),
    "a recording after the end": lambda s: s.message("recording").at > s.message("call-ends").at,
    "pins": lambda s: sum(m.pin is not None for m in s.messages) >= 4,
    "stopwatch reactions": has(lambda m: any(one.emoji == "stopwatch" for one in m.reactions)),
    "one thought over several lines": lambda s: [m.by for m in run(s, "gate-queue", 3)] == ["sam_oakes"] * 3,
    "right-to-left text": says(r"[\u0600-\u06ff]{3}"),
    "emoji": says(r"[\U0001f300-\U0001faff]"),
    "a joined emoji in a name": lambda s: "🐙" in s.user("kofi").display_name,
    "a changed topic": has(lambda m: m.subtype == "topic"),
}


def replies(story: Story, parent: str) -> list[StoryMessage]:
    return [message for message in story.messages if message.thread == parent]


def run(story: Story, first: str, length: int) -> tuple[StoryMessage, ...]:
    place = story.messages.index(story.message(first))
    return story.messages[place : place + length]


@pytest.mark.parametrize("element", ELEMENTS.values(), ids=ELEMENTS)
def test_the_story_contains(story: Story, element: Callable[[Story], object]) -> None:
    assert element(story)


def test_the_story_has_about_150_messages_in_order_with_different_ids_and_instants(story: Story) -> None:
    assert 140 <= len(story.messages) <= 170
    assert len({message.id for message in story.messages}) == len(story.messages)
    instants = [message.at for message in story.messages]
    assert instants == sorted(set(instants))


def test_most_messages_are_short(story: Story) -> None:
    lengths = sorted(len(message.text) for message in story.messages if message.text)
    assert lengths[len(lengths) // 2] < 80


def test_every_host_is_one_that_nobody_can_own(story: Story) -> None:
    hosts = {host for text in texts(story) for host in HOSTS.findall(text)}
    assert hosts
    assert {host.rsplit(".", 2)[-2] for host in hosts} == {"example"}


def test_no_placeholder_is_left_over(story: Story) -> None:
    outside_code = [re.sub(r"```.*?```", "", text, flags=re.DOTALL) for text in texts(story)]
    assert not [text for text in outside_code if "{" in text]


def test_people_write_only_after_they_joined(story: Story) -> None:
    joined = {message.by: message.at for message in story.messages if message.subtype == "join"}
    early = [m.id for m in story.messages if m.by in joined and not m.subtype and m.at < joined[m.by]]
    assert early == []


def test_times_in_the_scribes_lines_are_never_later_than_the_line_itself(story: Story) -> None:
    for message in story.messages:
        for clock in re.findall(r"(\d\d:\d\d) UTC", (message.edit or message).text):
            assert clock <= f"{message.at:%H:%M}", message.id


def test_the_command_is_typed_by_the_last_commander_for_somebody_who_can_own_it(story: Story) -> None:
    command = story.command
    owner = story.user(command.owner)
    assert command.text == f"/postmortem assign <@{owner.id}>"
    assert command.who == command.modal.ic == "tomasz"
    assert not any((owner.deleted, owner.is_bot, owner.is_restricted, owner.is_stranger))
    assert command.modal.severity == 1
    assert command.modal.recording in story.message("recording").text


def test_a_story_without_a_start_ended_about_twenty_minutes_ago() -> None:
    ago = datetime.now(UTC) - stories.load().messages[-1].at
    assert timedelta(minutes=19) < ago < timedelta(minutes=22)


def test_a_moved_story_moves_its_messages_its_edits_and_the_times_told_in_it(story: Story) -> None:
    hour = timedelta(hours=1)
    moved = story.moved_to(START + hour)
    assert moved.message("resolved").at - story.message("resolved").at == hour
    assert story.message("note-start").text.startswith("13:32 UTC")
    assert moved.message("note-start").text.startswith("14:32 UTC")
    edits = [(a.edit.at, b.edit.at) for a, b in zip(story.messages, moved.messages, strict=True) if a.edit and b.edit]
    assert edits
    assert all(after - before == hour for before, after in edits)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)))
def test_midnight_comes_during_the_incident_for_somebody_at_whatever_hour_it_is_played(start: datetime) -> None:
    target = start + timedelta(hours=1, minutes=5)
    zone = story_zones.night_zone(target)
    assert story_zones.distance_to_midnight(target, zone) <= timedelta(minutes=30)


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_the_one_who_says_it_is_tomorrow_is_right(story: Story, hour: int) -> None:
    moved = story.moved_to(START.replace(hour=hour, minute=47))
    zone = ZoneInfo(moved.user("kofi").tz)
    said, began = moved.message("kofi-tomorrow").at.astimezone(zone), moved.messages[0].at.astimezone(zone)
    assert said.date() == began.date() + timedelta(days=1)


def test_a_message_can_be_taken_out_and_the_others_stay_where_they_were(story: Story) -> None:
    shorter = story.without("dashboards")
    assert len(shorter.messages) == len(story.messages) - 1
    assert shorter.message("struck") == story.message("struck")


def test_a_parent_cannot_be_taken_out_from_under_its_replies(story: Story) -> None:
    with pytest.raises(StoryError, match="`thread` names `alert-locks`, which no earlier message has"):
        story.without("alert-locks")


def test_a_message_that_is_not_there_cannot_be_taken_out(story: Story) -> None:
    with pytest.raises(StoryError, match="No message has the id nothing-here"):
        story.without("nothing-here")


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(StoryError, match="needs a time zone"):
        stories.load(start=datetime(2026, 11, 23))


def _first(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["messages"][1]
    return found


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "unknown section": (lambda d: d.update(chanel={}), "The story has an unknown key `chanel`"),
    "no company": (lambda d: d.pop("company"), "The story needs `company`."),
    "no users": (lambda d: d.update(users={}), "The story needs `users`"),
    "no messages": (lambda d: d.update(messages=[]), "at least one message"),
    "messages no list": (lambda d: d.update(messages="x"), "`messages` must be a list"),
    "unknown key": (lambda d: _first(d).update(txt="x"), "Message alert-p99 has an unknown key `txt`"),
    "same id": (lambda d: _first(d).update(id="room-opened"), "Message room-opened is there twice"),
    "odd id": (lambda d: _first(d).update(id="Alert 1"), "lower-case words joined by hyphens"),
    "no id": (lambda d: _first(d).pop("id"), "entry 2 of `messages`, needs `id`"),
    "unquoted time": (lambda d: _first(d).update(at=428), "`at` is 428, but must be"),
    "odd time": (lambda d: _first(d).update(at="7 min"), "`at` is '7 min', but must be"),
    "earlier than the one above": (lambda d: _first(d).update(at="00:00:01"), "must come later than the message above"),
    "nobody": (lambda d: _first(d).update(by="mria"), "is by `mria`, who is neither a user nor a bot"),
    "no text": (lambda d: _first(d).pop("text"), "Message alert-p99 needs `text`"),
    "text no text": (lambda d: _first(d).update(text=7), "`text` must be text; put quotes around it"),
    "mention of nobody": (lambda d: _first(d).update(text="{@mria}"), "mentions {@mria}, who is neither"),
    "mention of a webhook": (lambda d: _first(d).update(text="{@nimbusfeed}"), "mentions {@nimbusfeed}, who"),
    "time in text": (lambda d: _first(d).update(text="{utc 7}"), '"7" is not a time of the form HH:MM:SS'),
    "no such parent": (lambda d: _first(d).update(thread="later"), "`thread` names `later`, which no earlier message"),
    "broadcast": (lambda d: _first(d).update(broadcast=True), "is broadcast, so it needs a `thread`"),
    "broadcast no flag": (lambda d: _first(d).update(broadcast="yes"), "`broadcast` must be true or false"),
    "subtype": (lambda d: _first(d).update(subtype="leave"), "`subtype` is 'leave', but must be join or topic"),
    "delete before": (lambda d: _first(d).update(delete="00:00:01"), "`delete` must be later than the message itself"),
    "edit before": (lambda d: _first(d).update(edit={"at": "00:00:01", "text": "x"}), "must be later than the message"),
    "pin by a bot": (lambda d: _first(d).update(pin="lookout"), "`pin` names `lookout`, who is not a user"),
    "reaction": (lambda d: _first(d).update(reactions=[{"emoji": ":x:", "by": "mira"}]), "`:x:` without colons"),
    "reaction by nobody": (lambda d: _first(d).update(reactions=[{"emoji": "x", "by": "me"}]), "`by` names `me`"),
    "file": (lambda d: _first(d).update(file={"name": "a"}), "needs either `content` or `base64`"),
    "base64": (lambda d: _first(d).update(file={"name": "a", "base64": "?"}), "`base64` is not base64"),
    "zone": (
        lambda d: d["users"]["mira"].update(tz="Oslo"),
        "`mira` in `users`: `Oslo` is not the name of a time zone",
    ),
    "user key": (lambda d: d["users"].update(Bob={}), "`Bob` in `users` must be lower-case"),
    "bot kind": (lambda d: d["bots"]["bosun"].update(kind="robot"), "`kind` is 'robot', but must be app or webhook"),
    "bot and user": (lambda d: d["bots"].update(mira={"name": "M", "kind": "app"}), "a user has the same key"),
    "creator": (lambda d: d["channel"].update(creator="me"), "creator `me` is neither a user nor an app"),
    "owner": (lambda d: d["command"].update(owner="me"), "`owner` names `me`, who is not a user"),
    "modal": (lambda d: d["command"]["modal"].update(severity="1"), "`severity` must be a whole number"),
    "modal times": (lambda d: d["command"]["modal"].update(detected="00:00:01"), "must follow each other in time"),
    "services": (lambda d: d["command"]["modal"].update(services=[]), "must be a name or a list of names"),
}


@pytest.mark.parametrize(("spoil", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_story_is_told_in_one_plain_sentence(
    document: dict[str, Any], spoil: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    spoil(document)
    with pytest.raises(StoryError, match=re.escape(sentence)) as caught:
        stories.build(document, START)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "cannot be read"), ("a: [", "is not valid YAML near line"), ("- a", "must be a mapping")],
    ids=["no file", "no YAML", "a list"],
)
def test_a_file_that_is_no_story_is_told_so(tmp_path: Any, content: str | None, sentence: str) -> None:
    path = tmp_path / "story.yml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(StoryError, match=sentence):
        stories.load(path)
