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

for section in ${ONLY:-smaller}; do
    "$section"
done
