#!/usr/bin/env bash
# Trainings measured against what was promised, one section a function; the runs lie in artifacts/training. ONLY="smaller" runs these sections alone; a run that is done is not done again.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${EDGEVISION_DATA:-$(realpath -m ../shared/data)}
trainer=artifacts/publish/edgevision-trainer/edgevision-trainer
out=artifacts/training
mkdir -p "$out"

# What a training is started by, where it is not one process.
launch=()
mpirun=(mpirun --allow-run-as-root -q --bind-to none -np)

# run NAME COMMAND...: a command of the trainer that makes the run NAME; resumes what was interrupted. Leaves its line of JSON in NAME.json.
run() {
    local name=$1; shift
    [ -s "$out/$name.json" ] && return 0
    echo "== $name" >&2
    if [ -e "$out/$name/run.json" ]; then set -- resume "$out/$name"; else set -- "$@" --out "$out/$name"; fi
    "${launch[@]}" "$trainer" "$@" --json >"$out/$name.part"
    mv "$out/$name.part" "$out/$name.json"
}

of() { jq -r "$2" "$out/$1.json"; }

# seeds NAME FIELD WHAT MUST: mean and deviation of a field over the runs NAME-1 to NAME-3.
seeds() {
    jq -rs --arg name "$1" --arg field "$2" --arg what "$3" --arg must "$4" '
        def n: . * 10000 | round / 10000;
        map(getpath($field / ".")) as $values | ($values | add / length) as $mean | ($values | map(. - $mean | . * .) | add / (length - 1) | sqrt) as $deviation |
        "\($name): \($what) \($values | map(n | tostring) | join(", "))  mean \($mean | n) +- \($deviation | n) (\($must))"' "$out/$1"-[123].json
}

# by_class NAME: a detector on its test pictures by the device's own runtime, and each class.
by_class() {
    "$trainer" evaluate --run "$out/$1" --json | jq -r --arg name "$1" 'def n: . * 1000 | round / 1000; "\($name): AP50 \(.value | n) on \(.n) pictures, " + ([.slices[] | select(.by == "class") | "\(.name) \(.value | n)"] | join(", "))'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
times() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# needs PATH: whether the data for a section is there.
needs() { [ -e "$data/$1" ] || { echo "passed over: $data/$1 is not there; set EDGEVISION_DATA" >&2; return 1; }; }

# The network that the project began with, in its budget of 20,000 pictures and 5 epochs, and what each improvement brings there.
founding() {
    local seed budget=(--data fashion-mnist --samples 20000 --epochs 5)
    local better=(--optimizer adamw --weight-decay 0.01 --schedule cosine --warmup 0.3 --learning-rate 0.005)
    for seed in 1 2 3; do
        run "founding-$seed" train --model founding "${budget[@]}" --seed "$seed"
        run "founding-light-$seed" train --model founding "${budget[@]}" --augment light:0.5 --seed "$seed"
        run "founding-resnet8-$seed" train --model resnet8 "${budget[@]}" "${better[@]}" --seed "$seed"
        run "founding-improved-$seed" train --model resnet8 "${budget[@]}" "${better[@]}" --augment light:0.5 --seed "$seed"
    done
    seeds founding value accuracy ">= .855"
    seeds founding-light value accuracy "augmentation alone"
    seeds founding-resnet8 value accuracy "architecture and schedule alone"
    seeds founding-improved value accuracy ">= .885"
}

# At most 120,000 parameters and all of Fashion-MNIST.
whole() {
    run whole train --model resnet8 --width 1.2 --data fashion-mnist --epochs 20 --batch 64 --optimizer adamw --weight-decay 0.02 --schedule cosine --warmup 1 --learning-rate 0.005 --augment standard:0.5 --average 0.998
    of whole '"\(.parameters) parameters (<= 120000), all of Fashion-MNIST: accuracy \(.value) (>= .930, aim .945), \(.secondsPerEpoch) s an epoch"'
}

# Rendered digits to learn from; real ones are only judged. How they are rendered was widened once after a look at real ones, so the figure is not of a writer nobody has seen.
digits() {
    needs datasets/mnist_t10k || return 0
    [ -e "$out/digits-set" ] || "$trainer" data digits --out "$out/digits-set" --count 20000 --seed 1
    run digits train --model founding --data "$out/digits-set" --test "$data/datasets/mnist_t10k" --epochs 5 --augment standard,-flip
    of digits '"founding on 20,000 rendered digits, judged on \(.test.n) real ones: accuracy \(.value) (aim .9657)"'
}

# Chest X-rays of 28x28; the set's learning part is not the official one: 826 normals are missing.
hospital() {
    local set=hospital/pneumoniamnist/pneumoniamnist.npz seed
    needs "$set" || return 0
    for seed in 1 2 3; do
        run "hospital-$seed" train --model resnet8 --data "$data/$set#train" --validation "$data/$set#val" --test "$data/$set#test" --epochs 12 --optimizer adamw --weight-decay 0.01 \
            --schedule cosine --warmup 0.5 --learning-rate 0.003 --balance --augment standard,-flip --average 0.99 --seed "$seed"
    done
    seeds hospital test.auroc AUROC ">= .94"
    seeds hospital value accuracy ">= .88"
}

# The detector of the zoo: places drawn from other seeds to learn from, to choose by and to be judged on. First turned and shifted pictures of few places, then more places as they are.
intersection() {
    local set name pictures seed
    for set in "train 9000 1" "more 16000 4" "choose 200 3" "held 800 2"; do
        read -r name pictures seed <<<"$set"
        [ -e "$out/intersection-$name" ] || "$trainer" data intersection --out "$out/intersection-$name" --pictures "$pictures" --seed "$seed" --size 416x234 --least 16
    done
    local launch=("${mpirun[@]}" 2) budget=(--model detector --width 0.75 --validation "$out/intersection-choose" --test "$out/intersection-held" --map bicycle=vehicle --map car=vehicle --map bus=vehicle --map truck=vehicle --classes person,vehicle
        --size 416x256 --batch 16 --optimizer adamw --learning-rate 0.002 --weight-decay 0.01 --schedule cosine --warmup 0.5 --average 0.998 --clip 10 --threads 1)
    run intersection-first train --data "$out/intersection-train" "${budget[@]}" --epochs 16 --augment light
    run intersection train --from "$out/intersection-first" --data "$out/intersection-more" "${budget[@]}" --epochs 12 --augment light,-affine
    [ -s "$out/intersection-release.json" ] || "$trainer" release "$out/intersection" --name intersection --target cpu --max-drop 0.7 --out "$out/intersection-package" --shadow-minutes 0 --shadow-frames 20 --probation-minutes 0 --probation-frames 100 --json >"$out/intersection-release.json"
    jq -r '"intersection, \(.n) pictures of other places: AP50 in 8 bits \(.value) (>= .90), float \(.float) (<= .7 points apart), \(.variants[0].bytes) bytes"' "$out/intersection-release.json"
}

# Real streets, from the synthetic ones (section intersection) and from nothing. The split is frozen, so that both are judged by the same pictures.
street() {
    needs traffic/street_voc || return 0
    local version=$out/street.version.json
    local budget=(--model detector --width 0.75 --data "$version" --size 416x256 --epochs 80 --batch 8 --augment detection:0.6 --optimizer adamw --weight-decay 0.01 --schedule cosine --warmup 2 --average 0.99 --clip 10)
    [ -e "$version" ] || "$trainer" data freeze --data "$data/traffic/street_voc/train" --classes car,motorcycle,truck,bus --validation-share 0.1 --test-share 0.25 --out "$version"
    run street train "${budget[@]}" --from "$out/intersection" --learning-rate 0.001
    run street-scratch train "${budget[@]}" --learning-rate 0.001
    by_class street
    by_class street-scratch
}

# Four kinds of clothes from ten pictures of each, by a network that knows the six others, and by one that knows nothing.
few() {
    local seed rest=(--map Dress= --map Coat= --map Sandal= --map Bag=) four=(--map T-shirt/top= --map Trouser= --map Pullover= --map Shirt= --map Sneaker= --map "Ankle boot=")
    run few-others train --model founding --data fashion-mnist "${rest[@]}" --epochs 5
    for seed in 1 2 3; do
        run "few-known-$seed" train --model founding --data fashion-mnist "${four[@]}" --samples 40 --epochs 40 --batch 8 --from "$out/few-others" --freeze conv1 --freeze conv2 --freeze conv3 --seed "$seed"
        run "few-new-$seed" train --model founding --data fashion-mnist "${four[@]}" --samples 40 --epochs 40 --batch 8 --seed "$seed"
    done
    seeds few-known value accuracy "ten pictures a class, from six other classes"
    seeds few-new value accuracy "ten pictures a class, from nothing"
}

# Magnetic tiles: is one good? From good ones and bad ones, and from good ones alone; both see by what ImageNet taught another network.
tile() {
    needs factory/magnetic_tile || return 0
    local kind from=artifacts/models/squeezenet parts=(--data "$data/factory/magnetic_tile" --masks beside --map MT_Free=good --classes good,defect)
    [ -e "$from/manifest.json" ] || bash models/assemble.sh
    for kind in Blowhole Break Crack Fray Uneven; do parts+=(--map "MT_$kind=defect"); done
    run tile train --model squeezenet --from "$from" "${parts[@]}" --transfer-rate 0.1 --size 224x224 --epochs 60 --batch 16 --augment surface --dropout 0.2 --balance --optimizer adamw --learning-rate 0.003 --weight-decay 0.01 --schedule cosine --warmup 1 --average 0.98
    run tile-good train --model anomaly --from "$from" "${parts[@]}" --size 224x224 --epochs 1
    of tile '"tiles, from good and bad ones: AUROC \(.test.auroc) on \(.test.n) pictures (>= .95)"'
    of tile-good '"tiles, from good ones alone: AUROC \(.test.auroc) on \(.test.n) pictures (>= .85)"'
}

# Boards of a circuit, six kinds of defects, from the synthetic intersection: what a detector knows of edges holds there too.
boards() {
    needs factory/deeppcb || return 0
    local set=$out/deeppcb from=$data/factory/deeppcb picture truth
    if [ ! -e "$set" ]; then
        mkdir "$set.part"
        printf '%s\n' open short mousebite spur copper pin-hole >"$set.part/classes.txt"
        while read -r picture truth; do
            cp "$from/PCBData/${picture%.jpg}_test.jpg" "$set.part/"
            # x1 y1 x2 y2 type, in pixels of 640, as YOLO has it.
            awk '{ print $5 - 1, ($1 + $3) / 1280, ($2 + $4) / 1280, ($3 - $1) / 640, ($4 - $2) / 640 }' "$from/PCBData/$truth" >"$set.part/$(basename "$picture" .jpg)_test.txt"
        done <"$from/pairs.txt"
        mv "$set.part" "$set"
    fi
    run boards train --model detector --width 0.75 --data "$set" --from "$out/intersection" --size 416x416 --epochs 100 --batch 8 --augment light,-affine --optimizer adamw --learning-rate 0.002 --weight-decay 0.01 --schedule cosine --warmup 2 --average 0.99 --clip 10
    by_class boards
}

# The same network and budget in PyTorch, taken in turns.
pytorch() {
    /usr/bin/python3 -c 'import torch' 2>/dev/null || { echo "passed over: python3-torch is not there (apt install python3-torch)" >&2; return 0; }
    local turn ours theirs
    rm -rf "$out"/pytorch-*
    for turn in 1 2; do
        /usr/bin/python3 tests/EdgeVision.Benchmarks/peers/founding_torch.py 5 2 >"$out/pytorch-$turn.txt"
        run "pytorch-ours-$turn" train --model founding --data fashion-mnist --samples 20000 --epochs 5 --threads 2 --seed "$turn"
    done
    theirs=$(grep -hv accuracy "$out"/pytorch-[12].txt | median)
    ours=$(jq -r .seconds "$out"/pytorch-ours-[12]/metrics.jsonl | median)
    echo "seconds of an epoch, 2 threads, median of ten: each with 9,000 pictures validated: PyTorch $theirs, ours $ours: $(times "$ours" "$theirs")x (<= 1.0)"
}

# Resident memory after each of ten epochs.
memory() {
    run memory train --model founding --data fashion-mnist --samples 20000 --epochs 10
    jq -rs 'map(.memoryMiB) | "memory after epochs 1 to \(length): \(map(round | tostring) | join(" ")) MiB; from the second on \((.[1:] | max / min - 1) * 1000 | round / 10) % apart (<= 10)"' "$out/memory/metrics.jsonl"
}

# Two processes of one thread against one, taken in turns; the weights of both ranks are compared with each other by the trainer itself, after every epoch.
ranks() {
    local turn count
    rm -rf "$out"/ranks-*
    for turn in 1 2; do
        for count in 1 2; do
            "${mpirun[@]}" "$count" "$trainer" train --model founding --data fashion-mnist --samples 20000 --epochs 3 --batch 128 --threads 1 --json --out "$out/ranks-$count-$turn" >"$out/ranks-$count-$turn.json"
        done
    done
    local one two
    one=$(jq -r .seconds "$out"/ranks-1-[12]/metrics.jsonl | median)
    two=$(jq -r .seconds "$out"/ranks-2-[12]/metrics.jsonl | median)
    echo "seconds of an epoch, one thread a rank, batches of 128: 1 rank $one, 2 ranks $two: $(times "$one" "$two")x (>= 1.7)"
}

# Half of the multiplications, 8 bits: against the same network with as many epochs, from where more of them teach it little. And 8 bits trained against 8 bits calibrated, where that is hard: one scale for all weights of a depthwise layer.
smaller() {
    local model keep
    echo "network|MACs|float, as many epochs|pruned, calibrated|lost, points (<= 0.5)|trained for 8 bits|lost|times smaller (>= 8)"
    for model in founding resnet8; do
        # The first and the last but one layer cost a twelfth of all.
        keep=(); [ "$model" = resnet8 ] || keep=(--keep conv1 dense1)
        run "$model" train --model "$model" --data fashion-mnist --epochs 8 --batch 64 --augment light:0.5 --optimizer adamw --weight-decay 0.01 --learning-rate 0.002 --schedule cosine
        run "$model-control" prune "$out/$model" --macs 1 --epochs 8
        run "$model-pruned" prune "$out/$model" --macs 0.5 --round-to 16 "${keep[@]}" --epochs 8
        run "$model-int8" quantize "$out/$model-pruned" --epochs 1
        local bytes small
        bytes=$(stat -c %s "$out/$model/model.onnx"); small=$(of "$model-int8" .int8.bytes)
        jq -rn --arg model "$model" --argjson control "$(of "$model-control" .value)" --argjson int8 "$(of "$model-int8" .int8.value)" --argjson calibrated "$(of "$model-int8" .int8.untrained)" --argjson before "$(of "$model" .macs)" --argjson after "$(of "$model-pruned" .macs)" --argjson bytes "$bytes" --argjson small "$small" '
            def n(d): . * pow(10; d) | round / pow(10; d);
            [$model, ($after / $before | n(2)), ($control * 100 | n(2)), ($calibrated * 100 | n(2)), (($control - $calibrated) * 100 | n(2)), ($int8 * 100 | n(2)), (($control - $int8) * 100 | n(2)), ($bytes / $small | n(1))] | join("|")'
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

for section in ${ONLY:-founding whole digits few hospital intersection street tile boards smaller pytorch memory ranks loop}; do
    "$section"
done
