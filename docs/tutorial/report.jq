# What became of an account's invitations, as text. Input: the array of invitations.
def seconds: sub("\\.[0-9]+"; "") | fromdateiso8601;
def week: 168 * 3600;
def bar: . as $n | [range($n) | "#"] | join("");
def column($width): tostring | " " * ($width - length) + .;

map(select(.releasedAt)) as $released
| ($released | map(.releasedAt | seconds) | sort) as $times
| ($times | first / 86400 | floor) as $first
| (map(.endedAt // empty | seconds) + $times | max / 86400 | floor) as $last

| "released \($released | length), " + (group_by(.state) | map("\(.[0].state) \(length)") | join(", ")),
  "",
  "most releases in any rolling 168 hours: "
    + ([$times[] as $until | $times | map(select(. > $until - week and . <= $until)) | length] | max | tostring),
  "",
  "releases by day",
  ($released | group_by(.releasedAt[:10])[]
    | "  \(.[0].releasedAt | seconds | strftime("%a %Y-%m-%d"))  \(length | column(2))  \(length | bar)"),
  "",
  "releases by hour of the day (UTC)",
  ($released | group_by(.releasedAt[11:13])[]
    | "  \(.[0].releasedAt[11:13])  \(length | column(2))  \(length | bar)"),
  "",
  "pending at the end of the day",
  (range($first; $last + 1) as $day
    | (($day + 1) * 86400) as $until
    | ($released | map(select((.releasedAt | seconds) < $until and ((.endedAt // "9999-01-01T00:00:00Z") | seconds) >= $until))
      | length) as $pending
    | "  \($day * 86400 | strftime("%a %Y-%m-%d"))  \($pending | column(2))  \($pending | bar)")
