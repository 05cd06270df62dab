#!/usr/bin/env bash
# The figures that are promised, measured in one run on this machine. Timings are noisy: the ratios, from runs in turn, are what counts.
# ROUNDS=3 is how often each peer is run; the medians are compared.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${EDGEVISION_DATA:-$(realpath -m ../shared/data)}
clip=$data/video/street_inbound_8_vehicles.mp4
onnx=$data/models/yolox_nano/yolox_nano.onnx
model=artifacts/models/yolox-nano
daemon=artifacts/publish/edgevisiond/edgevisiond
peers=tests/EdgeVision.Benchmarks/peers
rounds=${ROUNDS:-3}
[ -e "$clip" ] && [ -e "$model/manifest.json" ] || { echo "bench: needs $clip and $model: set EDGEVISION_DATA to the folder of test data" >&2; exit 2; }

work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
missed=0
row() { printf '%-76s %12s   %-10s %s\n' "$@"; [ "$4" != FAIL ] || missed=1; }
holds() { awk -v value="$1" -v limit="$3" -v op="$2" 'BEGIN { exit !(op == "<=" ? value <= limit : value >= limit) }' && echo pass || echo FAIL; }

cores=$(nproc)
echo "Side by side, $rounds rounds in turn, the street clip; every program gets 1 thread for the network, then $cores ..."
for ((i = 1; i <= rounds; i++)); do
    for threads in 1 "$cores"; do
        # ours spends its threads on frames in parallel, the peers within one network: each as it does best
        "$daemon" bench --model "$model" --source "$clip" --seconds 6 --threads 1 --workers "$threads" --json >"$work/ours.$threads.$i.json"
        /usr/bin/python3 "$peers/opencv_dnn.py" "$onnx" "$clip" "$threads" 150 >"$work/opencv.$threads.$i.json"
        node "$peers/ort_node.mjs" "$onnx" "$clip" 640 352 "$threads" 400 2>/dev/null >"$work/node.$threads.$i.json"
    done
done
of() { jq -r ".$2" "$work/$1".*.json | median; }
first=$(jq -rn --arg f "$clip" '$f'); ffmpeg -v error -y -i "$first" -frames:v 1 "$work/one.png"
for ((i = 1; i <= 5; i++)); do
    from=$(date +%s%N); "$daemon" detect --model "$model" --source "$work/one.png" --json - >"$work/one.jsonl" 2>/dev/null; to=$(date +%s%N)
    echo $(((to - from) / 1000000))
done >"$work/cold"
http_port=$((20000 + RANDOM % 20000))
printf '[device]\nstate_directory = "%s/state"\n[model]\ndirectory = "%s"\n[http]\nport = %s\n[[camera]]\nid = "street"\nsource = "%s"\npaced = true\nloop = true\n' \
    "$work" "$(realpath "$model")" "$http_port" "$clip" >"$work/edgevision.toml"
"$daemon" run --config "$work/edgevision.toml" >"$work/daemon.log" 2>&1 & pid=$!
sleep 20; rss=$(awk '/VmHWM/ { printf "%.1f", $2 / 1024 }' "/proc/$pid/status"); kill -TERM $pid; wait $pid || true

ratio() { awk "BEGIN { printf \"%.2f\", $(of "ours.$2" fps) / $(of "$1.$2" fps) }"; }
rates() { printf '%.1f / %.1f' "$(of "ours.$2" fps)" "$(of "$1.$2" fps)"; }
over_opencv=$(ratio opencv "$cores"); over_node=$(ratio node "$cores")
overhead=$(of ours.1 overheadRatio); bytes=$(of ours.1 allocatedBytesPerFrame); cold=$(median <"$work/cold")
size=$(awk "BEGIN { printf \"%.1f\", $(stat -c %s "$daemon") / 1048576 }")

echo
row "what" "measured" "must" ""
row "whole frame / bare run, YOLOX-Nano 416, 1 thread" "$overhead" "<= 1.10" "$(holds "$overhead" '<=' 1.10)"
row "managed bytes per frame, steady state" "$bytes" "0" "$(holds "$bytes" '<=' 0)"
row "cold start to first detections of a picture, whole process, ms" "$cold" "<= 300" "$(holds "$cold" '<=' 300)"
row "peak RSS of run, YOLOX-Nano, one 640x352 stream, MiB" "$rss" "<= 120" "$(holds "$rss" '<=' 120)"
row "edgevisiond executable, MiB" "$size" "<= 20" "$(holds "$size" '<=' 20)"
row "frames/s over OpenCV + cv2.dnn, $cores threads ($(rates opencv "$cores"))" "$over_opencv" ">= 5" "$(holds "$over_opencv" '>=' 5)"
row "frames/s over ffmpeg + onnxruntime-node, $cores threads ($(rates node "$cores"))" "$over_node" ">= 1.3" "$(holds "$over_node" '>=' 1.3)"
row "  the same with 1 thread each: OpenCV ($(rates opencv 1))" "$(ratio opencv 1)" "" ""
row "  the same with 1 thread each: onnxruntime-node ($(rates node 1))" "$(ratio node 1)" "" ""
row "bare run p50 / frame p50 / frame p99, ms" "$(of ours.1 bareRunMsP50)" "" "$(of ours.1 frameMsP50) / $(of ours.1 frameMsP99)"
echo
dotnet build tests/EdgeVision.Benchmarks -c Release -v quiet -nologo
for what in imaging threads capture; do
    dotnet run --no-build --project tests/EdgeVision.Benchmarks -c Release -- "$what" || missed=1
    echo
done
exit $missed
