"""The floor of the harvest, in a process of its own: http.client, json, and the product's own bulk upsert with a commit a page."""

from __future__ import annotations

import http.client
import json
import resource
import sys
import time
from urllib.parse import urlencode

from benchmarks.run_harvest import CHANNEL, NOON, PATIENCE, RECORD
from bot.domain.postmortem import Postmortem
from storage import harvest_tables, statements
from storage.engine import make_engine
from storage.store import SqlStore
from storage.transactions import Transactions


def main(url: str, port: str) -> None:
    """Read the channel, print {wall, cpu, rss}."""
    engine = make_engine(url)
    with SqlStore(engine).transaction(PATIENCE) as unit:
        unit.records.add(Postmortem(RECORD, "T1", CHANNEL, 1, NOON, "U1"))
    transactions = Transactions(engine)
    connection = http.client.HTTPConnection("127.0.0.1", int(port))
    begun, cpu, cursor = time.perf_counter(), time.process_time(), "0"
    while cursor:
        body = urlencode({"channel": CHANNEL, "oldest": "0", "cursor": cursor, "limit": 999})
        connection.request("POST", "/api/conversations.history", body)
        answer = json.loads(connection.getresponse().read())
        rows = [_row(raw) for raw in answer["messages"]]
        with transactions.writing(PATIENCE) as conn:
            statements.upsert(conn, harvest_tables.harvest_message, rows)
        cursor = answer["response_metadata"]["next_cursor"]
    found = {"wall": time.perf_counter() - begun, "cpu": time.process_time() - cpu, "rss": _peak()}
    sys.stdout.write(json.dumps(found) + "\n")


def _row(raw: dict[str, str]) -> dict[str, object]:
    seconds, micros = raw["ts"].split(".")
    kept = {"ts": raw["ts"], "text": raw["text"], "user_id": raw["user"], "channel_id": CHANNEL}
    return {
        "postmortem_id": RECORD,
        "channel_id": CHANNEL,
        "micros": int(seconds) * 1_000_000 + int(micros),
        "ts": raw["ts"],
        "body": kept,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    main(*sys.argv[1:3])
