import {Part, define, html, nothing} from '../lit.js';
import {get, isAbort, part} from '../api.js';
import {count, percent} from '../format.js';
import * as live from '../live.js';
import {doing, spoken, windowed} from '../parts/pace.js';
import {behind, empty, failure, icon, isInTheWay, meter, skeleton} from '../parts/ui.js';
import '../parts/week-picture.js';
import {link, remember} from '../router.js';
import {can} from '../session.js';
import {locale, strings} from '../strings.js';
import {dateOf, duration, now, serviceIsAt, when} from '../time.js';

const say = await strings('week');
const pace = await strings('pace');
const words = await strings('words');
const TICK = 30_000;

/** The week of an account as a picture, and beside it what the pacer does now and why. */
class Week extends Part {
  static properties = {
    account: {attribute: false}, query: {attribute: false}, week: {state: true}, pacing: {state: true}, summary: {state: true}, trouble: {state: true}, isMoving: {state: true},
  };

  #asked = 0;

  arrived() {
    this.load();
    this.until(live.follow({accounts: [this.account]}, () => this.load()));
    const ticking = setInterval(() => this.requestUpdate(), TICK);
    this.until(() => clearInterval(ticking));
  }

  willUpdate(changed) {
    if (changed.has('query') && this.week && this.query?.from !== this.shown) {
      this.load();
    }
  }

  async load() {
    const asked = ++this.#asked;
    const here = `/accounts/${part(this.account)}`;
    const from = this.query?.from;
    try {
      const [week, pacing, {summary}] = await Promise.all([
        get(`${here}/week`, {query: {from}, signal: this.signal}), get(`${here}/pacing`, {signal: this.signal}), get(here, {signal: this.signal}),
      ]);
      if (asked === this.#asked) {
        serviceIsAt(pacing.now);
        this.shown = from;
        Object.assign(this, {week, pacing, summary, trouble: undefined, isMoving: false});
        live.fresh();
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        Object.assign(this, {trouble, isMoving: false});
      }
    }
  }

  #show(from) {
    this.query = {...this.query, from};
    remember({from});
    this.isMoving = true;
    this.load();
  }

  /** The local date of the Monday that begins the week before or after the one shown. */
  #monday(weeks) {
    const date = new Date(`${dateOf(this.week.from, this.week.timeZone)}T12:00:00Z`);
    const monday = (date.getUTCDay() + 6) % 7;
    date.setUTCDate(date.getUTCDate() - monday + 7 * weeks);
    return date.toISOString().slice(0, 10);
  }

  get #isPresent() {
    return Date.parse(this.week.from) <= now() && now() < Date.parse(this.week.to);
  }

  template() {
    if (isInTheWay(this.trouble, this.week)) {
      return html`<div class="page-head"><h1>${say.title}</h1></div>${failure(this.trouble, () => this.load())}`;
    }
    if (!this.week) {
      return html`<div class="page-head"><h1>${say.title}</h1></div>${skeleton(10)}`;
    }
    return html`<div class="page-head"><div><h1>${say.title}</h1><p class="quiet">${this.#span()}</p></div>${this.#steps()}</div>${behind(this.trouble, () => this.load(), this.week)}
      <div class="week-columns">
        ${this.#now()}
        <section class="card week-picture" aria-busy=${this.isMoving ? 'true' : 'false'}>
          ${this.#isUnused ? empty({title: say.empty.title, lead: say.empty.lead}) : html`<pacer-week-picture .week=${this.week}></pacer-week-picture>${this.#outlook()}`}
        </section>
        ${this.#meters()}
      </div>`;
  }

  /** Nothing has gone out yet, and nothing is going to. */
  get #isUnused() {
    const {summary, pacing, week} = this;
    return summary.queued + summary.released + summary.pending + pacing.window.released + week.released === 0 && this.#isPresent;
  }

  #span() {
    const format = new Intl.DateTimeFormat(locale, {timeZone: this.week.timeZone, day: 'numeric', month: 'long', year: 'numeric'});
    const from = new Date(this.week.from);
    const to = new Date(Date.parse(this.week.to) - 1);
    return format.formatRange?.(from, to) ?? say.span(format.format(from), format.format(to));
  }

  #steps() {
    return html`<nav class="week-steps" aria-label=${say.title}>
      <button class="button" type="button" aria-label=${say.earlier} title=${say.earlier} @click=${() => this.#show(this.#monday(-1))}>${icon('left')}</button>
      <button class="button" type="button" ?disabled=${this.#isPresent} @click=${() => this.#show(undefined)}>${say.present}</button>
      <button class="button" type="button" aria-label=${say.later} title=${say.later} @click=${() => this.#show(this.#monday(1))}>${icon('right')}</button>
    </nav>`;
  }

  #now() {
    const {pacing, week} = this;
    const isDry = pacing.reason === 'QUEUE_EMPTY';
    return html`<section class="card week-sentence">
      <h2 class="hidden">${say.now}</h2>
      <p class="says" role="status">${doing(pacing, week.timeZone, this.summary)}</p>
      <p class="quiet">${windowed(pacing)}</p>
      ${pacing.decision === 'HOLD' && pacing.nextReleaseAt ? html`<p class="quiet">${pace.next(when(pacing.nextReleaseAt, week.timeZone, spoken))}</p>` : nothing}
      <div class="actions">
        ${isDry && can('enqueue') ? html`<a class="button primary" href=${link('import', {}, {account: this.account})}>${say.empty.action}</a>` : nothing}
        <pacer-pausing .account=${this.account} .zone=${week.timeZone} .summary=${this.summary} .reason=${pacing.reason ?? null} @changed=${() => this.load()}></pacer-pausing>
      </div></section>`;
  }

  #meters() {
    const {pacing} = this;
    const {notes, queue, paceIndex} = pacing;
    const row = (name, value) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<dl class="card week-figures">
      ${row(say.meters.window, meter(pacing.window.released, pacing.window.cap, say.meters.windowLabel))}
      ${row(say.meters.pending, meter(pacing.pending.count, pacing.pending.threshold, say.meters.pendingLabel))}
      ${row(say.meters.tasks, meter(pacing.tasks.open, pacing.tasks.limit, say.meters.tasksLabel))}
      ${notes?.quota !== null && notes?.quota !== undefined ? row(say.meters.notes, meter(notes.used, notes.quota, say.meters.notesLabel)) : nothing}
      ${row(say.meters.queue, html`<a href=${link('queue', {account: this.account})}>${say.meters.waiting(queue.waiting)}</a>${queue.held ? html`<br><small>${say.meters.held(queue.held)}</small>` : nothing}`)}
      ${pacing.reason === 'QUEUE_EMPTY' ? nothing : row(say.meters.interval, duration(pacing.interval))}
      ${paceIndex === null ? nothing : row(say.meters.pace, html`<span title=${say.meters.paceHelp}>${percent(paceIndex)}</span>`)}
    </dl>`;
  }

  #outlook() {
    const {forecast, timeZone, to, released} = this.week;
    const told = [];
    if (forecast?.pendingReachedAt) {
      told.push(say.outlook.reached(when(forecast.pendingReachedAt, timeZone, spoken)));
    }
    if (forecast?.reason && Date.parse(forecast.knownUntil) < Date.parse(to)) {
      told.push(say.outlook.holds(when(forecast.knownUntil, timeZone), words.reasons[forecast.reason] ?? forecast.reason));
    }
    if (released === 0 && !forecast) {
      told.push(say.quietWeek);
    } else if (released === 0 && !forecast?.released && this.pacing.reason !== 'QUEUE_EMPTY') {
      told.push(say.quietAhead);
    }
    if (released > this.week.releases.length) {
      told.push(say.table.cut(count(this.week.releases.length)));
    }
    return told.map((one) => html`<p class="quiet">${one}</p>`);
  }
}

define('pacer-week-page', Week);
