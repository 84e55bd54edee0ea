"""The commands and queries in forms (R-25): what is typed comes back byte for byte and pings nobody, what looks like a secret
is asked about before anything is stored, and what the channel proposes is kept or dropped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.blocks import ids, query_pages
from bot.domain.harvest.finding import Findings, QueryFinding
from bot.domain.queries import Query
from bot.domain.status import Status
from tests import factories
from tests.fakes.bot import Bot

OWNER, IC, OTHER = "U2", "U1", "U4"
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
NASTY = (
    "  select `a` -- <!channel> <@U1> @here &amp; “smart” ‘quotes’\n```\n~~~\n\n\tfrom t;  \n\n"
    "\u202eمرحبا\u2066 \u200e\u200f \x1b[0m \U0001f525\u200d\n"
)


def found(number: int, text: str = "", **values: Any) -> QueryFinding:
    return QueryFinding(f"17640000{number:02}.000100", None, 0, "U3", text or f"select {number} from t", **values)


def propose(bot: Bot, *listed: QueryFinding) -> None:
    with bot.store.transaction(timedelta(seconds=5)) as unit:
        unit.proposals.replace(bot.record().id, Findings(queries=listed))


def every(bot: Bot) -> list[Query]:
    return list(bot.look(lambda unit: unit.queries.all(bot.record().id)))


def kept(bot: Bot) -> list[Query]:
    return [query for query in every(bot) if not query.removed]


def waiting(bot: Bot) -> int:
    return len(bot.look(lambda unit: unit.items.waiting(bot.record().id, "query")))


def opened(bot: Bot, user: str = OWNER) -> dict[str, Any]:
    bot.press(ids.QUERIES_OPEN, bot.record().id, user)
    return bot.screens.form()


def form(bot: Bot, query: Query | None = None, user: str = OWNER) -> dict[str, Any]:
    record = bot.record().id
    bot.press(ids.QUERY_EDIT if query else ids.QUERY_ADD, f"{record}:{query.id}" if query else record, user)
    return bot.screens.form()


def block(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    return next(each for each in view["blocks"] if str(each.get("block_id")).startswith(block_id))


def fields(view: dict[str, Any]) -> list[str]:
    """The fields of the query itself."""
    named = [str(each.get("block_id")) for each in view["blocks"]]
    return [name for name in named if name == "text" or name.startswith("text__")]


def initial(view: dict[str, Any]) -> str:
    return "".join(block(view, name)["element"].get("initial_value", "") for name in fields(view))


def preformatted(view: dict[str, Any]) -> str:
    """Everything that stands in preformatted rich text."""
    rich = [part for each in view["blocks"] if each["type"] == "rich_text" for part in each["elements"]]
    return "".join(part["elements"][0]["text"] for part in rich if part["type"] == "rich_text_preformatted")


def outside(view: dict[str, Any]) -> str:
    """Everything else."""
    return str([each for each in view["blocks"] if each["type"] != "rich_text"])


@pytest.fixture
def begun(bot: Bot) -> Bot:
    bot.assigned()
    return bot


def test_a_query_comes_back_byte_for_byte_and_pings_nobody(begun: Bot) -> None:
    told = {"tool": "psql <!here>", "link": "https://grafana.example/d/1?a=1&b=2", "result": "12 rows\n<!channel>"}
    view = form(begun)
    assert block(view, "ran_by")["element"]["initial_user"] == OWNER, "who adds it is taken to have run it"
    reply = begun.submit(view, OWNER, text=NASTY, ran_by="U3", **told)
    (query,) = kept(begun)
    assert query.text.encode() == NASTY.encode()
    assert (query.tool, query.link, query.result, query.ran_by) == (*told.values(), "U3")
    listed = reply.json["view"]
    assert preformatted(listed) == NASTY
    assert "<!channel>" not in outside(listed)
    assert "<!here>" not in outside(listed)
    again = form(begun, query)
    assert initial(again) == NASTY
    before = begun.contents()["query_entry"], begun.contents()["audit"]
    assert begun.submit(again, OWNER, "V2").errors == {}
    assert (begun.contents()["query_entry"], begun.contents()["audit"]) == before, "sent unchanged, it changes nothing"
    begun.work()
    (document,) = [file.content.decode() for file in begun.chat.files.values()][-1:]
    assert f"````\n{NASTY}\n````" in document
    assert "**psql &lt;!here&gt;**, run by Chioma" in document
    assert "<!channel>" not in document.replace(NASTY, "")


def test_a_long_query_goes_on_in_further_fields_and_nothing_is_lost(begun: Bot) -> None:
    first, more = "a" * 2990 + "\n\n  ", "\n\nb" * 700
    begun.submit(form(begun), OWNER, text=first, text__2=more)
    (query,) = kept(begun)
    assert query.text == first + more
    long = f"{first}{more}" * 4 + " " * 4000 + "\n\tend\n"
    view = form(begun, query)
    drawn = dict.fromkeys(fields(view)[1:])
    begun.submit(view, OWNER, "V2", text=long, **drawn)
    (query,) = kept(begun)
    assert query.text == long
    view = form(begun, query)
    assert initial(view) == long
    assert all(len(block(view, name)["element"].get("initial_value", "")) <= 3000 for name in fields(view))
    assert begun.submit(view, OWNER, "V3").errors == {}
    assert kept(begun) == [query]
    shown = opened(begun)
    assert f"The beginning of {len(long):,} characters" in str(shown)


def test_a_query_that_no_form_can_show_is_refused_before_anything_is_lost(begun: Bot) -> None:
    view, before = form(begun), begun.contents()
    error = begun.submit(view, OWNER, text="x" * 30_001).errors["text"]
    assert "as a file" in error
    assert begun.contents() == before
    assert "as a file" in begun.command(f"query {'x' * 30_001}", OWNER).sentence
    propose(begun, found(1, "select " + "x" * 35_000))
    begun.submit(opened(begun), OWNER, "V2")
    (query,) = kept(begun)
    assert len(query.text) == 35_007, "what the channel has is kept whole"
    begun.press(ids.QUERY_EDIT, f"{begun.record().id}:{query.id}", OWNER)
    assert "as a file" in begun.screens.sentence()


@pytest.mark.parametrize("values", [{"text": " \n"}, {"text": "x", "link": "grafana"}, {"text": "x", "ran_by": "UBOT"}])
def test_odd_input_is_refused_at_its_field(begun: Bot, values: dict[str, Any]) -> None:
    view, before = form(begun), begun.contents()
    assert list(begun.submit(view, OWNER, **values).errors) == [list(values)[-1]]
    assert begun.contents() == before


def test_what_looks_like_a_secret_comes_back_with_a_question_and_is_stored_nowhere(begun: Bot) -> None:
    typed = f"aws s3 ls  # {AWS}\n"
    view, before = form(begun), begun.contents()
    reply = begun.submit(view, OWNER, text=typed, result="token=abcd1234efgh")
    view = reply.json["view"]
    assert begun.contents() == before, "not even the answer is kept"
    assert "an access key of AWS in the query, line 1: AKIA…" in outside(view)
    assert "a password or token in the result: abcd…" in outside(view)
    assert initial(view) == typed, "what was typed stays"
    again = begun.submit(view, OWNER, hash="h2").json["view"]
    assert kept(begun) == [], "without the tick nothing is saved"
    box = str(block(again, "no_secret")["block_id"])
    other = typed.replace("EXAMPLE", "EXAMPLX")
    third = begun.submit(again, OWNER, hash="h3", text=other, **{box: ["yes"]}).json["view"]
    assert kept(begun) == [], "a tick for one secret is none for another"
    box = str(block(third, "no_secret")["block_id"])
    assert begun.submit(third, OWNER, hash="h4", **{box: ["yes"]}).errors == {}
    (query,) = kept(begun)
    assert query.text == other
    assert AWS[:8] not in str(begun.history()), "the history holds it masked"
    assert begun.submit(form(begun, query), OWNER, "V2", tool="aws").json["view"]["callback_id"] == ids.CONTENT
    begun.submit(form(begun, kept(begun)[0]), OWNER, "V3", text="aws s3 ls # <key>", result="")
    stored = {name: rows for name, rows in begun.contents().items() if name != "receipt"}
    assert "AKIAIOSF" not in str(stored), "edited out, it is gone"


def test_the_second_of_two_on_one_query_sees_all_of_both(begun: Bot) -> None:
    begun.submit(form(begun), OWNER, text="select 1")
    (query,) = kept(begun)
    mine, theirs = form(begun, query), form(begun, query, IC)
    long = NASTY * 60
    begun.submit(theirs, IC, "V2", text=long, tool="psql", ran_by="U3")
    view = begun.submit(mine, OWNER, "V3", text="select 2", link="https://x.example").json["view"]
    assert preformatted(view) == long
    assert "<@U1> saved this" in str(view)
    assert "Saved meanwhile: <@U3>" in str(view)
    assert initial(view) == "select 2"
    assert kept(begun)[0].text == long
    assert begun.submit(view, OWNER, "V3", hash="h2").errors == {}
    assert (kept(begun)[0].text, kept(begun)[0].link) == ("select 2", "https://x.example")


def test_a_query_is_taken_out_and_put_back_on_the_spot(begun: Bot) -> None:
    begun.submit(form(begun), OWNER, text="select 1")
    (query,), view = kept(begun), opened(begun)
    value = f"{begun.record().id}:{query.id}"
    begun.press_in(view, ids.QUERY_REMOVE, value, OWNER, view_id="VQ", root_view_id="VM", previous_view_id="VM")
    assert kept(begun) == []
    assert [each.view_id for each in begun.screens.redrawn[-2:]] == ["VQ", "VM"]
    begun.press_in(view, ids.CONTENT_PAGE, f"{begun.record().id}:queries-removed.0", OWNER, view_id="VQ")
    assert preformatted(begun.screens.redrawn[-1].view) == "select 1"
    begun.press_in(view, ids.QUERY_PUT_BACK, value, OWNER, view_id="VQ")
    assert [each.text for each in kept(begun)] == ["select 1"]


def test_proposals_are_kept_or_dropped_a_page_at_a_time_and_never_come_back(begun: Bot) -> None:
    listed = [found(number) for number in range(10)]
    propose(begun, *listed, found(11, "``` <!channel>"), found(11, "the second of one place"))
    view = opened(begun)
    assert "11 commands and queries of the channel" in str(view)
    keys = [(each.ts, each.line) for each in listed]
    view = begun.submit(view, OWNER, **{query_pages.box(keys[1]): []}).json["view"]
    assert waiting(begun) == 4, "two of them are of one place"
    view = begun.submit(view, OWNER, "V2").json["view"]
    assert view["title"]["text"] == "Queries"
    assert (len(kept(begun)), len(every(begun))) == (11, 12)
    assert {(query.ran_by, query.by) for query in kept(begun)} == {("U3", OWNER)}
    propose(begun, *listed)
    assert waiting(begun) == 0
    dropped = next(query for query in every(begun) if query.removed)
    begun.press(ids.QUERY_PUT_BACK, f"{begun.record().id}:{dropped.id}", OWNER)
    assert len(kept(begun)) == 12


def test_a_proposal_with_a_secret_is_not_ticked_and_asks_before_it_is_kept(begun: Bot) -> None:
    risky = found(1, f"export AWS_ACCESS_KEY_ID={AWS}")
    propose(begun, risky, found(2))
    begun.work()
    assert not any(AWS in file.content.decode() for file in begun.chat.files.values()), "masked until it was looked at"
    view, key = opened(begun), (risky.ts, risky.line)
    keep, clear = query_pages.box(key), query_pages.box(key, "clear")
    assert "initial_options" not in block(view, keep)["element"]
    assert "AKIA…" in outside(view)
    before = begun.contents()
    assert "a secret" in begun.submit(view, OWNER, **{keep: ["yes"]}).errors[keep]
    assert begun.contents() == before
    assert begun.submit(view, OWNER, **{keep: ["yes"], clear: ["yes"]}).errors == {}
    assert [query.text for query in kept(begun)] == [risky.text, "select 2 from t"]


def test_two_people_on_the_same_proposals_decide_each_once(begun: Bot) -> None:
    propose(begun, found(1))
    mine, theirs = opened(begun), opened(begun, IC)
    begun.submit(mine, OWNER, "V1")
    begun.submit(theirs, IC, "V2", **{query_pages.box((found(1).ts, 0)): []})
    assert [query.by for query in every(begun)] == [OWNER]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("query", ""), ("query ", ""), ("query select 1", "select 1"), ("QUERY\nselect\n\t1  ", "select\n\t1  "),
        ("query a &lt; b &amp;&amp; c &gt; `d` &amp;lt; &quot;", "a < b && c > `d` &lt; &quot;"),
        ("query   two spaces", "  two spaces"),
    ],
)  # fmt: skip
def test_the_command_opens_the_form_with_what_was_typed_after_it(begun: Bot, sent: str, expected: str) -> None:
    assert begun.command(sent, OWNER).text == ""
    view = begun.screens.form()
    assert initial(view) == expected
    assert block(view, "ran_by")["element"]["initial_user"] == OWNER
    if expected:
        assert begun.submit(view, OWNER).json["view"]["title"]["text"] == "Queries"
        assert [query.text for query in kept(begun)] == [expected]


def test_who_ran_it_and_cannot_be_chosen_any_more_stays(begun: Bot) -> None:
    propose(begun, QueryFinding("1764000001.000100", None, 0, "UGONE", "select 1"))
    begun.submit(opened(begun), OWNER)
    (query,) = kept(begun)
    view = form(begun, query)
    assert "initial_user" not in block(view, "ran_by")["element"]
    begun.submit(view, OWNER, "V2", tool="psql")
    assert (kept(begun)[0].ran_by, kept(begun)[0].tool) == ("UGONE", "psql")
    begun.submit(form(begun, kept(begun)[0]), OWNER, "V3", ran_by="U3")
    assert kept(begun)[0].ran_by == "U3"


ACTS = [ids.QUERIES_OPEN, ids.QUERY_ADD, ids.QUERY_EDIT, ids.QUERY_REMOVE, ids.QUERY_PUT_BACK]


def test_others_change_nothing_and_an_agreed_text_is_frozen(begun: Bot) -> None:
    begun.submit(form(begun), OWNER, text="select 1")
    view, record = form(begun), begun.record().id
    value = f"{record}:{kept(begun)[0].id}"
    before = begun.contents()
    for act in ACTS:
        begun.press(act, record if act in ACTS[:2] else value, OTHER)
        assert "write the post-mortem" in begun.screens.sentence()
    assert "write the post-mortem" in begun.command("query x", OTHER).sentence
    assert "write the post-mortem" in begun.submit(view, OTHER, text="x").errors["text"]
    assert begun.contents() == before
    with begun.store.transaction(timedelta(seconds=5)) as unit:
        stored = unit.records.get(record, lock=True)
        assert stored
        unit.records.save(stored.changed(status=Status.REVIEWED))
    before = begun.contents()
    for act in ACTS:
        begun.press(act, record if act in ACTS[:2] else value, OWNER)
        assert "does not change any more" in begun.screens.sentence()
    assert "does not change any more" in begun.command("query x", OWNER).sentence
    assert begun.contents() == before


@pytest.mark.parametrize("value", ["", ":", "x:y:z"])
def test_odd_buttons_get_a_sentence(begun: Bot, value: str) -> None:
    for act in ACTS[2:]:
        for odd in (value, f"{begun.record().id}:{value}"):
            said = len(begun.screens.said)
            begun.press(act, odd, OWNER)
            assert len(begun.screens.said) > said


def test_without_a_post_mortem_the_command_says_how_to_open_one(bot: Bot) -> None:
    assert "assign @name" in bot.command("query select 1", OWNER).sentence


def test_the_menu_has_a_row_for_the_queries(begun: Bot) -> None:
    propose(begun, found(1))
    begun.press(ids.CONTENT_OPEN, begun.record().id, OWNER)
    row = next(each for each in begun.screens.form()["blocks"] if "*Queries*" in str(each))
    assert "1 proposal from the channel to look at" in str(row)
    assert row["accessory"]["action_id"] == ids.QUERIES_OPEN
    assert factories.findings().queries, "the sample has one, too"


def test_a_query_that_was_taken_out_meanwhile_is_not_changed_behind_the_list(begun: Bot) -> None:
    begun.submit(form(begun), OWNER, text="select 1")
    (query,) = every(begun)
    view = form(begun, query)
    begun.press(ids.QUERY_REMOVE, f"{begun.record().id}:{query.id}", IC)
    reply = begun.submit(view, OWNER, "V2", text="select 2")
    assert "took this query out meanwhile" in str(reply.errors)
    assert [(each.text, each.removed) for each in every(begun)] == [("select 1", True)]


def test_what_a_query_has_shown_is_proposed_and_kept_with_it(begun: Bot) -> None:
    propose(begun, found(1, result="6,118 <!channel> rows", result_ts="1764000002.000100"))
    view = opened(begun)
    assert "6,118" in str(view)
    assert "<!channel>" not in outside(view)
    begun.submit(view, OWNER)
    assert [each.result for each in kept(begun)] == ["6,118 <!channel> rows"]


def test_a_secret_in_what_a_query_has_shown_is_asked_about(begun: Bot) -> None:
    risky = found(1, result=f"key: {AWS}", result_ts="1764000002.000100")
    propose(begun, risky)
    view, keep = opened(begun), query_pages.box((risky.ts, risky.line))
    assert "in the result" in str(view)
    assert "a secret" in begun.submit(view, OWNER, **{keep: ["yes"]}).errors[keep]
