#!/usr/bin/env bash
# fuzz.sh MINUTES [TARGET]: gives every target of HostileInputTest, or one, that long with the fuzzer. A finding is
# kept among the inputs that mvn verify replays; the corpus that was grown stays in target.
set -euo pipefail
cd "$(dirname "$0")/../.."

minutes=${1:?usage: fuzz.sh MINUTES [TARGET]}
targets=${2:-"redactor bounder envelope configuration json hosts shell"}
mvn -B -q -DskipTests -pl examples/faults -am package dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile=target/test.classpath
cd examples/faults
for target in $targets; do
  inputs=src/test/resources/dev/hookbus/faults/HostileInputTestInputs/$target
  mkdir -p "$inputs" "target/corpus/$target"
  limit=4096
  case $target in
    bounder) limit=600 ;; # its bound is 200 bytes
    hosts) # begins with what hosts are known to say
      sed -n 's/^{[^{]*"payload": \(.*\)}$/\1/p' ../../hookbus-core/src/test/resources/hook-payloads.jsonl |
        split -l 1 - target/corpus/hosts/payload-
      ;;
  esac
  echo "== $target"
  java -Xmx1g -XX:+EnableDynamicAgentLoading \
    -cp "target/test-classes:target/classes:$(cat target/test.classpath)" com.code_intelligence.jazzer.Jazzer \
    --target_class=dev.hookbus.faults.HostileInputTest --target_method="$target" \
    '--instrumentation_includes=dev.hookbus.**' "-artifact_prefix=$inputs/" \
    "-max_total_time=$((minutes * 60))" "-max_len=$limit" "target/corpus/$target" "$inputs" 2>&1 |
    grep -E '^(Done|== Java|[a-z.]*(Error|Exception))|Test unit written' || true
done
