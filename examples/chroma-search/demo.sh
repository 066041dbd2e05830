#!/usr/bin/env bash
# Starts a real Chroma server, runs a guarded hook on payloads of an agent host, and finds their
# events again in words. Needs a JDK 17 or newer, Maven, node and npm; the first run downloads the
# server into the build directory.
#
#   demo.sh [WORD...]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
chroma=$root/hookbus-chroma-sink/src/test/chroma/chroma-server.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/hookbus-chroma-search.XXXXXX")
port=${CHROMA_PORT:-18765}

say() { printf '\n== %s\n' "$*"; }

say "Building the library and the example (quiet; slow only the first time)"
(cd "$root" && mvn -B -q -DskipTests -pl examples/chroma-search -am package)

say "Starting Chroma on 127.0.0.1:$port"
"$chroma" install
"$chroma" run --path "$work/chroma" --host 127.0.0.1 --port "$port" >"$work/chroma.log" 2>&1 </dev/null &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 1 200); do
  kill -0 "$server" 2>/dev/null || { cat "$work/chroma.log" >&2; exit 1; }
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
  sleep 0.05
done

search() {
  "$java" -jar "$here/target/chroma-search.jar" \
    "http://127.0.0.1:$port" "$here/payloads/session.jsonl" "$work" "$@"
}

if [[ $# -gt 0 ]]; then
  say "Guarded hooks, delivered; then: $*"
  search "$@"
else
  say "Guarded hooks, delivered; then a search for a failed command"
  search command failed with exit code
  say "The same hooks again: every call is a duplicate. A search for edited text files"
  search edit text file
fi
