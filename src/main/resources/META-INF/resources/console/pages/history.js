import {Part, define, html, nothing, repeat} from '../lit.js';
import {get, isAbort, pages, part} from '../api.js';
import * as live from '../live.js';
import {spoken} from '../parts/pace.js';
import {SETTINGS, told} from '../parts/settings.js';
import {badge, behind, empty, failure, isInTheWay, segmented, skeleton} from '../parts/ui.js';
import {remember} from '../router.js';
import {locale, strings} from '../strings.js';
import {dateOf, now, when} from '../time.js';

const say = await strings('history');
const words = await strings('words');
const settingWords = (await strings('settings')).settings;
const PAGE = 100;

const KINDS = {
  settings: ['account.created', 'account.changed'],
  holds: ['account.paused', 'account.resumed', 'account.held', 'account.restricted', 'account.restriction-lifted', 'account.notes-used-up', 'account.cap-learned'],
  campaigns: ['account.campaign-changed', 'account.campaign-paused', 'account.campaign-resumed', 'account.campaign-moved', 'account.campaign-cancelled', 'account.campaign-deleted'],
  nights: ['account.cleaned'],
  lists: ['list.imported', 'list.stopped', 'export.reconciled'],
  templates: ['template.created', 'template.changed', 'template.deleted'],
};
const TONES = {'account.held': 'warning', 'account.paused': 'idle', 'account.restricted': 'bad', 'account.notes-used-up': 'warning', 'list.stopped': 'warning', 'account.resumed': 'good', 'account.restriction-lifted': 'good'};
const kindOf = (event) => Object.keys(KINDS).find((kind) => KINDS[kind].includes(event));

/** The history of an account as sentences, newest first, by day. */
class History extends Part {
  static properties = {account: {attribute: false}, query: {attribute: false}, zone: {state: true}, entries: {state: true}, source: {state: true}, trouble: {state: true}, isLooking: {state: true}};

  #asked = 0;

  arrived() {
    this.load();
    this.until(live.follow({accounts: [this.account], types: ['account.']}, () => this.load()));
  }

  get #show() {
    return this.query?.show in KINDS ? this.query.show : 'all';
  }

  /** Reads the newest anew, and as far back as was shown. */
  async load() {
    const asked = ++this.#asked;
    const oldest = this.entries?.at(-1)?.id;
    const events = KINDS[this.#show];
    try {
      const path = `/accounts/${part(this.account)}`;
      const source = pages(`${path}/history`, {query: {event: events}, limit: PAGE, signal: this.signal});
      const [{timeZone}, entries] = await Promise.all([get(path, {signal: this.signal}), source.next()]);
      while (oldest !== undefined && !source.isDone && !entries.some(({id}) => id === oldest)) {
        entries.push(...(await source.next()));
      }
      if (asked === this.#asked) {
        Object.assign(this, {entries, source, zone: timeZone, trouble: undefined});
        live.fresh();
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    }
  }

  async #older() {
    if (this.isLooking) {
      return;
    }
    this.isLooking = true;
    const {source} = this;
    try {
      const more = await source.next();
      if (source === this.source) {
        this.entries = [...this.entries, ...more];
      }
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    } finally {
      this.isLooking = false;
    }
  }

  #narrow(show) {
    this.query = {...this.query, show};
    remember({show: show === 'all' ? '' : show});
    this.entries = undefined;
    this.load();
  }

  template() {
    return html`<div class="page-head"><div><h1>${say.title}</h1><p class="quiet">${say.lead}</p></div></div>
      <div class="filters history-kinds">${segmented({
        name: 'show', label: say.filter, value: this.#show, options: ['all', ...Object.keys(KINDS)].map((value) => ({value, label: say.kinds[value]})), onChange: (show) => this.#narrow(show),
      })}</div>${behind(this.trouble, () => this.load(), this.entries)}${this.#list()}`;
  }

  #list() {
    if (isInTheWay(this.trouble, this.entries)) {
      return failure(this.trouble, () => this.load());
    }
    if (!this.entries) {
      return skeleton(10);
    }
    if (this.entries.length === 0) {
      return this.#show === 'all'
        ? empty(say.empty)
        : empty({title: say.nothingFound.title, lead: say.nothingFound.lead, action: html`<button class="button" type="button" @click=${() => this.#narrow('all')}>${say.nothingFound.all}</button>`});
    }
    return html`${repeat(daysOf(this.entries, this.zone), ([day]) => day, ([day, entries]) => html`<section class="history-day" aria-labelledby="day-${day}"><h2 id="day-${day}">${this.#day(day)}</h2>
        <ol class="card">${repeat(entries, ({id, at, event}) => id ?? `${at} ${event}`, (entry) => this.#entry(entry))}</ol></section>`)}
      <div class="history-older">${this.isLooking
        ? html`<p class="quiet" role="status">${say.looking}</p>`
        : this.source.isDone ? html`<p class="quiet">${say.end}</p>` : html`<button class="button" type="button" @click=${() => this.#older()}>${say.older}</button>`}</div>`;
  }

  #day(day) {
    const isThisYear = day.slice(0, 4) === dateOf(now(), this.zone).slice(0, 4);
    return new Intl.DateTimeFormat(locale, {timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', ...(!isThisYear && {year: 'numeric'})}).format(new Date(`${day}T12:00:00Z`));
  }

  #entry({at, event, actor, detail}) {
    const time = (instant, zone) => new Intl.DateTimeFormat(locale, {timeZone: zone, hour: 'numeric', minute: '2-digit'}).format(new Date(instant));
    return html`<li><span class="at">${when(at, this.zone, time)}</span>
      <span class="what">${sentence(event, detail ?? {}, this.zone)}</span>
      <span class="kind">${TONES[event] ? badge(say.kinds[kindOf(event)], TONES[event]) : html`<small>${say.kinds[kindOf(event)]}</small>`}</span>
      <small class="by">${say.by(say.actors[actor] ?? actor)}</small></li>`;
  }
}

function sentence(event, detail, zone) {
  const tell = say.events[event];
  if (!tell) {
    return say.unknown(event);
  }
  return tell(detail, {
    until: detail.until && when(detail.until, zone, spoken),
    reason: words.reasons[detail.reason] ?? detail.reason,
    changes: event === 'account.changed' ? Object.entries(detail).map(([name, change]) => changed(name, change)).join('; ') : '',
  });
}

function changed(name, change) {
  const setting = SETTINGS[name];
  const value = (one) => (setting ? told(name, setting.kind.read(one)) : one === null || one === undefined ? say.none : JSON.stringify(one));
  return say.change(settingWords[name]?.label ?? name, value(change?.from ?? null), value(change?.to ?? null));
}

/** Entries by local day, in their order. */
function daysOf(entries, zone) {
  const days = new Map();
  for (const entry of entries) {
    const day = dateOf(entry.at, zone);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

define('pacer-history-page', History);
