#!/usr/bin/env bash
# The public TUF client conformance suite (theupdateframework/tuf-conformance) against the published daemon: eng/tuf-conformance.sh CHECKOUT [pytest arguments]
# PYTHON names a python that has the suite's dependencies (pytest, tuf, securesystemslib with cryptography); faketime must be installed.
set -euo pipefail
suite=${1:?"usage: eng/tuf-conformance.sh CHECKOUT: a checkout of the suite"}; shift
daemon=$(cd "$(dirname "$0")/.." && pwd)/artifacts/publish/edgevisiond/edgevisiond
[ -x "$daemon" ] || { echo "tuf-conformance: $daemon is not there: run make build first" >&2; exit 1; }
command -v faketime >/dev/null || { echo "tuf-conformance: faketime is missing: apt-get install faketime" >&2; exit 1; }

# A native program asks the clock in a way that libfaketime would otherwise wait on for ever.
export FAKETIME_FORCE_MONOTONIC_FIX=0
cd "$suite"
PYTHONPATH=$PWD exec "${PYTHON:-python3}" -m pytest tuf_conformance --entrypoint "$daemon tuf" "$@"
