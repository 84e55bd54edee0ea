from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.harvest import text


def name_of(user_id: str, label: str) -> str:
    return {"U1": "Ana"}.get(user_id, label or user_id)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<@U1> and <@U2|bo> and <@U3>", "@Ana and @bo and @U3"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@oncall> <!subteam^S2>", "@oncall @group"),
        ("<#C1|incidents> <#C2>", "#incidents #C2"),
        ("<https://a.example/x?a=1&amp;b=2|label>", "https://a.example/x?a=1&b=2"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&quot; stays", "&quot; stays"),
        ("<not a token>", "<not a token>"),
        ("*bold* _italic_ snake_case a*b*c 2*3", "bold italic snake_case a*b*c 2*3"),
    ],
)
def test_markup_becomes_inert_text(raw: str, plain: str) -> None:
    assert text.plain(raw, name_of) == plain


def test_bullets_and_quote_marks_come_off_and_are_remembered() -> None:
    lines, _ = text.lines("• one\n1. two\n&gt; three\n- *four*\n[ ] five")
    assert [line.text for line in lines] == ["one", "two", "three", "four", "five"]
    assert [line.quoted for line in lines] == [False, False, True, False, False]
    assert [line.bullet for line in lines] == [True, True, False, True, True]


def test_a_triple_quote_mark_quotes_the_rest() -> None:
    lines, _ = text.lines("mine\n&gt;&gt;&gt; theirs\nstill theirs")
    assert [line.quoted for line in lines] == [False, True, True]


def test_code_is_set_apart_and_lines_keep_their_numbers() -> None:
    lines, codes = text.lines("before\n```\nselect 1\nfrom t\n```\nafter `ls -l`")
    assert [(line.number, line.text) for line in lines] == [(0, "before"), (5, "after `ls -l`")]
    assert [(code.text, code.fenced) for code in codes] == [("select 1\nfrom t", True), ("ls -l", False)]


def test_a_fence_that_never_closes_is_text() -> None:
    lines, codes = text.lines("a ```b")
    assert lines[0].text == "a ```b"
    assert not codes
    assert text.lines("```x``` y ```z")[1][0].text == "x"


def test_code_is_verbatim_down_to_a_ping() -> None:
    raw = "```echo \"&lt;!channel&gt;\" &amp;&amp; *ls* _x_ '`'```"
    assert text.lines(raw)[1][0].text == "echo \"<!channel>\" && *ls* _x_ '`'"


def test_what_is_struck_out_is_not_said() -> None:
    line = text.lines("~TODO: old~ TODO: new")[0][0]
    assert (line.text, line.said) == ("~TODO: old~ TODO: new", "TODO: new")


def test_addresses_end_where_the_sentence_goes_on() -> None:
    assert text.urls("see (https://a.example/b), https://a.example/b. http://c") == ("https://a.example/b", "http://c")


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(raw: str) -> None:
    lines, _ = text.lines(raw)
    assert all(line.text is not None for line in lines)
    text.plain(raw)


def test_a_long_text_is_cut_visibly() -> None:
    assert len(text.clip("x" * 5000)) == 3000
    assert text.clip("x" * 5000).endswith("…")
