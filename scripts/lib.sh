# Sourced by every verb: they all run from the root of the checkout, wherever that is.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

fail() {
  printf 'dynamic-gallery: %s\n' "$*" >&2
  exit 1
}

# Only one set-up at a time in one checkout (two terminals, parallel CI steps).
lock_setup() {
  mkdir -p build
  exec 9>build/.setup-lock
  if command -v flock >/dev/null; then flock 9; fi
}

is_root_with_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
  say "installing $* with apt-get"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# stamped FILE DIGEST: whether FILE holds this digest, that is, nothing has changed since.
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
