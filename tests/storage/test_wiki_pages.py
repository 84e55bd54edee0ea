"""What is kept of pages, on both databases."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.domain.wiki import KeptPage, PageState
from storage.store import SqlStore
from tests import factories
from tests.fakes.bot import PATIENCE

KEPT = KeptPage("record-7", "7", "https://x/7", "digest", ("sev1", "web"), True, True, PageState.TRASHED, ("3",))


def test_a_page_is_kept_replaced_and_goes_with_its_record(engine: Engine) -> None:
    store = SqlStore(engine)
    record = factories.postmortem()
    with store.transaction(PATIENCE) as unit:
        unit.records.add(record)
        kept = KeptPage(record.id)
        unit.wiki_pages.put(kept)
        assert unit.wiki_pages.get(record.id, lock=True) == kept
        full = KeptPage(record.id, *(getattr(KEPT, name) for name in KeptPage.__slots__[1:]))
        unit.wiki_pages.put(full)
        assert unit.wiki_pages.get(record.id) == full
    with store.transaction(PATIENCE) as unit:
        unit.erasure.record(record.id)
        assert unit.wiki_pages.get(record.id) is None
