#!/usr/bin/env bash
# Installs the pack into a scratch project, sends a payload through each of its hooks the way a host
# does, shows what came of it, and takes everything away again. Needs a JDK 17 or newer and Maven.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=$here/target/hook-pack.jar

say() { printf '\n== %s\n' "$*"; }

say "Building the library and the pack (quiet; slow only the first time)"
(cd "$root" && mvn -B -q -DskipTests -pl examples/hook-pack -am package)

# Nothing but what the installation says, whatever the caller's environment says.
for name in ${!HOOKBUS_@} ${!CLAUDE_@} ${!ZO_@}; do unset "$name"; done
scratch=$(mktemp -d "${TMPDIR:-/tmp}/hookbus-pack.XXXXXX")
project="$scratch/my shop"
mkdir -p "$project/.claude"
printf '{\n  "model": "opus"\n}\n' > "$project/.claude/settings.json"
cp "$project/.claude/settings.json" "$scratch/before.json"
export CLAUDE_PROJECT_DIR="$project"

say "hookbus install: commands, .env and the host's settings; the model stays"
"$java" -jar "$jar" install --dir "$scratch/hooks" --endpoint "" --project shop \
  --settings "$project/.claude/settings.json" --env "HOOKBUS_DB=$scratch/hookbus.db"

tell() { # tell COMMAND JSON: what a host writes to a hook, and what it reads from it
  local code=0
  printf '%s\n' "$2" | "$scratch/hooks/bin/$1" || code=$?
  echo "   ($1: exit code $code)"
}
base="\"session_id\":\"demo\",\"cwd\":\"$project\""
tool() { printf '{%s,"hook_event_name":"%s","tool_name":"%s","tool_input":%s,"tool_use_id":"%s"%s}' "$base" "$@"; }

say "A session begins"
tell session_start "{$base,\"hook_event_name\":\"SessionStart\",\"source\":\"startup\"}"
say "The policy: silent on what is harmless, a denial for what is not"
tell policy "$(tool PreToolUse Bash '{"command":"mvn -q test"}' t1 '')"
tell policy "$(tool PreToolUse Bash '{"command":"cd / && sudo rm -rf *"}' t2 '')"
tell policy "$(tool PreToolUse Read '{"file_path":".env"}' t3 '')"
say "Telemetry says nothing to the host"
echo "# Report" > "$project/report.md"
tell report_event "$(tool PostToolUse Bash '{"command":"mvn -q test"}' t1 ',"tool_response":{"stdout":"ok"}')"
tell mcp_telemetry "$(tool PostToolUse mcp__memory__create '{"name":"x"}' t4 ',"tool_response":[{"type":"text","text":"ok"}]')"
tell worker_spawn "$(tool PostToolUse Agent '{"description":"scan","prompt":"p"}' t5 ',"tool_response":{"agentId":"a70c9aef20fce6700"}')"
tell artifact_produced "$(tool PostToolUse Write '{"file_path":"report.md","content":""}' t6 ',"tool_response":{}')"
tell error_event "$(tool PostToolUseFailure Bash '{"command":"false"}' t7 ',"error":"Exit code 1"')"

export HOOKBUS_ENABLED=1 HOOKBUS_SINKS=jsonl HOOKBUS_DB="$scratch/hookbus.db"
export ZO_EVENT_LOG_DIR="$scratch/hooks/events"
say "hookbus drain: what is not delivered yet; the drainer that the hooks have started ends when idle"
for try in $(seq 30); do
  "$java" -jar "$jar" drain && break
  [ "$try" -lt 30 ] || exit 1
  sleep 1
done
say "The events of this session, by type"
grep -ho '"event_type": *"[a-z_]*"' "$ZO_EVENT_LOG_DIR"/events-*.jsonl | sort | uniq -c

say "hookbus tail and status"
"$java" -jar "$jar" tail -n 12
"$java" -jar "$jar" status | head -n 8

say "hookbus uninstall: the settings are what they were"
"$java" -jar "$jar" uninstall --dir "$scratch/hooks" | tail -n 1
cmp "$scratch/before.json" "$project/.claude/settings.json"
rm -rf "$scratch"
