"""The least a hook can do: claim, insert, answer."""
import json
import os
import sqlite3
import sys
import time

raw = sys.stdin.buffer.read()
event = json.loads(raw)
db = sqlite3.connect(os.environ["HOOKBUS_DB"], timeout=0.25, isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA synchronous = NORMAL")
db.execute(
    "CREATE TABLE IF NOT EXISTS hook_logs (log_id INTEGER PRIMARY KEY, session_id TEXT,"
    " tool_name TEXT, status TEXT, payload TEXT, created_ms INTEGER)")
db.execute("CREATE TABLE IF NOT EXISTS dedupe_keys (key TEXT PRIMARY KEY, expires_ms INTEGER)")
now = int(time.time() * 1000)
db.execute("BEGIN IMMEDIATE")
claimed = db.execute(
    "INSERT INTO dedupe_keys VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
    " SET expires_ms = excluded.expires_ms WHERE expires_ms <= ?",
    (event["tool_use_id"], now + 3_600_000, now)).rowcount
db.execute(
    "INSERT INTO hook_logs VALUES (NULL, ?, ?, ?, ?, ?)",
    (event["session_id"], event["tool_name"], "success" if claimed else "dedupe_skip",
     raw.decode(), now))
db.execute("COMMIT")
print(json.dumps({"suppressOutput": True, "systemMessage": "tracked"}))
