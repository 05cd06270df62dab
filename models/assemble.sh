#!/usr/bin/env bash
# Assembles the model packages of models/zoo in artifacts/models/<name>/: our manifest and labels, and the network, our own from beside them, others from EDGEVISION_DATA.
# A network that is not there is named and passed over; one whose sha256 differs from the manifest is an error. Done packages are left alone.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
data=${EDGEVISION_DATA:-$root/../shared/data}
target=${1:-$root/artifacts/models}
failed=0

# "name sha256" for each file of a manifest, however it is laid out.
files_of() {
    tr -d ' \n' <"$1" | grep -o '"name":"[^"]*","size":[0-9]*,"sha256":"[0-9a-f]*"' | sed -E 's/"name":"([^"]*)".*"sha256":"([0-9a-f]*)"/\1 \2/'
}

# Where a file comes from: source.json names a path below EDGEVISION_DATA, everything else lies beside the manifest.
source_of() {
    local path=
    [ ! -f "$1/source.json" ] || path=$(tr -d '\n' <"$1/source.json" | sed -nE "s|.*\"$2\": *\"([^\"]*)\".*|\1|p")
    echo "${path:+$data/}${path:-$1/$2}"
}

is_right() { [ -f "$1" ] && [ "$(sha256sum <"$1")" = "$2  -" ]; }

# Files first, the manifest last: a package with a manifest is whole.
assemble() {
    local zoo=$1 package=$target/${1##*/} name digest source
    while read -r name digest; do
        is_right "$package/$name" "$digest" && continue
        source=$(source_of "$zoo" "$name")
        if [ ! -f "$source" ]; then
            echo "${zoo##*/}: passed over, $source is not there; set EDGEVISION_DATA to the folder of models and test data"
            return 0
        fi
        mkdir -p "$package"
        rm -f "$package/manifest.json"
        install -m 644 "$source" "$package/$name.part"
        if ! is_right "$package/$name.part" "$digest"; then
            rm "$package/$name.part"
            echo "${zoo##*/}: $source is not the file of the manifest (sha256 differs); get it from the origin in models/README.md" >&2
            failed=1
            return 0
        fi
        mv "$package/$name.part" "$package/$name"
    done < <(files_of "$zoo/manifest.json")
    cmp -s "$zoo/manifest.json" "$package/manifest.json" || cp "$zoo/manifest.json" "$package/manifest.json"
    echo "${zoo##*/}: $package"
}

for manifest in "$root"/models/zoo/*/manifest.json; do
    assemble "$(dirname "$manifest")"
done
exit $failed
