"""The way back to the newest message, with the mouse alone."""

from __future__ import annotations

import pytest

from sandbox.client import Sandbox

COUNT = 700


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    file = tmp_path_factory.mktemp("latest") / "workspace.json"
    rows = ",".join(f'{{"user": "ben", "at": "+40s", "text": "message {at} of many"}}' for at in range(1, COUNT + 1))
    file.write_text(
        '{"users": [{"name": "aino"}, {"name": "ben"}], "channels": [{"name": "long", "members": ["aino", "ben"],'
        f' "messages": [{rows}]}}]}}'
    )
    running = Sandbox.start(in_process=True, workspace=file)
    yield running
    running.stop()


@pytest.fixture
def page(long, tabs):
    """aino at the permalink of the first message."""
    first = long.see("window", user="aino", channel="long", after="0", limit=300)["messages"][0]
    tab = tabs()
    tab.open(f"{long.url}/#u={long.see.user('aino')['id']}&c={long.see.channel('long')['id']}&m={first['ts']}")
    tab.see(".message.lit", "message 1 of many")
    return tab


def test_a_button_with_the_number_of_new_ones_leads_from_the_first_message_to_the_newest(page, long):
    page.see(".jump", "Jump to latest")
    for at in range(2):
        long.act.post("ben", "long", f"news {at}")
    page.see(".jump .fresh", "2 new")
    page.click(".jump")
    page.see(".message", "news 1")
    page.gone(".jump")
    page.focused("one.matches('.composer-field')")
    long.act.post("ben", "long", "and this")
    page.see(".message", "and this")
    page.gone(".jump")


def test_the_conversation_chosen_again_in_the_sidebar_is_at_its_newest(page, long):
    last = long.see("window", user="aino", channel="long", limit=1)["messages"][-1]["text"]
    page.click(".room.here", "long")
    page.see(".message", last)
    page.gone(".jump")
    assert "m=" not in page.page.url.partition("#")[2]
    page.run("document.querySelector('.center .messages').scrollTop = 0")
    page.see(".jump")
    page.click(".room.here", "long")
    page.gone(".jump")
    page.see(".message", last)
