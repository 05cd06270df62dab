#!/usr/bin/env bash
# Trainings measured against what was promised, one section a function; the runs lie in artifacts/training. ONLY="smaller" runs these sections alone; a run that is done is not done again.
set -euo pipefail
cd "$(dirname "$0")/.."

trainer=artifacts/publish/edgevision-trainer/edgevision-trainer
out=artifacts/training
mkdir -p "$out"

# run NAME COMMAND...: a command of the trainer that makes the run NAME; resumes what was interrupted. Leaves its line of JSON in NAME.json.
run() {
    local name=$1; shift
    [ -s "$out/$name.json" ] && return 0
    echo "== $name" >&2
    if [ -e "$out/$name/run.json" ]; then set -- resume "$out/$name"; else set -- "$@" --out "$out/$name"; fi
    "$trainer" "$@" --json >"$out/$name.part"
    mv "$out/$name.part" "$out/$name.json"
}

of() { jq -r "$2" "$out/$1.json"; }

# Less than half of the multiplications (what a share of them leaves in multiples of 16 channels), 8 bits: against the same network with as many epochs. And 8 bits trained against 8 bits calibrated, where that is hard: one scale for all weights of a depthwise layer.
smaller() {
    local model
    echo "network|MACs|float, as many epochs|pruned, 8 bits|lost, points (<= 0.5)|times smaller (>= 8)"
    for model in founding resnet8; do
        run "$model" train --model "$model" --data fashion-mnist --samples 20000 --epochs 5 --batch 64 --schedule cosine
        run "$model-control" prune "$out/$model" --macs 1 --epochs 5
        run "$model-pruned" prune "$out/$model" --macs 0.4 --epochs 4
        run "$model-int8" quantize "$out/$model-pruned" --epochs 1
        local bytes small
        bytes=$(stat -c %s "$out/$model/model.onnx"); small=$(of "$model-int8" .int8.bytes)
        jq -rn --arg model "$model" --argjson control "$(of "$model-control" .value)" --argjson int8 "$(of "$model-int8" .int8.value)" --argjson before "$(of "$model" .macs)" --argjson after "$(of "$model-pruned" .macs)" --argjson bytes "$bytes" --argjson small "$small" '
            def n(d): . * pow(10; d) | round / pow(10; d);
            [$model, ($after / $before | n(2)), ($control * 100 | n(2)), ($int8 * 100 | n(2)), (($control - $int8) * 100 | n(2)), ($bytes / $small | n(1))] | join("|")'
    done | column -ts'|'

    # Trained for long, because that is what makes it hard: after 3 epochs at 0.003 calibration alone loses nothing. Calibration is by least and greatest, without equalization.
    run hard train --model mobilenet --width 0.25 --activation relu6 --data fashion-mnist --samples 6000 --epochs 10 --learning-rate 0.01 --schedule cosine
    run hard-control prune "$out/hard" --macs 1 --epochs 1 --learning-rate 0.001
    run hard-control-int8 quantize "$out/hard-control" --per-tensor --epochs 1 --learning-rate 0.0001
    run hard-int8 quantize "$out/hard" --per-tensor --epochs 1 --learning-rate 0.001
    jq -rn --argjson float "$(of hard .value)" --argjson control "$(of hard-control .value)" --argjson calibrated "$(of hard-control-int8 .int8.untrained)" --argjson trained "$(of hard-int8 .int8.value)" --argjson rounded "$(of hard-int8 .value)" '
        def n: . * 10000 | round / 100;
        "per tensor, depthwise, ReLU6: float \($float | n), after one epoch more \($control | n) and calibrated \($calibrated | n); the same epoch trained for 8 bits \($trained | n), better by \($trained - $calibrated | n) points (>= 1); in libtorch \($rounded | n)"'
}

# From data to a model that runs on a device: a device serves what a short first round made; then the clock runs over a second one, its release, and the update over the air.
loop() {
    local work hub device=loop-cam pids=() cloud=artifacts/publish/edgevision-cloud/edgevision-cloud edgevisiond=artifacts/publish/edgevisiond/edgevisiond
    work=$(mktemp -d "${TMPDIR:-/tmp}/edgevision-loop.XXXXXX"); hub=$work/hub
    # shellcheck disable=SC2064
    trap "kill \$(jobs -p) 2>/dev/null || true; wait; rm -rf '$work'" RETURN
    round() { "$trainer" loop --data fashion-mnist --model founding --name fashion --out "$work/rounds" --shadow-frames 0 --shadow-minutes 0 --probation-frames 0 --probation-minutes 0 --json "$@"; }
    round --samples 4000 --epochs 2 >/dev/null
    "$cloud" serve --data "$hub" --mqtt-port 0 --https-port 0 >"$work/hub.log" 2>&1 &
    until [ -s "$hub/endpoints.json" ]; do sleep 0.2; done
    "$cloud" device add "$device" --data "$hub" --json >"$work/device.json"
    (umask 077; jq -r .connectionString "$work/device.json" >"$work/connection-string")
    cat >"$work/edgevision.toml" <<EOF
[device]
state_directory = "$work/state"
[hub]
connection_string_file = "$work/connection-string"
ca_file = "$(jq -r .caFile "$work/device.json")"
[model]
directory = "$work/rounds/1/package"
[update]
root_file = "$(jq -r .rootFile "$work/device.json")"
[http]
port = $((20000 + RANDOM % 20000))
[[camera]]
id = "street"
source = "synthetic://intersection?seed=1&rate=10"
EOF
    "$edgevisiond" run --config "$work/edgevision.toml" >"$work/daemon.log" 2>&1 &
    local started=$SECONDS released
    round --samples 20000 --epochs 5 >"$work/round.json"
    released=$("$cloud" model publish "$work/rounds/2/package" --data "$hub")
    "$cloud" rollout "$device" fashion "$(jq -r .version <<<"$released")" --data "$hub" >/dev/null
    until "$cloud" twin get "$device" --data "$hub" 2>/dev/null | jq -e --arg d "sha256:$(jq -r .manifestSha256 <<<"$released")" '.properties.reported.modelUpdate.active == $d' >/dev/null; do
        [ $((SECONDS - started)) -lt 600 ] || { tail -20 "$work/daemon.log" >&2; return 1; }
        sleep 0.5
    done
    jq -r --argjson seconds $((SECONDS - started)) '"from data to a model on the device: \($seconds) s (<= 180), \(.metric) \(.value) on \(.n) test pictures, \(.variants[0].kind) \(.variants[0].bytes) bytes"' "$work/round.json"
}

for section in ${ONLY:-smaller loop}; do
    "$section"
done
