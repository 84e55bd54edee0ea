"""Tickets in Jira: what the bot means in Jira's fields, and Jira's answers in ours."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain import phrases, ticket_fields, tickets
from bot.domain.ticket_labels import Change
from bot.domain.tickets import FieldKind, FieldNeed, Ticket, TicketDraft, TicketForm, Value
from bot.integrations.jira_client import JiraClient, is_key
from bot.integrations.jira_errors import Rejected
from bot.ports.errors import IntegrationError
from bot.ports.tracker import FieldsNeeded

# For how long a form is taken to be as it was, in seconds.
FORM_KEPT = 300.0
READ = ["status", "labels"]
NO_PROJECT = (
    "Jira knows no project {0}, or the bot's account may not see it. Where a service names {0}, correct it with `/postmortem service`; "
    "else an administrator corrects JIRA_PROJECT, or adds the account to the project."
)
# Filled in by us or by Jira, whatever the form says of them.
OURS = ("project", "issuetype", "summary", "description", "labels")
BY_JIRA = ("reporter",)
# Filled in where the form has them and we know what.
WISHED = ("priority", "duedate", "assignee")
CHOSEN = {"option", "priority", "component", "version", "resolution", "securitylevel"}
# Of the fields that every Jira has, those that take several lines.
LONG = {"environment", "description"}
PLAIN = {"string": FieldKind.TEXT, "number": FieldKind.NUMBER, "date": FieldKind.DATE}


@dataclass(frozen=True, slots=True)
class JiraTracker:
    """bot.ports.tracker.Tracker by Jira Cloud or Data Center."""

    client: JiraClient
    now: Callable[[], float] = time.monotonic
    kept: dict[tuple[str, str], tuple[float, str, TicketForm]] = field(default_factory=dict)
    # What Jira calls each field, also one that is no more on the form.
    names: dict[str, str] = field(default_factory=dict)

    @property
    def configured(self) -> bool:
        """There is one."""
        return True

    def create(self, draft: TicketDraft) -> Ticket:
        """One POST at most; whatever is looked up is looked up before it."""
        type_id, form = self._form(draft.project, draft.issue_type)
        fields, left_out = self._fields(draft, type_id, form)
        try:
            made = self.client.create(fields)
        except Rejected as error:
            # The form may have changed since it was read.
            self._forget(draft.project, draft.issue_type)
            needs = self._wanted_after_all(draft, error)
            raise _needed(draft, needs) if needs else error from None
        key = str(made["key"])
        return Ticket(key, self._address(key), labels=draft.labels, left_out=tuple(left_out))

    def find(self, label: str) -> Sequence[Ticket]:
        """By the index, which is some time behind."""
        safe = label.replace("\\", "").replace('"', "")
        return [self._ticket(each) for each in self.client.search(f'labels = "{safe}" ORDER BY created ASC', READ)]

    def read(self, key: str) -> Ticket | None:
        """From the issue itself, which is never behind; one that was moved answers by its new key."""
        try:
            return self._ticket(self.client.issue(key, READ))
        except IntegrationError as error:
            if error.name == "http_404":
                return None
            raise

    def standing(self, keys: Sequence[str]) -> Mapping[str, Ticket]:
        """Jira refuses the whole search where one of the keys is missing, and names it: then it is asked for the others."""
        asked = [key for key in keys if is_key(key)]
        try:
            return self._standing(asked)
        except IntegrationError as error:
            if error.name != "http_400":
                raise
            others = [key for key in asked if not re.search(rf"(?<![\w-]){key}(?!\w)", str(error))]
        try:
            return self._standing(others) if len(others) < len(asked) else {}
        except IntegrationError as error:
            if error.name != "http_400":
                raise
            return {}

    def _standing(self, keys: Sequence[str]) -> Mapping[str, Ticket]:
        if not keys:
            return {}
        quoted = ", ".join(f'"{key}"' for key in keys)
        found = [self._ticket(each) for each in self.client.search(f"key in ({quoted})", READ)]
        return {each.key: each for each in found}

    def relabel(self, key: str, change: Change) -> None:
        """By operations, so that what somebody adds at this moment stays."""
        steps = [{"remove": each} for each in change.remove] + [{"add": each} for each in change.add]
        if steps:
            self.client.edit(key, {"labels": steps})

    def link_back(self, key: str, address: str, title: str, identity: str) -> None:
        """A remote link under its identity."""
        self.client.link(key, identity, address, title)

    def unlink(self, key: str, identity: str) -> None:
        """The remote link of this identity goes; where there is none is nothing to do."""
        try:
            self.client.unlink(key, identity)
        except IntegrationError as error:
            if error.name != "http_404":
                raise

    def form(self, project: str, issue_type: str, *, anew: bool = False) -> TicketForm:
        """From create metadata, kept for some minutes."""
        if anew:
            self._forget(project, issue_type)
        return self._form(project, issue_type)[1]

    def needs(self, draft: TicketDraft) -> Sequence[FieldNeed]:
        """By the form, and by who can be found for the assignee."""
        type_id, form = self._form(draft.project, draft.issue_type)
        fields, _ = self._filled(draft, type_id, form)
        return form.missing((*OURS, *fields, *BY_JIRA))

    def _wanted_after_all(self, draft: TicketDraft, error: Rejected) -> tuple[FieldNeed, ...]:
        """The fields that Jira named and that a person fills in: none where it refused what we filled in ourselves."""
        try:
            _, form = self._form(draft.project, draft.issue_type)
        except IntegrationError:
            return ()
        theirs = [name for name in error.fields if name not in (*OURS, *BY_JIRA, *WISHED) or name in draft.extra]
        found = tuple(need for name in theirs if (need := form.field(name)))
        return found if len(found) == len(error.fields) else ()

    def _form(self, project: str, issue_type: str) -> tuple[str, TicketForm]:
        kept = self.kept.get((project, issue_type))
        if kept and self.now() - kept[0] < FORM_KEPT:
            return kept[1], kept[2]
        type_id = self._type_id(project, issue_type)
        fields = tuple(_need(each) for each in self.client.create_fields(project, type_id))
        form = TicketForm(project, issue_type, fields)
        self.names.update({each.id: each.name for each in fields})
        self.kept[project, issue_type] = (self.now(), type_id, form)
        return type_id, form

    def _forget(self, project: str, issue_type: str) -> None:
        self.kept.pop((project, issue_type), None)

    def _type_id(self, project: str, issue_type: str) -> str:
        types = self._types(project)
        names = [str(each.get("name")) for each in types if not each.get("subtask")]
        for each in types:
            if str(each.get("name")).casefold() == issue_type.casefold():
                return str(each.get("id"))
        there = f"there are {phrases.listing(names)}" if names else "nothing can be made there by the bot's account"
        text = f"The project {project} has no issue type {issue_type}: {there}."
        raise IntegrationError(text, name="no_issue_type", retryable=False)

    def _types(self, project: str) -> list[dict[str, Any]]:
        try:
            return list(self.client.issue_types(project))
        except IntegrationError as error:
            if error.name != "http_404":
                raise
            raise IntegrationError(NO_PROJECT.format(project), name="no_project", retryable=False) from None

    def _fields(self, draft: TicketDraft, type_id: str, form: TicketForm) -> tuple[dict[str, Any], list[str]]:
        fields, left_out = self._filled(draft, type_id, form)
        missing = form.missing((*OURS, *fields, *BY_JIRA))
        if missing:
            # Whoever mends it in Jira and tries again is asked by the form as it is then.
            self._forget(draft.project, draft.issue_type)
            raise _needed(draft, missing)
        return fields, left_out

    def _filled(self, draft: TicketDraft, type_id: str, form: TicketForm) -> tuple[dict[str, Any], list[str]]:
        if not form.field("labels"):
            self._forget(draft.project, draft.issue_type)
            text = (
                f"The form for {draft.issue_type} in {draft.project} has no field Labels: a Jira administrator puts it on the "
                "create screen."
            )
            raise IntegrationError(text, name="no_labels", retryable=False)
        fields: dict[str, Any] = {
            "project": {"key": draft.project},
            "issuetype": {"id": type_id},
            "summary": draft.summary,
            "labels": list(draft.labels),
        }
        wanted = self._wanted(draft, form)
        left_out = [name for name, (field_id, value) in wanted.items() if value is None or not form.field(field_id)]
        fields |= {field_id: value for name, (field_id, value) in wanted.items() if name not in left_out}
        fields |= {name: _value(need, value) for name, value in draft.extra.items() if (need := form.field(name))}
        return fields, [*left_out, *(self.names.get(name, name) for name in draft.extra if not form.field(name))]

    def _wanted(self, draft: TicketDraft, form: TicketForm) -> dict[str, tuple[str, Any]]:
        """Name for people, field and value of what a form may have no place for."""
        wanted: dict[str, tuple[str, Any]] = {"description": ("description", draft.description)}
        if draft.priority:
            wanted[tickets.PRIORITY] = ("priority", {"name": form.priority(draft.priority)})
        if draft.due:
            wanted[tickets.DUE] = ("duedate", draft.due.isoformat())
        if draft.assignee:
            wanted["assignee"] = ("assignee", self._person(draft.project, draft.assignee))
        return wanted

    def _person(self, project: str, address: str) -> dict[str, str] | None:
        """Whom an address belongs to; Cloud may hide addresses, and then a single match is the one."""
        found = self.client.assignable(project, address)
        same = [each for each in found if str(each.get("emailAddress", "")).casefold() == address.casefold()]
        hidden = [each for each in found if not each.get("emailAddress")]
        one = same or (hidden if len(found) == 1 else [])
        which = "accountId" if self.client.cloud else "name"
        return {which: str(one[0][which])} if len(one) == 1 and one[0].get(which) else None

    def _ticket(self, issue: dict[str, Any]) -> Ticket:
        fields = issue.get("fields") or {}
        status, key = fields.get("status") or {}, str(issue.get("key"))
        done = (status.get("statusCategory") or {}).get("key") == "done"
        labels = tuple(str(each) for each in fields.get("labels") or ())
        return Ticket(key, self._address(key), str(status.get("name") or ""), done, labels)

    def _address(self, key: str) -> str:
        return f"{self.client.url}/browse/{key}"


def _needed(draft: TicketDraft, needs: Sequence[FieldNeed]) -> FieldsNeeded:
    names = phrases.listing([each.name for each in needs])
    return FieldsNeeded(f"Jira wants {names} for a {draft.issue_type} in {draft.project}.", needs)


def _need(told: dict[str, Any]) -> FieldNeed:
    options = tuple(
        (str(each["id"]), str(each.get("value") or each.get("name") or each["id"])) for each in _options(told)
    )
    required = bool(told.get("required")) and not told.get("hasDefaultValue")
    field_id = str(told.get("fieldId") or told.get("key"))
    return FieldNeed(
        field_id, str(told.get("name") or field_id), _kind(told.get("schema") or {}, options), required, options
    )


def _options(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in told.get("allowedValues") or () if isinstance(each, dict) and "id" in each]


def _kind(schema: dict[str, Any], options: tuple[tuple[str, str], ...]) -> FieldKind:
    if schema.get("type") == "array":
        return FieldKind.CHOICES if options else FieldKind.WORDS if schema.get("items") == "string" else FieldKind.OTHER
    if schema.get("type") in CHOSEN or options:
        return FieldKind.CHOICE
    if str(schema.get("custom", "")).endswith(":textarea") or schema.get("system") in LONG:
        return FieldKind.LONG
    return PLAIN.get(str(schema.get("type")), FieldKind.OTHER)


def _value(need: FieldNeed, value: Value) -> Any:
    """In Jira's form: options by their ids, numbers as numbers."""
    many = (value,) if isinstance(value, str) else value
    if need.kind is FieldKind.CHOICES:
        return [{"id": each} for each in many]
    if need.kind is FieldKind.WORDS:
        return list(many)
    one = many[0] if many else ""
    if need.kind is FieldKind.CHOICE:
        return {"id": one}
    if need.kind is FieldKind.NUMBER:
        number = ticket_fields.number(one)
        if number is None:
            raise FieldsNeeded(f"{need.name} wants a number.", [need])
        return number
    return one
