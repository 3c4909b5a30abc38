#!/usr/bin/env bash
# Shows a paced week, from a list of drafts to the last withdrawal, on a service that runs in time-lapse.
# Needs bash, curl and jq. It keeps nothing itself: all that it shows, it asks the service for, so it may be
# stopped and started again, and so may the service.
#
#   tour.sh             all of it: begin, send, report
#   tour.sh begin       makes the account, imports the list and shows which rows were refused
#   tour.sh send        plays the sender until every invitation has ended
#   tour.sh report      prints what happened, from the service's own record
#   tour.sh picture     writes the first week as an SVG picture
set -euo pipefail
cd "$(dirname "$0")"

PACER=${PACER:-http://localhost:8080}
ACCOUNT=${ACCOUNT:-anna-berg}
LIST=${LIST:-drafts.csv}
# The first admin key of the service that the tutorial starts; without keys, any text will do.
KEY=${KEY:-$(cat ../../target/tour/admin-key 2>/dev/null || echo none)}
here=$PACER/api/v1/accounts/$ACCOUNT

# A request, sent again while nobody answers; an error answer ends the script with what it says.
ask() {
  local answer failure told=''
  until answer=$(curl --silent --fail-with-body --header "Authorization: Bearer $KEY" "$@"); do
    failure=$?
    if [ "$failure" -eq 22 ]; then
      printf '%s\n' "$answer" >&2
      return 1
    fi
    [ "$told" ] || echo "waiting for $PACER" >&2
    told=yes
    sleep 1
  done
  printf '%s\n' "$answer"
}

send_json() { ask --header 'Content-Type: application/json' "$@"; }

begin() {
  echo "== An account: at most 100 a week, spread over the week, Monday to Friday from 09:00 to 17:00 UTC, with any number of notes"
  send_json --request PUT "$here" --data '{"name": "Anna Berg", "noteQuota": 1000}' |
    jq --compact-output '{account, timeZone, weeklyCap, burst, spread, withdrawAfter}'
  echo
  echo "== The list: what was refused, and why"
  ask --request POST "$here/imports" --header 'Content-Type: text/csv' --data-binary "@$LIST" |
    jq --raw-output '"\(.rows) rows, \(.enqueued) enqueued, \(.refusedRows) refused", "",
      (.refused[] | "line \(.line)  \(.code)\n    \(.detail)")'
  echo
  echo "== What the pacer does now"
  ask "$here/pacing" | jq '{now, decision, reason, nextReleaseAt, interval, window, pending, queue}'
}

# The sender's day: claim a task, do it, report on it. A person would open task.profileUrl and press the button.
do_tasks() {
  local task kind who lease did
  ask "$PACER/api/v1/tasks?account=$ACCOUNT&limit=100" |
    jq --raw-output '.items[] | [.id, .kind, .profile, .reason // ""] | @tsv' |
    while IFS=$'\t' read -r task kind who why; do
      lease=$(ask --request POST "$PACER/api/v1/tasks/$task/claim" | jq --raw-output .lease)
      did=SENT
      if [ "$kind" = WITHDRAW ]; then did=WITHDRAWN; fi
      if [ "$kind" = FOLLOW ]; then did=FOLLOWED; fi
      send_json "$PACER/api/v1/tasks/$task/report" --data "{\"type\": \"$did\", \"lease\": \"$lease\"}" |
        jq --raw-output --arg did "$did" --arg who "$who" --arg why "$why" --arg now "$(service_time)" \
          '"\($now)  \($did)  \($who)  \($why)"'
    done
}

service_time() { ask "$here/pacing" | jq --raw-output '.now[:16]'; }

# Two in five accept. Who, and after how long, follows from the invitation's number alone, so that every tour is
# the same: most within a day, nearly all within a week.
report_answers() {
  local now answers
  now=$(ask "$here/pacing" | jq --raw-output .now)
  answers=$(ask "$here/invitations?state=PENDING&limit=500" | jq --compact-output --arg now "$now" '
    def seconds: sub("\\.[0-9]+"; "") | fromdateiso8601;
    def scattered($by): . * $by % 1009 / 1009;
    [.items[]
      | select((.id | scattered(7919)) < 0.4)
      | (.id | scattered(3571)) as $u
      | (if $u < 0.6 then 1 + 22 * $u / 0.6 elif $u < 0.9 then 24 + 140 * ($u - 0.6) / 0.3
         else 170 + 400 * ($u - 0.9) / 0.1 end) as $hours
      | ((.sentAt | seconds) + $hours * 3600 | floor) as $at
      | select($at <= ($now | seconds))
      | {type: "ACCEPTED", invitation: .id, at: ($at | todate)}]')
  if [ "$answers" != '[]' ]; then
    send_json "$here/reports" --data "$answers" > /dev/null
    jq --raw-output '.[] | "\(.at[:16])  ACCEPTED  invitation \(.invitation)"' <<< "$answers"
  fi
}

still_open() {
  ask "$here" | jq --exit-status '.summary | .queued + .released + .pending > 0' > /dev/null
}

play() {
  echo
  echo "== The sender at work (time of the service)"
  while still_open; do
    do_tasks
    report_answers
    sleep 0.5
  done
}

everything() { ask "$here/invitations?limit=500" | jq .items; }

report() {
  echo
  echo "== What happened"
  everything | jq --raw-output --from-file report.jq
  echo
  echo "withdrawals asked for"
  ask "$PACER/api/v1/tasks?account=$ACCOUNT&kind=WITHDRAW&state=DONE&limit=500" |
    jq --raw-output '.items | group_by(.openedAt[:16] + .reason)[]
      | "  \(.[0].openedAt[:16])  \(length)  \(.[0].reason)"'
}

case "${1:-all}" in
  begin) begin ;;
  send) play ;;
  report) report ;;
  picture) everything | jq --raw-output --from-file picture.jq ;;
  all) begin; play; report ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
