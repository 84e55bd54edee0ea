"""The whole main job with the real bot, by clicks and keys alone: from the command to the document."""

from __future__ import annotations

import urllib.request
from zoneinfo import ZoneInfo


def fill_form(page, story, who):
    modal = story.command.modal
    page.set("Title", modal.title)
    page.choose("Severity", f"SEV-{modal.severity}")
    for label, at in (("Started", modal.started), ("Noticed", modal.detected), ("Resolved", modal.resolved)):
        page.set(label, at.astimezone(ZoneInfo(who.tz)).strftime("%Y-%m-%dT%H:%M"))
    page.choose("Scribe", story.user(modal.scribe).display_name)
    page.set("Services", ", ".join(modal.services))
    page.set("Call recording", modal.recording)
    page.click(".modal .primary")
    page.gone(".modal[open]")


def document(page, slack):
    """The newest text of the document, as the page's own link opens it; empty while it is being replaced."""
    href = page.run("[...document.querySelectorAll('.side a.file')].at(-1)?.href || ''")
    return page.run(f"fetch({href!r}).then((got) => got.text())") if href else ""


def test_from_the_command_to_the_document_by_clicks(scene, tabs):
    story, slack = scene
    who, owner = story.user(story.command.who), story.user(story.command.owner)
    page = tabs(1440, 900)
    page.open(f"{slack.url}/#u={who.id}&c={story.channel.id}")

    page.write(".composer-field", "/postm", enter=False)
    page.see(".popup .option.lit", "/postmortem")
    page.press("Enter")
    page.type(f"assign @{owner.name[:4]}")
    page.see(".popup .option.lit", owner.display_name)
    page.press("Enter")
    page.press("Enter")

    page.see(".modal h2")
    fill_form(page, story, who)
    page.see(".message .block-header", story.command.modal.title)
    page.see(".message .field", f"SEV-{story.command.modal.severity}")

    page.click(".switcher")
    page.type(owner.name)
    page.press("Enter")
    page.see(".switcher", owner.display_name)
    page.click(".room", "Post-mortem")
    page.click(".button.primary", "Accept")
    page.see(".message", "You accepted")

    page.click(".room", story.channel.name)
    page.see(".message .block-header", story.command.modal.title)
    page.click(".message:has(.block-header) .replies")
    page.see(".side a.file")
    text = page.wait_for(lambda: (found := document(page, slack)) and story.command.modal.title in found and found)
    assert owner.real_name in text or owner.display_name in text
    assert page.texts(".unknown") == []
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
        f"{slack.control_url}see/files", timeout=10
    ) as files:
        assert b".md" in files.read()
