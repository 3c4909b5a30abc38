import {Part, define, html, nothing, repeat, styles, svg} from '../lit.js';
import {count} from '../format.js';
import './table.js';
import {invitationState} from './ui.js';
import {go, link} from '../router.js';
import {locale, strings} from '../strings.js';
import {clock, dateOf, duration, instantOf, now, when} from '../time.js';

const say = await strings('week');
const {states} = await strings('words');
const DAY = 86_400_000;
const WINDOW = 7 * DAY;
const NEAR = 28;
const SLIMMEST = 0.12;
const HEIGHTS = {wide: [264, 92, 92], narrow: [220, 76, 76]};
const NARROW = 620;
const GAP = 40;
const TOP = 46;
const LEFT = 40;
const RIGHT = 10;

/**
 * An answer of `/week` as a picture on one time line: what was released and is foreseen, dot by dot on the steps they make; what counts
 * in the cap's rolling window; what is pending. Arrow keys walk the dots; a table beneath tells the same.
 */
class WeekPicture extends Part {
  static properties = {week: {attribute: false}, width: {state: true}, active: {state: true}, isTable: {state: true}, isReading: {state: true}};

  constructor() {
    super();
    this.width = 0;
    this.active = null;
  }

  arrived() {
    const sizing = new ResizeObserver(([entry]) => {
      // Drawn as for the usual size of text, and as much larger as text is.
      this.unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      this.width = Math.round(entry.contentRect.width / this.unit);
    });
    sizing.observe(this);
    this.until(() => sizing.disconnect());
    const ticking = setInterval(() => this.requestUpdate(), 15_000);
    this.until(() => clearInterval(ticking));
  }

  willUpdate(changed) {
    if (changed.has('week')) {
      const held = this.active === null ? null : this.dots?.[this.active];
      this.dots = dotsOf(this.week);
      this.axis = axisOf(this.week);
      const kept = held ? this.dots.findIndex((dot) => dot.at === held.at && dot.invitation === held.invitation) : -1;
      this.active = kept < 0 ? null : kept;
    }
  }

  get #begin() {
    return Date.parse(this.week.from);
  }

  get #end() {
    return Date.parse(this.week.to);
  }

  #x(instant) {
    return LEFT + this.axis(instant) * (this.width - LEFT - RIGHT);
  }

  template() {
    if (!this.width) {
      return html`<div class="picture"></div>`;
    }
    const heights = this.width < NARROW ? HEIGHTS.narrow : HEIGHTS.wide;
    const height = TOP + heights.reduce((sum, one) => sum + one + GAP, 0) - GAP / 2;
    return html`${this.#legend()}
      <div class="picture" tabindex="0" role="application" aria-label=${say.picture.name} aria-roledescription=${say.picture.role} aria-describedby="week-summary week-help"
          @keydown=${this.#key} @pointermove=${this.#point} @pointerdown=${this.#point} @dblclick=${this.#open} @pointerleave=${() => (this.active = null)} @focus=${this.#focus} @blur=${() => (this.active = null)}>
        <svg viewBox="0 0 ${this.width} ${height}" width=${this.width * this.unit} height=${height * this.unit} aria-hidden="true">${this.#drawing(heights)}</svg>
        ${this.#tip()}
      </div>
      <p class="hidden" id="week-summary">${say.picture.summary(this.week.released, this.week.forecast?.released ?? 0, count(this.#idealEnd))}</p>
      <p class="hidden" id="week-help">${say.picture.help}</p>
      <p class="hidden" role="status">${this.isReading && this.active !== null ? this.#spoken(this.dots[this.active]) : nothing}</p>
      ${this.#table()}`;
  }

  get #idealEnd() {
    return this.week.ideal.at(-1)?.released ?? 0;
  }

  #drawing(heights) {
    const [releases, window, pending] = heights;
    const present = now();
    const tops = [TOP, TOP + releases + GAP, TOP + releases + window + 2 * GAP];
    const bottom = tops[2] + pending;
    this.plot = this.#releasesPlot(tops[0], releases);
    return svg`
      ${this.week.active.map(({start, end}) => this.#stretch(start, end, tops[0] - 6, bottom))}
      ${this.#days(bottom)}
      ${present > this.#begin && present < this.#end ? svg`<g class="now"><line x1=${this.#x(present)} x2=${this.#x(present)} y1=${TOP - 6} y2=${bottom}></line>
        <text x=${this.#x(present)} y=${TOP - 12} text-anchor="middle">${say.picture.now}</text></g>` : nothing}
      ${this.plot.drawing}
      ${this.#windowPlot(tops[1], window)}
      ${this.#pendingPlot(tops[2], pending)}
      ${this.#mark(bottom)}`;
  }

  #stretch(start, end, top, bottom) {
    const from = this.#x(Math.max(this.#begin, Date.parse(start)));
    const to = this.#x(Math.min(this.#end, Date.parse(end)));
    return to > from ? svg`<rect class="active" x=${from} y=${top} width=${to - from} height=${bottom - top}></rect>` : nothing;
  }

  /** Local midnights, with the days' names where there is room for them. */
  #days(bottom) {
    const {timeZone} = this.week;
    const midnights = daysOf(this.week);
    const room = Math.min(...midnights.slice(1).map((midnight, i) => this.#x(midnight) - this.#x(midnights[i])));
    const label = new Intl.DateTimeFormat(locale, {timeZone, ...(room > 44 ? {weekday: 'short', day: 'numeric'} : room > 21 ? {weekday: 'short'} : {day: 'numeric'})});
    const every = Math.max(1, Math.ceil(18 / room));
    return midnights.map((midnight, i) => {
      const x = this.#x(midnight);
      const next = midnights[i + 1];
      const isNamed = next && i % every === 0;
      const middle = next ? this.#x(midnight + (next - midnight) / 2) : 0;
      const isToday = next && now() >= midnight && now() < next;
      return svg`<line class="day" x1=${x} x2=${x} y1=${TOP - 6} y2=${bottom}></line>
        ${isNamed ? svg`<text class="name ${isToday ? 'today' : ''}" x=${middle} y="12" text-anchor="middle">${label.format(midnight + DAY / 4)}</text>` : nothing}`;
    });
  }

  #scale(top, height, most) {
    const nice = niceCeiling(most);
    return {most: nice, y: (value) => top + height - (Math.min(value, nice) / nice) * height};
  }

  #axis(scale, values, top, title) {
    return svg`<text class="title" x=${LEFT} y=${top - 9}>${title}</text>
      ${values.map((value) => svg`<line class="rule" x1=${LEFT} x2=${this.width - RIGHT} y1=${scale.y(value)} y2=${scale.y(value)}></line>
        <text class="value" x=${LEFT - 8} y=${scale.y(value) + 4} text-anchor="end">${count(value)}</text>`)}`;
  }

  #releasesPlot(top, height) {
    const {ideal} = this.week;
    const past = this.dots.filter((dot) => !dot.isNext);
    const next = this.dots.filter((dot) => dot.isNext);
    const scale = this.#scale(top, height, Math.max(10, this.dots.length, this.#idealEnd));
    const line = ideal.map((point, i) => `${i ? 'L' : 'M'}${this.#x(Date.parse(point.at)).toFixed(1)} ${scale.y(point.released).toFixed(1)}`).join('');
    const radius = this.dots.length > 400 ? 1.6 : this.dots.length > 150 || this.width < NARROW ? 2.3 : 3.2;
    const at = (dot) => ({x: this.#x(dot.time), y: scale.y(dot.number)});
    this.points = this.dots.map(at);
    const steps = (dots, from, until) => {
      let path = `M${this.#x(from.time).toFixed(1)} ${scale.y(from.number).toFixed(1)}`;
      dots.forEach((dot) => (path += `H${this.#x(dot.time).toFixed(1)}V${scale.y(dot.number).toFixed(1)}`));
      return `${path}H${this.#x(Math.max(from.time, until)).toFixed(1)}`;
    };
    const edge = Math.min(Math.max(now(), this.#begin), this.#end);
    const known = this.week.forecast ? Math.max(edge, Math.min(this.#end, Date.parse(this.week.forecast.knownUntil ?? this.week.to))) : edge;
    const last = past.at(-1);
    const dot = (one, i) => svg`<circle class=${one.isNext ? 'next' : one.isByHand ? 'by-hand' : 'done'} cx=${this.points[i].x.toFixed(1)} cy=${this.points[i].y.toFixed(1)} r=${radius}></circle>`;
    return {
      drawing: svg`${this.#axis(scale, [0, scale.most / 2, scale.most], top, nothing)}
        <path class="ideal" d=${line}></path>
        <path class="steps" d=${steps(past, {time: this.#begin, number: 0}, edge)}></path>
        ${this.week.forecast ? svg`<path class="steps ahead" d=${steps(next, {time: edge, number: last?.number ?? 0}, known)}></path>` : nothing}
        ${this.dots.map(dot)}`,
    };
  }

  #windowPlot(top, height) {
    const {window, cap, forecast} = this.week;
    const scale = this.#scale(top, height, Math.max(cap.effective * 1.12, ...window.map((step) => step.count)));
    const present = now();
    const ahead = forecast ? Math.min(this.#end, Date.parse(forecast.knownUntil ?? this.week.to)) : present;
    return svg`${this.#axis(scale, [0], top, say.picture.window)}
      ${this.#area(window, scale, top + height, this.#begin, Math.min(present, this.#end))}
      ${forecast ? this.#area(window, scale, top + height, Math.max(present, this.#begin), ahead, 'ahead') : nothing}
      ${this.#limit(scale.y(cap.effective), say.picture.cap(count(cap.effective)))}`;
  }

  #limit(y, text) {
    return svg`<line class="limit" x1=${LEFT} x2=${this.width - RIGHT} y1=${y} y2=${y}></line><text class="limit" x=${this.width - RIGHT - 2} y=${y - 5} text-anchor="end">${text}</text>`;
  }

  /** Steps (`at`, `count`) from one instant to another, and the area beneath them. */
  #area(steps, scale, bottom, from, to, tone = '') {
    if (to <= from) {
      return nothing;
    }
    const begin = steps.findLast((step) => Date.parse(step.at) <= from)?.count ?? 0;
    let path = `${this.#x(from).toFixed(1)} ${scale.y(begin).toFixed(1)}`;
    for (const step of steps) {
      const at = Date.parse(step.at);
      if (at > from && at < to) {
        path += `H${this.#x(at).toFixed(1)}V${scale.y(step.count).toFixed(1)}`;
      }
    }
    path += `H${this.#x(to).toFixed(1)}`;
    return svg`<path class="area ${tone}" d="M${path}V${bottom}H${this.#x(from).toFixed(1)}Z"></path><path class="edge ${tone}" d="M${path}"></path>`;
  }

  #pendingPlot(top, height) {
    const {pending, forecast} = this.week;
    const expected = forecast?.pending ?? [];
    const most = Math.max(10, ...pending.steps.map((step) => step.count), ...expected.map((one) => one.high));
    const isFar = pending.threshold > most * 4;
    const scale = this.#scale(top, height, isFar ? most * 1.3 : Math.max(most, pending.threshold * 1.12));
    const present = Math.min(Math.max(now(), this.#begin), this.#end);
    const course = expected.filter((one) => Date.parse(one.at) > present);
    const beginning = {at: present, expected: pending.now, low: pending.now, high: pending.now};
    const shownFrom = now() >= this.#begin ? [beginning] : [];
    const points = [...shownFrom, ...course].map((one) => ({...one, x: this.#x(typeof one.at === 'number' ? one.at : Date.parse(one.at)).toFixed(1)}));
    const path = (key, list) => list.map((one, i) => `${i ? 'L' : ''}${one.x} ${scale.y(one[key]).toFixed(1)}`).join('');
    return svg`${this.#axis(scale, [0, ...(isFar ? [scale.most] : [])], top, say.picture.pending)}
      ${this.#area(pending.steps, scale, top + height, this.#begin, present)}
      ${points.length > 1 ? svg`<path class="range" d="M${path('high', points)}L${path('low', points.toReversed())}Z"></path><path class="expected" d="M${path('expected', points)}"></path>` : nothing}
      ${isFar ? svg`<text class="limit far" x=${this.width - RIGHT - 2} y=${top - 9} text-anchor="end">${say.picture.threshold(count(pending.threshold))} ↑</text>` : this.#limit(scale.y(pending.threshold), say.picture.threshold(count(pending.threshold)))}`;
  }

  #mark(bottom) {
    if (this.active === null) {
      return nothing;
    }
    const {x, y} = this.points[this.active];
    return svg`<line class="cross" x1=${x} x2=${x} y1=${TOP - 6} y2=${bottom}></line><circle class="chosen ${this.dots[this.active].isNext ? 'next' : ''}" cx=${x} cy=${y} r="6"></circle>`;
  }

  #tip() {
    if (this.active === null) {
      return nothing;
    }
    const dot = this.dots[this.active];
    const {x, y} = this.points[this.active];
    const {timeZone} = this.week;
    return html`<div class="tip ${this.width < NARROW ? 'across' : x > this.width / 2 ? 'left' : ''}" ${styles({'--x': `${x * this.unit}px`, '--y': `${y * this.unit}px`})} aria-hidden="true">
      <b>${nameOf(dot)}</b>
      <span>${dot.state && !dot.isByHand ? invitationState(dot.state) : kindOf(dot)} ${clock(dot.at, timeZone)}</span>
      ${dot.campaign ? html`<span>${say.dot.campaign(dot.campaign)}</span>` : nothing}
      <small>${say.dot.place(count(dot.number), count(dot.window), dot.cap && count(dot.cap))}</small>
      <small>${whyOf(dot)}</small></div>`;
  }

  #spoken(dot) {
    return [nameOf(dot), dot.state && !dot.isByHand ? states[dot.state] : kindOf(dot), clock(dot.at, this.week.timeZone), dot.campaign && say.dot.campaign(dot.campaign), say.dot.place(count(dot.number), count(dot.window), dot.cap && count(dot.cap)), whyOf(dot),
      say.dot.at(this.active + 1, this.dots.length)].filter(Boolean).join(', ');
  }

  #focus() {
    this.isReading = true;
    if (this.active === null && this.dots.length && this.querySelector('.picture').matches(':focus-visible')) {
      const next = this.dots.findIndex((dot) => dot.isNext);
      this.active = next > 0 ? next - 1 : next === 0 ? 0 : this.dots.length - 1;
    }
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.dots.length) {
      return;
    }
    const at = this.active ?? -1;
    const last = this.dots.length - 1;
    const sameDay = (i) => dateOf(this.dots[i].at, this.week.timeZone);
    const otherDay = (step) => {
      let i = Math.max(0, at);
      const day = sameDay(i);
      while (i + step >= 0 && i + step <= last && sameDay(i) === day) {
        i += step;
      }
      return i;
    };
    const to = {ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, Home: 0, End: last}[event.key] ?? (event.key === 'PageDown' ? otherDay(1) : event.key === 'PageUp' ? otherDay(-1) : undefined);
    if (event.key === 'Enter') {
      this.#open();
    } else if (event.key === 'Escape') {
      this.active = null;
    } else if (to !== undefined) {
      event.preventDefault();
      this.isReading = true;
      this.active = Math.max(0, Math.min(last, to));
    }
  }

  #point(event) {
    const box = this.querySelector('svg').getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / this.unit, (event.clientY - box.top) / this.unit];
    let nearest = null;
    let least = Infinity;
    this.points.forEach((point, i) => {
      // Beside a dot counts for more than above or beneath it: whoever points into the lower plots means the instant.
      const distance = Math.hypot(point.x - x, (point.y - y) * (y > TOP + HEIGHTS.wide[0] ? 0 : 0.5));
      if (distance < least) {
        [nearest, least] = [i, distance];
      }
    });
    this.isReading = false;
    this.active = least <= NEAR ? nearest : null;
  }

  #open() {
    const dot = this.dots[this.active];
    if (dot?.profile) {
      go('people', {}, {person: dot.profile});
    }
  }

  #legend() {
    const {legend} = say.picture;
    const key = (name, shape) => html`<li><svg viewBox="0 0 22 12" aria-hidden="true">${shape}</svg>${name}</li>`;
    return html`<ul class="legend">
      ${key(legend.done, svg`<circle class="done" cx="11" cy="6" r="4"/>`)}
      ${this.dots.some((dot) => dot.isByHand) ? key(legend.byHand, svg`<circle class="by-hand" cx="11" cy="6" r="4"/>`) : nothing}
      ${this.week.forecast ? key(legend.next, svg`<circle class="next" cx="11" cy="6" r="4"/>`) : nothing}
      ${key(legend.ideal, svg`<path class="ideal" d="M1 10 21 2"/>`)}
      ${key(legend.active, svg`<rect class="active" x="1" width="20" height="12"/>`)}
    </ul>`;
  }

  #table() {
    return html`<details class="as-table" @toggle=${(event) => (this.isTable = event.target.open)}><summary>${say.table.show}</summary>
      ${this.isTable ? html`<pacer-table .columns=${columns(this.week.timeZone)} .rows=${this.dots} .keyOf=${(dot) => `${dot.number} ${dot.at}`} .caption=${say.table.caption}></pacer-table>` : nothing}</details>`;
  }
}

const nameOf = (dot) => [dot.firstName, dot.lastName].filter(Boolean).join(' ') || dot.profile || (dot.invitation ? say.dot.erased : say.dot.somebody);
const kindOf = (dot) => (dot.isNext ? say.dot.next : dot.isByHand ? say.dot.byHand : say.dot.released);

/** Why it went, or goes, when it does: how much working time lies between it and the one before. */
function whyOf(dot) {
  const why = dot.isByHand
    ? say.dot.handWhy
    : dot.opens
      ? dot.isNext ? say.dot.opens : say.dot.opened
      : dot.since === null
        ? say.dot.firstWhy
        : dot.since < 1000 ? say.dot.atOnce : say.dot.after(duration(dot.since));
  return [why, dot.bare && say.dot.bare, dot.isNext && say.dot.ifNothing].filter(Boolean).join(' ');
}

/** Past and foreseen releases in one list, each with its number in the week, what its window holds, and the working time since the one before. */
function dotsOf(week) {
  const dots = [
    ...week.releases.map((release) => ({...release, isNext: false, isByHand: release.kind === 'BY_HAND'})),
    ...(week.forecast?.releases ?? []).map((release) => ({...release, isNext: true, isByHand: false, cap: week.cap.effective})),
  ];
  const active = week.active.map(({start, end}) => [Date.parse(start), Date.parse(end)]);
  const within = (from, to) => active.reduce((sum, [start, end]) => sum + Math.max(0, Math.min(end, to) - Math.max(start, from)), 0);
  const windowAt = stepsReader(week.window);
  let before = null;
  dots.forEach((dot, i) => {
    dot.time = Date.parse(dot.at);
    dot.number = i + 1;
    dot.window = windowAt(dot.time);
    dot.opens = active.some(([start]) => Math.abs(dot.time - start) < 1500);
    dot.since = before === null ? null : within(before, dot.time);
    if (!dot.isByHand) {
      before = dot.time;
    }
  });
  return dots;
}

/** Reads ascending steps at ascending instants. */
function stepsReader(steps) {
  const times = steps.map((step) => Date.parse(step.at));
  let i = 0;
  return (time) => {
    while (i + 1 < steps.length && times[i + 1] <= time) {
      i++;
    }
    return steps[i]?.count ?? 0;
  };
}

/**
 * The time line, from 0 to 1. What happens, happens in working hours, which are less than a quarter of the week: they are drawn as
 * wide as all the rest, so that every release can be seen.
 */
function axisOf({from, to, active}) {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const stretches = active.map((one) => [Math.max(begin, Date.parse(one.start)), Math.min(end, Date.parse(one.end))]).filter(([start, stop]) => stop > start);
  const working = stretches.reduce((sum, [start, stop]) => sum + stop - start, 0);
  const resting = end - begin - working;
  const weight = working ? Math.min(1, Math.max(SLIMMEST, working / Math.max(1, resting))) : 1;
  const whole = working + resting * weight;
  const edges = [begin, ...stretches.flat(), end];
  const places = [0];
  for (let i = 1; i < edges.length; i++) {
    places.push(places[i - 1] + ((edges[i] - edges[i - 1]) * (i % 2 ? weight : 1)) / whole);
  }
  return (instant) => {
    let i = edges.findLastIndex((edge) => edge <= instant);
    i = Math.max(0, Math.min(edges.length - 2, i));
    const length = edges[i + 1] - edges[i];
    return length ? places[i] + ((Math.min(instant, end) - edges[i]) / length) * (places[i + 1] - places[i]) : places[i];
  };
}

/** The local midnights of the week, and its end. */
function daysOf({from, to, timeZone}) {
  const end = Date.parse(to);
  const days = [];
  for (let date = dateOf(from, timeZone), at = Date.parse(from); at < end; ) {
    days.push(at);
    date = new Date(Date.parse(`${date}T12:00:00Z`) + DAY).toISOString().slice(0, 10);
    at = Date.parse(instantOf(date, '00:00', timeZone));
  }
  return [...days, end];
}

function niceCeiling(value) {
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].map((step) => step * size).find((step) => step >= value);
}

const columns = (zone) => [
  {key: 'at', label: say.table.columns.at, isHead: true, cell: (dot) => when(dot.at, zone)},
  {key: 'who', label: say.table.columns.who, cell: (dot) => (dot.profile ? html`<a href=${link('people', {}, {person: dot.profile})}>${nameOf(dot)}</a>` : nameOf(dot))},
  {key: 'kind', label: say.table.columns.kind, cell: (dot) => (dot.state && !dot.isByHand ? invitationState(dot.state) : kindOf(dot))},
  {key: 'campaign', label: say.table.columns.campaign, priority: 'low', cell: (dot) => dot.campaign ?? '–'},
  {key: 'window', label: say.table.columns.window, align: 'end', cell: (dot) => (dot.cap ? `${count(dot.window)} / ${count(dot.cap)}` : count(dot.window))},
  {key: 'why', label: say.table.columns.why, priority: 'low', cell: whyOf},
];

define('pacer-week-picture', WeekPicture);
