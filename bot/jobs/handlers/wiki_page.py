"""The document as a page in the wiki (R-29): one page for a record, whatever fails on the way, and written only when its content changed.
Of a restricted one, and of one of a private channel, nothing stands where others can read it (R-63)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.documents import confluence
from bot.domain import document, wiki
from bot.domain.harvest_state import Phase
from bot.domain.outgoing import Row
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.wiki import SHUT, KeptPage, PageDraft, PageState, WikiRules
from bot.jobs.handlers.channel import GONE
from bot.jobs.outcome import Done, GoOn, Handler, NotYet, Obsolete, Outcome
from bot.jobs.scene import Scene
from bot.jobs.worker import PATIENCE
from bot.ports.errors import IntegrationError
from bot.ports.publisher import Merging, PageAway, Publisher
from bot.ports.store import Unit
from bot.usecases import keep_page, rows

NONE = Obsolete("no wiki is set up")
# In doubt nothing leaves the channel.
NOT_READ = NotYet(timedelta(minutes=2), "It is not known yet who may read the channel.")
UNREADABLE = (
    "What stands on the page in Confluence cannot be read: {} Restore an earlier version of it there, then try again."
)


@dataclass(frozen=True, slots=True)
class AlsoPage:
    """The document is to be written, which is what the page says as well: it follows by a row of its own, whatever becomes of the file."""

    scene: Scene
    handler: Handler

    def __call__(self, row: Row) -> Outcome:
        if self.scene.policy.wiki is not None:
            with self.scene.store.transaction(PATIENCE) as unit:
                record = unit.records.get(row.postmortem_id or "")
                if record is not None:
                    unit.outbox.put(rows.wiki_page(record, self.scene.clock.now()))
        return self.handler(row)


@dataclass(frozen=True, slots=True)
class KeepWikiPage:
    """Bring the page to what the document says."""

    scene: Scene
    publisher: Publisher

    def __call__(self, row: Row) -> Outcome:
        rules, overview = self.scene.policy.wiki, self.scene.overview(row)
        if rules is None or not self.publisher.configured:
            return NONE
        if overview is None:
            return GONE
        if overview.channel is None:
            return NOT_READ
        built = document.build(overview)
        body = confluence.render(built)
        draft = wiki.draft(overview.postmortem, overview.channel, confluence.title(built), body, rules)
        with self.scene.store.reading() as unit:
            kept = unit.wiki_pages.get(overview.postmortem.id) or KeptPage(overview.postmortem.id)
        if draft.closed and not rules.restrict_to:
            return self._shut(overview, kept, draft)
        return self._written(overview, kept, draft, rules)

    def _written(self, overview: Overview, kept: KeptPage, draft: PageDraft, rules: WikiRules) -> Outcome:
        digest = draft.digest(rules)
        if kept.page_id and kept.digest == digest and not kept.state.lost:
            return Done({"page": kept.page_id})
        if not kept.page_id:
            if _is_being_read(overview):
                return Done({"waits for": "the first harvest"})
            kept = self._placed(kept, draft)
        # Until the answer comes nobody knows what stands there.
        kept = self._put(replace(kept, digest="", closed=kept.closed or draft.closed))
        self._act(kept, lambda: self.publisher.write(kept.page_id, draft, kept, _merging(draft.body)))
        if kept.closed and not draft.closed:
            with self.scene.store.reading() as unit:
                still = self._holds(unit, unit.records.get(kept.postmortem_id), draft, rules)
            if not still:
                return GoOn()
            self.publisher.open(kept.page_id)
        done = replace(kept, digest=digest, labels=draft.labels, state=PageState.STANDS, closed=draft.closed)
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(kept.postmortem_id, lock=True)
            if record is None or not self._holds(unit, record, draft, rules):
                return GoOn()
            keep_page.written(unit, record, done, self.scene.policy, self.scene.clock.now())
        return Done({"page": kept.page_id})

    @staticmethod
    def _holds(unit: Unit, record: Postmortem | None, draft: PageDraft, rules: WikiRules) -> bool:
        """Whether it is still decided so who may read it: a wiki may have taken its time, and nothing is opened on what was read before."""
        channel = unit.channels.get(record.team_id, record.channel_id) if record else None
        return record is not None and channel is not None and rules.closes(record, channel) is draft.closed

    def _placed(self, kept: KeptPage, draft: PageDraft) -> KeptPage:
        """The page that stands already, also where the memory is older than it; else a new one."""
        page_id = self.publisher.find(draft, kept.left) or self.publisher.create(draft, kept.left)
        return self._put(replace(kept.found(page_id, self.publisher.address(page_id)), closed=True))

    def _shut(self, overview: Overview, kept: KeptPage, draft: PageDraft) -> Outcome:
        """Nobody was named who may read it: nothing is published, and what stands from before is closed and emptied."""
        if kept.digest == SHUT:
            return Done({"nothing": "closed"})
        page_id = kept.page_id or self.publisher.find(draft, kept.left)
        if page_id:
            kept = kept.found(page_id, self.publisher.address(page_id))
            kept = self._put(replace(kept, digest="", closed=True))
            self._act(kept, lambda: self.publisher.shut(kept.page_id, draft, kept, _merging("")))
        with self.scene.store.transaction(PATIENCE) as unit:
            record = unit.records.get(kept.postmortem_id, lock=True)
            if record is None:
                return GONE
            keep_page.shut(unit, record, kept, self.scene.clock.now())
        return Done({"off" if page_id else "nothing": "closed"})

    def _act(self, kept: KeptPage, act: Callable[[], None]) -> None:
        """One that people put away is remembered as such: whoever leads may have a new one made."""
        try:
            act()
        except PageAway as away:
            self._put(replace(kept, state=away.state))
            raise

    def _put(self, kept: KeptPage) -> KeptPage:
        with self.scene.store.transaction(PATIENCE) as unit:
            unit.wiki_pages.put(kept)
        return kept


def _is_being_read(overview: Overview) -> bool:
    """Whether the first harvest still fills the document."""
    done = (Phase.DONE, Phase.STOPPED)
    return overview.findings is None and overview.harvest is not None and overview.harvest.phase not in done


def _merging(body: str) -> Merging:
    return Merging(lambda existing: _merged(existing, body), _emptied)


def _merged(existing: str, body: str) -> str:
    if not existing:
        return body
    try:
        return confluence.merged(existing, body)
    except confluence.Unreadable as error:
        raise IntegrationError(UNREADABLE.format(error), name="unreadable_page", retryable=False) from None


def _emptied(existing: str) -> str:
    """Where our parts cannot be told from others, nothing stays."""
    try:
        return confluence.merged(existing, "")
    except confluence.Unreadable:
        return ""
