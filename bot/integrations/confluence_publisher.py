"""The page in Confluence Cloud: found before it is made, closed before anything confidential stands on it, and written only where its
version is the one that was read (docs/adr/0013)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from bot.domain.wiki import KeptPage, PageDraft, PageState, year_title
from bot.integrations.confluence_client import READ, ConfluenceClient, Page, Readers
from bot.integrations.confluence_errors import NONSENSE, Conflict, Rejected
from bot.ports.errors import IntegrationError
from bot.ports.publisher import Merging, PageAway

# Under which name a page keeps whose it is: a copy that people make of it has the words, but another id.
PROPERTY = "postmortem-bot"
# How often a page that others write on is read again at once.
MOST_CONFLICTS = 4
USER = "user:"
YEAR_BODY = (
    '<ac:structured-macro ac:name="children"><ac:parameter ac:name="sort">creation</ac:parameter>'
    '<ac:parameter ac:name="reverse">true</ac:parameter></ac:structured-macro>'
)
NO_SPACE = "Confluence has no space {0}, or the bot's account may not see it: an administrator corrects CONFLUENCE_SPACE, or lets it in."
ARCHIVED = "People archived the page in Confluence: restore it there, then try again, or make a new page."
TRASHED = "People put the page into Confluence's trash: restore it there, then try again, or make a new page."
GONE = "The page is gone in Confluence, or the bot's account may not see it any more: let it see it and try again, or make a new page."
TAKEN = "Another page in Confluence is called “{0}” already: rename that one, then try again."
NOT_CLOSED = "The page could not be closed to others in Confluence, and nothing is written on it: {0}"
EMPTIED = (
    "The page could not be closed to others in Confluence, so it was emptied, but what stood there can be read in its history: delete it "
    "there. {0}"
)
AWAY_OPEN = (
    "The page, which people put away in Confluence, could not be closed to others: delete it there for good. {0}"
)
NOT_KEPT_CLOSED = (
    "Confluence did not keep the page closed to others: an administrator looks whether CONFLUENCE_RESTRICT_TO names groups and "
    "accounts that there are."
)
AWAY = {"archived": (ARCHIVED, PageState.ARCHIVED), "trashed": (TRASHED, PageState.TRASHED)}
BLANK = frozenset({"", "<p />", "<p/>", "<p></p>"})


@dataclass(slots=True)
class ConfluencePublisher:
    """bot.ports.publisher.Publisher by Confluence Cloud. `parent` is a page's id, "" for the space itself; `readers` are those of
    restricted post-mortems."""

    client: ConfluenceClient
    space: str
    parent: str = ""
    readers: tuple[str, ...] = ()
    _known: dict[str, str] = field(default_factory=dict)

    @property
    def configured(self) -> bool:
        """There is one."""
        return True

    def find(self, draft: PageDraft, left: Collection[str] = ()) -> str | None:
        """By both titles, which are never behind, and by the label; the oldest where there are several."""
        found = dict.fromkeys(self._candidates(draft))
        ours = [each for each in found if each not in left and self._is_ours(each, draft)]
        return min(ours, key=lambda each: (len(each), each), default=None)

    def create(self, draft: PageDraft, left: Collection[str] = ()) -> str:
        """One POST for the page. The title of its birth is the only one in the space: where Confluence has it already, that is ours."""
        parent = self._parent(draft)
        try:
            return self.client.create(self._space_id(), parent, draft.birth, "", private=draft.closed)
        except Rejected:
            there = self.find(draft, left)
            if there is None:
                raise
            return there

    def address(self, page_id: str) -> str:
        """By its number alone."""
        return f"{self.client.url}/spaces/{self.space}/pages/{page_id}"

    def write(self, page_id: str, draft: PageDraft, kept: KeptPage, merging: Merging) -> None:
        """Closed first."""
        page = self._read(page_id, draft)
        if draft.closed:
            self._closed_or_emptied(page, draft, kept, merging)
        _check(page)
        self._mark(page, draft)
        self._label(page, draft, kept)
        self._put(page, draft.title, merging.written)

    def shut(self, page_id: str, draft: PageDraft, kept: KeptPage, merging: Merging) -> None:
        """Closed to everybody but us, also where it is put away; what stands there is emptied as well."""
        try:
            page = self._read(page_id, draft)
        except PageAway:
            return
        self._closed_or_emptied(page, draft, kept, merging, alone=True)
        if page.status in AWAY:
            return
        self._label(page, draft, kept)
        self._put(page, draft.title, merging.emptied)

    def _candidates(self, draft: PageDraft) -> Iterator[str]:
        space_id = self._space_id()
        yield from self.client.titled(space_id, draft.birth)
        yield from self.client.titled(space_id, draft.title)
        yield from self.client.labelled(self.space, draft.label)

    def _is_ours(self, page_id: str, draft: PageDraft) -> bool:
        try:
            self._read(page_id, draft)
        except PageAway:
            return False
        return True

    def _read(self, page_id: str, draft: PageDraft) -> Page:
        """The page as it is. Raises `PageAway` where there is none, or none that we may see, or another one: of another Confluence than
        before, say."""
        try:
            page = self.client.page(page_id, PROPERTY)
        except IntegrationError as error:
            if error.name == "http_404":
                raise PageAway(GONE, PageState.GONE) from None
            raise
        ours = page.title == draft.birth if page.mark is None else page.mark == _mark(page_id, draft)
        if not ours:
            raise PageAway(GONE, PageState.GONE)
        return page

    def _mark(self, page: Page, draft: PageDraft) -> None:
        """Before its title says anything, so that it is found by what stays."""
        if page.mark is None:
            self.client.set_property(page.id, PROPERTY, _mark(page.id, draft))
        if draft.label not in page.labels:
            self.client.add_labels(page.id, [draft.label])

    def _label(self, page: Page, draft: PageDraft, kept: KeptPage) -> None:
        """Those of people stay."""
        if missing := [each for each in draft.labels if each not in page.labels]:
            self.client.add_labels(page.id, missing)
        for each in kept.labels:
            if each in page.labels and each not in draft.labels:
                self.client.remove_label(page.id, each)

    def _put(self, page: Page, title: str, merge: Callable[[str], str]) -> None:
        """The next version of what was read, which is read again where somebody was faster. Nothing where nothing is new."""
        for left in reversed(range(MOST_CONFLICTS)):
            body = merge("" if page.body.strip() in BLANK else page.body)
            if (page.title, page.body) == (title, body):
                return
            try:
                self.client.update(page, title, body)
                return
            except Conflict:
                self._not_taken(page, title)
                if not left:
                    raise
            except Rejected:
                self._not_taken(page, title)
                raise
            page = self.client.page(page.id, PROPERTY)
            _check(page)

    def _not_taken(self, page: Page, title: str) -> None:
        """Whether it was the title: Confluence has told that in several ways."""
        others = [
            each for each in self.client.titled(self._space_id(), title, ("current", "archived")) if each != page.id
        ]
        if page.title != title and others:
            raise IntegrationError(TAKEN.format(title), name="title_taken", retryable=False) from None

    def _closed_or_emptied(
        self, page: Page, draft: PageDraft, kept: KeptPage, merging: Merging, *, alone: bool = False
    ) -> None:
        """Nothing that others may not read stands on a page that they can."""
        try:
            self._close(page.id, () if alone else self.readers)
        except IntegrationError as error:
            if error.retryable:
                raise
            said = NOT_CLOSED
            if page.status in AWAY:
                said = AWAY_OPEN
            elif page.version > 1:
                self._label(page, draft, kept)
                self._put(page, draft.title, merging.emptied)
                said = EMPTIED
            raise IntegrationError(said.format(error), name="not_closed", retryable=False) from None

    def _close(self, page_id: str, readers: Collection[str]) -> None:
        """Only these and we may read it; that is read back."""
        users = [self._me(), *(each.removeprefix(USER) for each in readers if each.startswith(USER))]
        groups = [each for each in readers if not each.startswith(USER)]
        if self._holds(page_id, users, groups):
            return
        self.client.restrict(page_id, list(dict.fromkeys(users)), groups)
        if not self._holds(page_id, users, groups):
            raise IntegrationError(NOT_KEPT_CLOSED, name="not_closed", retryable=False)

    def _holds(self, page_id: str, users: Collection[str], groups: Collection[str]) -> bool:
        told = self.client.restrictions(page_id).get(READ, Readers())
        unknown = [pair for pair in told.groups if not set(pair) & set(groups)]
        return told.users == set(users) and not unknown and len(told.groups) == len(set(groups))

    def open(self, page_id: str) -> None:
        """What we closed; who was let in by people as well shows that they keep it closed themselves."""
        users = {self._me(), *(each.removeprefix(USER) for each in self.readers if each.startswith(USER))}
        told = self.client.restrictions(page_id).get(READ, Readers())
        named = {each for each in self.readers if not each.startswith(USER)}
        if (told.users or told.groups) and told.users <= users and all(set(pair) & named for pair in told.groups):
            self.client.open(page_id)

    def _parent(self, draft: PageDraft) -> str:
        """The page of the year, made once: its title is the only one in the space."""
        if draft.year is None:
            return self.parent
        return self._year(year_title(draft.year))

    def _year(self, title: str) -> str:
        space_id = self._space_id()
        found = self.client.titled(space_id, title, ("current",))
        if found:
            return min(found, key=lambda each: (len(each), each))
        try:
            return self.client.create(space_id, self.parent, title, YEAR_BODY)
        except Rejected:
            # Another process was faster, or it was archived, which keeps its title.
            found = self.client.titled(space_id, title, ("current",))
            if not found:
                raise
            return found[0]

    def _space_id(self) -> str:
        if "space" not in self._known:
            found = self.client.space(self.space)
            if found is None or not found.get("id"):
                raise IntegrationError(NO_SPACE.format(self.space), name="no_space", retryable=False)
            self._known["space"] = str(found["id"])
        return self._known["space"]

    def _me(self) -> str:
        if "me" not in self._known:
            told = self.client.myself().get("accountId")
            if not told:
                raise IntegrationError(NONSENSE, name="bad_answer", retryable=True)
            self._known["me"] = str(told)
        return self._known["me"]


def _mark(page_id: str, draft: PageDraft) -> dict[str, str]:
    return {"postmortem": draft.identity, "page": page_id}


def _check(page: Page) -> None:
    """One that was put away is not written, which would bring it back. Raises `PageAway`."""
    if page.status in AWAY:
        raise PageAway(*AWAY[page.status])
