import {Part, define, html, nothing} from '../lit.js';
import {accounts} from '../accounts.js';
import {get, isAbort, part, patch, post} from '../api.js';
import * as live from '../live.js';
import {badge, behind, empty, failure, icon, isInTheWay, meter, skeleton} from '../parts/ui.js';
import {done, soon, tell, tellFailure} from '../parts/toasts.js';
import '../parts/table.js';
import {keepFocus, rowInPlace} from '../parts/focus.js';
import {link, remember} from '../router.js';
import {can} from '../session.js';
import {strings} from '../strings.js';
import {count} from '../format.js';
import {clock, fromNow, viewerZone, when} from '../time.js';

const say = await strings('withdrawals');
const TONES = {STALE: 'warning', PENDING_THRESHOLD: 'info'};
const TYPES = ['invitation.withdrawal-asked', 'invitation.withdrawn', 'invitation.not-withdrawn', 'invitation.accepted', 'account.cleaned', 'account.changed', 'account.created'];
const AT_ONCE = 4;
const A_PAGE = 24;
const NAMES_AT_MOST = 60;

const previewOf = (account, options) => get(`/accounts/${part(account)}/withdrawals/preview`, options);

/** Does `work` for each, a few at a time. */
async function each(items, work) {
  const waiting = [...items];
  await Promise.all(Array.from({length: AT_ONCE}, async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item);
    }
  }));
}

/** What the next night withdraws: of all accounts, or of one with each invitation and why. */
class Withdrawals extends Part {
  static properties = {
    query: {attribute: false}, accounts: {state: true}, rows: {state: true}, source: {state: true}, preview: {state: true}, names: {state: true}, isRunning: {state: true}, trouble: {state: true}, q: {state: true},
  };

  #asked = 0;

  constructor() {
    super();
    this.names = new Map();
    this.q = '';
  }

  arrived() {
    this.load();
    this.until(live.follow({types: TYPES}, (events) => this.#heard(events)));
  }

  willUpdate(changed) {
    const before = changed.get('query');
    if (before && before.account !== this.query?.account) {
      this.#clear();
      this.load();
    }
  }

  get #shown() {
    return this.query?.account ? this.preview : this.rows;
  }

  #clear() {
    Object.assign(this, {preview: undefined, rows: undefined, names: new Map(), q: '', isRunning: false});
  }

  #heard(events) {
    const {account} = this.query ?? {};
    if (account && (events.length === 0 || events.some((event) => event.data.account === account))) {
      return this.load();
    }
    if (!account && events.some(({type}) => type === 'account.created')) {
      this.accounts = undefined;
      return this.load();
    }
    return account ? undefined : this.#readAnew(new Set(events.map((event) => event.data.account)));
  }

  async load() {
    const asked = ++this.#asked;
    const account = this.query?.account;
    try {
      this.accounts ??= await accounts({renew: true});
      if (!account) {
        this.trouble = undefined;
        await this.#list();
        return;
      }
      const preview = await previewOf(account, {signal: this.signal});
      if (asked === this.#asked) {
        Object.assign(this, {preview, trouble: undefined});
        this.#readNames(account, preview.withdrawals);
        live.fresh();
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    }
  }

  // Each account is a question of its own, so they are asked as they come into sight.
  async #list() {
    let from = 0;
    const known = this.accounts;
    const source = {
      isDone: known.length === 0,
      next: async () => {
        const page = known.slice(from, from + A_PAGE);
        from += page.length;
        const rows = page.map((account) => ({...account}));
        await each(rows, (row) => this.#read(row));
        source.isDone = from >= known.length;
        return rows;
      },
    };
    this.rows = await source.next();
    this.source = source;
    this.#tellFresh();
  }

  async #read(row) {
    try {
      row.preview = await previewOf(row.account, {signal: this.signal});
      row.trouble = undefined;
    } catch (trouble) {
      if (isAbort(trouble)) {
        throw trouble;
      }
      row.trouble = trouble;
    }
  }

  async #readAnew(changed) {
    await each((this.rows ?? []).filter(({account}) => changed.size === 0 || changed.has(account)), (row) => this.#read(row));
    this.rows = this.rows && [...this.rows];
    this.#tellFresh();
  }

  #tellFresh() {
    if (this.rows?.every(({trouble}) => !trouble)) {
      live.fresh();
    }
  }

  async #readNames(account, withdrawals) {
    const unknown = withdrawals.filter(({invitation}) => !this.names.has(invitation)).slice(0, NAMES_AT_MOST);
    await each(unknown, async ({invitation, profile}) => {
      const {firstName, lastName, company} = await get(`/accounts/${part(account)}/invitations/${part(invitation)}`, {signal: this.signal}).catch(() => ({}));
      this.names.set(invitation, {name: [firstName, lastName].filter(Boolean).join(' ') || profile, company});
    });
    if (unknown.length && account === this.query?.account) {
      this.names = new Map(this.names);
    }
  }

  #nameOf = (row) => this.names.get(row.invitation)?.name ?? row.profile ?? '–';

  async #keep(row) {
    const {account} = this.query;
    const path = `/accounts/${part(account)}/invitations/${part(row.invitation)}`;
    const name = this.#nameOf(row);
    const rows = rowInPlace();
    try {
      await patch(path, {keep: true});
      this.preview = {...this.preview, withdrawals: this.preview.withdrawals.filter(({invitation}) => invitation !== row.invitation)};
      keepFocus(this, ...rows, '.night h2');
      done(say.kept(name), () => patch(path, {keep: false}).then(() => this.load(), tellFailure));
      this.load();
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  #run() {
    const {account} = this.query;
    this.isRunning = true;
    soon(say.runSoon(this.preview.withdrawals.length), {
      commit: async () => {
        try {
          const {withdrawals} = await post(`/accounts/${part(account)}/withdrawals`, undefined, {keepalive: true});
          tell(withdrawals.length ? say.ran(withdrawals.length) : say.ranNone);
        } catch (trouble) {
          tellFailure(trouble);
        } finally {
          this.isRunning = false;
          if (this.isConnected) {
            this.load();
          }
        }
      },
      undo: () => {
        this.isRunning = false;
        tell(say.notRun);
      },
    });
  }

  #switch(account) {
    this.query = {account};
    remember({account});
  }

  template() {
    const {account} = this.query ?? {};
    return html`<div class="page-head"><div><h1>${say.title}</h1><p class="quiet">${say.lead}</p></div>
        ${this.accounts?.length ? html`<label><span class="hidden">${say.account}</span><select class="choice" @change=${(event) => this.#switch(event.target.value)}><option value="" .selected=${!account}>${say.allAccounts}</option>
          ${this.accounts.map((other) => html`<option value=${other.account} .selected=${other.account === account}>${other.name}</option>`)}</select></label>` : nothing}</div>
      ${behind(this.trouble, () => this.load(), this.#shown)}${isInTheWay(this.trouble, this.#shown) ? failure(this.trouble, () => this.load()) : account ? this.#night(account) : this.#nights()}`;
  }

  #nights() {
    if (!this.rows) {
      return skeleton(8);
    }
    if (this.accounts.length === 0) {
      return empty({title: say.noAccounts, lead: say.noAccountsLead, action: can('create') ? html`<a class="button primary" href=${link('account')}>${say.newAccount}</a>` : undefined});
    }
    return html`<pacer-table class="nights" .columns=${NIGHTS} .rows=${this.rows} .source=${this.source} .total=${this.accounts.length} .keyOf=${(row) => row.account} .caption=${say.table}
      .href=${(row) => link('withdrawals', {}, {account: row.account})} @rows=${(event) => (this.rows = event.detail)} @trouble=${(event) => (this.trouble = event.detail)}></pacer-table>`;
  }

  #night(account) {
    const {preview} = this;
    if (!preview) {
      return skeleton(7);
    }
    const {timeZone} = this.accounts.find((other) => other.account === account) ?? {timeZone: viewerZone};
    const {withdrawals, pending, allowance} = preview;
    const reasons = Object.keys(say.byReason).map((reason) => [reason, withdrawals.filter((row) => row.reason === reason).length]).filter(([, n]) => n > 0);
    return html`<div class="night"><section class="card what"><div><h2>${withdrawals.length ? say.night(withdrawals.length) : say.quietNight}</h2>
          <p>${withdrawals.length ? html`${reasons.map(([reason, n]) => say.byReason[reason](n)).join(', ')}. ` : preview.beyondAllowance ? html`${say.noAllowance} ` : html`${say.quietLead} `}${preview.beyondAllowance ? html`${say.beyond(preview.beyondAllowance)} ` : nothing}</p>
          <p class="quiet">${say.runAt} ${when(preview.at, timeZone, fromNow)} · ${when(preview.at, timeZone, clock)}</p></div>
          ${can('manage') && withdrawals.length ? html`<div class="actions"><button class="button primary" type="button" ?disabled=${this.isRunning} @click=${() => this.#run()}>${say.run}</button></div>` : nothing}
          ${this.isRunning ? html`<p class="quiet" role="status">${say.running}</p>` : nothing}</section>
        <section class="card"><h3>${say.pending}</h3><div class="pair">
          <div>${meter(pending.before, pending.threshold, say.pendingLabel(say.before))}<small>${say.before}</small></div><div>${meter(pending.after, pending.threshold, say.pendingLabel(say.after))}<small>${say.after}</small></div></div>
          <p class="quiet">${say.threshold(count(pending.threshold))}</p></section>
        <section class="card"><h3>${say.allowance}</h3><ul><li><b>${say.perNight(allowance.perNight)}</b> <a href=${link('settings', {account})}>${say.changeSettings}</a></li>
          <li>${say.open(allowance.open)} ${allowance.open ? html`<a href=${link('tasks', {}, {account, kind: 'WITHDRAW'})}>${say.openTasks}</a>` : nothing}</li><li>${say.left(allowance.left)}</li></ul></section></div>
      ${withdrawals.length ? this.#toKeep(withdrawals, timeZone) : nothing}`;
  }

  #toKeep(withdrawals, timeZone) {
    const words = this.q.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = words.length ? withdrawals.filter((row) => words.every((word) => `${this.#nameOf(row)} ${row.profile}`.toLowerCase().includes(word))) : withdrawals;
    const columns = [
      {key: 'person', label: say.head.person, isHead: true, cell: (row) => html`<a class="who" href=${link('people', {}, {person: row.profile})}>${this.#nameOf(row)}</a>${this.names.get(row.invitation)?.company ? html`<small>${this.names.get(row.invitation).company}</small>` : nothing}`},
      {key: 'reason', label: say.head.reason, hideLabel: true, cell: (row) => badge(say.reasons[row.reason][0], TONES[row.reason], say.reasons[row.reason][1])},
      {key: 'since', label: say.head.since, cell: (row) => html`${when(row.pendingSince, timeZone, fromNow)} <small>${when(row.pendingSince, timeZone)}</small>`},
      {key: 'readyAt', label: say.head.readyAt, cell: (row) => when(row.readyAt, timeZone)},
      ...(can('manage') ? [{key: 'keep', label: say.head.keep, hideLabel: true, align: 'end', cell: (row) => html`<button class="button" type="button" aria-label=${say.keepOf(this.#nameOf(row))} ?disabled=${this.isRunning} @click=${() => this.#keep(row)}>${say.keep}</button>`}] : []),
    ];
    return html`<div class="filters"><h2>${say.list}</h2><label class="find">${icon('search')}<span class="hidden">${say.find}</span><input type="search" placeholder=${say.find} .value=${this.q} @input=${(event) => (this.q = event.target.value)}></label></div>
      ${shown.length ? html`<pacer-table class="list" .columns=${columns} .rows=${shown} .keyOf=${(row) => row.invitation} .caption=${say.list} .total=${shown.length}></pacer-table>` : empty({title: say.nothingFound, lead: say.nothingFoundLead})}`;
  }
}

const NIGHTS = [
  {key: 'account', label: say.columns.account, isHead: true, cell: (row) => html`<a class="who" href=${link('withdrawals', {}, {account: row.account})}>${row.name}</a>`},
  {key: 'at', label: say.columns.at, cell: (row) => (row.preview ? html`${when(row.preview.at, row.timeZone, fromNow)} <small>${when(row.preview.at, row.timeZone, clock)}</small>` : html`<span class="quiet" title=${row.trouble?.detail ?? nothing}>${say.unread}</span>`)},
  {key: 'asked', label: say.columns.asked, align: 'end', sort: (row) => row.preview?.withdrawals.length, cell: (row) => (row.preview ? (row.preview.withdrawals.length ? html`<b>${count(row.preview.withdrawals.length)}</b>` : html`<span class="quiet">${say.none}</span>`) : nothing)},
  {key: 'pending', label: say.columns.pending, sort: (row) => row.preview && row.preview.pending.after / row.preview.pending.threshold, cell: (row) => (row.preview ? meter(row.preview.pending.after, row.preview.pending.threshold, say.pendingLabel(say.after)) : nothing)},
  {key: 'open', label: say.columns.open, align: 'end', sort: (row) => row.preview?.allowance.open, cell: (row) => (row.preview?.allowance.open ? count(row.preview.allowance.open) : html`<span class="quiet">${say.none}</span>`)},
  {key: 'beyond', label: say.columns.beyond, align: 'end', priority: 'low', sort: (row) => row.preview?.beyondAllowance, cell: (row) => (row.preview?.beyondAllowance ? count(row.preview.beyondAllowance) : html`<span class="quiet">${say.none}</span>`)},
];

define('pacer-withdrawals-page', Withdrawals);
