#!/usr/bin/env bash
# train.sh JAR CACHE: records an ahead-of-time cache. Starts the service with its embedded PostgreSQL in the working
# directory, asks what every installation is asked, and stops it; the JVM writes the cache as it ends.
set -euo pipefail
jar=$1 cache=$2
http=${TRAIN_HTTP_PORT:-8080} management=${TRAIN_MANAGEMENT_PORT:-9000}

# Without curl, which a Java image does not have. The body is the fifth argument.
ask() {
  local port=$1 method=$2 path=$3 type=${4:-application/json} body=${5:-}
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "$path" "$type" "$key" "$(printf %s "$body" | wc -c)" "$body" >&3
  head -n 1 <&3
  cat <&3 > /dev/null
  exec 3>&-
}

key=pk_$(head -c 32 /dev/urandom | base64 --wrap=0 | tr '+/' '-_' | tr -d '=')
# A builder may be slow.
QUARKUS_DATASOURCE_JDBC_ACQUISITION_TIMEOUT=60s PACER_BOOTSTRAP_KEY=$key QUARKUS_HTTP_PORT=$http QUARKUS_MANAGEMENT_PORT=$management \
  java -XX:AOTCacheOutput="$cache" -jar "$jar" &
service=$!
for _ in $(seq 300); do
  if (ask "$management" GET /q/health/ready) 2> /dev/null | grep -q ' 200 '; then break; fi
  kill -0 "$service"
  sleep 1
done

drafts=$'profile,firstName,note\nanna-berg,Anna,Hi Anna! Your talk on queues helped us a lot.\nbo-dahl,Bo,Hi Bo!\n'
for _ in 1 2 3; do
  ask "$http" PUT /api/v1/accounts/training application/json '{"name": "Training"}'
  ask "$http" POST /api/v1/accounts/training/imports text/csv "$drafts"
  ask "$http" POST /api/v1/accounts/training/invitations application/json '{"profile": "carl-ek", "note": "Hi Carl!"}'
  for path in accounts accounts/training accounts/training/pacing accounts/training/forecast accounts/training/invitations \
    accounts/training/statistics accounts/training/history tasks events suppressions endpoints subscriptions; do
    ask "$http" GET "/api/v1/$path"
  done
  ask "$http" POST /api/v1/accounts/training/reports application/json '{"type": "SENT_BY_HAND", "profile": "dina-fox"}'
  ask "$management" GET /q/health
  ask "$management" GET /q/metrics
done

kill "$service"
wait "$service" || [ $? -eq 143 ]
test -s "$cache"
