#!/usr/bin/env bash
# check.sh [VERSION [INSTALL_OPTION...]]: tries what hooks do in a real Claude Code of this version. Its model
# is a script, so nothing leaves the machine and no account is needed. Needs a JDK 17 or newer, Maven and npm.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1:-2.1.332}
host=examples/claude-code/target/host-$version
mvn -B -q -DskipTests -pl examples/claude-code -am package >&2
[ -x "$host/node_modules/.bin/claude" ] ||
  npm install --silent --no-audit --no-fund --prefix "$host" "@anthropic-ai/claude-code@$version" >&2
"$host/node_modules/.bin/claude" --version
exec java -cp "examples/claude-code/target/classes:examples/claude-code/target/lib/*" \
  dev.hookbus.examples.claude.HostCheck "$host/node_modules/.bin/claude" \
  "$(ls -t hookbus-core/target/hookbus-core-*-cli.jar | head -n 1)" \
  "$(ls examples/claude-code/target/hookbus-example-claude-code-*.jar | head -n 1)" "${@:2}"
