import {html, nothing} from './lit.js';
import {locale, strings} from './strings.js';

const say = (await strings('words')).time;

/** The zone of whoever looks at the page. */
export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map();

function format(zone, options) {
  const key = `${zone} ${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, {timeZone: zone, ...options}));
  }
  return formats.get(key);
}

// The service may run in a time of its own: what it says of now, not the browser's clock, is what "in 5 minutes" counts from.
let known = {service: Date.now(), browser: performance.now(), wall: Date.now(), seen: 1, speed: 1, isTold: false};

const LONG_ENOUGH = 500;
const LAPSING = 1.5;
const ALIKE = 0.25;

// One clock of the browser stands still while the machine sleeps, the other may be set back.
const elapsedSince = ({browser, wall}) => Math.max(performance.now() - browser, Date.now() - wall);

/** Tells the service's present instant, as an answer had it (`now`). Three of them tell how fast its time runs. */
export function serviceIsAt(instant) {
  const service = Date.parse(instant);
  const elapsed = elapsedSince(known);
  const isMeasured = known.isTold && elapsed > LONG_ENOUGH;
  const seen = isMeasured ? (service - known.service) / elapsed : known.seen;
  known = {service, browser: performance.now(), wall: Date.now(), seen, speed: isMeasured ? speedOf(seen) : known.speed, isTold: true};
}

// What came late makes time look fast once; a time-lapse is as fast twice.
function speedOf(seen) {
  if (seen <= LAPSING) {
    return 1;
  }
  return Math.abs(seen / known.seen - 1) < ALIKE ? seen : known.speed;
}

/** @return the service's present instant in milliseconds */
export const now = () => known.service + elapsedSince(known) * known.speed;

const localDate = (instant, zone) => format(zone, {dateStyle: 'short'}).format(instant);

/** "9:24", "Tue 9:24" or "24 Nov, 9:24": as little of it as is clear from now, in `zone`. */
export function clock(instant, zone) {
  const at = new Date(instant);
  if (localDate(at, zone) === localDate(now(), zone)) {
    return format(zone, {hour: 'numeric', minute: '2-digit'}).format(at);
  }
  return Math.abs(at - now()) < 6 * 86_400_000
    ? format(zone, {weekday: 'short', hour: 'numeric', minute: '2-digit'}).format(at)
    : format(zone, {day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit'}).format(at);
}

/** "Tuesday 24 November 2026, 9:24 Central European Standard Time". */
export const inFull = (instant, zone) =>
  format(zone, {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'long'}).format(new Date(instant));

/** A date of the account's calendar, "24 Nov 2026". */
export const date = (instant, zone) => format(zone, {day: 'numeric', month: 'short', year: 'numeric'}).format(new Date(instant));

const relative = new Intl.RelativeTimeFormat(locale, {numeric: 'always'});
const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

/** "in 27 minutes", "2 days ago", "now". */
export function fromNow(instant) {
  const distance = Date.parse(instant) - now();
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? [];
  return unit ? relative.format(Math.trunc(distance / size), unit) : say.now;
}

/**
 * An instant as an element: what it says is in the account's zone, and its title tells it in full there and where the viewer is.
 * `as` is `clock` (the default), `fromNow` or `date`.
 */
export function when(instant, zone, as = clock) {
  if (!instant) {
    return nothing;
  }
  const full = inFull(instant, zone);
  const title = zone === viewerZone ? full : `${full}\n${say.whereYouAre(inFull(instant, viewerZone))}`;
  return html`<time datetime=${instant} title=${title}>${as(instant, zone)}</time>`;
}

const DAY = 86_400_000;
const offsets = new Map();

/**
 * @return the instant at which it is `time` ("09:30") on `date` ("2026-11-24") in `zone`; where clocks skip that, as much later as they
 *     skip; where they show it twice, the first time
 */
export function instantOf(date, time, zone) {
  if (!offsets.has(zone)) {
    offsets.set(zone, new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    }));
  }
  const local = Date.parse(`${date}T${time}Z`);
  const offset = (instant) => {
    const parts = Object.fromEntries(offsets.get(zone).formatToParts(instant).map(({type, value}) => [type, value]));
    return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`) - Math.floor(instant / 1000) * 1000;
  };
  // A day before and a day after, a change of clocks is over or has not begun.
  const either = [local - offset(local - DAY), local - offset(local + DAY)].sort((a, b) => a - b);
  return new Date(either.find((instant) => instant + offset(instant) === local) ?? either[1]).toISOString();
}

/** @return the calendar date ("2026-11-24") on which `instant` lies in `zone` */
export const dateOf = (instant, zone) => new Intl.DateTimeFormat('en-CA', {timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit'}).format(new Date(instant));

/** @return the calendar date after that on which `instant` lies in `zone`; a day may have 23 hours or 25 */
export const dateAfter = (instant, zone) => new Date(Date.parse(dateOf(instant, zone)) + DAY).toISOString().slice(0, 10);

/** ISO-8601 durations (`PT24M`, `P30D`) in milliseconds. Those of the API hold no months or years. */
export function milliseconds(duration) {
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration) ?? [];
  return ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60_000 + Number(seconds ?? 0) * 1000;
}

const units = {
  day: new Intl.NumberFormat(locale, {style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 0}),
  hour: new Intl.NumberFormat(locale, {style: 'unit', unit: 'hour', unitDisplay: 'long', maximumFractionDigits: 0}),
  minute: new Intl.NumberFormat(locale, {style: 'unit', unit: 'minute', unitDisplay: 'long', maximumFractionDigits: 0}),
  second: new Intl.NumberFormat(locale, {style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 0}),
};

/** A duration in its two largest units: "30 days", "1 hour 24 minutes". Takes ISO-8601 or milliseconds. */
export function duration(length) {
  let left = Math.round((typeof length === 'number' ? length : milliseconds(length)) / 1000);
  if (left >= 3600) {
    left = Math.round(left / 60) * 60;
  }
  const parts = [];
  for (const [unit, size] of [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]]) {
    const many = Math.floor(left / size);
    left -= many * size;
    if (many > 0 && parts.length < 2 && !(unit === 'second' && parts.length)) {
      parts.push(units[unit].format(many));
    }
  }
  return parts.join(' ') || units.second.format(0);
}
