# A week of releases as an SVG picture. Input: the array of invitations.
# Across: eight days from the first release's midnight. Up: how many have been released. A dot is a release, a shaded
# stripe is a day's active hours (09:00 to 17:00 UTC), the line is what perfectly even releases would be.
def seconds: sub("\\.[0-9]+"; "") | fromdateiso8601;
def day: 86400;
def opens: 9 * 3600;
def closes: 17 * 3600;
def round1: . * 10 | round / 10;

[.[].releasedAt // empty | seconds] | sort
| . as $times
| length as $count
| (first / day | floor * day) as $begin
| def across: (. - $begin) / (8 * day) * 840 + 50 | round1;
  def up: 330 - . / $count * 290 | round1;
  def is_workday: . / day | floor | (. + 3) % 7 < 5;
  # Active seconds since the first midnight.
  def active: . as $at
    | [range($begin; $at; day) | select(is_workday) | ([$at, . + closes] | min) - . - opens | [., 0] | max]
    | add // 0;
  (40 * 3600 / $count) as $interval
| (first | active) as $start
| def ideal: [(active - $start) / $interval + 1, $count] | min;
  [range(8) | $begin + . * day] as $days
| [$days[] | . + opens, . + closes | select(. > $times[0] and . < $times[-1])] as $between
| ($times[:1] + $between + $times[-1:]) as $corners
| "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 390\" font-family=\"sans-serif\" font-size=\"13\">",
  "<title>\($count) invitations released over one week</title>",
  "<rect width=\"900\" height=\"390\" rx=\"6\" fill=\"#fbfbf9\"/>",
  ( $days[] | select(is_workday)
    | "<rect x=\"\(. + opens | across)\" y=\"40\" width=\"35\" height=\"290\" fill=\"#e3ecf5\"/>" ),
  ( $days[]
    | "<text x=\"\(. + day / 2 | across)\" y=\"350\" text-anchor=\"middle\" fill=\"#444\">\(strftime("%a %e"))</text>" ),
  "<path d=\"M50 40V330H890\" fill=\"none\" stroke=\"#888\"/>",
  ( 0, ($count / 2 | floor), $count
    | "<text x=\"44\" y=\"\(up + 4 | round1)\" text-anchor=\"end\" fill=\"#444\">\(.)</text>" ),
  "<polyline fill=\"none\" stroke=\"#d08770\" stroke-width=\"1.5\" points=\"\($corners | map("\(across),\(ideal | up)") | join(" "))\"/>",
  ( range($count) as $i
    | "<circle cx=\"\($times[$i] | across)\" cy=\"\($i + 1 | up)\" r=\"2.4\" fill=\"#1f5f99\"/>" ),
  "<text x=\"50\" y=\"24\" fill=\"#222\">\($count) drafts queued at once: each dot is a release, the line is a perfectly even week, shaded are the active hours</text>",
  "<text x=\"50\" y=\"376\" fill=\"#666\">Releases so far, over the days of the week (UTC)</text>",
  "</svg>"
