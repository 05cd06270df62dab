#!/usr/bin/env bash
# What one site hub carries on this machine: a fleet of simulated devices, which run the real client, over TLS on loopback. The fleet takes its share of the same cores.
# DEVICES=5000 and SECONDS_HELD=60 are how many and how long; with 10 s between the messages of a device.
set -euo pipefail
cd "$(dirname "$0")/.."

cloud=artifacts/publish/edgevision-cloud/edgevision-cloud
devices=${DEVICES:-5000} held=${SECONDS_HELD:-60} returning=${RETURNING:-1000}
work=$(mktemp -d); hub= fleet=
trap '[ -z "$fleet" ] || kill "$fleet" 2>/dev/null || true; [ -z "$hub" ] || kill "$hub" 2>/dev/null || true; rm -rf "$work"' EXIT
missed=0
row() { printf '%-76s %12s   %-10s %s\n' "$@"; [ "$4" != FAIL ] || missed=1; }
within() { awk -v value="$1" -v limit="$2" 'BEGIN { exit !(value <= limit) }' && echo pass || echo FAIL; }
rss() { awk '/VmRSS/ { print $2 }' "/proc/$hub/status"; }
now() { date +%s.%N; }
last() { tail -n 1 "$work/fleet.jsonl" 2>/dev/null | jq -r ".$1" 2>/dev/null || echo 0; }

serve() { # ports, 0 for free ones
    rm -f "$work/data/endpoints.json"
    "$cloud" serve --data "$work/data" --mqtt-port "$1" --https-port "$2" >>"$work/hub.log" 2>&1 & hub=$!
    until [ -e "$work/data/endpoints.json" ]; do kill -0 "$hub" || { cat "$work/hub.log" >&2; exit 1; }; sleep 0.1; done
}
simulate() { "$cloud" simulate --data "$work/data" --devices "$1" --interval 10 --seconds 3600 --connects-per-second 100 >"$work/fleet.jsonl" 2>"$work/fleet.log" & fleet=$!; }
await_all() { # count, seconds
    local from; from=$(now)
    until [ "$(last connected)" = "$1" ]; do
        awk "BEGIN { exit !($(now) - $from > $2) }" && { echo "bench: only $(last connected) of $1 devices are connected after $2 s" >&2; tail -n 1 "$work/fleet.jsonl" >&2; return 1; }
        sleep 0.2
    done
}

mkdir "$work/data"
serve 0 0
empty=$(rss)
simulate "$devices"
await_all "$devices" $((devices / 50 + 60))
idle=$(rss)
echo "$devices devices are connected; holding them for $held s ..."
lines=$(wc -l <"$work/fleet.jsonl")
sleep "$held"
tail -n +$((lines + 1)) "$work/fleet.jsonl" >"$work/held.jsonl"
# The worst second counts, not the mean of the seconds.
p99=$(jq -s 'map(.pubackMs.p99) | sort | .[(length * 99 / 100 | floor)]' "$work/held.jsonl")
connected=$(jq -s 'map(.connected) | min' "$work/held.jsonl")
rate=$(jq -s '((.[-1].taken - .[0].taken) / (.[-1].seconds - .[0].seconds)) | floor' "$work/held.jsonl")
kill "$fleet"; wait "$fleet" || true; fleet=

simulate "$returning"
await_all "$returning" 120
mqtt=$(jq .mqttPort "$work/data/endpoints.json") https=$(jq .httpsPort "$work/data/endpoints.json")
kill -9 "$hub"; wait "$hub" 2>/dev/null || true
until [ "$(last connected)" = 0 ]; do sleep 0.2; done
sleep 5
serve "$mqtt" "$https"; back=$(now)
await_all "$returning" 90 || missed=1
took=$(awk "BEGIN { printf \"%.1f\", $(now) - $back }")
sleep 12 # one beat of every device: what waited is taken
waiting=$(last waiting) dropped=$(last dropped)

echo
row "what" "measured" "must" ""
row "devices held at once for $held s, TLS, fewest in any second ($rate messages/s)" "$connected" ">= $devices" "$([ "$connected" -ge "$devices" ] && echo pass || echo FAIL)"
row "message to PUBACK, p99 of a second, worst second in a hundred, ms" "$p99" "<= 250" "$(within "$p99" 250)"
row "hub memory for each idle connection, KiB" "$(((idle - empty) / devices))" "" ""
row "$returning devices back after kill -9 and restart of the hub, s" "$took" "<= 60" "$(within "$took" 60)"
row "  their messages that were dropped meanwhile / still wait" "$dropped / $waiting" "" ""
exit $missed
