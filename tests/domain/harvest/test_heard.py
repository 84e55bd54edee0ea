"""What is kept of a message does not depend on which of its versions came first, nor on how often."""

from __future__ import annotations

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.harvest import heard
from bot.domain.harvest.message import Message

versions = st.lists(
    st.builds(
        Message,
        channel_id=st.just("C1"),
        ts=st.just("1795000000.000100"),
        text=st.sampled_from(["", "a", "ab", "b"]),
        edited_ts=st.sampled_from([None, "1795000001.000100", "1795000002.000100"]),
        reply_count=st.integers(0, 2),
        latest_reply=st.sampled_from([None, "1795000003.000100", "1795000004.000100"]),
        links=st.sampled_from([(), ("https://x.example/1",)]),
        subtype=st.sampled_from([None, "tombstone"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=300, deadline=None)
@given(versions=versions, data=st.data())
def test_any_order_comes_to_the_same(versions: list[Message], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*versions, *versions]))
    whole = reduce(heard.joined, again)
    assert whole == reduce(heard.joined, versions)
    assert heard.weight(whole) == max(map(heard.weight, versions))


def test_what_is_left_of_a_deleted_message_is_no_version_of_it() -> None:
    left = {"type": "message", "subtype": "tombstone", "ts": "1795000000.000100", "text": "This message was deleted."}
    assert heard.version({"subtype": "message_changed", "channel": "C1", "message": left}) is None
    assert heard.version({**left, "channel": "C1"}) is None


def test_a_thread_that_moved_is_told_by_its_first_message() -> None:
    first = {"type": "message", "ts": "1795000000.000100", "thread_ts": "1795000000.000100", "reply_count": 1}
    told = {"type": "message", "subtype": "message_replied", "hidden": True, "channel": "C1", "message": first}
    assert heard.moved_thread(told) == "1795000000.000100"
    assert heard.version(told) is None
    assert heard.moved_thread({**told, "message": None}) is None
