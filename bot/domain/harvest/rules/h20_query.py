"""H-20: commands and queries that people used, out of code blocks, inline code, and plain words that can be nothing else. What a
program printed (logs, traces, data) is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.harvest import bare_command, text
from bot.domain.harvest.finding import QueryFinding
from bot.domain.harvest.late import late
from bot.domain.harvest.note import Context, Note
from bot.domain.harvest.rule import Finding, Rule

_PROGRAMS = (
    "kubectl|k9s|helm|docker|podman|crictl|aws|gcloud|gsutil|az|terraform|ansible|ansible-playbook|vault|consul|"
    "nomad|psql|"
    "mysql|mysqladmin|redis-cli|mongo|mongosh|sqlite3|cqlsh|curl|wget|dig|nslookup|ping|traceroute|mtr|openssl|nc|"
    "ssh|scp|"
    "rsync|systemctl|service|journalctl|dmesg|grep|egrep|zgrep|awk|sed|jq|cat|tail|head|less|find|ls|df|du|free|top|"
    "htop|ps|"
    "lsof|netstat|ss|tcpdump|strace|iostat|vmstat|uptime|kill|killall|pkill|git|gh|make|npm|yarn|pip|python3?|ruby|"
    "rails|"
    "rake|bundle|bin/\\w+|node|java|jstack|jmap|jcmd|rabbitmqctl|kafka-[\\w-]+|nginx|haproxy|varnishadm|chef-client|"
    "knife|"
    "puppet|salt|sudo|bash|sh|export|for|while|watch|echo|rm|mv|cp|chmod|chown|xargs|heroku|fly|flyctl|cf|oc|istioctl|"
    "etcdctl|pg_\\w+|pt-[\\w-]+|gh-ost|crontab|iptables|ip|ifconfig|route|sysctl|ulimit|fdisk|mount|umount|tar|gzip|"
    "dd|nohup|nodetool|patronictl|mc|s3cmd|rclone|restic|borg|pgbackrest|wal-g|barman|flux|argocd|dvc|snowsql|bq|dbt|airflow|hdfs|"
    "trino|presto|clickhouse-client|influx|promtool|amtool|logcli|whois|nmap|postconf|exim|doveadm|keytool|certbot|gpg|cosign|trivy|hg|"
    "svn|bazel|nix|brew|skopeo|eksctl|doctl|hcloud|wg|ipset|ufw|nmcli|snmpwalk|snmpget|fping|iperf3|sar|perf|bpftrace|pidstat|lsblk|fio|"
    "sha256sum|md5sum|sort|diff|cut|comm|base64|k6|ffprobe|ffmpeg|exiftool|sqlplus|sqlcmd|dmidecode|ipmitool|storcli|timedatectl|chronyc|"
    "ceph|rbd|rados|zfs|zpool|lfs|lctl|mdadm|lvs|vgs|pvs|smartctl|nvidia-smi|sinfo|squeue|scontrol|sacct|pcs|"
    "crm|virsh|qm|mailq|postqueue|postsuper|birdc|vtysh|rndc|kcat|kafkacat|nats|mosquitto_\\w+|ldapsearch|dpkg|apt|"
    "mkdir|ln|touch|lvextend|xfs_growfs|resize2fs|mkfs\\.\\w+|schtasks|sc|sftp|keytool|crane|hcloud|reg|robocopy|netsh|dism|wevtutil|"
    "[A-Z][a-z]{2,11}-[A-Z][A-Za-z]{2,30}|"  # of PowerShell
    "apt-get|yum|dnf|rpm|cargo|go|mvn|gradle|dotnet|php|wp|drush|stat|wc|uniq|tr|who|last|date|ethtool|tc|nft|conntrack"
)
_SHELL = late(
    rf"^(?:\$ |# |% |> |\S{{1,40}}@\S{{1,60}}[:~$#%]\S*\s?[$#%]\s)?\s*(?:(?:[A-Z_]+=\S+ )*)(?:{_PROGRAMS})(?:\s+\S|$)"
)
_PROMPT = late(
    r"^(?:[\w.-]{1,40}[:\w.]*(?:[$#>]| ?[~/][\w./~-]* ?[$#>])|>(?= (?i:select|show|explain|with)\b)|\\[a-z]+\+?|\$|"
    r"\S{1,40}@\S{1,80}[$#%]|[\w-]{1,40}=[#>]|mysql>|irb.{0,20}>|>>>|redis.{0,30}>) \S"
)
_SQL = late(
    r"^\s*(?:--.{0,200}\n\s*)?(?:select\s.{1,2000}?\sfrom\s|select\s+[\w.*]+\(|insert\s+into\s|update\s+\S+\s+set\s|"
    r"delete\s+from\s|explain\s|with\s+\w+\s+as\s*\(|"
    r";?\s*with\s+\w+\s+as\s*\(|refresh\s+materialized\s|grant\s+\w.{1,200}?\sto\s|revoke\s+\w.{1,200}?\sfrom\s|exec(?:ute)?\s+[\w.]+\.\w|"
    r"merge\s+into\s|call\s+[\w.]+\(|pragma\s+\w|system\s+(?:stop|start|reload|sync|restart)\s+\w|unlink\s+\S|"
    r"alter\s+(?:table|system|index|database|tablespace|user|role)|create\s+(?:table|index|unique)|drop\s+(?:table|index)|truncate\s|"
    r"show\s+(?:processlist|full|tables|engine|variables|slave|replica)|"
    r"vacuum\b|analyze\s|begin;|call\s+\w+\()",
    re.I | re.S,
)
_METRIC = late(
    r"^\s*(?:(?:sum|avg|max|min|count|rate|irate|increase|histogram_quantile|topk|absent)\s*(?:by\s*\(|without\s*\(|"
    r"\()|index=\S|[\w:]+\{[\w]+(?:=~?|!=|!~)\"|[\w:]+_(?:total|count|seconds|bytes|sum)(?:\{|\[|$)|db\.\w+\.(?:find|aggregate|count\w*|update\w*|delete\w*)\(|"
    r"(?:service|env|host|status|source|@[\w.]+):\S+ (?:-?@?[\w.]+:|AND|OR)|"
    r"[^|\n]{2,200} \| ?(?:stats|count|where|summarize|filter|project|sort|uniq|wc|grep|jq|awk|head|tail)\b|_sourceCategory=|"
    r"fields\s+@|\{\w+=~?\"|source=\S+\s*\||[\w:.-]{1,80}:\S.{0,400}\|\s*(?:stats|count|where|timechart|parse|"
    r"summarize))",
    re.I,
)
_PRINTED = late(
    r"^\s*(?:[\[{]\s*$|[{\[]\"|\d{4}-\d\d-\d\d[T ]|\[?\d{1,2}/\w{3}/|\w{3}\s+\d{1,2} \d\d:\d\d|(?:ERROR|WARN|INFO|"
    r"DEBUG|FATAL|CRITICAL)\b|Traceback|"
    r"(?:[\w.]+)?(?:Error|Exception)\b|at [\w.$]+\(|HTTP/\d|<[!?\w])"
)


# A program that nobody has heard of is one by its options; requests and consoles by how they open.
_OPTIONS = late(
    r"^(?:\$ |# |% |> )?(?=[\w./~-]{2,60} )[\w./~-]*[a-z][\w./-]*(?: [^\s`|<>]{1,80}){0,8}? --?[a-z][\w-]*(?:[ =]|$)"
)
_REQUEST = late(r"^(?:GET|POST|PUT|PATCH|DELETE|HEAD) (?:https?://|/|_)\S+")
_CONSOLE = late(r"^[\w.@/-]{2,40}(?:[>#]|=#) (?:\S+ ){0,6}\S")
_SHOWN = late(r"^show\s+\w+;?$", re.I)


_LANGUAGE = late(r"^(?:\w*sql|bash|sh|shell|zsh|console|promql|logql|kql|spl|ps1|powershell)\s*\n\s*", re.I)


def find(note: Note, _ctx: Context) -> Iterable[Finding]:
    if "`" not in note.message.text:
        yield from _bare(note)
        return
    seen: set[str] = set()
    for code in note.codes:
        if code.text.strip() and code.text not in seen and _is_query(code):
            seen.add(code.text)
            thread_ts = note.message.thread_ts if note.message.is_reply else None
            yield QueryFinding(note.message.ts, thread_ts, code.number, note.author, code.text)
    if not seen:
        yield from _bare(note)


def _bare(note: Note) -> Iterable[Finding]:
    if not note.human or ("$ " not in note.message.text and bare_command.CUES.isdisjoint(note.words)):
        return
    thread_ts = note.message.thread_ts if note.message.is_reply else None
    for line in (each for each in note.talk if "`" not in each.text):
        for command in bare_command.find(line.text[:1000]):
            yield QueryFinding(note.message.ts, thread_ts, line.number, note.author, command)


def is_query(block: str) -> bool:
    """Whether a block of code is a command or query, or begins with one."""
    return _is_query(text.Code(0, block, fenced=True))


def _is_query(code: text.Code) -> bool:
    said = _LANGUAGE.sub("", code.text.strip()[:4000], count=1)
    if not code.fenced:
        return " " in said and bool(
            _SQL.match(said) or (_SHELL.match(said) and len(said) > 8) or _METRIC.match(said) or _unheard(said)
        )
    lines = said.split("\n")[:50]
    if _SQL.match(said) or _METRIC.match(said) or any(_PROMPT.match(line) for line in lines):
        return True
    if _PRINTED.match(said):
        return False
    if any(_REQUEST.match(line) or _CONSOLE.match(line) for line in lines[:3]) or _OPTIONS.match(lines[0]):
        return True
    return any(_SHELL.match(line) for line in lines[:3] if not line.startswith("#!"))


def _unheard(said: str) -> bool:
    return any(known.match(said) for known in (_OPTIONS, _REQUEST, _CONSOLE, _SHOWN))


RULE = Rule("H-20", "A command or query in a code block", None, find)
