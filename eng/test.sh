#!/usr/bin/env bash
# Builds and runs every test project, and says what came of it.
# The last line is "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."

mkdir -p artifacts
dotnet build EdgeVision.sln -c Release -v quiet -nologo || exit 1

# Beside the end-to-end tests, which wait for cameras and clocks most of the time, run those that measure no time; then the hub's, which wait for links and clocks, beside those of the device's parts.
beside=(Cloud Compression Inference Onnx Packaging Trainer Update Workbench)
last=(Agent Capture Imaging)

run() { # project arguments... -> its log, exit code, seconds and those of the processor as files in artifacts
    local name=$1 started=$SECONDS TIMEFORMAT='%U %S'; shift
    { time "artifacts/bin/$name/release/$name" -noLogo -noColor "$@" >"artifacts/$name.log" 2>&1; local code=$?; } 2>"artifacts/$name.cpu"
    echo "$code $((SECONDS - started)) $(awk '{ printf "%.0f", $1 + $2 }' "artifacts/$name.cpu")" >"artifacts/$name.end"
}

passed=0 failed=0 skipped=0
report() { # project
    local name=$1 log=artifacts/$1.log code seconds processor line
    read -r code seconds processor <"artifacts/$name.end"
    printf '\033[2m[test]\033[0m %s\n' "$name"
    line=$(grep -E ' Total: [0-9]+, Errors' "$log" | tail -1)
    count() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$line"; }
    if [ -z "$line" ] || { [ "$code" -ne 0 ] && [ "$(count Failed)" = 0 ] && [ "$(count Errors)" = 0 ]; }; then
        cat "$log"; echo "$name did not finish (exit code $code)"; failed=$((failed + 1)); return
    fi
    local total bad out
    total=$(count Total) bad=$(($(count Failed) + $(count Errors))) out=$(($(count Skipped) + 0))
    grep -E '\[(FAIL|SKIP)\]' -A 14 "$log" | grep -vE '^--$' || true
    passed=$((passed + total - bad - out)) failed=$((failed + bad)) skipped=$((skipped + out))
    printf '       %s, %s s, %s s of the processor\n' "${line##*  }" "$seconds" "$processor"
}

(renice -n 10 $BASHPID >/dev/null; for room in "${beside[@]}"; do run "EdgeVision.$room.Tests" "$@"; done) &
run EdgeVision.EndToEnd.Tests "$@"
wait
for room in EndToEnd "${beside[@]}"; do report "EdgeVision.$room.Tests"; done

(for room in "${last[@]}"; do run "EdgeVision.$room.Tests" "$@"; done) &
run EdgeVision.Hub.Tests "$@"
wait
for room in Hub "${last[@]}"; do report "EdgeVision.$room.Tests"; done

# A project that nobody named above is run all the same.
for project in tests/*.Tests; do
    name=${project##*/}; room=${name#EdgeVision.}; room=${room%.Tests}
    [[ " EndToEnd Hub ${beside[*]} ${last[*]} " == *" $room "* ]] && continue
    run "$name" "$@"
    report "$name"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" != 0 ]
