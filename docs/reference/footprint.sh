#!/usr/bin/env bash
# footprint.sh COMMAND…: starts the service five times and prints the median, the least and the most of the time from its
# launch until it is ready, of the processor's time that this took, of its resident memory then and after 1,000 requests,
# and of the processor's time that a minute of rest takes.
# The database is configured by QUARKUS_DATASOURCE_…; the first start of a new one, which makes its tables and takes
# PACER_BOOTSTRAP_KEY, is not counted. REST=0 leaves out the minutes of rest. Needs bash, curl and Linux.
set -euo pipefail
shopt -s inherit_errexit
http=${QUARKUS_HTTP_PORT:-8080} management=${QUARKUS_MANAGEMENT_PORT:-9000}
rest=${REST:-60}

resident() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }
worked() { awk -v hertz="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1000 / hertz }' "/proc/$1/stat"; }
spread() { cut -d' ' -f"$1" <<< "$runs" | sort -n | awk '{ of[NR] = $1 } END { printf "%d (%d–%d)", of[3], of[1], of[5] }'; }
ask() { curl --silent --show-error --fail --header "Authorization: Bearer ${PACER_BOOTSTRAP_KEY:-none}" "$@"; }

# measure SECONDS COMMAND…: one start, with so many seconds of rest.
measure() {
  local rest=$1 service began ready work idle before
  shift
  began=$(date +%s%3N)
  "$@" > /dev/null &
  service=$!
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$management/q/health/ready"; do
    kill -0 "$service" 2> /dev/null || { echo "footprint.sh: the service ended before it was ready: $*" >&2; return 1; }
    sleep 0.01
  done
  ready=$(($(date +%s%3N) - began))
  work=$(worked "$service")
  idle=$(resident "$service")
  ask --output /dev/null "http://127.0.0.1:$http/api/v1/accounts?limit=[1-500]" \
    --output /dev/null "http://127.0.0.1:$http/api/v1/tasks?limit=[1-500]"
  before=$(worked "$service")
  sleep "$rest"
  echo "$ready $work $idle $(resident "$service") $(($(worked "$service") - before))"
  kill "$service"
  wait "$service" || true
}

measure 0 "$@" > /dev/null
runs=$(for _ in 1 2 3 4 5; do measure "$rest" "$@"; done)
printf '%s\n' "$runs" | sed 's/^/# /' >&2
echo "ready after $(spread 1) ms, $(spread 2) ms of work; $(spread 3) MB idle, $(spread 4) MB after 1,000 requests;" \
  "$(spread 5) ms of work in $rest s of rest"
