"""What `app.py doctor` asks Jira: whether it knows us, and whether a ticket could be made, labelled and found in the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.config import Settings
from bot.domain import phrases
from bot.domain.tickets import TicketForm, TicketRules
from bot.integrations.jira_client import JiraAccess, JiraClient
from bot.integrations.jira_tracker import BY_JIRA, OURS, JiraTracker
from bot.listeners import http
from bot.ports.errors import IntegrationError
from cli import unanswered
from cli.finding import Finding, fine, wrong

# The names of the services that name each project.
Projects = Callable[[], Mapping[str, Sequence[str]]]
# What each permission is for, in the order in which they are named.
NEEDED = {
    "BROWSE_PROJECTS": ("Browse Projects", "find tickets again"),
    "CREATE_ISSUES": ("Create Issues", "make tickets"),
    "EDIT_ISSUES": ("Edit Issues", "label tickets anew when the severity changes"),
    "LINK_ISSUES": ("Link Issues", "let a ticket lead back to its post-mortem"),
}
ASSIGN = ("ASSIGN_ISSUES", "Assign Issues")
# Named for people when the form lacks them: tickets are made without.
WISHED = {"priority": "Priority", "duedate": "Due date", "assignee": "Assignee", "description": "Description"}


def look(settings: Settings, services: Projects = dict) -> Iterator[Finding]:
    """All that concerns Jira; one line where none is set up. `services` tells which services name which projects."""
    jira, rules = settings.jira, settings.policy.tickets
    if jira is None or rules is None:
        yield fine("jira", "not set up (JIRA_URL): action items stand in the document.")
        return
    client = JiraClient(JiraAccess(jira.url, jira.token, jira.email, jira.cloud))
    try:
        who = client.myself()
    except IntegrationError as error:
        yield wrong("jira", _unreached(error, settings))
        return
    name = who.get("displayName") or who.get("name") or "the account"
    yield fine("jira", f"{jira.url} knows us as {name} ({'Cloud' if jira.cloud else 'Data Center'}).")
    yield from _project(client, rules, "correct JIRA_PROJECT")
    for project, names in services().items():
        if project != rules.project:
            yield from _of_services(client, replace(rules, project=project), phrases.listing(names))
    yield _webhook(settings)


def _of_services(client: JiraClient, rules: TicketRules, names: str) -> Iterator[Finding]:
    """What is wrong with the project of some services, or one line."""
    found = [
        each for each in _project(client, rules, f"correct it for {names} with `/postmortem service`") if not each.well
    ]
    yield from found or [fine("jira project", f"{rules.project} of {names} is there, and tickets can be made in it.")]


def _webhook(settings: Settings) -> Finding:
    assert settings.jira
    assert settings.policy.tickets
    every = phrases.span(settings.policy.tickets.read_every)
    if settings.jira.webhook_port is None:
        return fine("jira status", f"is read every {every}; no webhook is set up (JIRA_WEBHOOK_SECRET).")
    where = f"{http.TRACKER_PATH} on port {settings.jira.webhook_port}"
    return fine("jira status", f"is read every {every}, and when Jira's webhook posts to {where}.")


def _project(client: JiraClient, rules: TicketRules, mend: str) -> Iterator[Finding]:
    """`mend` says where another project is named."""
    try:
        client.project(rules.project)
        granted = client.permissions(rules.project, [*NEEDED, ASSIGN[0]])
    except IntegrationError as error:
        if error.retryable:
            yield wrong("jira project", f"{error} Try again in some minutes.")
            return
        text = f"The project {rules.project} is not shown to the bot's account: {mend}, or add the account there."
        yield wrong("jira project", text)
        return
    yield fine("jira project", f"{rules.project} is there.")
    yield from _permissions({name for name, each in granted.items() if each.get("havePermission")}, rules.project)
    try:
        form = JiraTracker(client).form(rules.project, rules.issue_type)
    except IntegrationError as error:
        yield wrong(
            "jira issue type", f"{error} Correct JIRA_ISSUE_TYPE." if error.name == "no_issue_type" else str(error)
        )
        return
    yield fine("jira issue type", f"{rules.issue_type} can be made in {rules.project}.")
    yield from _form(form, rules)


def _permissions(granted: set[str], project: str) -> Iterator[Finding]:
    lacking = [each for name, each in NEEDED.items() if name not in granted]
    for name, why in lacking:
        text = f"The bot's account lacks {name} in {project}, which it needs to {why}: a Jira administrator grants it."
        yield wrong("jira permissions", text)
    if not lacking:
        less = "" if ASSIGN[0] in granted else f" Without {ASSIGN[1]} tickets that have an owner are refused."
        yield fine("jira permissions", f"all {len(NEEDED)} are granted.{less}")


def _form(form: TicketForm, rules: TicketRules) -> Iterator[Finding]:
    what = f"{rules.issue_type} in {rules.project}"
    if form.field("labels") is None:
        text = f"The form for {what} has no field Labels, so that no ticket can be made: put it on the create screen."
        yield wrong("jira labels", text)
    else:
        yield fine("jira labels", "the form has the field.")
    missing = form.missing((*OURS, *WISHED, *BY_JIRA))
    can = [each.name for each in missing if each.can_be_asked]
    asked = f" {phrases.listing(can)} must be filled in for each." if can else ""
    absent = [name for field_id, name in WISHED.items() if form.field(field_id) is None]
    without = f" It has no {phrases.listing(absent)}: tickets are made without." if absent else ""
    yield fine("jira fields", f"the form for {what} was read.{asked}{without}")
    odd = [each.name for each in missing if not each.can_be_asked]
    if odd:
        text = (
            f"The form for {what} wants {phrases.listing(odd)}, which the bot cannot ask for, so that no ticket can be made: give "
            "it a default value in Jira, or make it optional there."
        )
        yield wrong("jira fields", text)
    unknown = [
        theirs
        for theirs in rules.priorities.values()
        if form.priorities and form.priority(theirs) not in form.priorities
    ]
    if unknown:
        there = phrases.listing(list(form.priorities))
        text = f"Jira has no priority {phrases.listing(unknown)} in {rules.project}: write in JIRA_PRIORITIES some of {there}."
        yield wrong("jira priorities", text)


def _unreached(error: IntegrationError, settings: Settings) -> str:
    assert settings.jira
    if error.name == "http_401":
        pair = "JIRA_EMAIL and JIRA_TOKEN are" if settings.jira.cloud else "JIRA_TOKEN is"
        return f"{pair} refused by Jira: make a new token there, and look whether JIRA_CLOUD fits."
    if error.retryable and error.name != "bad_answer":
        return f"Jira does not answer at {settings.jira.url} ({unanswered.why(error)}): check the network, the proxy and JIRA_URL."
    return str(error)
