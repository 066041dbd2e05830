#!/usr/bin/env bash
# fuzz.sh MINUTES [TARGET]: gives every target, or one, that long with the fuzzer. A finding is kept as an input
# that mvn verify replays from then on; the corpus that was grown stays in .cifuzz-corpus, outside the repository.
set -euo pipefail
cd "$(dirname "$0")/../.."

minutes=${1:?usage: fuzz.sh MINUTES [TARGET]}
targets=${2:-"redactor bounder envelope configuration json hosts shell"}
mvn -B -q -DskipTests -pl examples/faults -am install
for target in $targets; do
  echo "== $target"
  JAZZER_FUZZ=1 mvn -B -q -pl examples/faults surefire:test \
    -Dtest="HostileInputTest#$target" -Djazzer.max_duration="${minutes}m" || true
done
git status --short examples/faults/src/test/resources
