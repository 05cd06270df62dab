#!/usr/bin/env bash
# The main job, end to end: a camera, a detector, a hub, and over the air the same detector in 8 bits. Prints a table of what held; the exit code tells.
# KEEP=1 leaves hub and device running until Ctrl-C. MODEL, NEXT_MODEL (package folders) and VIDEO replace the pieces with your own; with NEXT_MODEL nothing is compressed.
set -uo pipefail
cd "$(dirname "$0")/.."

# Real streets where there are some: the detector is made small here. Else the zoo's own, which a run of the trainer has made small, at an intersection that our own code draws.
data=${EDGEVISION_DATA:-$(realpath -m ../shared/data)}
street=$data/video/street_inbound_8_vehicles.mp4
truth=$data/traffic/street_voc/train
if [ -e "$street" ] && [ -e "$truth" ]; then
    model=${MODEL:-artifacts/models/yolox-nano} next=${NEXT_MODEL:-} video=${VIDEO:-$street}
else
    own=artifacts/models/intersection
    model=${MODEL:-$own} next=${NEXT_MODEL:-} video=${VIDEO:-synthetic://intersection?seed=7&width=832&height=468}
    [ -n "${MODEL:-}$next" ] || next=$own
fi
device=street-cam-1
cloud=artifacts/publish/edgevision-cloud/edgevision-cloud
edgevisiond=artifacts/publish/edgevisiond/edgevisiond
edgevision=artifacts/publish/edgevision/edgevision

bold=$'\033[1m' dim=$'\033[2m' green=$'\033[32m' red=$'\033[31m' plain=$'\033[0m'
step() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
note() { printf '   %s\n' "$*"; }

for needed in "$model/manifest.json" "${next:-$truth}" "$video"; do
    [[ -e $needed || $needed = *://* ]] && continue
    cat >&2 <<EOF
The demo needs a detector package, pictures to make it small with or a second package, and a video, and $needed is not there.

  * With what is here:  make demo, without MODEL, NEXT_MODEL and VIDEO
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

step "1/7  The detector in 8 bits"
if [ -z "$next" ]; then
    # Calibrated with what this camera sees, judged on other streets whose vehicles people have marked.
    mkdir "$work/pictures"
    ffmpeg -v error -i "$video" -vf 'select=not(mod(n\,30))' -fps_mode vfr -q:v 2 "$work/pictures/%03d.jpg"
    next=$work/small
    "$edgevision" model compress --model "$model" --calibration "$work/pictures" --evaluate "$truth" --map motorcycle=motorbike --evaluate-limit 40 \
        --target cpu --quick --max-drop 2 --version 1.1.0 --out "$next" --json >"$work/compressed.json" || { echo "compressing failed: exit code $?"; exit 1; }
    note "$(jq -r .verdict "$work/compressed.json")"
    jq -e '.variants[0] | .sizeRatio < 0.5 and .speedup > 1' "$work/compressed.json" >/dev/null
    check "8 bits are smaller, faster, and still see" $? "$(jq -r '.variants[0] | "\(.sizeRatio * 100 | round) % of the bytes, \(.speedup * 100 | round / 100) times as fast, AP50 \(.fp32 * 1000 | round / 1000) -> \(.value * 1000 | round / 1000)"' "$work/compressed.json")"
elif [ "$next" = "$model" ]; then
    # The device begins with the float network alone; what comes over the air is the whole release.
    float=$work/float
    mkdir "$float"
    jq '.version = "0.9.0" | .counter = 0 | .files |= map(select(.role == "labels" or .variant == "fp32"))' "$model/manifest.json" >"$float/manifest.json"
    jq -r '.files[].name' "$float/manifest.json" | while read -r name; do cp "$model/$name" "$float/"; done
    model=$float
    bytes() { jq ".files[] | select(.variant == \"$1\").size" "$next/manifest.json"; }
    [ $(($(bytes int8-cpu-u8s8) * 2)) -lt "$(bytes fp32)" ]
    check "8 bits are smaller, and still see" $? "$(bytes fp32) -> $(bytes int8-cpu-u8s8) bytes, $(awk -F'|' '/^\| test pictures/ { found = $4 } /its float network/ { print "AP50 on unseen places" $4 "->" found }' "$next/model-card.md")"
fi

step "2/7  A hub of our own on this machine"
"$cloud" serve --data "$hub" --mqtt-port 0 --https-port 0 >"$work/hub.log" 2>&1 &
pids+=($!)
until_true 30 test -s "$hub/endpoints.json" || { cat "$work/hub.log"; exit 1; }
note "listening: $(tr -d '\n' <"$hub/endpoints.json")"

step "3/7  Enrol the device"
enrolled=$(cloud device add "$device" --data "$hub" --json) || exit 1
umask 077
jq -r .connectionString <<<"$enrolled" >"$work/connection-string"
ca=$(jq -r .caFile <<<"$enrolled")
root=$(jq -r .rootFile <<<"$enrolled")
note "$device, key in $work/connection-string, trusts $ca, believes models signed under $root"

step "4/7  Start the daemon"
[[ $video = *://* ]] || video=$(realpath "$video")
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
source = "$video"
paced = true
loop = true
EOF
"$edgevisiond" run --config "$work/edgevision.toml" >"$work/daemon.log" 2>&1 &
daemon=$!
pids+=("$daemon")
note "live page: http://127.0.0.1:$http_port/"

step "5/7  Detections arrive at the hub"
summary='.body | select(.type == "interval") | "   #\(.sequence)  \(.model.name) \(.model.version)  " + ([.cameras[] | "\(.id): \(.frames.processed) frames, \(.fps) fps, p99 \(.latencyMs.p99) ms, " + ([.classes[]? | "\(.label) \(.detections)"] | join(", "))] | join(" | "))'
"$cloud" telemetry --data "$hub" --device "$device" --follow --json >"$work/telemetry.jsonl" 2>>"$work/hub.log" &
pids+=($!)
jq --unbuffered -r "$summary" < <(tail -n +1 -F "$work/telemetry.jsonl" 2>/dev/null) &
pids+=($!)
intervals() { jq -c "select(.body.type == \"interval\" and \"\(.body.model.name) \(.body.model.version)\" == \"$1\")" "$work/telemetry.jsonl" 2>/dev/null; }
intervals_of() { intervals "$1" | wc -l; }
inference_of() { intervals "$1" | jq '.body.cameras[].inferenceMs.p50 // empty' | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
arrived() { [ "$(intervals_of "$1")" -ge "$2" ]; }
first=$(jq -r '"\(.model) \(.version)"' "$model/manifest.json")
until_true 40 arrived "$first" 4
check "Detections reach the hub" $? "$(intervals_of "$first") intervals of $first, $(jq -s '[.[] | select(.body.type == "interval") | .body.cameras[].classes[]?.detections] | add // 0' "$work/telemetry.jsonl") detections"
answer=$(cloud invoke "$device" status --data "$hub" 2>&1)
check "The device answers the hub (method status)" $? "$(head -c 60 <<<"$answer" | tr '\n' ' ')"

step "6/7  Release it over the air"
released=$(cloud model publish "$next" --data "$hub") || exit 1
note "$released"
second=$(jq -r '"\(.model) \(.version)"' <<<"$released")
before_lost=$(metric edgevision_frames_dropped_total)
before_seen=$(metric edgevision_frames_processed_total)
cloud rollout "$device" "$(jq -r .model <<<"$released")" "$(jq -r .version <<<"$released")" --data "$hub" >/dev/null || exit 1
committed() { cloud twin get "$device" --data "$hub" 2>/dev/null | jq -e --arg d "sha256:$(jq -r .manifestSha256 <<<"$released")" '.properties.reported.modelUpdate.active == $d' >/dev/null; }
until_true 90 committed
check "The device reports the new model active" $? "$(cloud twin get "$device" --data "$hub" | jq -c '.properties.reported.modelUpdate | {state, active: .active[0:19], result: .result.code}' 2>/dev/null)"
until_true 30 arrived "$second" 3
check "Detections of the new model reach the hub" $? "$(intervals_of "$second") intervals of $second"
if [ -z "${NEXT_MODEL:-}" ]; then
    before_ms=$(inference_of "$first") after_ms=$(inference_of "$second")
    awk -v b="$before_ms" -v a="$after_ms" 'BEGIN { exit !(a > 0 && a < b) }'
    check "The device chose the faster form by itself" $? "inference p50 $before_ms -> $after_ms ms, $(awk -v b="$before_ms" -v a="$after_ms" 'BEGIN { printf "%.2f", b / a }') times as fast on the live stream"
fi
lost=$(($(metric edgevision_frames_dropped_total) - before_lost))
seen=$(($(metric edgevision_frames_processed_total) - before_seen))
[ "$lost" -eq 0 ]; check "No frame lost over the swap" $? "$seen frames seen, $lost dropped"
jq -se 'map(select(.body.type == "interval")) | [.[].sequence] as $s | ($s == ($s | unique)) and (map([.body.model.digest]) | unique | length) == 2' "$work/telemetry.jsonl" >/dev/null
check "Every message names one model, none twice" $? "$(wc -l <"$work/telemetry.jsonl") messages"

step "7/7  The device itself"
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
