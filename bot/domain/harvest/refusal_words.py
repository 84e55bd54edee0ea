"""The words by which people take a proposal back or turn it down."""

from __future__ import annotations

import re

from bot.domain.harvest.late import late

FIRST = (
    r"^(?:(?:oh|ah+|aha|ok(?:ay)?|k|right|good|true|fair(?: (?:enough|point))?|understood|fine|well|"
    r"then|yeah|yes|yep|no|nope|nah|hm+|lol|sorry|"
    r"actually|thanks|and|so|but|eh|meh|agreed|got it|ha|cool|great|please|i think|i'd say|honestly|tbh|imo)[,.!:; –—-]+){0,4}"
)
_THAT = r"(?:that|it|this|mine)(?: one| idea| point| again)?"
_MY = r"(?:mine|my (?:one|idea|point|proposal|suggestion|todo|item|follow-?up))"
END = (
    r"(?=\W*$|[,.;:!–—(]| -| (?:then|because|since|as|for (?:now|us|this)|last|anyway|either|imo|imho|tbh|though|really|"
    r"honestly|at (?:all|this point)|any ?more|right now|i|we|it|there|they|he|she|somebody|someone|(?:\w+ )?years)\b| in \d)"
)
BACK = late(
    rf"{FIRST}(?!(?:then )?i(?:'ll)? drop\b)(?:i(?:'ll| will|'m|'d)? )?(?:then |just |hereby |would )*"
    rf"(?:(?:withdraw(?:n|ing)?|retract(?:ed|ing)?)(?: {_THAT})?|take {_THAT} back|"
    rf"(?:scratch|strike|scrap|drop|dropping|cancel|ignore|forget) {_THAT}|never ?mind(?: {_THAT})?|nvm|nm)\b{END}",
    re.I,
)
MINE = late(
    rf"\b(?:can|could|may|shall|would|should|let's|please|pls)\b(?: (?:we|i|you|somebody|someone|please|just))*"
    rf" (?:withdraw|drop|remove|strike|cancel|delete|forget|scrap|ignore) {_MY}\b|"
    rf"{FIRST}(?:i(?:'ll| will)? )?(?:withdraw|drop|remove|strike|cancel|delete|scrap|ignore|forget) "
    rf"{_MY}\b|\btake mine (?:back|off|out)\b|\bmine (?:is|can be) (?:withdrawn|dropped)\b",
    re.I,
)
NO = late(
    rf"{FIRST}(?:(?:that|this|it)(?:'s| is|'d be| would be) |"
    r"we (?:think|said) |(?:is )?(?:really |just |way |probably |simply |totally )*)*"
    r"(?:(?:(?:i )?(?:don't|do not) think (?:that|it|this)(?:'s| is) (?:really )?|not (?:really )?)worth (?:it|the \w+|doing)|"
    r"overkill|out of scope|not needed|no need|too (?:expensive|exotic|clever|risky|much (?:work|effort|hassle))|"
    rf"(?:we(?:'ve| have)? )?(?:already )?decided against (?:it|that|this|one)|"
    rf"(?:let's |i'd |we (?:can|should) )?(?:just )?(?:forget|skip|drop|leave) (?:it|that)|never ?mind|nvm|won'?t ?(?:do|fix)|wontfix|"
    rf"(?:we(?:'re| are) |i'm )?not (?:doing|going to do|gonna do) {_THAT}|"
    rf"let's not(?: (?:do|go there))?(?: {_THAT})?|i'd rather not|"
    r"(?:i'd|i would) rather (?:it|that|this|we) (?:stayed|left|kept|did(?:n't| not))(?: \w+){0,3}|"
    rf"(?:cute|nice|fun|funny|tempting|clever),? but no(?:t now|pe)?|(?:we're |we are |i'm )?not going there|"
    rf"i (?:don't|dont|do not) want more (?:\w+ )?\w+|(?:please )?(?:don't|do not) bother|please (?:don't|do not)|"
    r"on second thoughts?,? (?:no|nah|let's not|(?:let's )?(?:leave|skip|drop|forget) it|not worth it|better not)|no (?:point|use)|"
    r"(?:that|it) (?:won't|wouldn't|would not|will not) (?:really |even |actually )?"
    r"(?:work|help|(?:have )?(?:helped|caught) ?(?:it|this|us)?)|"
    rf"we tried(?: (?:that|it|this|one))?,? (?:and )?(?:it )?(?:didn't|did not|doesn't|never) (?:work|help)(?:ed)?|"
    rf"(?:it|that)(?:'d| would)(?: just| only)? be (?:just )?(?:noise|noisy|useless|pointless)|"
    rf"i (?:don't|do not) think we (?:need|want) {_THAT}|"
    rf"(?:we )?(?:don't|do not) (?:need|want) {_THAT}|(?:we(?:'ve| have)? )?(?:rejected|turned down|declined) {_THAT})"
    rf"{END}",
    re.I,
)
NO_AT_ITS_END = late(
    r"^(?:no|nah|nope|ah|oh|ok|fair|right|true|yes|yeah|understood|well|\w+ says no)\b[^?]{0,90}"
    r"[,.;–—-] ?(?:so |then |ok |please )?(?:forget (?:it|that)|never ?mind|nvm|skip (?:it|that)|"
    r"leave (?:it|that)|drop (?:it|that)|let's not|"
    r"not worth it|overkill|out of scope)[.! ]*(?:then|:\w+:)?\W*$",
    re.I,
)
BARE_NO = late(r"^(?:(?:nah|no(?: no)?,? thanks?)|(?:nah|no),? we(?:'re| are) (?:good|fine))\W*$", re.I)
_PUT_FIRST = r"^(?:(?:ok|but|sorry|well|nah|@[\w.'-]+)[,.! ]+)*no"
_REASON = (
    r"(?:(?:it|that)(?:'s| is|'d| would| does| won't)|we (?:had|have had|tried|don't|do not|can't|won't|are not|aren't)|"
    r"not (?!today|now|yet|tonight)|let's not|too|i(?:'d| would)? (?:not|never|don't|won't|rather))"
)
_WISHES = (
    r"(?:(?<!rather )i'll|i will (?!not)|i can (?!not)|let me|(?:we|it|they|someone|somebody) (?:really )?(?:should|must|ought)|"
    r"needs? to|add(?:ed|ing)?|yes|missing|nobody|yet|problem|objections?|worries)"
)
NO_AND_WHY = late(
    rf"{_PUT_FIRST}(?:[.!]+(?= [a-z])|,? (?={_REASON}\b)| (?=(?:\w+ ){{1,3}}please\b))(?!.*\b{_WISHES}\b)", re.I
)
"""A no with its reason: "No. A check that tells the truth is better". Not so where something else is proposed, or a fact was asked for."""
NO_BEHIND_WHY = late(
    r"^(?!.*\b(?:if|or|said|says)\b)[^?]{8,90}[.!;–—] ?(?:so |sorry,? )?(?:no|nope|nah)(?:[.,]? not (?:now|this \w+))?[.! ]*$",
    re.I,
)
NOT_HERE = late(
    r"\bnot (?:as )?an? (?:follow-?up|action(?: item)?|todo|to-do)\b(?! (?:yet|now)\b)|"
    r"\bnot (?:a|an) (?:action|item) for (?:us|here)\b|^(?:strong |hard |a )?-1\b|[,;.–—-] ?(?:so |but )?we can't[.! ]*$|"
    r"[,;.–—-] ?(?:so )?nothing (?:left )?(?:to do|for us)(?: here)?[.! ]*$",
    re.I,
)
_NO_WORK = r"(?!worry|forget|think|know|see|understand|mind|have|need|hesitate|get|let)"
PROHIBITS = late(rf"{FIRST}(?:please )?(?:do not|don't) (?P<what>{_NO_WORK}[a-z]+ [^,.;!?]{{3,60}})", re.I)
UNLESS = late(r"\b(?:without|until|till|unless|before|yet|now|today|tonight|again|while|during this)\b", re.I)
