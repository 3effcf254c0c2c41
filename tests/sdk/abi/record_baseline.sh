#!/bin/sh
# record_baseline.sh PROBE.so: writes baseline.abi again, after a field was appended. Prints first what changed since the old
# one: members inserted at the end of a struct, and nothing else.
set -eu
baseline=$(cd "$(dirname "$0")" && pwd)/baseline.abi
abidiff --no-architecture "$baseline" "$1" || true
abidw --no-architecture --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --no-write-default-sizes \
  --no-parameter-names --drop-undefined-syms "$1" |
  sed -e "s| path='.*/\([^/']*\)'| path='\1'|" >"$baseline"
