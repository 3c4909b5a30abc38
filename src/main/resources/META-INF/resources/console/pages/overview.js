import {Part, define, html, nothing} from '../lit.js';
import {pages, isAbort} from '../api.js';
import * as live from '../live.js';
import {count, percent} from '../format.js';
import {badge, behind, empty, failure, icon, isInTheWay, meter, segmented, skeleton} from '../parts/ui.js';
import '../parts/table.js';
import {link, remember} from '../router.js';
import {can} from '../session.js';
import {strings} from '../strings.js';
import {clock, duration, fromNow, serviceIsAt, when} from '../time.js';
import {interval as acceptanceInterval} from '../parts/interval.js';

const say = await strings('overview');
const words = await strings('words');
const TYPING = 200;
const PAGE = 50;
const TICK = 30_000;
const HOLDING = {all: undefined, holding: true, moving: false};
const TONES = {
  FAILING: 'bad', RESTRICTED: 'bad', PAUSED: 'idle', DELIVERY_STUCK: 'bad', PENDING_THRESHOLD: 'bad', TASKS_OPEN: 'warning', NO_ACTIVE_HOURS: 'warning',
  NOTHING_ELIGIBLE: 'warning', TASKS_LATE: 'warning', CAP_REACHED: 'warning', QUEUE_EMPTY: 'idle',
};

/** All accounts, worst first: what each does next, and what holds it. */
class Overview extends Part {
  static properties = {query: {attribute: false}, summary: {state: true}, trouble: {state: true}, rows: {state: true}, source: {state: true}};

  #asked = 0;
  #typing = null;

  arrived() {
    this.load();
    this.until(live.follow({}, () => this.load()));
    const ticking = setInterval(() => this.requestUpdate(), TICK);
    this.until(() => clearInterval(ticking));
    this.until(() => clearTimeout(this.#typing));
  }

  get #show() {
    return this.query?.show in HOLDING ? this.query.show : 'all';
  }

  /** Reads the first page anew, and as many more as were on the screen. */
  async load() {
    const asked = ++this.#asked;
    const shown = this.rows?.length ?? 0;
    try {
      const source = pages('/overview', {query: {q: this.query?.q, holding: HOLDING[this.#show]}, limit: PAGE, signal: this.signal});
      const rows = [];
      do {
        rows.push(...(await source.next()));
      } while (!source.isDone && rows.length < shown);
      if (asked === this.#asked) {
        serviceIsAt(source.first.now);
        Object.assign(this, {rows, source, summary: source.first.accounts, trouble: undefined});
        live.fresh();
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    }
  }

  #narrow(change) {
    this.query = {...this.query, ...change};
    remember({q: this.query.q, show: this.#show === 'all' ? '' : this.#show});
    this.rows = undefined;
    this.load();
  }

  #type(event) {
    clearTimeout(this.#typing);
    const q = event.target.value.trim();
    this.#typing = setTimeout(() => this.#narrow({q}), TYPING);
  }

  template() {
    if (this.summary?.total === 0) {
      return this.#firstRun();
    }
    return html`<div class="page-head"><div><h1>${say.title}</h1>${this.summary ? html`<p class="quiet">${say.lead(this.summary)}</p>` : nothing}</div>
        ${can('create') ? html`<a class="button" href=${link('account')}>${icon('plus')}${say.newAccount}</a>` : nothing}</div>
      <div class="filters"><label class="find">${icon('search')}<span class="hidden">${say.search}</span><input type="search" placeholder=${say.search} .value=${this.query?.q ?? ''} @input=${this.#type}></label>
        ${segmented({name: 'show', label: say.filter, value: this.#show, options: Object.keys(HOLDING).map((value) => ({value, label: say.filters[value]})), onChange: (show) => this.#narrow({show})})}</div>
      ${behind(this.trouble, () => this.load(), this.rows)}${this.#list()}`;
  }

  #list() {
    if (isInTheWay(this.trouble, this.rows)) {
      return failure(this.trouble, () => this.load());
    }
    if (!this.rows) {
      return skeleton(8);
    }
    if (this.rows.length === 0) {
      return empty({title: say.nothingFound, lead: say.nothingFoundLead, action: html`<button class="button" type="button" @click=${() => this.#narrow({q: '', show: 'all'})}>${say.showAll}</button>`});
    }
    return html`<pacer-table class="accounts" .columns=${COLUMNS} .rows=${this.rows} .source=${this.source} .total=${this.query?.q || this.#show !== 'all' ? undefined : this.summary.total} .caption=${say.table} .keyOf=${(row) => row.account}
      .href=${(row) => link('week', row)} @rows=${(event) => (this.rows = event.detail)} @trouble=${(event) => (this.trouble = event.detail)}></pacer-table>`;
  }

  #firstRun() {
    const content = can('create')
      ? {
          title: say.first.title,
          lead: say.first.lead,
          action: html`<ol class="steps">${say.first.steps.map((step) => html`<li>${step}</li>`)}</ol><a class="button primary" href=${link('account')}>${say.newAccount}</a>`,
        }
      : {title: say.first.none, lead: say.first.forbidden};
    return html`<h1 class="hidden">${say.title}</h1>${empty(content)}`;
  }
}

function state(row) {
  if (row.fault) {
    return html`<div class="state">${badge(say.broken, 'bad', row.fault)}<small>${row.fault}</small></div>`;
  }
  const [word, why] = row.trouble ? words.troubles[row.trouble] : [words.onPace, null];
  const since = row.trouble ? row.troubleSince : null;
  return html`<div class="state">${badge(word, row.trouble ? TONES[row.trouble] : 'good', why)}
    <small>${since ? html`${say.since} ${when(since, row.timeZone)}` : row.trouble ? why : row.reason && row.reason !== 'NEXT_TOKEN' ? words.reasons[row.reason] : say.waiting(row.queue.waiting)}
    ${row.pauseReason ? html` · ${row.pauseReason}` : nothing}${row.until && row.trouble ? html` · ${say.until} ${when(row.until, row.timeZone)}` : nothing}</small></div>`;
}

function next(row) {
  return row.nextReleaseAt
    ? html`<div class="next">${when(row.nextReleaseAt, row.timeZone, fromNow)}<small>${when(row.nextReleaseAt, row.timeZone, clock)}${row.interval ? html` · ${say.every(duration(row.interval))}` : nothing}</small></div>`
    : html`<span class="quiet">${say.noNext}</span>`;
}

function acceptance({acceptance: figures}) {
  if (!figures || figures.rate === null || figures.of === 0) {
    return html`<span class="quiet">${say.noAcceptance}</span>`;
  }
  const {rate, low, high, accepted, of} = figures;
  return acceptanceInterval({rate, low, high, label: say.acceptanceLabel(percent(rate), percent(low), percent(high), count(accepted), count(of))});
}

const COLUMNS = [
  {key: 'account', label: say.columns.account, isHead: true, cell: (row) => html`<a class="who" href=${link('week', row)}>${row.name}</a>${row.name === row.account ? nothing : html`<small>${row.account}</small>`}`},
  {key: 'state', label: say.columns.state, hideLabel: true, cell: state},
  {key: 'next', label: say.columns.next, cell: next},
  {key: 'window', label: say.columns.window, cell: (row) => row.window && meter(row.window.released, row.window.cap, say.windowLabel)},
  {key: 'pending', label: say.columns.pending, cell: (row) => row.pending && meter(row.pending.count, row.pending.threshold, say.pendingLabel)},
  {key: 'acceptance', label: say.columns.acceptance, cell: acceptance},
  {key: 'pace', label: say.columns.pace, align: 'end', priority: 'low', cell: (row) => html`<span class="pace" title=${say.paceLabel}>${row.paceIndex === null ? html`<span class="quiet">–</span>` : percent(row.paceIndex)}</span>`},
];

define('pacer-overview-page', Overview);
