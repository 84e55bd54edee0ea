"""`app.py document`: the document and its picture as files, out of the database, with Slack not asked."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from PIL import Image

from bot.domain.harvest.finding import TimelineKind
from bot.domain.postmortem import DocumentFile, FileState, Postmortem
from bot.domain.timeline import Item
from storage.store import SqlStore
from tests.cli.machine import Machine

AT = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
LINK = "https://acme.slack.com/files/U1/F1/pm-7.md"


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    """PM-7 with a line in its timeline, and PM-8 without one."""
    with store.transaction(timedelta(seconds=5)) as unit:
        unit.records.add(Postmortem("pm-7", "T1", "C1", 7, AT, "U1", title="Checkout <slow>"))
        unit.records.add(Postmortem("pm-8", "T1", "C2", 8, AT, "U1"))
        unit.items.put_item(Item("i1", "pm-7", AT, "Rolled back", TimelineKind.mitigation, "U1", AT, ts="1.000001"))
        unit.posts.put_file(DocumentFile("pm-7", "F1", "d", FileState.SHARED, LINK, AT))
    return store


@pytest.fixture
def offline(machine: Machine, migrated_url: str) -> Machine:
    """The machine on this database, with a Slack that nobody answers for."""
    machine.settings |= {"DATABASE_URL": migrated_url, "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    return machine


def test_it_writes_the_html_file(offline: Machine, filled: SqlStore) -> None:
    said = offline.type("document", "PM-7", "-o", "pm-7.html")
    assert (said.code, said.err) == (0, "")
    written = (offline.folder / "pm-7.html").read_text(encoding="utf-8")
    assert said.out == f"pm-7.html: {len(written.encode()):,} bytes.\n"
    html5lib.HTMLParser(strict=True).parse(written)
    assert "PM-7: Checkout &lt;slow&gt;" in written
    assert 'href="https://acme.slack.com/archives/C1/p1000001"' in written
    assert "<svg" in written


def test_it_needs_no_token_of_slack(offline: Machine, filled: SqlStore) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        offline.settings.pop(name, None)
    assert offline.type("document", "PM-7", "-o", "pm-7.html").code == 0
    assert "SLACK_BOT_TOKEN is missing" in offline.type("doctor").err


def test_it_writes_markdown_to_standard_output(offline: Machine, filled: SqlStore) -> None:
    said = offline.type("document", "7", "--format", "markdown")
    assert said.code == 0
    assert said.out.startswith("# PM-7: Checkout &lt;slow&gt;\n")


def test_it_writes_the_picture(offline: Machine, filled: SqlStore) -> None:
    assert offline.type("document", "pm-7", "--format", "svg", "-o", "t.svg").code == 0
    assert offline.type("document", "pm-7", "--format", "png", "-o", "t.png").code == 0
    ElementTree.parse(offline.folder / "t.svg")
    with Image.open(io.BytesIO((offline.folder / "t.png").read_bytes())) as image:
        assert (image.format, image.width) == ("PNG", 1920)


def test_it_writes_the_storage_format_and_says_the_title(offline: Machine, filled: SqlStore) -> None:
    said = offline.type("document", "7", "--format", "confluence", "-o", "pm-7.xml")
    assert (said.code, said.err) == (0, "")
    written = (offline.folder / "pm-7.xml").read_text(encoding="utf-8")
    assert said.out == f"pm-7.xml: {len(written.encode()):,} bytes.\nThe page's title: PM-7: Checkout <slow>\n"
    tree = ElementTree.fromstring(f'<page xmlns:ac="urn:ac" xmlns:ri="urn:ri">{written}</page>')
    assert "Rolled back" in "".join(tree.itertext())
    assert offline.type("document", "7", "--format", "confluence").out == written


def test_the_settings_order_the_sections(offline: Machine, filled: SqlStore) -> None:
    offline.settings["DOCUMENT_SECTIONS"] = "timeline=Course of Events,impact"
    said = offline.type("document", "7", "--format", "markdown").out
    assert said.index("## Course of Events") < said.index("## Impact") < said.index("## Overview")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["PM-9"], "There is no PM-9 in this database.\n"),
        (["seven"], "A post-mortem is named like PM-7, not 'seven'.\n"),
        (["PM-7", "--format", "png"], "A png is no text: say where it goes with -o FILE.\n"),
        (["PM-8", "--format", "svg"], "The timeline of PM-8 is empty: there is nothing to draw yet.\n"),
        (["PM-7", "-o", "nowhere/x.html"], "nowhere/x.html cannot be written: No such file or directory.\n"),
        (["PM-7", "--format", "docx"], "Argument --format: invalid choice: 'docx'"),
        (["--all"], "--all goes with --format markdown and -o FOLDER.\n"),
        (["--all", "--format", "markdown"], "--all goes with --format markdown and -o FOLDER.\n"),
        (["--all", "PM-7"], "--all is every post-mortem, 'PM-7' is one: leave one of the two out.\n"),
        (
            ["PM-7", "--restricted"],
            "--restricted goes with --all: one that is asked for by its number is written anyway.\n",
        ),
        ([], "The following arguments are required: PM-N. Try: document PM-7 "),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(
    offline: Machine, filled: SqlStore, words: list[str], sentence: str
) -> None:
    said = offline.type("document", *words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(sentence)


def test_a_number_that_two_workspaces_have_is_refused(offline: Machine, filled: SqlStore) -> None:
    with filled.transaction(timedelta(seconds=5)) as unit:
        unit.records.add(Postmortem("other-7", "T2", "C9", 7, AT, "U1"))
    said = offline.type("document", "7")
    assert (said.code, said.err) == (2, "Several workspaces in this database have a PM-7: nothing was written.\n")


def test_without_a_database_nothing_is_made(machine: Machine, tmp_path: Path) -> None:
    said = machine.type("document", "7", DATABASE_URL=f"sqlite:///{tmp_path}/none.db")
    assert said.code == 2
    assert "`python app.py serve` makes it" in said.err
    assert not (tmp_path / "none.db").exists()


def test_a_bad_setting_is_named(offline: Machine, filled: SqlStore) -> None:
    said = offline.type("document", "7", DOCUMENT_SECTIONS="summary")
    assert said.code == 2
    assert said.err.startswith("DOCUMENT_SECTIONS cannot be used: There is no section 'summary' in the document")


def test_help_says_what_there_is(offline: Machine) -> None:
    said = offline.type("document", "--help")
    assert said.code == 0
    assert "svg or png: the picture alone" in " ".join(said.out.split())
