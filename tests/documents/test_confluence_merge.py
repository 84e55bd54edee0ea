"""Our parts put anew into pages that people and editors have changed: ours are new, and nothing of theirs is lost."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import confluence, confluence_merge
from bot.domain import typed
from bot.domain.document import Code, Document, Note, Paragraph, Section, Table, Text
from tests.documents.test_confluence import parsed

HEADINGS = ("Impact", "Timeline", "Messaging")
KEPT = confluence_merge.KEPT
PIECE = re.compile(
    r'<p><ac:structured-macro ac:name="anchor">.*?</p>\n|<ac:structured-macro ac:name="(?:info|toc)">.*?</ac:structured-macro>\n'
    r"|<(h2|p)>.*?</\1>\n",
    re.DOTALL,
)
CODE = "<![CDATA[</p> ]]]]><![CDATA[> <p>]]>"
LAYOUT = (
    '<ac:layout><ac:layout-section ac:type="single"><ac:layout-cell>{}</ac:layout-cell></ac:layout-section></ac:layout>'
)

said = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=20)
three = st.lists(said, min_size=3, max_size=3)
theirs = st.builds(
    lambda words, frame: frame.format(escape(words)),
    said,
    st.sampled_from(
        ["<p>{}</p>", "{}", "<h2>{}</h2>", "<p/>", "<hr/>", "<!-- {} -->".replace("{}", "c"), "<p>é&nbsp;&rarr; /&gt;{}</p>", "\r\n",
         '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">place</ac:parameter></ac:structured-macro>',
         '<ac:structured-macro ac:name="code"><ac:plain-text-body>' + CODE + '</ac:plain-text-body></ac:structured-macro>',
         '<ac:image><ri:attachment ri:filename="a.png"/></ac:image>']
    ),
)  # fmt: skip


def body(*said: str, headings: tuple[str, ...] = HEADINGS) -> str:
    """One section a heading, each with its words."""
    words = dict(zip(HEADINGS, said, strict=True))
    sections = tuple(Section(each, (Paragraph((Text(words[each]),)),)) for each in headings)
    return confluence.render(Document("PM-7", (), sections, (Note((Text(f"about {said[0]}"),)),)))


def parts(text: str) -> list[str]:
    """The rendered parts one by one, each with its marks."""
    found = re.findall(r"<p><ac:structured-macro ac:name=\"anchor\">.*?postmortem-end.*?</p>\n", text, re.DOTALL)
    assert "".join(found) == text
    return found


@given(
    before=three, after=three, theirs=st.lists(theirs, min_size=5, max_size=5), order=st.permutations(range(4)),
    left=st.sets(st.integers(0, 3)), layout=st.booleans(),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_only_the_parts_are_replaced_and_everything_between_them_stays_to_the_letter(
    before: list[str], after: list[str], theirs: list[str], order: list[int], left: set[int], layout: bool
) -> None:
    old, new = parts(body(*before)), parts(body(*after))
    gone = "".join(new[each] for each in range(4) if each not in left)

    def built(ours: list[str]) -> str:
        placed = [ours[each].removesuffix("\n") if each in left else "" for each in order]
        return "".join(piece for pair in zip(theirs, [*placed, ""], strict=True) for piece in pair)

    if layout:
        section = LAYOUT.removeprefix("<ac:layout>").removesuffix("</ac:layout>")
        existing = LAYOUT.format(built(old))
        inside = LAYOUT.format(built(new)).removesuffix("</ac:layout>")
        expected = f"{inside}{section.format(gone) if gone else ''}</ac:layout>"
    else:
        existing, expected = built(old), built(new) + gone
    merged = confluence.merged(existing, "".join(new))
    assert merged == expected
    parsed(re.sub("&[a-z]+;", "", merged))
    assert confluence.merged(merged, "".join(new)) == merged


@given(data=st.data(), before=three, after=three)
@settings(max_examples=300, deadline=None)
def test_whatever_people_do_to_the_page_their_words_survive_and_ours_are_there(
    data: st.DataObject, before: list[str], after: list[str]
) -> None:
    blocks = [found[0] for found in PIECE.finditer(body(*before))]
    assert "".join(blocks) == body(*before)
    for number in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(blocks) - 1))
        match data.draw(st.sampled_from(["delete", "move", "copy", "write", "write beside", "join"])):
            case "delete" if len(blocks) > 1:
                blocks.pop(place)
            case "move":
                blocks.insert(data.draw(st.integers(0, len(blocks) - 1)), blocks.pop(place))
            case "copy":
                blocks.insert(data.draw(st.integers(0, len(blocks))), blocks[place])
            case "write":
                blocks.insert(place, f"<p>human{number}x</p>")
            case "write beside":
                blocks[place] = re.sub(r"</(h2|p)>\n?\Z", rf"human{number}x</\1>", blocks[place])
            case "join" if place and blocks[place].startswith("<p>") and blocks[place - 1].strip().endswith("</p>"):
                blocks[place - 1] = blocks[place - 1].strip().removesuffix("</p>") + blocks.pop(place)[3:]
    existing, ours = "".join(blocks), body(*after)
    merged = confluence.merged(existing, ours)
    parsed(merged)
    for written in set(re.findall(r"human\dx", existing)):
        assert merged.count(written) == existing.count(written)
    for heading, was, words in zip(HEADINGS, before, after, strict=True):
        fresh = f"<h2>{heading}</h2>\n<p>{escape(typed.isolate(words))}</p>\n"
        assert fresh in merged or was == words
    assert confluence.merged(merged, ours) == merged


def test_a_part_that_people_changed_stays_and_the_new_one_comes_beneath_it() -> None:
    existing = body("old", "t", "m").replace("<p>old</p>", "<p>old, said Ana</p>")
    merged = confluence.merged(existing, body("new", "t", "m"))
    kept, _, fresh = merged.partition(KEPT)
    assert "<h2>Impact</h2>\n<p>old, said Ana</p>\n" in kept
    assert "<h2>Impact</h2>\n<p>new</p>\n" in fresh
    later = confluence.merged(merged, body("newer", "t", "m"))
    assert later.count(KEPT) == 1
    assert later.count("<p>new</p>") == 0
    assert "<p>old, said Ana</p>" in later


def test_a_part_that_says_what_it_said_is_left_alone_even_where_people_changed_it() -> None:
    existing = body("a", "b", "c").replace("<p>b</p>", "<p>b and more</p>")
    assert confluence.merged(existing, body("a", "b", "c")) == existing


@pytest.mark.parametrize(
    "put_in",
    [
        '<ac:image><ri:attachment ri:filename="a.png"/></ac:image>', '<ac:structured-macro ac:name="jira"/>', "<ac:task-list/>",
        '<ac:link><ri:user ri:account-id="1"/></ac:link>', '<a href="https://x.example/"></a>', "!", "🔥",
        '<ac:inline-comment-marker ac:ref="1"/>',
    ],
)  # fmt: skip
def test_what_people_put_in_counts_as_theirs(put_in: str) -> None:
    existing = body("old", "t", "m").replace("<p>old</p>", f"<p>old{put_in}</p>")
    assert f"<p>old{put_in}</p>" in confluence.merged(existing, body("new", "t", "m"))


def saved_by_an_editor(text: str) -> str:
    """The same page as Confluence stores it after somebody edited something else."""
    text = re.sub(r'(<ac:structured-macro ac:name="\w+")', r'\1 ac:schema-version="1" ac:macro-id="4f-1"', text)
    text = re.sub(
        r'(<ac:parameter ac:name="">)', r'<ac:parameter ac:name="legacyAnchorId">LEGACY-x</ac:parameter>\1', text
    )
    text = re.sub(r"<(td|th)>(.*?)</\1>", r'<\1 colspan="1"><p local-id="9">\2</p></\1>', text.replace("\n", ""))
    text = text.replace("<tbody>", '<colgroup><col style="width: 9px;"/></colgroup><tbody>')
    return text.replace("é", "&eacute;").replace("two  spaces", "two &nbsp;spaces")


def test_what_an_editor_does_by_itself_is_no_change_by_people() -> None:
    def rendered(words: str) -> str:
        line = (Text(words),)
        blocks = (Paragraph(line), Note(line), Table(("é", "b"), ((line, line),)), Code("x ]]> y"))
        return confluence.render(Document("PM-7", (("Status", line),), (Section("é", blocks),)))

    existing = saved_by_an_editor(rendered("two  spaces é"))
    assert existing != rendered("two  spaces é")
    merged = confluence.merged(existing, rendered("new"))
    assert KEPT not in merged
    assert "two" not in merged
    assert merged.count("new") == rendered("new").count("new")


def test_a_section_that_is_no_more_goes_unless_people_changed_it() -> None:
    existing = "<p>x</p>" + body("a", "b", "c") + "<p>y</p>"
    ours = body("a", "b", "c", headings=("Impact", "Messaging"))
    merged = confluence.merged(existing, ours)
    assert "Timeline" not in merged
    assert "timeline" not in merged
    assert (merged[:8], merged[-8:]) == ("<p>x</p>", "<p>y</p>")
    changed = existing.replace("<p>b</p>", "<p>b by Ana</p>")
    assert confluence.merged(changed, ours) == changed


def called(*headings: str, words: str = "") -> str:
    """One section a heading, all with the same words."""
    blocks = (Paragraph((Text(words),)),)
    return confluence.render(Document("PM-7", (), tuple(Section(each, blocks) for each in headings)))


def test_a_section_that_is_called_otherwise_now_keeps_its_place() -> None:
    existing = f"<p>x</p>{called('Overview', 'Impact', 'Timeline')}<p>y</p>"
    merged = confluence.merged(existing, called("Summary", "Impact", "Timeline"))
    assert re.findall("<h2>(.*?)</h2>", merged) == ["Summary", "Impact", "Timeline"]
    assert (merged[:8], merged[-8:]) == ("<p>x</p>", "<p>y</p>")
    two = called("Summary", "Harm", "Damage", "Timeline")
    again = confluence.merged(merged, two)
    assert re.findall("<h2>(.*?)</h2>", again) == ["Summary", "Harm", "Damage", "Timeline"]
    assert confluence.merged(again, two) == again


def test_a_section_that_is_called_otherwise_comes_into_no_other_part() -> None:
    """Where the lines of two marks were joined there is no room between them."""
    existing = called("Impact", "Timeline", "Messaging").replace("</p>\n<p><ac:", "<ac:")
    merged = confluence.merged(existing, called("Impact", "Messages", "Timeline"))
    assert merged.count("<h2>Messages</h2>") == 1
    later = confluence.merged(merged, called("Impact", "Messages", "Timeline", words="new"))
    assert (later.count("<h2>Messages</h2>"), KEPT in later) == (1, False)
    parsed(later)


def test_words_in_the_line_of_a_mark_stay() -> None:
    existing = body("a", "b", "c").replace("<p><ac:", "<p>before <ac:").replace("macro></p>", "macro> after</p>")
    merged = confluence.merged(existing, body("x", "y", "z"))
    assert merged.count("<p>before <ac:") == merged.count("macro> after</p>") == 8
    assert "<p>a</p>" not in merged


@pytest.mark.parametrize(
    "existing",
    ["<p>", "</page><page>", "a & b", "<p>&nosuch;</p>", "\x00", "\ud83d", "<!DOCTYPE x><p/>", "</page><!-- "],
)
def test_a_page_that_is_no_storage_format_is_refused_in_a_sentence(existing: str) -> None:
    with pytest.raises(confluence.Unreadable, match="so nothing in it was replaced"):
        confluence.merged(existing, body("a", "b", "c"))


@pytest.mark.parametrize("after", ["", "\n", "<!-- c -->"])
def test_a_page_that_ends_with_a_layout_gets_ours_within_it(after: str) -> None:
    merged = confluence.merged(LAYOUT.format("<p>x</p>") + after, body("a", "b", "c"))
    assert merged.startswith(LAYOUT.format("<p>x</p>").removesuffix("</ac:layout>"))
    assert merged.endswith(f"</ac:layout-cell></ac:layout-section></ac:layout>{after}")


@pytest.mark.parametrize("after", ["<p>y</p>", "words", "<hr/>"])
def test_a_layout_with_something_behind_it_is_not_entered(after: str) -> None:
    existing = LAYOUT.format("<p>x</p>") + after
    assert confluence.merged(existing, body("a", "b", "c")) == existing + body("a", "b", "c")


def test_marks_that_were_torn_into_two_cells_count_as_gone() -> None:
    impact = parts(body("a", "b", "c"))[1]
    table = f"<table><tbody><tr><td>{impact.replace('<p>a</p>', '</td><td>')}</td></tr></tbody></table>"
    ours = body("x", "b", "c")
    merged = confluence.merged(table, ours)
    assert merged == table + ours
    parsed(merged)


def test_marks_that_were_joined_in_one_line_count_as_gone() -> None:
    begin, _, rest = parts(body("a", "b", "c"))[1].partition("</p>\n")
    end = rest[rest.rindex("<p>") :]
    existing = f"{begin}Ana's words{end.removeprefix('<p>')}"
    ours = body("x", "b", "c")
    merged = confluence.merged(existing, ours)
    assert merged == existing + ours
    assert confluence.merged(merged, body("y", "b", "c")) == existing + body("y", "b", "c")


def test_two_parts_whose_marks_share_their_lines_both_arrive() -> None:
    def twice(*blocks: Paragraph) -> str:
        return confluence.render(Document("PM-7", (), (Section("A", blocks), Section("A", blocks))))

    marks = re.findall(r'<ac:structured-macro ac:name="anchor">.*?</ac:structured-macro>', twice())
    existing = f"<p>{marks[2]}{marks[4]}</p><h2>A</h2><p>{marks[3]}{marks[5]}</p>"
    ours = twice(Paragraph((Text("new"),)))
    merged = confluence.merged(existing, ours)
    parsed(merged)
    assert merged.count("<p>new</p>") == 2
    assert confluence.merged(merged, ours) == merged


@pytest.mark.parametrize("inside", ["<br/>", "/>", "<br />", "<br></br>", "<span/>"])
def test_what_an_editor_leaves_in_the_line_of_a_mark_stays(inside: str) -> None:
    existing = body("a", "b", "c").replace("macro></p>", f"macro>{inside}</p>")
    merged = confluence.merged(existing, body("x", "y", "z"))
    parsed(merged)
    assert merged == body("x", "y", "z").replace("macro></p>", f"macro>{inside}</p>")
