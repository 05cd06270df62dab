#!/usr/bin/env bash
# The main job, end to end, on real input: a camera, a detector, a hub, a new model over the air. Prints a table of what held; the exit code tells.
# KEEP=1 leaves hub and device running until Ctrl-C. MODEL, NEXT_MODEL (package folders) and VIDEO replace the pieces with your own.
set -uo pipefail
cd "$(dirname "$0")/.."

data=${EDGEVISION_DATA:-$(realpath -m ../shared/data)}
model=${MODEL:-artifacts/models/yolox-nano}
next=${NEXT_MODEL:-artifacts/models/fastestdet}
video=${VIDEO:-$data/video/street_inbound_8_vehicles.mp4}
device=street-cam-1
cloud=artifacts/publish/edgevision-cloud/edgevision-cloud
edgevisiond=artifacts/publish/edgevisiond/edgevisiond

bold=$'\033[1m' dim=$'\033[2m' green=$'\033[32m' red=$'\033[31m' plain=$'\033[0m'
step() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
note() { printf '   %s\n' "$*"; }

for needed in "$model/manifest.json" "$next/manifest.json" "$video"; do
    [ -e "$needed" ] && continue
    cat >&2 <<EOF
The demo needs two detector packages and a video, and $needed is not there.

  * With the test data: put it at ../shared/data or say where it is:   EDGEVISION_DATA=/path/to/data make demo
  * With your own:      MODEL=/path/to/package NEXT_MODEL=/path/to/another VIDEO=/path/to/video.mp4 make demo
    A package is a folder with manifest.json and the files it names; models/README.md shows how to make one from an ONNX file.
EOF
    exit 2
done

work=$(mktemp -d "${TMPDIR:-/tmp}/edgevision-demo.XXXXXX")
hub=$work/hub
pids=()
finish() {
    # shellcheck disable=SC2317
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait 2>/dev/null
    if [ -n "${KEEP:-}" ]; then echo "Logs and data stay in $work"; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

rows=()
verdict=0
check() { # what held? evidence
    if [ "$2" = 0 ]; then rows+=("${green}pass${plain}|$1|$3"); else rows+=("${red}FAIL${plain}|$1|$3"); verdict=1; fi
}
cloud() { "$cloud" "$@"; }
metric() { curl -fsS "http://127.0.0.1:$http_port/metrics" | awk -v m="$1" 'index($1, m) == 1 { sum += $2 } END { printf "%.0f", sum }'; }
until_true() { # seconds command...
    local deadline=$((SECONDS + $1)); shift
    while ! "$@"; do [ $SECONDS -lt $deadline ] || return 1; sleep 0.3; done
}

step "1/6  A hub of our own on this machine"
"$cloud" serve --data "$hub" --mqtt-port 0 --https-port 0 >"$work/hub.log" 2>&1 &
pids+=($!)
until_true 30 test -s "$hub/endpoints.json" || { cat "$work/hub.log"; exit 1; }
note "listening: $(tr -d '\n' <"$hub/endpoints.json")"

step "2/6  Enrol the device"
enrolled=$(cloud device add "$device" --data "$hub" --json) || exit 1
umask 077
jq -r .connectionString <<<"$enrolled" >"$work/connection-string"
ca=$(jq -r .caFile <<<"$enrolled")
root=$(jq -r .rootFile <<<"$enrolled")
note "$device, key in $work/connection-string, trusts $ca, believes models signed under $root"

step "3/6  Start the daemon on a real video"
http_port=$((20000 + RANDOM % 20000))
cat >"$work/edgevision.toml" <<EOF
[device]
state_directory = "$work/state"
[hub]
connection_string_file = "$work/connection-string"
ca_file = "$ca"
[model]
directory = "$(realpath "$model")"
[update]
root_file = "$root"
[telemetry]
interval_seconds = 2
[http]
port = $http_port
[[camera]]
id = "street"
source = "$(realpath "$video")"
paced = true
loop = true
EOF
"$edgevisiond" run --config "$work/edgevision.toml" >"$work/daemon.log" 2>&1 &
daemon=$!
pids+=("$daemon")
note "live page: http://127.0.0.1:$http_port/"

step "4/6  Detections arrive at the hub"
summary='.body | select(.type == "interval") | "   #\(.sequence)  \(.model.name) \(.model.version)  " + ([.cameras[] | "\(.id): \(.frames.processed) frames, \(.fps) fps, p99 \(.latencyMs.p99) ms, " + ([.classes[]? | "\(.label) \(.detections)"] | join(", "))] | join(" | "))'
"$cloud" telemetry --data "$hub" --device "$device" --follow --json >"$work/telemetry.jsonl" 2>>"$work/hub.log" &
pids+=($!)
jq --unbuffered -r "$summary" < <(tail -n +1 -F "$work/telemetry.jsonl" 2>/dev/null) &
pids+=($!)
intervals_of() { jq -c "select(.body.type == \"interval\" and .body.model.name == \"$1\")" "$work/telemetry.jsonl" 2>/dev/null | wc -l; }
arrived() { [ "$(intervals_of "$1")" -ge "$2" ]; }
first=$(jq -r .model "$model/manifest.json")
until_true 40 arrived "$first" 4
check "Detections reach the hub" $? "$(intervals_of "$first") intervals of $first, $(jq -s '[.[] | select(.body.type == "interval") | .body.cameras[].classes[]?.detections] | add // 0' "$work/telemetry.jsonl") detections"
answer=$(cloud invoke "$device" status --data "$hub" 2>&1)
check "The device answers the hub (method status)" $? "$(head -c 60 <<<"$answer" | tr '\n' ' ')"

step "5/6  Release a second model over the air"
released=$(cloud model publish "$next" --data "$hub") || exit 1
note "$released"
second=$(jq -r .model <<<"$released")
before_lost=$(metric edgevision_frames_dropped_total)
before_seen=$(metric edgevision_frames_processed_total)
cloud rollout "$device" "$second" "$(jq -r .version <<<"$released")" --data "$hub" >/dev/null || exit 1
committed() { cloud twin get "$device" --data "$hub" 2>/dev/null | jq -e --arg d "sha256:$(jq -r .manifestSha256 <<<"$released")" '.properties.reported.modelUpdate.active == $d' >/dev/null; }
until_true 40 committed
check "The device reports the new model active" $? "$(cloud twin get "$device" --data "$hub" | jq -c '.properties.reported.modelUpdate | {state, active: .active[0:19], result: .result.code}' 2>/dev/null)"
until_true 30 arrived "$second" 3
check "Detections of the new model reach the hub" $? "$(intervals_of "$second") intervals of $second"
lost=$(($(metric edgevision_frames_dropped_total) - before_lost))
seen=$(($(metric edgevision_frames_processed_total) - before_seen))
[ "$lost" -eq 0 ]; check "No frame lost over the swap" $? "$seen frames seen, $lost dropped"
jq -se 'map(select(.body.type == "interval")) | [.[].sequence] as $s | ($s == ($s | unique)) and (map([.body.model.digest]) | unique | length) == 2' "$work/telemetry.jsonl" >/dev/null
check "Every message names one model, none twice" $? "$(wc -l <"$work/telemetry.jsonl") messages"

step "6/6  The device itself"
rss=$(awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$daemon/status")
size=$(($(stat -c %s "$edgevisiond") / 1048576))
[ "$size" -le 20 ]; check "One native binary" $? "$size MiB"
[ "$rss" -le 160 ]; check "Memory" $? "peak $rss MiB, two models loaded at the swap"
if [ -n "${KEEP:-}" ]; then note "running; look at http://127.0.0.1:$http_port/ and stop with Ctrl-C"; fi

printf '\n%s%-6s %-46s %s%s\n' "$bold" "" "What" "Evidence" "$plain"
for row in "${rows[@]}"; do IFS='|' read -r result what evidence <<<"$row"; printf '%s   %-46s %s\n' "$result" "$what" "$evidence"; done
printf '%s%s%s\n' "$dim" "took $SECONDS s" "$plain"
[ "$verdict" = 0 ] || { echo; echo "The daemon's last words:"; tail -20 "$work/daemon.log"; }

if [ -n "${KEEP:-}" ]; then wait "$daemon"; else
    kill -TERM "$daemon"; wait "$daemon"; stopped=$?
    [ $stopped = 0 ] || { echo "the daemon stopped with exit code $stopped"; verdict=1; }
fi
exit $verdict
