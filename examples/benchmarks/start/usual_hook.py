"""A hook as such hooks are usually written: claim, insert, answer."""
import datetime
import hashlib
import json
import logging
import os
import pathlib
import re
import sqlite3
import sys
import time
import uuid
from dataclasses import dataclass

log = logging.getLogger("hook")
SECRETS = [
    re.compile(r"(?i)(password|secret|token|api[_-]?key)\"?\s*[:=]\s*\"?[^\s\",}]+"),
    re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"),
    re.compile(r"\b(?:sk|ghp|xoxb)-?[A-Za-z0-9_-]{16,}\b"),
    re.compile(r"Bearer\s+[A-Za-z0-9._-]+"),
]


@dataclass
class Call:
    session: str
    tool: str
    tool_use_id: str

    @property
    def correlation(self):
        text = f"{self.session}:{self.tool}:{self.tool_use_id}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def key(self):
        return hashlib.sha256(f"tool_track:{self.tool_use_id}".encode()).digest()[:16]


def redact(text):
    for pattern in SECRETS:
        text = pattern.sub("[REDACTED]", text)
    return text


def connect(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=0.25, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute(
        "CREATE TABLE IF NOT EXISTS hook_logs (log_id INTEGER PRIMARY KEY, correlation_id TEXT,"
        " run_id TEXT, session_id TEXT, hook_name TEXT, event_type TEXT, tool_name TEXT,"
        " status TEXT, duration_ms REAL, payload_bytes INTEGER, payload_sha256 BLOB,"
        " payload TEXT, created_at TEXT)")
    db.execute(
        "CREATE TABLE IF NOT EXISTS dedupe_keys (key BLOB PRIMARY KEY, category TEXT,"
        " state INTEGER, owner TEXT, created_ms INTEGER, expires_ms INTEGER, output TEXT)"
        " WITHOUT ROWID")
    return db


def main():
    start = time.perf_counter()
    raw = sys.stdin.buffer.read()
    event = json.loads(raw)
    call = Call(event["session_id"], event["tool_name"], event["tool_use_id"])
    run = os.environ.get("CLAUDE_RUN_ID") or str(uuid.uuid5(uuid.NAMESPACE_URL, call.session))
    db = connect(pathlib.Path(os.environ["HOOKBUS_DB"]))
    now = int(time.time() * 1000)
    owner = uuid.uuid4().hex
    db.execute("BEGIN IMMEDIATE")
    claimed = db.execute(
        "INSERT INTO dedupe_keys VALUES (?, 'tool_track', 0, ?, ?, ?, NULL)"
        " ON CONFLICT (key) DO UPDATE SET state = 0, owner = excluded.owner,"
        " created_ms = excluded.created_ms, expires_ms = excluded.expires_ms"
        " WHERE expires_ms <= excluded.created_ms",
        (call.key, owner, now, now + 600_000)).rowcount
    db.execute("COMMIT")
    output = "tracked" if claimed else "duplicate"
    payload = redact(raw.decode())[:200_000]
    db.execute("BEGIN IMMEDIATE")
    if claimed:
        db.execute(
            "UPDATE dedupe_keys SET state = 1, output = ?, expires_ms = ? WHERE key = ?",
            (output, now + 3_600_000, call.key))
    db.execute(
        "INSERT INTO hook_logs VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (call.correlation, run, call.session, "post-tool", "PostToolUse", call.tool,
         "success" if claimed else "dedupe_skip", (time.perf_counter() - start) * 1000,
         len(raw), hashlib.sha256(raw).digest(), payload,
         datetime.datetime.now(datetime.timezone.utc).isoformat()))
    db.execute("COMMIT")
    db.close()
    json.dump({"suppressOutput": True, "systemMessage": output}, sys.stdout)


if __name__ == "__main__":
    main()
