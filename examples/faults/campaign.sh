#!/usr/bin/env bash
# campaign.sh [ROW] [ROUNDS]: breaks what HookBus stands on and prints a table of what was lost.
# Without ROW every row runs in its long form, which takes about an hour.
set -euo pipefail
cd "$(dirname "$0")/../.."

mvn -B -q -DskipTests -pl examples/faults -am package >&2
exec java -cp "examples/faults/target/classes:examples/faults/target/lib/*" dev.hookbus.faults.Campaign "$@"
