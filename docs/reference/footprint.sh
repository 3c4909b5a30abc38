#!/usr/bin/env bash
# footprint.sh COMMAND…: starts the service five times and prints the medians of the time from its launch until it is
# ready, of the processor's time that this took, and of its resident memory then and after 1,000 requests. The database is configured by QUARKUS_DATASOURCE_…;
# the first start of a new database, which makes its tables, is not counted.
# Needs bash, curl and Linux.
set -euo pipefail
http=${QUARKUS_HTTP_PORT:-8080} management=${QUARKUS_MANAGEMENT_PORT:-9000}

resident() { awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }
worked() { awk -v hertz="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1000 / hertz }' "/proc/$1/stat"; }
median() { cut -d' ' -f"$1" <<< "$runs" | sort -n | sed -n 3p; }

measure() {
  local service began ready work idle
  began=$(date +%s%3N)
  "$@" > /dev/null &
  service=$!
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$management/q/health/ready"; do
    kill -0 "$service"
    sleep 0.01
  done
  ready=$(($(date +%s%3N) - began))
  work=$(worked "$service")
  idle=$(resident "$service")
  curl --silent --header "Authorization: Bearer ${PACER_BOOTSTRAP_KEY:-}" \
    --output /dev/null "http://127.0.0.1:$http/api/v1/accounts?limit=[1-500]" \
    --output /dev/null "http://127.0.0.1:$http/api/v1/tasks?limit=[1-500]"
  echo "$ready $work $idle $(resident "$service")"
  kill "$service"
  wait "$service" || true
}

measure "$@" > /dev/null
runs=$(for _ in 1 2 3 4 5; do measure "$@"; done)
printf '%s\n' "$runs" | sed 's/^/# /' >&2
echo "ready after $(median 1) ms, $(median 2) ms of work; $(median 3) MB idle, $(median 4) MB after 1,000 requests"
