"""What stands behind "Action:" and tells what was done, as in a log: "Action: restarted node 3 at 09:30". No follow-up: it is told in the
timeline."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late
from bot.domain.harvest.vocabulary import AT_ONCE, DONE_VERBS, LASTING, STEP_VERBS, either, words

_ALSO_TO_DO = words("cut_over manually reset shut_down throttling")
_MORE = words(
    "asked backfilled brought called checked cleared confirmed declared disconnected dropped informed isolated made notified paged posted "
    "published quarantined reconnected recreated redirected replayed reprocessed requeued rerouted resynced routed sent took turned "
    "verified went"
)
_DID = rf"(?:{either((DONE_VERBS | _MORE) - _ALSO_TO_DO)})\b(?! \w+(?: \w+)? (?:should|must|needs?|has to|have to)\b)"
_AT_IT = r"(?:restarting|rolling back|failing over|rebooting|reverting|draining|redeploying)\b"
_NO_WHO = rf"(?!(?:{either(LASTING | STEP_VERBS | AT_ONCE | words('all an any each every look no our the their try use'))})\b)"
_WHO = rf"(?:{_NO_WHO}(?:[a-z][\w.'-]{{0,30}}|@[\w.'-]{{1,40}}(?: [a-z][\w.'-]{{0,30}})?)(?:'ve| have| has)? )?"
_TELLS = late(
    rf"^\W*{_WHO}(?:(?:just|already|now|also|then|manually) )*(?:{_DID}|{_AT_IT})|"
    r"^(?:\S+ ){1,5}(?:was|were|has been|have been|got) (?:[a-z]+ly )?(?:[a-z]+ed|taken|set|put|reset|cut|sent|rebuilt)\b",
    re.I,
)
_ACTION = late(r"\bactions?\b(?![ -]*(?:items?|points?)\b)", re.I)


def is_told(mark: str, said: str) -> bool:
    """Whether what stands behind a mark such as "Action:" is what was done."""
    return bool(_ACTION.search(mark) and _TELLS.match(said))
