#!/usr/bin/env bash
# A real Chroma server: the native one inside the npm package `chromadb`.
#
#   chroma-server.sh install            fetches it once; nothing is installed on the system
#   chroma-server.sh run ARGUMENT...    becomes the server, as `chroma run ARGUMENT...`
#
# HOOKBUS_CHROMA_HOME names the directory that keeps it; the module's target/chroma by default.
# Exit code 3 of `install` means that this machine lacks a tool; stderr names it.
set -euo pipefail

readonly VERSION=3.5.0
# The server's binding needs this C library. An older system gets one in a private directory.
readonly GLIBC=2.39
readonly GLIBC_RELEASE=trixie

module=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
home=${HOOKBUS_CHROMA_HOME:-$module/target/chroma}
mkdir -p "$home"
home=$(cd "$home" && pwd)

missing() {
  echo "the real Chroma server cannot be had here: $1" >&2
  exit 3
}

have() {
  command -v "$1" >/dev/null || missing "no $1 on the path"
}

system_glibc_suffices() {
  local version
  version=$(getconf GNU_LIBC_VERSION 2>/dev/null | awk '{print $2}')
  [ "$(printf '%s\n' "$GLIBC" "${version:-$GLIBC}" | sort -V | head -n 1)" = "$GLIBC" ]
}

library_directory() {
  echo "$home/libc/usr/lib/$(uname -m)-linux-gnu"
}

loader() {
  find "$(library_directory)" -maxdepth 1 -name 'ld-linux-*.so.*' 2>/dev/null | head -n 1
}

# From the machine's own package sources, one release on: nothing here names a host.
install_libc() {
  have apt-get
  have dpkg-deb
  local apt=$home/apt options
  mkdir -p "$apt"/{sources,lists/partial,cache/archives/partial,debs}
  if [ -f /etc/apt/sources.list.d/debian.sources ]; then
    sed -E "s/(bookworm|bullseye)/$GLIBC_RELEASE/g" /etc/apt/sources.list.d/debian.sources \
      >"$apt/sources/newer.sources"
  elif [ -f /etc/apt/sources.list ]; then
    sed -E "s/(bookworm|bullseye)/$GLIBC_RELEASE/g" /etc/apt/sources.list >"$apt/sources/newer.list"
  else
    missing "a C library older than $GLIBC and no Debian sources"
  fi
  options=(
    -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/sources"
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache"
  )
  apt-get "${options[@]}" update >/dev/null || missing "apt-get update failed"
  (cd "$apt/debs" && apt-get "${options[@]}" download libc6 libstdc++6 libgcc-s1 >/dev/null) ||
    missing "apt-get download failed"
  local deb
  for deb in "$apt"/debs/*.deb; do
    dpkg-deb -x "$deb" "$home/libc"
  done
  rm -rf "$apt"
}

install() {
  have node
  have npm
  if [ ! -f "$home/node_modules/chromadb/package.json" ]; then
    (cd "$home" && npm install "chromadb@$VERSION" --prefix "$home" --no-fund --no-audit \
      --ignore-scripts >&2) || missing "npm install failed"
  fi
  if ! system_glibc_suffices && [ -z "$(loader)" ]; then
    install_libc
  fi
}

run() {
  # Node's own handler would raise SIGTERM again for ever, and the server would never end.
  local command=(
    node --import "data:text/javascript,process.on('SIGTERM',()=>{})"
    "$home/node_modules/chromadb/dist/cli.mjs" run "$@"
  )
  if ! system_glibc_suffices; then
    command=("$(loader)" --library-path "$(library_directory)" "$(command -v node)" "${command[@]:1}")
  fi
  exec "${command[@]}"
}

case "${1:-}" in
  install)
    exec 9>"$home/.lock"
    if command -v flock >/dev/null; then
      flock 9 # builds that share the directory install it once
    fi
    install
    ;;
  run)
    shift
    run "$@"
    ;;
  *)
    sed -n '2,9p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
