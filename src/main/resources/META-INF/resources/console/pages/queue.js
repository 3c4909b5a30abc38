import {Part, define, html, ifDefined, nothing} from '../lit.js';
import {ask, get, isAbort, pages, part, patch, remove} from '../api.js';
import {count} from '../format.js';
import {shortcuts} from '../keys.js';
import * as live from '../live.js';
import {editDraft, nameOf} from '../parts/draft-form.js';
import {doing} from '../parts/pace.js';
import '../parts/table.js';
import {done, soon, tell, tellFailure} from '../parts/toasts.js';
import {behind, empty, failure, icon, isInTheWay, skeleton} from '../parts/ui.js';
import {link, remember} from '../router.js';
import {can} from '../session.js';
import {strings} from '../strings.js';
import {fromNow, serviceIsAt, when} from '../time.js';

const say = await strings('queue');
const TYPING = 250;
const PAGE = 200;
const MOST_RENEWED = 500;
const CALM = 3_000;
const TICK = 30_000;
const LOWEST = -10;
const HIGHEST = 10;

/** What is queued, in the order in which it goes, with the time at which each draft is foreseen to. */
class Queue extends Part {
  static properties = {
    account: {attribute: false}, query: {attribute: false}, settings: {state: true}, pacing: {state: true}, campaigns: {state: true}, rows: {state: true}, source: {state: true},
    trouble: {state: true}, isStale: {state: true}, said: {state: true}, short: {state: true},
  };

  #asked = 0;
  #typing = null;
  #renewing = null;
  #cancelled = new Set();
  #zone = null;

  arrived() {
    this.load();
    this.#loadCampaigns();
    this.until(live.follow({accounts: [this.account], types: ['invitation.', 'account.']}, (events) => this.#happened(events)));
    const ticking = setInterval(() => this.requestUpdate(), TICK);
    this.until(() => clearInterval(ticking));
    this.until(() => [this.#typing, this.#renewing].forEach(clearTimeout));
    const ofRow = (does) => () => {
      const row = this.#rowInFocus;
      return row && can('enqueue') && does(row);
    };
    shortcuts(this, [
      {keys: '/', says: say.shortcuts.search, does: () => this.querySelector('input[type=search]')?.focus()},
      ...(can('enqueue')
        ? [
            {keys: '+', says: say.shortcuts.sooner, does: ofRow((row) => this.#prioritise(row, 1))},
            {keys: '-', says: say.shortcuts.later, does: ofRow((row) => this.#prioritise(row, -1))},
            {keys: 'e', says: say.shortcuts.edit, does: ofRow((row) => this.#edit(row))},
            {keys: 'Delete', says: say.shortcuts.cancel, does: ofRow((row) => this.#cancel(row))},
          ]
        : []),
    ]);
  }

  get #path() {
    return `/accounts/${part(this.account)}`;
  }

  get #rowInFocus() {
    const index = document.activeElement?.closest?.('pacer-queue-page tr[data-index]')?.dataset.index;
    return index === undefined ? undefined : this.#shown[Number(index)];
  }

  get #shown() {
    return this.rows.filter((row) => !this.#cancelled.has(row.id));
  }

  get #isNarrowed() {
    return Boolean(this.query?.q || this.query?.campaign);
  }

  /** Reads the first page anew, and as many more as were shown, up to what one request answers. */
  async load() {
    const asked = ++this.#asked;
    try {
      const limit = Math.min(MOST_RENEWED, Math.max(PAGE, this.rows?.length ?? 0));
      const source = pages(`${this.#path}/invitations`, {query: {order: 'release', q: this.query?.q, campaign: this.query?.campaign}, limit, signal: this.signal});
      const [rows, settings, pacing] = await Promise.all([source.next(), get(this.#path, {signal: this.signal}), get(`${this.#path}/pacing`, {signal: this.signal})]);
      if (asked === this.#asked) {
        serviceIsAt(pacing.now);
        Object.assign(this, {rows, source, settings, pacing, trouble: undefined, isStale: false});
        live.fresh();
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    }
  }

  async #loadCampaigns() {
    try {
      this.campaigns = (await get(`${this.#path}/campaigns`, {query: {limit: 200}, signal: this.signal})).items;
    } catch {
      this.campaigns = [];
    }
  }

  // What has left is taken out at once; the order is read anew once it is calm, since a whole forecast is made for it.
  #happened(events = []) {
    const left = new Set(events.filter(({type}) => ['invitation.released', 'invitation.cancelled', 'invitation.lapsed'].includes(type)).map(({data}) => data.invitation));
    if (left.size && this.rows) {
      this.rows = this.rows.filter((row) => !left.has(row.id));
    }
    if ((this.rows?.length ?? 0) > MOST_RENEWED) {
      this.isStale = true;
      return;
    }
    this.#renewing ??= setTimeout(async () => {
      // What happens while it is read may not be in the answer.
      this.#renewing = null;
      await this.load();
    }, CALM);
  }

  #narrow(change) {
    this.query = {...this.query, ...change};
    remember({q: this.query.q, campaign: this.query.campaign});
    this.rows = undefined;
    this.load();
  }

  #type(event) {
    clearTimeout(this.#typing);
    const q = event.target.value.trim();
    this.short = q.length === 1;
    if (!this.short) {
      this.#typing = setTimeout(() => this.#narrow({q}), TYPING);
    }
  }

  async #prioritise(row, step, isUndo) {
    const priority = Math.max(LOWEST, Math.min(HIGHEST, row.priority + step));
    if (priority === row.priority) {
      return;
    }
    const was = this.#rowInFocus?.id === row.id;
    try {
      await patch(`${this.#path}/invitations/${row.id}`, {priority}, {signal: this.signal});
      await this.load();
      const place = this.#shown.findIndex((other) => other.id === row.id) + 1;
      const text = say.prioritised(nameOf(row), priority, place && count(place));
      this.said = text;
      if (!isUndo) {
        done(text, () => this.#prioritise({...row, priority}, -step, true));
      }
      if (was && place) {
        await this.querySelector('pacer-table')?.updateComplete;
        this.querySelector(`tr[data-index="${place - 1}"]`)?.focus();
      }
    } catch (trouble) {
      this.#tell(trouble);
    }
  }

  #tell(trouble) {
    if (!isAbort(trouble)) {
      tellFailure(trouble);
      this.load();
    }
  }

  async #edit(row) {
    let whole;
    try {
      whole = await get(`${this.#path}/invitations/${row.id}`, {signal: this.signal});
    } catch (trouble) {
      this.#tell(trouble);
      return;
    }
    if (whole.state !== 'QUEUED') {
      tell(say.gone);
      this.load();
      return;
    }
    const changed = await editDraft({draft: whole, settings: this.settings, campaigns: this.campaigns ?? [], save: (change) => patch(`${this.#path}/invitations/${row.id}`, change)});
    if (changed) {
      const before = Object.fromEntries(Object.keys(changed).map((name) => [name, whole[name] ?? null]));
      if ('note' in before && whole.template) {
        delete before.note;
        before.template = whole.template;
      }
      this.load();
      this.#loadCampaigns();
      done(say.saved(nameOf(row)), async () => {
        try {
          await patch(`${this.#path}/invitations/${row.id}`, before);
          this.load();
        } catch (trouble) {
          this.#tell(trouble);
        }
      });
    }
  }

  // Cancelled drafts cannot be brought back with their place in the queue, so the call waits until nobody undoes it any more.
  #cancel(row) {
    const index = this.#shown.findIndex((other) => other.id === row.id);
    this.#cancelled.add(row.id);
    this.requestUpdate();
    this.updateComplete.then(() => this.querySelector(`tr[data-index="${Math.min(index, this.#shown.length - 1)}"]`)?.focus());
    soon(say.cancelling(nameOf(row)), {
      commit: async () => {
        try {
          await remove(`${this.#path}/invitations/${row.id}`, {keepalive: true});
          this.rows = this.rows?.filter((other) => other.id !== row.id);
        } catch (trouble) {
          this.#tell(trouble);
        } finally {
          this.#cancelled.delete(row.id);
        }
      },
      undo: () => {
        this.#cancelled.delete(row.id);
        this.requestUpdate();
      },
    });
  }

  async #download() {
    tell(say.downloading);
    try {
      const {body} = await ask('GET', `${this.#path}/invitations`, {query: {state: 'QUEUED', q: this.query?.q, campaign: this.query?.campaign}, accept: 'text/csv', patience: 300_000, signal: this.signal});
      const address = URL.createObjectURL(body);
      Object.assign(document.createElement('a'), {href: address, download: say.fileName(this.account)}).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (trouble) {
      this.#tell(trouble);
    }
  }

  template() {
    const {settings} = this;
    const all = settings?.summary.queued;
    return html`<div class="page-head"><div><h1>${say.title}</h1>${this.rows && all ? html`<p class="quiet"><span role="status">${this.#counted(all)}</span> ${all ? doing(this.pacing, settings.timeZone, settings.summary) : nothing}</p>` : nothing}</div>
        <div class="actions">${all ? html`<button class="button" type="button" @click=${() => this.#download()}>${say.download}</button>` : nothing}
          ${can('enqueue') && all ? html`<a class="button" href=${link('import', {}, {account: this.account})}>${icon('plus')}${say.import}</a>` : nothing}</div></div>
      ${all === 0 && !this.#isNarrowed ? nothing : this.#filters()}
      ${this.isStale ? html`<p class="queue-stale">${say.stale} <button class="button plain" type="button" @click=${() => this.#renew()}>${say.renew}</button></p>` : nothing}
      ${behind(this.trouble, () => this.load(), this.rows)}${this.#list(all)}<p class="hidden" role="status">${this.said}</p>`;
  }

  #renew() {
    this.rows = undefined;
    this.load();
  }

  #counted(all) {
    if (!this.#isNarrowed) {
      return say.lead(all);
    }
    const found = this.#shown.length;
    return this.source?.isDone ? say.found(found) : say.foundMore(found);
  }

  #filters() {
    const campaigns = this.campaigns ?? [];
    return html`<div class="filters">
      <label class="find">${icon('search')}<span class="hidden">${say.search}</span><input type="search" placeholder=${say.search} aria-describedby=${ifDefined(this.short ? 'queue-short' : undefined)} .value=${this.query?.q ?? ''} @input=${this.#type}></label>
      ${campaigns.length > 1 || this.query?.campaign
        ? html`<label class="select"><span class="hidden">${say.campaign}</span><select @change=${(event) => this.#narrow({campaign: event.target.value})}>
            <option value="">${say.allCampaigns}</option>${campaigns.map(({name}) => html`<option value=${name} .selected=${name === this.query?.campaign}>${name === '-' ? say.noCampaign : name}</option>`)}</select></label>`
        : nothing}
      ${this.short ? html`<p class="help" id="queue-short">${say.searchShort}</p>` : nothing}</div>`;
  }

  #list(all) {
    if (isInTheWay(this.trouble, this.rows)) {
      return failure(this.trouble, () => this.load());
    }
    if (!this.rows) {
      return skeleton(10);
    }
    if (this.#shown.length === 0 && (this.source?.isDone ?? true)) {
      return this.#isNarrowed && all !== 0
        ? empty({title: say.nothingFound.title, lead: say.nothingFound.lead, action: html`<button class="button" type="button" @click=${() => this.#narrow({q: '', campaign: ''})}>${say.nothingFound.all}</button>`})
        : empty({title: say.empty.title, lead: say.empty.lead, action: can('enqueue') ? html`<a class="button primary" href=${link('import', {}, {account: this.account})}>${say.import}</a>` : nothing});
    }
    if (this.#zone !== this.settings.timeZone) {
      this.#zone = this.settings.timeZone;
      this.columns = this.#columns(this.#zone);
    }
    return html`<pacer-table class="queue" .columns=${this.columns} .rows=${this.#shown} .source=${this.source} .total=${this.#isNarrowed ? undefined : all} .caption=${say.table}
      @rows=${(event) => this.#append(event.detail)} @trouble=${(event) => this.#tell(event.detail)}></pacer-table>`;
  }

  // The table knows nothing of those that are cancelled but can still be brought back.
  #append(shown) {
    const known = new Set(this.rows.map(({id}) => id));
    this.rows = [...this.rows, ...shown.filter(({id}) => !known.has(id))];
  }

  #columns(zone) {
    const columns = [
      {key: 'goes', label: say.columns.goes, width: '12rem', cell: (row) => goes(row, zone)},
      {key: 'who', label: say.columns.who, isHead: true, cell: (row) => html`<span class="who">${nameOf(row)}</span><small>${[row.headline, row.company].filter(Boolean).join(' · ') || row.profile}</small>`},
      {key: 'campaign', label: say.columns.campaign, width: '10rem', priority: 'low', cell: (row) => row.campaign ?? html`<span class="quiet">–</span>`},
      {key: 'note', label: say.columns.note, priority: 'low', cell: (row) => html`<span class="note ${row.note ? '' : 'quiet'}" title=${ifDefined(row.note ?? undefined)}>${row.note ?? (row.template ? say.template(row.template) : say.bare)}</span>`},
    ];
    return can('enqueue') ? [...columns,
      {key: 'priority', label: say.columns.priority, width: '9rem', cell: (row) => this.#stepper(row)},
      {key: 'actions', label: say.columns.actions, hideLabel: true, align: 'end', width: '7rem', cell: (row) => this.#actions(row)}] : columns;
  }

  #stepper(row) {
    const who = nameOf(row);
    return html`<span class="stepper" title=${say.priorityHelp}>
      <button class="button icon-only" type="button" aria-label=${say.soonerWho(who)} ?disabled=${row.priority >= HIGHEST} @click=${() => this.#prioritise(row, 1)}>${icon('up')}</button>
      <span class="${row.priority ? '' : 'quiet'}">${row.priority > 0 ? `+${row.priority}` : row.priority}</span>
      <button class="button icon-only" type="button" aria-label=${say.laterWho(who)} ?disabled=${row.priority <= LOWEST} @click=${() => this.#prioritise(row, -1)}>${icon('down')}</button></span>`;
  }

  #actions(row) {
    const who = nameOf(row);
    return html`<span class="row-actions"><button class="button icon-only" type="button" aria-label=${say.editWho(who)} title=${say.edit} @click=${() => this.#edit(row)}>${icon('edit')}</button>
      <button class="button icon-only" type="button" aria-label=${say.cancelWho(who)} title=${say.cancel} @click=${() => this.#cancel(row)}>${icon('close')}</button></span>`;
  }
}

function goes(row, zone) {
  const time = row.estimatedReleaseAt
    ? html`<span class="goes">${when(row.estimatedReleaseAt, zone)}</span><small>${when(row.estimatedReleaseAt, zone, fromNow)}</small>`
    : html`<span class="quiet" title=${say.notForeseenTitle}>${say.notForeseen}</span>`;
  const limit = row.parkedUntil ? html`<small>${say.parked} ${when(row.parkedUntil, zone)}</small>` : !row.estimatedReleaseAt && row.notBefore ? html`<small>${say.notBefore} ${when(row.notBefore, zone)}</small>` : nothing;
  return html`${time}${limit}${row.lapsesAt ? html`<small>${say.lapses} ${when(row.lapsesAt, zone)}</small>` : nothing}`;
}

define('pacer-queue-page', Queue);
