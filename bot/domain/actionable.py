"""Whether an action item says what is done, where, and how one sees that it is finished (X-2): verbs that leave this open,
each with a question. Hints: nobody is held up by them."""

from __future__ import annotations

import re

_VAGUE: tuple[tuple[str, str], ...] = (
    (r"improve|enhance|optimi[sz]e|strengthen", "say from which value to which"),
    (r"make (?:\w+ ){0,4}(?:better|more robust|safer|nicer)", "say what will be different, and how one sees it"),
    (r"investigate|look (?:into|at)|dig into|explore|research|check out", "say which question is to be answered, and where"),
    (r"consider|think (?:about|of)|discuss|evaluate", "decide it in the meeting, and write down what is done"),
    (r"be more careful|pay (?:more )?attention|remember to|double[- ]check", "say what makes the right way the easy one"),
    (r"train|educate|remind (?:people|everybody|everyone|the team)", "say what changes in the tool or the runbook"),
    (r"better (?:monitoring|alerting|alerts|tests?|testing|documentation|docs)", "name the alert, the test or the page"),
    (r"clean ?up|refactor|revisit|fix up", "say where it begins and where it ends"),
)  # fmt: skip
_RULES = tuple(
    (re.compile(rf"\b(?:{words})\b".replace(" ", r"\s+"), re.IGNORECASE), question) for words, question in _VAGUE
)
_MOST = 2


def hints(words: str) -> tuple[str, ...]:
    """At most two hints on the wording, `“improve”: say from which value to which`; none for words that are clear enough."""
    found = []
    for rule, question in _RULES:
        hit = rule.search(words)
        if hit:
            found.append((hit.start(), f"“{' '.join(hit[0].split()).lower()}”: {question}"))
    return tuple(hint for _, hint in sorted(found)[:_MOST])
