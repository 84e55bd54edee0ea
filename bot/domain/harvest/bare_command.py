"""Commands and queries that stand in plain words, without the marks of code: behind a prompt at the beginning of a line, or with
what only a command has (options, a pipe, a statement's clauses). The name of a program alone is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.harvest.late import late
from bot.domain.harvest.vocabulary import words

CUES = words(
    "kubectl helm docker podman crictl aws gcloud gsutil az terraform vault consul nomad psql mysql redis cli mongosh curl wget dig",
    "nslookup traceroute mtr openssl ssh scp rsync systemctl journalctl dmesg grep zgrep egrep jq tail df du ps lsof netstat ss",
    "tcpdump strace iostat vmstat git rabbitmqctl kafka varnishadm etcdctl istioctl ceph rados zpool nvidia squeue sinfo scontrol",
    "select update delete rate sum histogram index stats fields sourcecategory explain show nodetool patronictl pg flyctl heroku",
)
_PROMPT = late(
    r"^(?:\$|[\w.-]{1,40}@[\w.-]{1,60}[:~$#\w/]{0,40}[$#]|(?:psql|mysql|redis|[\w-]{2,30}=)[>#]) (?P<rest>\S.*)$"
)
_SURE = (
    r"kubectl|helm|docker|podman|crictl|gcloud|gsutil|terraform|psql|mysql|redis-cli|mongosh|curl|wget|dig|nslookup|traceroute|mtr|"
    r"openssl|ssh|scp|rsync|systemctl|journalctl|dmesg|z?grep|egrep|jq|df|du|lsof|netstat|tcpdump|strace|iostat|vmstat|rabbitmqctl|"
    r"kafka-[\w-]+|varnishadm|etcdctl|istioctl|ceph|rados|zpool|nvidia-smi|squeue|sinfo|scontrol|nodetool|patronictl|flyctl|"
    r"aws (?:s3|ec2|rds|ecs|eks|logs|lambda|sts|iam|cloudwatch|elbv2)|git (?:log|bisect|blame|revert|show|diff|push|cherry-pick)|"
    r"az \w+ (?:list|show)"
)
_ARGUMENT = (
    r"(?:--?[a-zA-Z][\w-]*|[|]|(?:get|describe|logs|top|rollout|exec|delete|apply|scale|status|restart|ls|inspect|list|history|rollback|"
    r"info|ping)\b|/\w|https?://|@\d|\+short)"
)
_ENGLISH = (
    r"(?!(?:is|has|had|was|says?|said|on|in|at|to|for|with|w/o?|from|there|here|will|would|can|check|one|all|and|or|the|a|an|it|out|"
    r"anyway|also|over|shows?|does|did|of|back|still|not|PRs?|MRs?|merged|charts?|values|issue|docs?|page|dashboard|ticket|alerts?|"
    r"[\w-]+:(?: |$))\b)"
)
_COMMAND = late(
    rf"(?:^|[\s:;(])(?P<rest>(?:sudo )?(?:{_SURE})(?: {_ENGLISH}[\w./:@=*{{}}\"'-]+){{0,4}}? {_ARGUMENT}[^\n]*)"
)
_SQL = late(
    r"(?:^|[\s:;(])(?P<rest>(?:(?:explain (?:analyze )?)?select\s+(?:count\s*\(|sum\s*\(|max\s*\(|min\s*\(|distinct\b|"
    r"\*|[\w.]+(?:\s*,\s*[\w.]+)*)[^\n]{0,200}?"
    r"\bfrom\s+[\w.\"]+(?=[^\n]*(?:\bwhere\b[^\n]*(?:[=<>]|\blike\b|\bis\b|\bin\s*\()|;|\blimit \d|\bgroup by\b|\border by\b|\)|\*|$))|"
    r"update\s+\w[\w.]*\s+set\s+\w+\s*=|delete\s+from\s+\w[\w.]*\s+where\b|explain analyze \w|show (?:processlist|"
    r"slave status|replica status|"
    r"engine innodb status|pools))[^\n]*)",
    re.I,
)
_SEARCH = late(
    r"(?:^|[\s:(])(?P<rest>(?:(?:sum|avg|max|min|count|topk|histogram_quantile)\s?(?:by ?\([^)]*\) ?)?\((?:[^\n]*)\[\d+[smhd]\]|"
    r"(?:i?rate|increase|delta)\([^\n]*\[\d+[smhd]\]|index=\S+ [^\n]+|_sourceCategory=\S+|\{\w+=~?\"[^\n]*\}|fields @\w+[^\n]*\|)[^\n]*)"
)
_COUNTS = late(r"count\s*\(|sum\s*\(|max\s*\(|min\s*\(|\*|[=<>;]|\blimit \d|\bgroup by\b", re.I)
_LED = late(
    r"(?:^|[:(;]|\b(?:ran|re-?ran|running|run|did|doing|tried|used|using|via|with|by|then|query|queried|command|checked|after))\s*$",
    re.I,
)
_END = late(
    r"(?:, (?=(?:all|it|and|no|nothing|only|got|shows?|looks?|gives?|seems?|still|fine|ok|same|\d+ (?:rows|hits))\b)|"
    r"[;.] (?=[a-zA-Z])| [-–—]+> ?| [→⇒=]+ | [–—] |: (?=\d)| and (?:got|saw|see|it|all|nothing) ).*$"
)


_SHORT = 8
_ONLY_ASKED = late(r"\b(?:can|could|should|would|please|pls|if|try|never|don't|to)\b", re.I)
_TALK = late(r"\b(?:is|are|was|has|have|one of|them|the|slow|talkers|shows|running|would|again|everywhere)\b")


def find(said: str) -> Iterator[str]:
    """The commands of one line of talk: one at most, what is asked about is none."""
    prompt = _PROMPT.match(said)
    if prompt and " " in prompt["rest"]:
        yield said
        return
    if said.rstrip().endswith("?"):
        return
    for pattern in (_COMMAND, _SQL, _SEARCH):
        found = pattern.search(said)
        before = said[: found.start("rest")] if found else ""
        if found is None or not _LED.search(before) or _ONLY_ASKED.search(before):
            continue
        rest = _END.sub("", found["rest"]).strip()
        if len(rest) > _SHORT and (_COUNTS.search(rest) if pattern is _SQL else not _TALK.search(rest)):
            yield rest
            return
