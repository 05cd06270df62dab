#!/usr/bin/env bash
# Publishes the daemon with named fault points, for the tests that kill it there. Never shipped; everything it builds stays apart from the real build.
set -euo pipefail
cd "$(dirname "$0")/.."

printf '\033[2m[build]\033[0m edgevisiond with fault points\n'
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet publish src/EdgeVision.Agent -c Release -r linux-x64 -o artifacts/publish/edgevisiond-faults -v minimal -nologo \
    -p:FaultPoints=true -p:ArtifactsPath="$PWD/artifacts/faults" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
