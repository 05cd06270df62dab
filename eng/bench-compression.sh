#!/usr/bin/env bash
# Every network of the test data made smaller and faster, judged on data it was not calibrated with where there is such data. Prints one table; the reports lie in artifacts/compression/NAME/report.
# ONLY="squeezenet yolox-nano" runs these alone; a second run takes from the first what is still true.
set -euo pipefail
cd "$(dirname "$0")/.."

data=${EDGEVISION_DATA:-$(realpath -m ../shared/data)}
tool=artifacts/publish/edgevision/edgevision
out=artifacts/compression
sets=$out/sets
[ -d "$data/models" ] || { echo "bench-compression: needs $data/models: set EDGEVISION_DATA to the folder of models and test data" >&2; exit 2; }
mkdir -p "$sets"

# Data in forms that data comes in: persons as YOLO writes them, the highway's frames beside their boxes, plates to calibrate with apart from plates to judge with.
coco=$data/coco/val2017_100_images
if [ ! -d "$sets/persons" ]; then
    mkdir -p "$sets/persons.part/labels"
    ln -sfn "$(realpath "$coco")" "$sets/persons.part/images"
    for labels in "$data"/coco/val2017_100_person_keypoint_labels/*.txt; do cut -d' ' -f1-5 "$labels" >"$sets/persons.part/labels/${labels##*/}"; done
    echo person >"$sets/persons.part/classes.txt"
    mv "$sets/persons.part" "$sets/persons"
fi
if [ ! -d "$sets/highway" ]; then
    rm -rf "$sets/highway.part"; mkdir -p "$sets/highway.part"
    ffmpeg -v error -i "$data/video/ngsim_us101_seq1_3fps.mp4" -q:v 2 "$sets/highway.part/%d.jpg"
    cp "$data/traffic/ngsim_us101_seq1/GT.coco.json" "$sets/highway.part/annotations.json"
    mv "$sets/highway.part" "$sets/highway"
fi
if [ ! -d "$sets/plates" ]; then
    rm -rf "$sets/plates.part" "$sets/plates-calibration"; mkdir -p "$sets/plates.part" "$sets/plates-calibration"
    echo file,label >"$sets/plates.part/labels.csv"
    awk 'NR > 1 && NR % 8 == 0 { sub(/,.*/, ""); print }' "$data/plates/labels.csv" | while read -r file; do ln -sfn "$(realpath "$data/plates/$file")" "$sets/plates-calibration/"; done
    awk 'NR > 1 && NR % 8 != 0' "$data/plates/labels.csv" | while IFS=, read -r file text; do
        ln -sfn "$(realpath "$data/plates/$file")" "$sets/plates.part/${file##*/}"; echo "${file##*/},$text" >>"$sets/plates.part/labels.csv"
    done
    mv "$sets/plates.part" "$sets/plates"
fi

# What is compressed with what, judged by what, and what was promised: drop in points, times as fast, share of the bytes. Agreement counts answers that are not the float network's as lost.
rows=()
compress() { # package calibration data max-drop speedup size options...
    local name=$1 calibration=$2 evaluation=$3 drop=$4 speed=$5 size=$6; shift 6
    case " ${ONLY:-$name} " in *" $name "*) ;; *) return 0 ;; esac
    echo "== $name" >&2
    local answer=$out/$name.json code=0
    "$tool" model compress --model "artifacts/models/$name" --calibration "$calibration" --evaluate "$evaluation" --target cpu --max-drop "$drop" --limit 64 --out "$out/$name" --json "$@" >"$answer" || code=$?
    [ $code = 0 ] || [ $code = 3 ] || { rows+=("$name|failed with exit code $code"); return 0; }
    rows+=("$(jq -r --arg name "$name" --argjson drop "$drop" --argjson speed "$speed" --argjson size "$size" '
        def n(d): . * pow(10; d) | round / pow(10; d);
        def bar(holds): if holds then "" else " (MISSED)" end;
        [(.variants + .rejected)[] | select(.kind == "int8-cpu-u8s8")][0] as $v
        | [$name, "\($v.metric) \($v.fp32 * 100 | n(2)) -> \($v.value * 100 | n(2))",
           "\($v.drop | n(2)) [\($v.dropLow | n(1)), \($v.dropHigh | n(1))] <= \($drop)\(bar($v.drop <= $drop))",
           "\($v.latencyMsFp32 | n(2)) -> \($v.latencyMs | n(2)) ms, \($v.speedup | n(2))x >= \($speed)\(bar($v.speedup >= $speed))",
           "\($v.sizeRatio | n(3)) <= \($size)\(bar($v.sizeRatio <= $size))",
           "\($v.qlinearConvs)/\($v.convs)"] | join("|")' "$answer")")
}

vehicles=(--map car=vehicle --map truck=vehicle --map bus=vehicle)
compress squeezenet "$coco" "$data/imagenet/labels.csv" 1.0 1.7 0.28
compress yolox-nano "$coco" "$sets/persons" 1.0 1.4 0.32
compress fastestdet "$coco" "$coco" 3.0 1.3 0.35
compress ultraface "$coco" "$coco" 3.0 1.3 0.35
compress espnetv2 "$coco" "$coco" 3.0 1.3 0.35
compress resnet8-cifar10 "$coco" "$data/datasets/cifar10_test_jpeg.zip" 0.5 0 0.40
compress lprnet "$sets/plates-calibration" "$sets/plates/labels.csv" 1.0 1.4 0.30
compress ppocr-rec "$sets/plates-calibration" "$sets/plates/labels.csv" 0.5 1.8 0.30
compress mnist-cnn "$data/datasets/mnist_t10k" "$data/datasets/mnist_t10k" 0.1 0 0.45

echo
{
    echo "network|accuracy|points lost [95 %]|1 thread|bytes|integer convolutions"
    printf '%s\n' "${rows[@]}"
} | column -ts'|'
if [ -e "$out/yolox-nano/manifest.json" ]; then
    echo
    echo "yolox-nano on the highway, vehicles, never seen by the search:"
    "$tool" model evaluate --model "$out/yolox-nano" --variant fp32 --compare-variant int8-cpu-u8s8 --data "$sets/highway/annotations.json" "${vehicles[@]}" --json |
        jq -r '"ap50 \(.value) -> \(.compare.value), \(.compare.drop) points lost [\(.compare.dropLow), \(.compare.dropHigh)], p \(.compare.p), \(.n) pictures"'
fi
echo
echo "reports: $(echo "$out"/*/report/report.html)"
printf '%s\n' "${rows[@]}" | grep -cE 'MISSED|failed' >/dev/null && exit 1 || exit 0
