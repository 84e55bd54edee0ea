"""The menu of a message: on any message, by anybody who sees the post-mortem, a line, a TODO, a query or what shows a line;
nothing is asked of Slack before the form opens, and one message never becomes two of anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids
from bot.domain.harvest.finding import Confidence, Findings, QueryFinding, TimelineKind
from bot.domain.harvest_state import HarvestState
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.usecases.store_findings import StoreFindings
from tests import factories
from tests.fakes import payloads
from tests.fakes.bot import Bot

OWNER, IC, OTHER, EVE = "U2", "U1", "U3", "U5"
TS = "1763900000.000200"
AT = "2025-11-23 12:13:20 UTC"
GRAPH = "https://grafana.example/d/1"
FILE = "https://acme.slack.com/files/U1/F1/graph.png"


def message(text: str = "Checkout is slow", ts: str = TS, user: str = IC, **values: Any) -> dict[str, Any]:
    return {"ts": ts, "user": user, "text": text, **values}


def initial(view: dict[str, Any], field: str) -> Any:
    element = next(block["element"] for block in view["blocks"] if block.get("block_id") == field)
    return element.get("initial_value") or (element.get("initial_option") or {}).get("value")


def opened(bot: Bot, name: str, chosen: dict[str, Any], user: str = OTHER, **values: Any) -> dict[str, Any]:
    before = len(bot.screens.opened)
    assert bot.choose(name, chosen, user, **values).status == 200
    assert len(bot.screens.opened) == before + 1
    return bot.screens.form()


def items(bot: Bot) -> list[Item]:
    every = bot.look(lambda unit: list(unit.items.timeline(bot.record().id)))
    return [item for item in every if not item.removed]


def waiting(bot: Bot, kind: str) -> list[tuple[str, int]]:
    return list(bot.look(lambda unit: list(unit.items.waiting(bot.record().id, kind))))


def analysed(bot: Bot, findings: Findings) -> None:
    """An analysis ends with these findings."""
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        record = unit.records.get(bot.record().id, lock=True)
        state = unit.harvests.state(bot.record().id)
        assert record
        assert isinstance(state, HarvestState)
        StoreFindings(bot.service.settings.policy)(unit, record, state, findings, bot.clock.now())


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def added(bot: Bot, chosen: dict[str, Any], user: str = OTHER) -> Item:
    view = opened(bot, ids.ADD_TO_TIMELINE, chosen, user)
    assert bot.submit(view, user, f"V{len(bot.screens.opened)}").errors == {}
    return next(item for item in items(bot) if item.ts == chosen["ts"])


def test_a_responder_adds_a_line_with_two_clicks(begun: Bot) -> None:
    calls = len(begun.chat.posts)
    view = opened(begun, ids.ADD_TO_TIMELINE, message(f"*Down* for &lt;all&gt; of <@U2|ben>: <{GRAPH}|graph>"))
    assert len(begun.chat.posts) == calls
    assert f"posted {AT}" in str(view)
    assert initial(view, "when") == AT
    begun.submit(view, OTHER)
    (item,) = items(begun)
    assert (item.text, item.evidence, item.user_id) == (f"Down for <all> of @Ben: {GRAPH}", (GRAPH,), IC)
    assert (item.ts, item.line, item.thread_ts, item.channel_id) == (TS, None, None, "")
    assert item.at.microsecond == 200, "an untouched time keeps its place among others of the same second"
    assert (begun.history()[-1].actor, begun.history()[-1].via) == (OTHER, "message menu")
    assert begun.screens.said[-1].drawing.blocks[-1]["elements"][1]["text"]["text"] == "Undo"


def test_a_time_that_is_written_in_the_message_is_proposed_beside_that_of_posting(begun: Bot) -> None:
    view = opened(begun, ids.ADD_TO_TIMELINE, message("09:40 UTC - disabled the flag"))
    assert initial(view, "when") == "2025-11-23 09:40:00 UTC"
    assert initial(view, "text") == "disabled the flag"
    assert f"posted {AT}" in str(view)


def test_the_kind_is_what_the_harvest_would_say(begun: Bot) -> None:
    view = opened(begun, ids.ADD_TO_TIMELINE, message("The incident is resolved, all clear."))
    assert initial(view, "kind") == TimelineKind.resolved


@pytest.mark.parametrize(
    ("chosen", "words", "shown"),
    [
        (message("", files=[{"id": "F1", "name": "graph.png", "permalink": FILE}]), "graph.png", (FILE,)),
        (
            {"ts": TS, "bot_id": "B9", "subtype": "bot_message", "text": "",
             "attachments": [{"title": "5xx", "title_link": GRAPH, "text": "fires"}]},
            "5xx\nfires", (GRAPH,),
        ),
        (message("```kubectl get pods```"), "kubectl get pods", ()),
        (message("in a thread", thread_ts="1763890000.000100"), "in a thread", ()),
    ],
    ids=["a file alone", "an alert's attachments alone", "code alone", "a reply"],
)  # fmt: skip
def test_every_sort_of_message_becomes_a_line(
    begun: Bot, chosen: dict[str, Any], words: str, shown: tuple[str, ...]
) -> None:
    item = added(begun, chosen)
    assert (item.text, item.evidence, item.thread_ts) == (words, shown, chosen.get("thread_ts"))
    assert item.user_id == chosen.get("user")


def test_the_times_that_a_person_types_are_near_the_message(begun: Bot) -> None:
    view = opened(begun, ids.ADD_TO_TIMELINE, message())
    assert "Enter a time" in begun.submit(view, OTHER, when="soon").errors["when"]
    begun.submit(view, OTHER, "V2", when="about 11:50 UTC")
    (item,) = items(begun)
    assert (f"{item.at:%d %H:%M}", item.approximate) == ("23 11:50", True)


def test_a_message_that_has_its_line_opens_that_line_for_whoever_may_change_it(begun: Bot) -> None:
    item = added(begun, message())
    for user in (OTHER, OWNER):
        view = opened(begun, ids.ADD_TO_TIMELINE, message(), user)
        assert "in the timeline already" in str(view)
    begun.submit(view, OWNER, text="Checkout was slow")
    assert [(each.id, each.text, each.version) for each in items(begun)] == [(item.id, "Checkout was slow", 2)]
    notice = opened(begun, ids.ADD_TO_TIMELINE, message(), OTHER)
    assert "submit" not in notice, "somebody else has worked on it since"
    assert "Checkout was slow" in str(notice)
    assert f"the owner <@{OWNER}>" in str(notice).replace("&lt;", "<").replace("&gt;", ">")


def test_of_two_people_who_add_one_message_at_once_the_second_sees_the_first_ones_line(begun: Bot) -> None:
    views = [opened(begun, ids.ADD_TO_TIMELINE, message(), user) for user in (OTHER, OWNER, EVE)]
    begun.submit(views[0], OTHER, "V1", text="Theirs")
    both = begun.submit(views[1], OWNER, "V2", text="Mine").json["view"]
    assert "Theirs" in str(both)
    assert initial(both, "text") == "Mine"
    refused = str(begun.submit(views[2], EVE, "V3", text="Hers").errors)
    assert "added this message a moment ago" in refused
    assert "is written by" in refused
    begun.submit(both, OWNER, "V4")
    assert [item.text for item in items(begun)] == ["Mine"]


def test_what_waits_of_the_message_is_confirmed_and_what_is_found_of_it_later_is_not_proposed(begun: Bot) -> None:
    found = Findings(
        timeline=(factories.event("one", ts=TS), factories.event("two", ts=TS, line=1), factories.event("other")),
        queries=(QueryFinding(TS, None, 0, IC, "SELECT 1"),),
    )
    analysed(begun, found)
    added(begun, message())
    assert [key for key in waiting(begun, "timeline") if key[0] == TS] == []
    assert len(waiting(begun, "timeline")) == 1
    assert waiting(begun, "query") == [(TS, 0)]
    later = "1763900100.000200"
    added(begun, message(ts=later))
    analysed(begun, Findings(timeline=(factories.event("three", ts=later), factories.event("four"))))
    assert later not in {ts for ts, _ in waiting(begun, "timeline")}
    assert len(items(begun)) == 2


def test_undo_takes_it_out_and_change_opens_its_form(begun: Bot) -> None:
    item = added(begun, message())
    value = begun.screens.said[-1].drawing.blocks[-1]["elements"][0]["value"]
    begun.press(ids.LINE_CHANGE, value, EVE)
    assert "is written by" in begun.screens.sentence()
    begun.press(ids.LINE_CHANGE, value, OTHER)
    begun.submit(begun.screens.form(), OTHER, text="Slower")
    assert begun.screens.said[-1].replace
    assert [each.text for each in items(begun)] == ["Slower"]
    begun.press(ids.LINE_TAKE_BACK, value, OTHER)
    assert "worked on this line meanwhile" in begun.screens.sentence()
    begun.press(ids.LINE_TAKE_BACK, f"{value[:-1]}2", OTHER)
    assert items(begun) == []
    assert "Taken out" in begun.screens.sentence()
    again = added(begun, message())
    assert (again.id, again.text, again.version) == (item.id, "Checkout is slow", 4), "it is the same line again"


def test_a_todo_waits_in_the_list_with_its_message(begun: Bot) -> None:
    reply = message("*TODO* alert on the pool <!channel>", thread_ts="1763890000.000100")
    view = opened(begun, ids.ADD_AS_TODO, reply)
    assert begun.submit(view, OTHER, todo=" ").errors == {"todo": "Say what is to be done."}
    begun.submit(view, OTHER)
    assert waiting(begun, "todo") == [(TS, 0)]
    assert "<!channel>" not in begun.screens.sentence()
    assert begun.history()[-1].field == "TODO"
    (todo,) = begun.look(lambda unit: unit.proposals.load(begun.record().id)).todos
    assert (todo.user_id, todo.thread_ts, todo.rule) == (IC, "1763890000.000100", "shortcut")
    notice = opened(begun, ids.ADD_AS_TODO, reply)
    assert "waits for a decision already" in str(notice)
    assert ids.TODOS_OPEN in str(notice)
    assert "list of TODOs already" in str(begun.submit(view, OWNER, "V9").errors)


def test_a_query_is_kept_to_the_letter(begun: Bot) -> None:
    code = "SELECT *\n  FROM orders -- “quoted” & <b>, 100%\n WHERE took > '20 s';"
    escaped = code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    analysed(begun, Findings(queries=(QueryFinding(TS, None, 0, IC, code),)))
    begun.submit(opened(begun, ids.ADD_AS_QUERY, message(f"I ran ```{escaped}``` there")), OTHER)
    (query,) = begun.look(lambda unit: unit.queries.all(begun.record().id))
    assert (query.text, query.ran_by, query.ts, query.by) == (code, IC, TS, OTHER)
    assert waiting(begun, "query") == []
    assert "is kept in" in str(opened(begun, ids.ADD_AS_QUERY, message(f"```{escaped}```")))


def test_a_message_without_code_is_a_query_as_a_whole_and_a_secret_is_asked_about(begun: Bot) -> None:
    secret = "curl -H 'Authorization: Bearer 9f86d081884c7d659a2feaa0c55ad015' https://api.example/v1"
    view = opened(begun, ids.ADD_AS_QUERY, message(secret))
    before = begun.contents()
    doubt = begun.submit(view, OTHER).json["view"]
    assert "as if there was a secret" in str(doubt)
    assert begun.contents() == before
    box = next(block["block_id"] for block in doubt["blocks"] if str(block.get("block_id")).startswith("no_secret:"))
    begun.submit(doubt, OTHER, "V2", **{box: ["yes"]})
    assert [each.text for each in begun.look(lambda unit: unit.queries.all(begun.record().id))] == [secret]


def test_evidence_goes_to_the_line_that_is_chosen_the_nearest_first(begun: Bot) -> None:
    lines = {ts: added(begun, message(f"at {ts}", ts=ts)) for ts in ("1763890000.000100", TS, "1763900500.000100")}
    near = message(f"<{GRAPH}> and <https://logs.example/{'x' * 1600}>", ts="1763900400.000100",
                   files=[{"id": "F1", "name": "g.png", "permalink": FILE}])  # fmt: skip
    view = opened(begun, ids.ATTACH_AS_EVIDENCE, near)
    options = next(block["element"]["options"] for block in view["blocks"] if block.get("block_id") == "line")
    assert [option["value"] for option in options] == [
        lines[ts].id for ts in ("1763900500.000100", TS, "1763890000.000100")
    ]
    assert begun.submit(view, OTHER).errors == {"line": "Choose the line that it shows."}
    begun.submit(view, OTHER, "V2", line=lines[TS].id)
    shown = next(item for item in items(begun) if item.ts == TS).evidence
    assert (shown[0], len(shown), FILE in shown) == (GRAPH, 3, True)


def test_a_message_of_the_lines_thread_offers_that_line_first(begun: Bot) -> None:
    parent = added(begun, message("the parent", ts="1763800000.000100"))
    added(begun, message("near", ts="1763900000.000100"))
    reply = message(GRAPH, ts="1763900001.000100", thread_ts="1763800000.000100")
    view = opened(begun, ids.ATTACH_AS_EVIDENCE, reply)
    assert next(b["element"]["options"] for b in view["blocks"] if b.get("block_id") == "line")[0]["value"] == parent.id


def test_of_many_lines_the_nearest_hundred_come_first_and_the_others_are_there(begun: Bot) -> None:
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        now, record = begun.clock.now(), unit.records.current("T1", "C1")
        assert record
        unit.items.put_items(
            [
                Item(f"i{n}", record.id, now + timedelta(minutes=n), f"line {n}", TimelineKind.other, OWNER, now)
                for n in range(250)
            ]
        )
    view = opened(begun, ids.ATTACH_AS_EVIDENCE, message(GRAPH, ts="1763900000.000100"))
    groups = next(b["element"]["option_groups"] for b in view["blocks"] if b.get("block_id") == "line")
    assert [len(group["options"]) for group in groups] == [100, 100, 50]
    begun.submit(view, OTHER, line="i249")
    assert next(item for item in items(begun) if item.id == "i249").evidence == (GRAPH,)


def test_without_anything_to_show_or_a_line_a_sentence_says_so(begun: Bot) -> None:
    assert "no web address and no file" in str(opened(begun, ids.ATTACH_AS_EVIDENCE, message()))
    assert "no line in its timeline" in str(opened(begun, ids.ATTACH_AS_EVIDENCE, message(GRAPH)))


@pytest.mark.parametrize("name", ids.SHORTCUTS)
def test_where_there_is_no_post_mortem_it_can_be_started_and_nothing_is_stored_before(bot: Bot, name: str) -> None:
    before = bot.contents()
    view = opened(bot, name, message("secret words"), IC)
    assert view["submit"]["text"] == "Start the post-mortem"
    assert bot.contents() == before
    details = bot.submit(view, IC).json["view"]
    assert details["callback_id"] == ids.DETAILS
    assert "menu again" in str(details)
    assert bot.submit(details, IC, title="Checkout").errors == {}
    assert bot.record().title == "Checkout"
    assert "secret words" not in str(bot.contents())


def test_a_second_person_who_starts_it_is_told_that_it_is_open(bot: Bot) -> None:
    views = [opened(bot, ids.ADD_TO_TIMELINE, message(), user) for user in (IC, OTHER)]
    bot.submit(views[0], IC, "V1")
    assert "is open in this channel by now" in str(bot.submit(views[1], OTHER, "V2").json["view"])


def test_a_closed_post_mortem_is_none_and_an_agreed_one_says_so(begun: Bot) -> None:
    for status, said in ((Status.REVIEWED, "is Reviewed"), (Status.CLOSED, "Start one?")):
        with begun.store.transaction(timedelta(seconds=5)) as unit:
            record = unit.records.get(begun.record().id, lock=True)
            assert record
            unit.records.save(record.changed(status=status))
        for name in (ids.ADD_TO_TIMELINE, ids.ADD_AS_QUERY, ids.ATTACH_AS_EVIDENCE):
            assert said in str(opened(begun, name, message(GRAPH)))


@pytest.mark.parametrize(
    ("user", "channel", "said"),
    [
        ("U1", "D1", "Direct messages have no post-mortem"),
        ("UGUEST", "C1", "only do here what they have a role for"),
        ("UFAR", "C1", "only do here what they have a role for"),
    ],
)
def test_a_refusal_is_one_sentence_over_the_message(begun: Bot, user: str, channel: str, said: str) -> None:
    before = begun.contents()
    assert said in str(opened(begun, ids.ADD_TO_TIMELINE, message(), user, channel=channel))
    assert begun.contents() == before


def test_something_that_is_no_message_and_an_entry_of_another_version_do_nothing(begun: Bot) -> None:
    assert "not known here" in str(opened(begun, ids.ADD_TO_TIMELINE, {"ts": "never"}))
    assert "older version" in str(opened(begun, "gone", message()))
    shown = len(begun.screens.shown)
    everywhere = {"type": "shortcut", "callback_id": ids.ADD_TO_TIMELINE, "user": {"id": "U1"}, "team": {"id": "T1"}}
    assert begun.send(everywhere).status == 200
    assert len(begun.screens.shown) == shown


def test_what_is_added_is_confident_and_by_hand(begun: Bot) -> None:
    begun.submit(opened(begun, ids.ADD_AS_TODO, message("look at it")), OTHER)
    analysed(begun, Findings())
    (todo,) = begun.look(lambda unit: unit.proposals.load(begun.record().id)).todos
    assert (todo.text, todo.confidence) == ("look at it", Confidence.A)


def test_in_the_first_moments_before_the_channel_was_read_a_form_of_its_menu_is_taken(bot: Bot) -> None:
    bot.submit(opened(bot, ids.ADD_TO_TIMELINE, message(), IC), IC)
    assert bot.look(lambda unit: unit.channels.get("T1", "C1")) is None
    assert added(bot, message()).text == "Checkout is slow"


def react(bot: Bot, ts: str, at: float, *, on: bool = True) -> None:
    assert bot.send(payloads.reaction(ts, "memo", OTHER, on=on, at=at)).status == 200
    bot.work()


def test_reactions_and_the_menu_make_one_line_of_a_message(begun: Bot) -> None:
    ts = begun.chat.say("C1", "Checkout is slow", IC)
    item = added(begun, message(ts=ts))
    react(begun, ts, 1)
    react(begun, ts, 2, on=False)
    assert [each.id for each in items(begun)] == [item.id], "the last reaction takes nobody's line away"
    other = begun.chat.say("C1", "Restarted the pods", IC)
    react(begun, other, 3)
    made = next(each for each in items(begun) if each.ts == other)
    assert "in the timeline already" in str(opened(begun, ids.ADD_TO_TIMELINE, message("x", other), OTHER))
    react(begun, other, 4, on=False)
    assert added(begun, message("Restarted", other)).id == made.id
    react(begun, other, 5)
    assert [each.text for each in items(begun) if each.ts == other] == ["Restarted"]


def test_what_a_reaction_made_a_line_of_is_not_proposed_by_a_later_analysis(begun: Bot) -> None:
    ts = begun.chat.say("C1", "Restarted the pods", IC)
    react(begun, ts, 1)
    analysed(begun, Findings(timeline=(factories.event("one", ts=ts), factories.event("two", ts=ts, line=1))))
    assert waiting(begun, "timeline") == []
