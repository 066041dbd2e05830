#!/bin/sh
# Measures the start of a hook process, level by level, beside Python hooks that do the same and an
# empty JVM. All are started in turn; what counts are the ratios.
#
# Usage: start-levels.sh ROUNDS [JAVA_17_HOME] [JAVA_25_HOME]
#        start-levels.sh waterfall [JAVA_HOME]: times between the classes of one prepared start
# Needs: mvn -DskipTests package, python3 with sqlite3.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
core=$here/../../hookbus-core
python=${PYTHON:-/usr/bin/python3}
rounds=$1
java17=${2:-${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}}
java25=${3:-}
work=$(mktemp -d)
trap 'stop_residents; rm -rf "$work"' EXIT

jar=$(ls "$core"/target/hookbus-core-*.jar | grep -v -e '-cli' -e '-tests' -e '-sources' -e '-javadoc')
if [ -z "${DEPENDENCIES:-}" ]; then
  mvn -B -q -f "$core/pom.xml" dependency:build-classpath -Dmdep.includeScope=runtime \
    -Dmdep.outputFile="$work/dependencies"
  DEPENDENCIES=$(cat "$work/dependencies")
fi
libraries=$jar
for library in $(echo "$DEPENDENCIES" | tr ':' ' '); do
  case $library in */sqlite-jdbc-*|*/jackson-core-*|*/slf4j-api-*) libraries="$libraries $library" ;; esac
done
class_path=$(echo "$libraries" | tr ' ' ':')

mkdir "$work/classes"
"$java17/bin/javac" --release 17 -XDstringConcat=inline -cp "$class_path" -d "$work/classes" \
  "$here/start/StartHook.java" "$here/start/Install.java"
echo 'class Empty { public static void main(String[] args) {} }' > "$work/Empty.java"
"$java17/bin/javac" --release 17 -d "$work/classes" "$work/Empty.java"
printf 'Main-Class: StartHook\nClass-Path:' > "$work/manifest"
for library in $libraries; do printf ' \n  file://%s' "$library" >> "$work/manifest"; done
echo >> "$work/manifest"
"$java17/bin/jar" cfm "$work/hook.jar" "$work/manifest" -C "$work/classes" .
# All in one jar, as it starts fastest: not compressed, and without classes for later versions.
mkdir "$work/packed"
for library in $libraries "$work/hook.jar"; do
  (cd "$work/packed" && "$java17/bin/jar" xf "$library")
done
rm -rf "$work/packed/META-INF/versions" "$work/packed/META-INF/MANIFEST.MF"
printf 'Main-Class: StartHook\nEnable-Native-Access: ALL-UNNAMED\n' > "$work/manifest"
"$java17/bin/jar" cfm0 "$work/packed.jar" "$work/manifest" -C "$work/packed" .
text='Build of /home/hook/shop by hook@example.org: see https://example.org/?token=word, password=word'
event='{"session_id":"training","transcript_path":"/home/hook/t.jsonl","cwd":"/home/hook/shop",
 "prompt_id":"p","permission_mode":"default","effort":{"level":"low"},"hook_event_name":"PostToolUse",
 "tool_name":"Bash","tool_use_id":"t","tool_input":{"command":"make","timeout":1000},
 "tool_response":{"stdout":"'$text'","stderr":"","interrupted":false},"duration_ms":12}'
echo "$event" > "$work/event.json"

# prepare HOME: the command as an installer makes it, and one that reaches SQLite over JDBC
prepare() {
  tag=$(basename "$1")
  echo "$tag: $("$1/bin/java" -cp "$work/classes:$class_path" Install "$work/$tag" \
    "$work/event.json" $libraries "$work/hook.jar")"
  command=$work/$tag/bin/prepared
  over_jdbc=$work/$tag/bin/over-jdbc
  archive=$work/$tag/prepared/over-jdbc
  sed -e 's/hookbus.sqlite=native/hookbus.sqlite=jdbc/' \
    -e "s#^_archive=.*#_archive='$archive'#" "$command" > "$over_jdbc"
  sed -e '/^\[ ! -r/d' -e 's/-XX:SharedArchiveFile=/-XX:ArchiveClassesAtExit=/' -e 's/-XX:AOTCache=/-XX:AOTCacheOutput=/' \
    "$over_jdbc" > "$work/train"
  chmod +x "$over_jdbc" "$work/train"
  mkdir -m 700 "$work/train-$tag"
  HOOKBUS_ENABLED=1 HOOKBUS_DB="$work/train-$tag/hookbus.db" "$work/train" \
    < "$work/event.json" > "$work/train.log" 2>&1
  touch "$command" "$over_jdbc"
  rm -f "$work/$tag/curl/prepared"/client-*
}

# await_resident COMMAND: starts the process that serves it
await_resident() {
  env -i PATH="$PATH" HOME="$work/data" HOOKBUS_ENABLED=1 HOOKBUS_DB="$work/data/first/hookbus.db" \
    "$1" < "$work/event.json" > "$work/answer"
  version=$(sed -n 's/^_version=//p' "$1")
  until [ -S "$work/data/.hookbus/run/$version.socket" ]; do sleep 0.1; done
}

stop_residents() {
  for socket in "$work/data/.hookbus/run"/*.socket; do
    [ ! -S "$socket" ] || curl -qs --unix-socket "$socket" http://hookbus/stop > /dev/null || true
  done
}

if [ "$rounds" = waterfall ]; then
  prepare "$java17"
  export HOOKBUS_ENABLED=1 HOOKBUS_DB="$work/data/hookbus.db"
  "$command" < "$work/event.json" > "$work/answer"
  sed s/:\"t\"/:\"t2\"/ "$work/event.json" > "$work/event2.json"
  _JAVA_OPTIONS="-Xlog:class+load:file=$work/loaded:uptime" "$command" < "$work/event2.json" \
    > "$work/answer" 2> "$work/stderr"
  "$python" "$here/start/waterfall.py" "$work/loaded"
  exit
fi

set -- "python usual=$python $here/start/usual_hook.py" \
  "minimal python=$python $here/start/minimal_hook.py"
for home in "$java17" ${java25:+"$java25"}; do
  prepare "$home"
  version=$("$home/bin/java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p')
  set -- "$@" "empty $version=$home/bin/java -Xshare:auto -XX:TieredStopAtLevel=1 -cp $work/hook.jar Empty" \
    "jar $version, level 1=$home/bin/java -jar $work/packed.jar" \
    "native $version, level 2=$command" \
    "jdbc $version, level 2 over JDBC=$over_jdbc" \
    "curl $version, level 3 by curl=$work/$tag/curl/bin/prepared" \
    "client $version, level 3 by its client=$work/$tag/compiled/bin/prepared"
  mkdir -p -m 700 "$work/data"
  await_resident "$work/$tag/curl/bin/prepared"
done
"$python" -B "$here/start/measure.py" "$rounds" "$work/data" "$@"
