#!/usr/bin/env bash
# Publishes the programs to artifacts/publish/<program>/<program>. A second run without changes takes seconds.
# usage: eng/build.sh [faults|trainer]
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[2m[build]\033[0m %s\n' "$*"; }

publish() { # room program arguments...
    local room=$1 program=$2; shift 2
    say "$program"
    local log; log=$(mktemp)
    if ! dotnet publish "src/EdgeVision.$room" -c Release -o "artifacts/publish/$program" -v minimal -nologo "$@" >"$log" 2>&1; then
        cat "$log" >&2; rm -f "$log"; exit 1
    fi
    # Warnings are errors, but the AOT compiler's own are counted once more: a single one is a hidden crash on a device.
    if grep -E 'warning IL[23][0-9]{3}' "$log" >&2; then echo "build: $program has trimming or AOT warnings" >&2; exit 1; fi
    rm -f "$log"
}

# The daemon with named fault points, for the tests that kill it there: never shipped, and what it is built from stays apart.
if [ "${1:-}" = faults ]; then
    publish Agent edgevisiond-faults -r linux-x64 -p:FaultPoints=true -p:ArtifactsPath="$PWD/artifacts/faults"
    exit
fi

# By itself, because nobody who wants a device should wait for libtorch.
if [ "${1:-}" = trainer ]; then
    publish Trainer edgevision-trainer -r linux-x64 --no-self-contained
    exit
fi

# Any x64 processor since 2009 runs it. EDGEVISION_CPU=x86-64-v3 (AVX2) or native makes picture to tensor up to twice as fast, for those that have it only.
publish Agent edgevisiond -r linux-x64 ${EDGEVISION_CPU:+-p:IlcInstructionSet=$EDGEVISION_CPU}
publish Cloud edgevision-cloud -r linux-x64 --no-self-contained
publish Workbench edgevision -r linux-x64 --no-self-contained
