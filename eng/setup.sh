#!/usr/bin/env bash
# Installs what is missing on Debian 12, and nothing else: quick when all is there.
# usage: eng/setup.sh build|test|bench ...
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(clang zlib1g-dev ffmpeg jq curl)
test_packages=(python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
    gstreamer1.0-plugins-ugly gstreamer1.0-libav chromium mosquitto mosquitto-clients python3-jinja2 postgresql faketime softhsm2 opensc libonnx-testdata dataset-fashion-mnist openmpi-bin)
bench_packages=(python3-opencv)

say() { printf '\033[2m[setup]\033[0m %s\n' "$*"; }

command -v dotnet >/dev/null || { echo "setup: the .NET SDK 10.0.4xx is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }

wanted=()
for scope in "$@"; do
    case $scope in
        build) wanted+=("${build_packages[@]}") ;;
        test) wanted+=("${test_packages[@]}") ;;
        bench) wanted+=("${bench_packages[@]}") ;;
        *) echo "setup: '$scope' is none of build, test, bench" >&2; exit 2 ;;
    esac
    # Node may be there without Debian's package, so the program is asked for.
    if [ "$scope" != build ]; then command -v npm >/dev/null || wanted+=(nodejs npm); fi
done

missing=()
for package in "${wanted[@]}"; do
    [ "$(dpkg-query -Wf '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    say "Debian packages: ${missing[*]}"
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# node packages are pinned by a lock file beside each package.json; a stamp makes the second run free
node_folder() {
    [ -f "$1/package-lock.json" ] || return 0
    local stamp="$1/node_modules/.installed"
    [ "$stamp" -nt "$1/package-lock.json" ] && return 0
    say "node packages: $1"
    # --ignore-scripts: nothing is downloaded beside the packages themselves
    npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --loglevel=error
    touch "$stamp"
}
for scope in "$@"; do
    case $scope in
        test) node_folder tests/EdgeVision.Cloud.Tests/node; node_folder tests/EdgeVision.Cloud.Tests/azurite; node_folder tests/EdgeVision.Workbench.Tests/node ;;
        bench) node_folder tests/EdgeVision.Benchmarks/peers ;;
    esac
done
