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
plates=$data/plates
awk 'NR > 1 && NR % 8 == 0 { sub(/,.*/, ""); print }' "$plates/labels.csv" | sed "s|^|$(realpath "$plates")/|" >"$sets/plates-calibration.txt"
{ head -1 "$plates/labels.csv"; awk -v p="$(realpath "$plates")/" 'NR > 1 && NR % 8 != 0 { print p $0 }' "$plates/labels.csv"; } >"$sets/plates.csv"
