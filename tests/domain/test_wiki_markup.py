"""People's words in Jira's markup: what they wrote is what is read, and nothing of it is a command."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ticket_text, tickets, wiki_markup
from bot.domain.errors import BadInput
from bot.domain.ticket_text import Origin

CASES = [
    pytest.param("{code}rm -rf{code}", r"\{code\}rm \-rf\{code\}", id="macro"),
    pytest.param("{{mono}}", r"\{\{mono\}\}", id="monospaced"),
    pytest.param("[bank|http://evil.example]", r"\[bank\|http://evil.example\]", id="link"),
    pytest.param("[~admin] [^file]", r"\[\~admin\] \[\^file\]", id="mention-and-file"),
    pytest.param("!https://x.example/a.png!", r"\!https://x.example/a.png%21", id="image"),
    pytest.param("*bold* _it_ -gone- +new+ ??who??", r"\*bold\* \_it\_ \-gone\- \+new\+ \?\?who\?\?", id="phrases"),
    pytest.param("(/) (x) (flagoff) (on) (see)", "&#40;/) &#40;x) &#40;flagoff) &#40;on) (see)", id="signs"),
    pytest.param("(!) (?) (-) (+)", r"&#40;\!) &#40;?) &#40;\-) &#40;\+)", id="signs-of-markup"),
    pytest.param("(*) (*r)", r"&#40;\*) &#40;\*r)", id="stars"),
    pytest.param(":) :( ;) :-) :P :D :Down", r":&#41; :&#40; ;&#41; :\-&#41; &#58;P &#58;D :Down", id="faces"),
    pytest.param(":)) \\\\)", ":&#41;&#41; &#92;&#92;&#41;", id="no-face-by-an-entity"),
    pytest.param(
        "[a https://x.example/b] |https://x.example|", r"\[a https://x.example/b\] \|https://x.example\|", id="ends"
    ),
    pytest.param("a post-mortem, 1+1, why?", "a post-mortem, 1+1, why?", id="plain-words-stay-readable"),
    pytest.param("sev1_20150911", r"sev1\_20150911", id="underscore"),
    pytest.param("|| a | b ||", r"\|\| a \| b \|\|", id="table"),
    pytest.param(r"C:\temp \\ x", "C:&#92;temp &#92;&#92; x", id="backslashes"),
    pytest.param("&#64;x R&D", "&amp;#64;x R&D", id="entities"),
    pytest.param("@channel ask aino@example.com", "&#64;channel ask aino@example.com", id="mention"),
    pytest.param("_@aino", r"\_&#64;aino", id="mention-behind-an-underscore"),
    pytest.param("see https://x.example/a_b?c=~d!", "see https://x.example/a%5Fb?c=%7Ed%21", id="address-stays-whole"),
]


@pytest.mark.parametrize(("words", "shown"), CASES)
def test_markup_is_shown_and_not_done(words: str, shown: str) -> None:
    assert wiki_markup.inline(words) == shown


@pytest.mark.parametrize(
    "line", ["h1. Title", "bq. said", "# one", "* one", "- one", "|a|", "----", "{noformat}", "  h2. x"]
)
def test_no_line_of_theirs_begins_a_line(line: str) -> None:
    assert all(each.startswith("bq. ") for each in wiki_markup.quoted(f"first\n{line}\r\nlast").splitlines())


@given(st.text(st.sampled_from(r"{}[]!*_-+^~?|@\&# h1.ä():;x/"), max_size=40))
def test_no_character_of_markup_stands_alone(words: str) -> None:
    # Every picture has lost a letter by now, and no entity is one with what follows it.
    assert not re.search(r"\((?:[/x!?+iyn-]|\*[rgby]?)\)|[:;]-?[()]", wiki_markup.quoted(words))
    left = re.sub(r"\\[{}\[\]!*_^~|?+-]|&#92;", ".", re.sub(r"https?://\S+", "", wiki_markup.quoted(words)))
    assert not re.search(r"[{}\[\]!*_^~|\\]|\?\?|(?<!\w)@\w", left)


def test_a_link_is_to_the_web_or_none() -> None:
    assert wiki_markup.link("https://x.example/a|b]", "a|b] {c}") == r"[a/b\] \{c\}|https://x.example/a%7Cb%5D]"
    assert wiki_markup.link("javascript:alert(1)", "*x*") == r"\*x\*"


def test_a_description_has_words_reason_post_mortem_message_and_evidence() -> None:
    origin = Origin(
        "PM-7", "Pool *full*", "SEV-2", "Alert us\nh1. please", "https://s.example/p1", "https://s.example/doc", "no {alert}",
        (("Graph", "https://g.example/1"), ("odd", "ftp://x")), kind="prevent",
    )  # fmt: skip
    assert ticket_text.description(origin).splitlines() == [
        "bq. Alert us", "bq. h1. please", "", "*Type:* prevent", "", r"*Why:* no \{alert\}", "",
        r"*Post-mortem:* PM-7 (Pool \*full\*), SEV-2: [read it|https://s.example/doc]",
        "*Message:* [in Slack|https://s.example/p1]", "",
        "*Evidence:*", "* [Graph|https://g.example/1]", "* odd",
    ]  # fmt: skip


def test_of_a_restricted_one_the_title_stays_here() -> None:
    assert "secret" not in ticket_text.description(Origin("PM-7", "secret", "SEV-1", "Do it", restricted=True))


def test_much_is_cut_and_says_so() -> None:
    many = tuple((f"e{n}", f"https://g.example/{n}") for n in range(25))
    text = ticket_text.description(Origin("PM-7", "t", "SEV-1", "*" * 50_000, reason="_" * 50_000, evidence=many))
    assert len(text) < 32_767
    assert "* and 5 more in the post-mortem" in text


def test_a_summary_is_one_line_of_at_most_255() -> None:
    assert tickets.summary(" a\n b ") == "a b"
    assert len(tickets.summary("x" * 300)) == 255
    with pytest.raises(BadInput):
        tickets.summary(" \n")
