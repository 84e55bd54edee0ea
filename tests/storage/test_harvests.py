"""What was read of a channel: stored once however often it is read, and handed back in order of time."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice

import pytest

from bot.domain.harvest.message import FileRef
from bot.domain.harvest_state import HarvestCounts, HarvestState, Phase, ThreadRef
from bot.domain.postmortem import Posted
from bot.domain.status import Status


@pytest.fixture
def harvests(write, record):
    with write() as unit:
        yield unit.harvests


def test_the_checkpoint_is_replaced(harvests, reading_of, noon):
    assert harvests.state(reading_of.postmortem_id) is None
    harvests.put_state(reading_of)
    assert harvests.state(reading_of.postmortem_id) == reading_of
    later = HarvestState(
        reading_of.postmortem_id,
        "C1",
        Phase.STOPPED,
        "1.5",
        "1700000000.000100",
        "cur",
        7,
        2,
        noon,
        noon,
        noon,
        "Slack said no",
    )
    harvests.put_state(later)
    assert harvests.state(reading_of.postmortem_id) == later
    assert harvests.state(reading_of.postmortem_id, lock=True) == later


def test_messages_come_back_in_order_of_time_whatever_the_length_of_their_ts(harvests, reading_of, a_message):
    in_order = [
        "5",
        "9.5",
        "10.0",
        "999999999.999999",
        "1700000000.000001",
        "1700000000.00001",
        "1700000000.0001",
        "17000000000.5",
    ]
    shuffled = in_order.copy()
    random.Random(3).shuffle(shuffled)
    harvests.add_messages(reading_of, [a_message(ts) for ts in shuffled])
    assert [message.ts for message in harvests.messages(reading_of)] == in_order


def test_a_message_comes_back_as_it_was(harvests, reading_of, a_message):
    whole = a_message(
        "1700000000.000100",
        user_id=None,
        text="<@U1> *bold* &amp; \U0001f525 <!channel>",
        subtype="bot_message",
        thread_ts="1700000000.000100",
        bot_id="B1",
        bot_name="alerts",
        edited_ts="1700000001.000000",
        reply_count=3,
        latest_reply="1700000009.000000",
        files=(FileRef("F1", "a.png", "https://x", "image/png"),),
        links=("https://grafana.example/d/1",),
        reactions=("eyes",),
        pinned=True,
    )
    harvests.add_messages(reading_of, [whole])
    assert list(harvests.messages(reading_of)) == [whole]


def test_a_page_that_is_read_again_changes_nothing_but_edits(harvests, reading_of, a_message):
    page = [a_message(f"170000000{number}.000000") for number in range(5)]
    harvests.add_messages(reading_of, page)
    edited = replace(page[2], text="edited", edited_ts="1700000099.000000")
    harvests.add_messages(reading_of, [*page[:2], edited, *page[3:]])
    assert list(harvests.messages(reading_of)) == [*page[:2], edited, *page[3:]]
    assert harvests.counts(reading_of) == HarvestCounts(messages=5, threads=0, threads_pending=0)


def test_a_message_twice_in_a_page_is_stored_as_it_came_last(harvests, reading_of, a_message):
    harvests.add_messages(reading_of, [a_message("1.0", text="a"), a_message("2.0"), a_message("1.0", text="b")])
    assert [message.text for message in harvests.messages(reading_of)] == ["b", "hi"]


def test_an_empty_page_is_a_page(harvests, reading_of):
    harvests.add_messages(reading_of, [])
    assert list(harvests.messages(reading_of)) == []


def test_records_do_not_see_the_messages_of_others(write, reading_of, a_record, a_message):
    other = replace(reading_of, postmortem_id="pm2")
    with write() as unit:
        unit.records.add(a_record(2))
        unit.harvests.add_messages(reading_of, [a_message("1.0", text="mine")])
        unit.harvests.add_messages(other, [a_message("1.0", text="theirs"), a_message("2.0", reply_count=1)])
        assert [message.text for message in unit.harvests.messages(reading_of)] == ["mine"]
        assert unit.harvests.counts(reading_of) == HarvestCounts(1, 0, 0)
        assert unit.harvests.counts(other) == HarvestCounts(2, 1, 1)
        assert unit.harvests.next_thread(reading_of) is None


def test_a_large_channel_is_stored_and_streamed(store, write, reading_of, a_message):
    for page in range(6):
        with write() as unit:
            messages = [a_message(f"17000{page:02}{number:03}.000100", text="x" * 200) for number in range(999)]
            unit.harvests.add_messages(reading_of, messages)
    with store.reading() as unit:
        stamps = [message.ts for message in unit.harvests.messages(reading_of)]
    assert len(stamps) == 5994
    assert stamps == sorted(stamps)


def test_a_stream_may_be_left_in_the_middle(store, write, reading_of, a_message):
    with write() as unit:
        unit.harvests.add_messages(reading_of, [a_message(f"{1700000000 + number}.0") for number in range(2000)])
    with store.reading() as unit:
        assert len(list(islice(unit.harvests.messages(reading_of), 3))) == 3
        assert unit.harvests.counts(reading_of).messages == 2000


class TestThreads:
    def test_are_read_oldest_first_until_none_is_left(self, harvests, reading_of, a_message):
        harvests.add_messages(
            reading_of,
            [
                a_message("20.0", reply_count=2, latest_reply="25.0"),
                a_message("9.0", reply_count=1, latest_reply="30.0"),
                a_message("10.0"),
            ],
        )
        assert harvests.counts(reading_of) == HarvestCounts(messages=3, threads=2, threads_pending=2)
        first = harvests.next_thread(reading_of)
        assert first == ThreadRef(ts="9.0", reply_count=1, latest_reply="30.0", cursor=None)
        harvests.thread_read(reading_of, first, None)
        second = harvests.next_thread(reading_of)
        assert second.ts == "20.0"
        harvests.thread_read(reading_of, second, None)
        assert harvests.next_thread(reading_of) is None
        assert harvests.counts(reading_of) == HarvestCounts(messages=3, threads=2, threads_pending=0)

    def test_are_gone_on_with_at_their_cursor(self, harvests, reading_of, a_message):
        harvests.add_messages(reading_of, [a_message("9.0", reply_count=1500, latest_reply="30.0")])
        harvests.thread_read(reading_of, harvests.next_thread(reading_of), "page2")
        assert harvests.next_thread(reading_of) == ThreadRef("9.0", 1500, "30.0", "page2")
        harvests.thread_read(reading_of, harvests.next_thread(reading_of), None)
        assert harvests.next_thread(reading_of) is None

    def test_are_not_read_again_when_nothing_moved(self, harvests, reading_of, a_message):
        parent = a_message("9.0", reply_count=1, latest_reply="30.0")
        harvests.add_messages(reading_of, [parent])
        harvests.thread_read(reading_of, harvests.next_thread(reading_of), None)
        harvests.add_messages(reading_of, [parent, a_message("30.0", thread_ts="9.0")])
        assert harvests.next_thread(reading_of) is None

    def test_are_read_again_from_the_start_when_their_latest_reply_moved(self, harvests, reading_of, a_message):
        parent = a_message("9.0", reply_count=1, latest_reply="30.0")
        harvests.add_messages(reading_of, [parent])
        harvests.thread_read(reading_of, harvests.next_thread(reading_of), None)
        harvests.add_messages(reading_of, [replace(parent, reply_count=2, latest_reply="40.0")])
        assert harvests.next_thread(reading_of) == ThreadRef("9.0", 2, "40.0", None)

    @pytest.mark.parametrize(("count", "again"), [(1, False), (2, True)], ids=["as many replies", "more replies"])
    def test_without_a_latest_reply_are_told_by_their_count(self, harvests, reading_of, a_message, count, again):
        harvests.add_messages(reading_of, [a_message("9.0", reply_count=1, latest_reply="30.0")])
        harvests.thread_read(reading_of, harvests.next_thread(reading_of), None)
        harvests.add_messages(reading_of, [a_message("9.0", reply_count=count)])
        assert (harvests.next_thread(reading_of) is not None) == again

    def test_are_no_threads_of_their_replies(self, harvests, reading_of, a_message):
        harvests.add_messages(reading_of, [a_message("10.0", thread_ts="9.0", reply_count=4)])
        assert harvests.next_thread(reading_of) is None

    def test_with_absurd_counts_are_threads_too(self, harvests, reading_of, a_message):
        harvests.add_messages(reading_of, [a_message("10.0", reply_count=10**30)])
        assert harvests.next_thread(reading_of).reply_count == 2**31 - 1


class TestAReplyThatIsAnnounced:
    def test_has_its_thread_read_again(self, harvests, reading_of, a_message):
        harvests.add_messages(reading_of, [a_message("9.0", reply_count=1, latest_reply="30.0")])
        harvests.thread_read(reading_of, harvests.next_thread(reading_of), None)
        assert harvests.touch_thread("T1", "C1", "9.0")
        assert harvests.next_thread(reading_of).ts == "9.0"

    def test_makes_a_thread_of_a_message_that_had_no_replies(self, harvests, reading_of, a_message):
        harvests.add_messages(reading_of, [a_message("9.0")])
        assert harvests.next_thread(reading_of) is None
        assert harvests.touch_thread("T1", "C1", "9.0")
        assert harvests.next_thread(reading_of).ts == "9.0"

    def test_under_a_message_of_ours_has_its_thread_read(self, write, record, reading_of):
        with write() as unit:
            unit.posts.put(Posted(record.id, "card", "C1", "9.0"))
            assert unit.harvests.touch_thread("T1", "C1", "9.0")
            assert unit.harvests.touch_thread("T1", "C1", "9.0")
            assert unit.harvests.next_thread(reading_of) == ThreadRef("9.0", 0, None, None, touches=2)

    def test_while_its_thread_is_being_read_is_not_lost(self, harvests, reading_of, a_message):
        harvests.add_messages(reading_of, [a_message("9.0", reply_count=1, latest_reply="30.0")])
        being_read = harvests.next_thread(reading_of)
        harvests.touch_thread("T1", "C1", "9.0")
        harvests.thread_read(reading_of, being_read, None)
        again = harvests.next_thread(reading_of)
        assert (again.ts, again.cursor) == ("9.0", None)
        harvests.thread_read(reading_of, again, None)
        assert harvests.next_thread(reading_of) is None

    @pytest.mark.parametrize(
        ("team", "channel", "ts"),
        [("T2", "C1", "9.0"), ("T1", "C2", "9.0"), ("T1", "C1", "8.0"), ("T1", "C1", "abc")],
        ids=["in another workspace", "in another channel", "to a message nobody has", "to what is no message"],
    )
    def test_elsewhere_is_nobodys(self, harvests, reading_of, a_message, team, channel, ts):
        harvests.add_messages(reading_of, [a_message("9.0", reply_count=1)])
        assert not harvests.touch_thread(team, channel, ts)

    def test_after_the_record_was_closed_is_nobodys(self, write, record, reading_of, a_message):
        with write() as unit:
            unit.harvests.add_messages(reading_of, [a_message("9.0", reply_count=1)])
            unit.records.save(record.changed(status=Status.CLOSED))
            assert not unit.harvests.touch_thread("T1", "C1", "9.0")


def test_a_thread_is_read_from_its_first_message_on(harvests, reading_of, a_message):
    first = a_message("100.000100", reply_count=2, thread_ts="100.000100")
    replies = [a_message(f"{at}.000100", thread_ts="100.000100") for at in (101, 20_000_000)]
    others = [
        a_message("99.000100"),
        a_message("102.000100", thread_ts="99.000100"),
        a_message("103.000100", text='"thread_ts":"100.000100"'),
        a_message("104.000100", channel_id="C2", thread_ts="100.000100"),
    ]
    harvests.add_messages(reading_of, [*others[:3], *reversed(replies), first])
    thread = harvests.thread(reading_of.postmortem_id, "C1", "100.000100")
    assert thread == [first, *replies]
    assert harvests.thread(reading_of.postmortem_id, "C1", "103.000100") == [others[2]]
    assert harvests.thread(reading_of.postmortem_id, "C2", "100.000100") == []
    assert harvests.thread("other", "C1", "100.000100") == []
    assert harvests.thread(reading_of.postmortem_id, "C1", "nonsense") == []
