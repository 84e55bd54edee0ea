"""A small post-mortem as Markdown, whole. When the document changes on purpose, read the difference, then copy the text
that the failing test wrote (its path is in the message) over the golden file."""

from __future__ import annotations

from pathlib import Path

from bot.documents import markdown
from bot.domain import document
from bot.domain.postmortem import Roles
from tests import factories

GOLDEN = Path(__file__).with_name("pm-7.md")


def test_a_small_post_mortem_reads_like_the_golden_one(tmp_path: Path) -> None:
    record = factories.postmortem(title="Checkout <slow> | again", roles=Roles(ic="U1"), services=("checkout",))
    overview = factories.overview(record, findings=factories.findings(), harvest=factories.harvest())
    rendered = markdown.render(document.build(overview))
    written = tmp_path / GOLDEN.name
    written.write_text(rendered, encoding="utf-8")
    assert rendered == GOLDEN.read_text(encoding="utf-8"), f"the new text is in {written}"
