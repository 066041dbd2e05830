#!/usr/bin/env bash
# Shows a guarded hook at work on real host events: answered once, skipped as a duplicate, and
# visible in the command line's status and metrics. Needs a JDK 17 or newer and Maven.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

say() { printf '\n== %s\n' "$*"; }
hook() { "$java" -jar "$here/target/tool-tracker.jar" < "$here/payloads/$1"; }
hookbus() { "$java" -jar "$cli" "$@"; }

say "Building the library, its command line and the hook (quiet; slow only the first time)"
(cd "$root" && mvn -B -q -DskipTests -pl examples/quickstart -am package)
cli=$(ls -t "$root"/hookbus-core/target/hookbus-core-*-cli.jar | head -n 1)

# Nothing but these two settings, whatever the caller's environment says.
for name in ${!HOOKBUS_@}; do unset "$name"; done
HOOKBUS_ENABLED=1
HOOKBUS_DB=$(mktemp -d "${TMPDIR:-/tmp}/hookbus-quickstart.XXXXXX")/hookbus.db
export HOOKBUS_ENABLED HOOKBUS_DB

say "A Bash call has ended: the host sends the event to the hook's stdin, and reads this answer"
answer=$(hook post-bash.json)
printf '%s\n' "$answer"

say "The same event again, as when a hook is registered twice: skipped, and nothing is printed"
again=$(hook post-bash.json)
printf '(%d bytes on stdout)\n' "${#again}"
if [[ -z $answer || -n $again ]]; then
  echo "demo.sh: the hook should answer the first call and be silent at the second" >&2
  exit 1
fi

say "Two more events: an Edit, and the event before the Bash call, which shares the call's ID"
hook post-edit.json
hook pre-bash.json

say "hookbus tail: every call is on record, its duplicate too"
hookbus tail

say "hookbus status: the switch, the database, every flag"
hookbus status

say "hookbus metrics: percentiles are of calls that ran; overhead is what a JVM per call costs"
hookbus metrics

say "The database of this demo is $HOOKBUS_DB"
echo "Look further with: java -jar $cli --db $HOOKBUS_DB tail"
