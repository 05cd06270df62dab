#!/usr/bin/env bash
# Builds and runs every test project, one after the other because timings are part of what is tested, and says what came of it.
# The last line is "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."

log=artifacts/test.log
mkdir -p artifacts
dotnet build EdgeVision.sln -c Release -v quiet -nologo || exit 1

passed=0 failed=0 skipped=0
for project in tests/*.Tests; do
    name=${project##*/}
    printf '\033[2m[test]\033[0m %s\n' "$name"
    started=$SECONDS
    "artifacts/bin/$name/release/$name" -noLogo -noColor "$@" >"$log" 2>&1
    code=$?
    line=$(grep -E ' Total: [0-9]+, Errors' "$log" | tail -1)
    count() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$line"; }
    if [ -z "$line" ] || { [ $code -ne 0 ] && [ "$(count Failed)" = 0 ] && [ "$(count Errors)" = 0 ]; }; then
        cat "$log"; echo "$name did not finish (exit code $code)"; failed=$((failed + 1)); continue
    fi
    total=$(count Total) bad=$(($(count Failed) + $(count Errors))) out=$(($(count Skipped) + 0))
    grep -E '\[(FAIL|SKIP)\]' -A 14 "$log" | grep -vE '^--$' || true
    passed=$((passed + total - bad - out)) failed=$((failed + bad)) skipped=$((skipped + out))
    printf '       %s, %s s\n' "${line##*  }" $((SECONDS - started))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
