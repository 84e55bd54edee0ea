"""Each group of rules: what it marks, where it is silent, what it offers."""

from __future__ import annotations

import pytest

from bot.domain.wording import checks, policy
from bot.domain.wording.finding import Finding, Level, Rule
from bot.domain.wording.sections import Section


def of(rule: Rule, text: str, section: Section = Section.WHAT_HAPPENED, *, quoted: bool = False) -> list[Finding]:
    return [each for each in checks.check(text, section, quoted=quoted) if each.rule is rule]


def first(rule: Rule, text: str, section: Section = Section.WHAT_HAPPENED) -> str:
    """The text after the first click."""
    found = of(rule, text, section)[0]
    return checks.apply(text, found, found.replacements[0])


MARKED = [
    (Rule.HUMAN_ERROR, "Human error was named.", "Human error"),
    (Rule.HUMAN_ERROR, "It was due to user errors.", "user errors"),
    (Rule.HUMAN_ERROR, "The engineer made two mistakes.", "made two mistakes"),
    (Rule.COUNTERFACTUAL, "It should of been seen.", "should of been"),
    (Rule.COUNTERFACTUAL, "They could’ve asked.", "could’ve asked"),
    (Rule.COUNTERFACTUAL, "It wouldn't have failed.", "wouldn't have failed"),
    (Rule.COUNTERFACTUAL, "If the queue had drained, it would work.", "If the queue had"),
    (Rule.COUNTERFACTUAL, "Had we known, we would wait.", "Had we"),
    (Rule.NORMATIVE, "The engineer, who was new, failed to check it.", "failed to check"),
    (Rule.NORMATIVE, "He never checked it.", "never checked"),
    (Rule.NORMATIVE, "<@U123> violated the policy.", "violated"),
    (Rule.NORMATIVE, "The alert was ignored by the database team.", "ignored by"),
    (Rule.NORMATIVE, "The engineer restarted it and ignored the alarm.", "ignored"),
    (Rule.ADJECTIVE, "A lapse in judgment.", "lapse in judgment"),
    (Rule.ADJECTIVE, "The team was lazy.", "was lazy"),
    (Rule.PERSON_AS_CAUSE, "It was caused by <@U123>.", "was caused by <@U123>"),
    (Rule.PERSON_AS_CAUSE, "The engineer's fault.", "fault"),
    (Rule.PERSON_AS_CAUSE, "Nobody knows who is to blame.", "who is to blame"),
    (Rule.WHO_WHY, "Who broke this?", "Who broke"),
    (Rule.WHO_WHY, "Why did the team not ask?", "Why did the team not"),
    (Rule.SINGLE_CAUSE, "The root-cause was the disk.", "The root-cause"),
    (Rule.SINGLE_CAUSE, "The sole cause was the disk.", "The sole cause"),
    (Rule.WEAK_NORM, "There was inadequate monitoring.", "inadequate"),
    (Rule.HINDSIGHT, "It was clearly too small.", "clearly "),
    (Rule.ANIMATED, "It was down again!!", "!!"),
    (Rule.ANIMATED, "A ridiculous delay.", "ridiculous"),
]


@pytest.mark.parametrize(("rule", "text", "words"), MARKED, ids=[text for _, text, _ in MARKED])
def test_these_words_are_marked(rule: Rule, text: str, words: str) -> None:
    assert [each.words for each in of(rule, text)] == [words]


SILENT = [
    (Rule.HUMAN_ERROR, "The user error rate rose, as did the number of operator error messages."),
    (Rule.COUNTERFACTUAL, "Customers could have seen this. Of course we should of course look."),
    (Rule.COUNTERFACTUAL, "We should have a runbook, and we checked if it had one."),
    (Rule.COUNTERFACTUAL, "It matters if only a part was down."),
    (Rule.NORMATIVE, "The health check failed to connect. The theory failed to explain it."),
    (Rule.NORMATIVE, "The retry was ignored by the load balancer."),
    (Rule.NORMATIVE, "The Postgres operator failed to reconcile, and they failed to start."),
    (Rule.NORMATIVE, "Microsoft Teams failed to notify anybody."),
    (Rule.NORMATIVE, "We failed over, and failed to reproduce it later."),
    (Rule.ADJECTIVE, "Images are loaded lazily; lazy loading is on; the cache is lazy."),
    (Rule.PERSON_AS_CAUSE, "An alert fired, and the webhook was fired twice."),
    (Rule.PERSON_AS_CAUSE, "It was caused by the developer portal, in one fault domain."),
    (Rule.WHO_WHY, "The engineer who deployed it knows why the queue did not drain."),
    (Rule.SINGLE_CAUSE, "There is no single root cause; see the root cause analysis and the root causes."),
    (Rule.WEAK_NORM, "The API answered: insufficient permissions."),
    (Rule.HINDSIGHT, "The button is clearly labelled."),
    (Rule.ANIMATED, "The disaster recovery site took over!"),
]


@pytest.mark.parametrize(("rule", "text"), SILENT, ids=[text for _, text in SILENT])
def test_these_words_are_left_alone(rule: Rule, text: str) -> None:
    assert of(rule, text) == []


OFFERED = [
    (Rule.HUMAN_ERROR, "Due to human error.", "Due to a step that was easy to get wrong."),
    (Rule.COUNTERFACTUAL, "The alert should have been tested.", "The alert was not tested."),
    (Rule.COUNTERFACTUAL, "The alerts should have been tested.", "The alerts were not tested."),
    (Rule.COUNTERFACTUAL, "The status should not have been changed.", "The status was changed."),
    (Rule.NORMATIVE, "We forgot to renew it.", "We were not prompted to renew it."),
    (Rule.NORMATIVE, "The engineers ignored the alarm.", "The engineers did not act on the alarm."),
    (Rule.NORMATIVE, "The engineer skipped the review.", "The engineer was able to skip the review."),
    (Rule.ADJECTIVE, "He carelessly restarted it.", "He restarted it."),
    (Rule.PERSON_AS_CAUSE, "A bug caused by an engineer.", "A bug that came after an action by an engineer."),
    (Rule.WHO_WHY, "Who broke it?", "What broke it?"),
    (Rule.WHO_WHY, "Why did we deploy?", "How did we come to deploy?"),
    (Rule.WHO_WHY, "why didn't they ask?", "what made it hard for them to ask?"),
    (Rule.SINGLE_CAUSE, "The root cause was a disk.", "A contributing factor was a disk."),
    (Rule.HINDSIGHT, "Obviously, the disk was full.", "The disk was full."),
    (Rule.HINDSIGHT, "The disk was obviously full.", "The disk was full."),
    (Rule.ANIMATED, "Down again!!", "Down again."),
]


@pytest.mark.parametrize(("rule", "text", "wanted"), OFFERED, ids=[text for _, text, _ in OFFERED])
def test_one_click_gives(rule: Rule, text: str, wanted: str) -> None:
    assert first(rule, text) == wanted


def test_a_person_to_be_taught_becomes_a_change_of_the_system() -> None:
    text = "Remind all engineers to run the linter."
    assert first(Rule.PEOPLE_FIX, text, Section.ACTION_ITEM) == (
        "Change the system so that it is hard not to run the linter."
    )


def test_a_wish_is_at_home_among_action_items_and_what_could_have_been_caught() -> None:
    text = "A canary would have shown it."
    assert of(Rule.COUNTERFACTUAL, text)[0].level is Level.WARN
    for section in (Section.ACTION_ITEM, Section.COULD_HAVE_BEEN_CAUGHT, Section.LUCKY):
        assert checks.check(text, section) == ()


def test_a_question_quoted_from_the_chat_stays_a_question() -> None:
    text = "TODO: why did we not get paged?"
    assert [each.level for each in of(Rule.WHO_WHY, text, Section.TIMELINE)] == [Level.SUGGEST]
    assert checks.check(text, Section.TIMELINE, quoted=True) == ()


@pytest.mark.parametrize("rule", [Rule.SINGLE_CAUSE, Rule.WEAK_NORM, Rule.HINDSIGHT, Rule.ANIMATED, Rule.WHO_WHY])
def test_what_everybody_writes_is_a_suggestion_at_most(rule: Rule) -> None:
    assert {policy.level(rule, section) for section in Section} == {Level.SUGGEST}


def test_a_culprit_is_a_warning_only_when_it_is_a_person() -> None:
    assert of(Rule.PERSON_AS_CAUSE, "The culprit was an engineer.")[0].level is Level.WARN
    assert [each.level for each in of(Rule.PERSON_AS_CAUSE, "The culprit was a full disk.")] == [Level.SUGGEST]


def test_words_inside_code_and_quotations_are_nobodys_fault() -> None:
    text = 'The page said "human error!!", `why did you` and\n> we should have known\nno more.'
    assert checks.check(text, Section.WHAT_HAPPENED) == ()
