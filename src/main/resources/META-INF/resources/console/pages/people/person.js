import {Part, define, html, nothing} from '../../lit.js';
import {accounts} from '../../accounts.js';
import {get, isAbort, part, patch, post, put, remove} from '../../api.js';
import * as live from '../../live.js';
import {badge, behind, empty, failure, icon, invitationState, isInTheWay, skeleton} from '../../parts/ui.js';
import {done, soon, tellFailure} from '../../parts/toasts.js';
import '../../parts/table.js';
import {link} from '../../router.js';
import {can} from '../../session.js';
import {strings} from '../../strings.js';
import {viewerZone, when} from '../../time.js';
import {askForErasure, askWhy} from './asking.js';
import {suppressionsChanged} from './changes.js';

const say = await strings('people');
const words = await strings('words');
const REFUSALS = (await strings('tasks')).refusals;
const PENDING = ['RELEASED', 'PENDING', 'WITHDRAWING'];

/** Everything that is known of a person, and what can be done about them. Fires `erased` with what an erasure came to. */
class Person extends Part {
  static properties = {profile: {attribute: false}, backTo: {attribute: false}, person: {state: true}, zones: {state: true}, isSuppressing: {state: true}, leaving: {state: true}, trouble: {state: true}};

  constructor() {
    super();
    this.zones = new Map();
    this.leaving = new Set();
  }

  arrived() {
    this.load();
    this.until(live.follow({types: ['invitation.']}, (events) => (events.length === 0 || events.some((event) => event.data.profile === this.person?.profile) ? this.load() : undefined)));
    accounts().then((known) => (this.zones = new Map(known.map((account) => [account.account, account]))), () => {});
  }

  async load() {
    try {
      this.person = await get(`/people/${part(this.profile)}`, {signal: this.signal});
      this.trouble = undefined;
      live.fresh();
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    }
  }

  get #name() {
    const named = this.person.invitations.find(({firstName, lastName}) => firstName || lastName);
    return named ? [named.firstName, named.lastName].filter(Boolean).join(' ') : this.person.profile;
  }

  #accountOf = (account) => this.zones.get(account) ?? {name: account, timeZone: viewerZone};

  async #suppress() {
    const reason = await askWhy({title: say.suppressing.title(this.#name), lead: say.suppressing.lead});
    if (reason === undefined) {
      return;
    }
    this.isSuppressing = true;
    soon(say.suppressedSoon(this.#name), {
      commit: async () => {
        await put(`/suppressions/${part(this.person.profile)}`, reason ? {reason} : undefined, {keepalive: true}).catch(tellFailure);
        this.isSuppressing = false;
        suppressionsChanged();
        if (this.isConnected) {
          this.load();
        }
      },
      undo: () => (this.isSuppressing = false),
    });
  }

  async #release() {
    const {profile, suppression} = this.person;
    try {
      await remove(`/suppressions/${part(profile)}`);
      done(say.released(this.#name), () => put(`/suppressions/${part(profile)}`, suppression.reason ? {reason: suppression.reason} : undefined).then(() => this.load(), tellFailure));
      this.load();
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  async #erase() {
    const {profile, invitations, suppression} = this.person;
    const erased = await askForErasure({
      name: this.#name,
      invitations: invitations.length,
      pending: invitations.filter(({state}) => PENDING.includes(state)).length,
      isSuppressed: suppression !== null,
      erase: async (isToSuppress) => {
        if (isToSuppress && !suppression) {
          await put(`/suppressions/${part(profile)}`);
        }
        return remove(`/people/${part(profile)}`);
      },
    });
    if (erased) {
      this.dispatchEvent(new CustomEvent('erased', {detail: erased}));
    }
  }

  #pathOf = ({account, id}) => `/accounts/${part(account)}/invitations/${part(id)}`;

  async #keep(invitation, keep) {
    const set = (value) => patch(this.#pathOf(invitation), {keep: value}).then(() => this.load());
    try {
      await set(keep);
      done((keep ? say.keepDone : say.keepUndone)(this.#name), () => set(!keep).catch(tellFailure));
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  /** Does in ten seconds what the API cannot take back. */
  #leave(invitation, text, act) {
    const mark = (isLeaving) => {
      this.leaving = new Set([...this.leaving].filter((id) => id !== invitation.id));
      if (isLeaving) {
        this.leaving.add(invitation.id);
      }
    };
    mark(true);
    soon(text, {
      commit: async () => {
        await act().catch(tellFailure);
        mark(false);
        if (this.isConnected) {
          this.load();
        }
      },
      undo: () => mark(false),
    });
  }

  template() {
    const back = html`<a class="back" href=${this.backTo}>← ${say.backTo}</a>`;
    if (isInTheWay(this.trouble, this.person)) {
      return html`${back}${failure(this.trouble, () => this.load())}`;
    }
    if (!this.person) {
      return html`${back}${skeleton(7)}`;
    }
    const {person} = this;
    const isKnown = person.invitations.length > 0 || person.suppression;
    return html`${back}${behind(this.trouble, () => this.load(), this.person)}${this.#head()}${isKnown ? nothing : empty({title: say.unknown[0], lead: say.unknown[1]})}
      ${person.invitations.length ? html`<section><h2>${say.invitations}</h2><div class="invitations">${person.invitations.map((invitation) => this.#invitation(invitation))}</div></section>` : nothing}
      ${person.history.length ? this.#history() : nothing}`;
  }

  #head() {
    const {person} = this;
    const latest = person.invitations.find(({headline, company}) => headline || company);
    const {suppression} = person;
    return html`<section class="card who"><div><h2>${this.#name}</h2>
        ${latest ? html`<p class="headline">${[latest.headline, latest.company].filter(Boolean).join(' · ')}</p>` : nothing}
        <p class="quiet">${say.summary(person.invitations.length, new Set(person.invitations.map(({account}) => account)).size)} · <a href=${person.profileUrl} target="_blank" rel="noopener noreferrer">${person.profile}</a></p>
        ${suppression ? html`<p class="suppression">${badge(say.suppressed, 'bad', say.suppressedWhy)} <span>${say.suppressedBy} ${when(suppression.at, viewerZone)}${suppression.reason ? html` ${say.because(suppression.reason)}` : nothing}</span></p>` : this.isSuppressing ? html`<p class="suppression">${badge(say.suppressed, 'warning')}</p>` : nothing}</div>
      ${can('suppress') ? html`<div class="actions">
        ${suppression ? (can('reach-all') ? html`<button class="button" type="button" @click=${() => this.#release()}>${say.release}</button>` : nothing) : html`<button class="button" type="button" ?disabled=${this.isSuppressing} @click=${() => this.#suppress()}>${say.suppress}</button>`}
        ${can('reach-all') ? html`<button class="button danger" type="button" @click=${() => this.#erase()}>${say.erase}</button>` : nothing}</div>` : nothing}</section>`;
  }

  #invitation(invitation) {
    const {name, timeZone} = this.#accountOf(invitation.account);
    const dates = Object.keys(say.dates).filter((field) => invitation[field] && !(field === 'releasedAt' && invitation.sentAt));
    const isLeaving = this.leaving.has(invitation.id);
    return html`<article class="card invitation"><header>${invitationState(invitation.state)}<b>${say.as(name)}</b>${invitation.campaign ? html`<span class="quiet">${invitation.campaign}</span>` : nothing}
          ${invitation.keep && PENDING.includes(invitation.state) ? badge(say.kept, 'good', say.keepHelp) : nothing}</header>
        <p class="quiet">${dates.map((field, i) => html`${i ? ' · ' : nothing}${say.dates[field]} ${when(invitation[field], timeZone)}`)}</p>
        ${invitation.note ? html`<blockquote>${invitation.note}</blockquote>` : nothing}
        ${can('enqueue') ? this.#can(invitation, isLeaving) : nothing}</article>`;
  }

  #can(invitation, isLeaving) {
    const {state} = invitation;
    if (state === 'QUEUED') {
      return html`<div class="actions"><button class="button plain" type="button" ?disabled=${isLeaving} @click=${() => this.#leave(invitation, say.cancelSoon(this.#name), () => remove(this.#pathOf(invitation), {keepalive: true}))}>${say.cancel}</button></div>`;
    }
    if (!PENDING.includes(state)) {
      return nothing;
    }
    return html`<div class="actions"><button class="button plain" type="button" title=${say.keepHelp} aria-pressed=${invitation.keep} @click=${() => this.#keep(invitation, !invitation.keep)}>${invitation.keep ? icon('tick') : nothing}${invitation.keep ? say.kept : say.keep}</button>
      ${state === 'PENDING' && can('manage') ? html`<button class="button plain" type="button" ?disabled=${isLeaving} @click=${() => this.#leave(invitation, say.withdrawSoon(this.#name), () => post(`${this.#pathOf(invitation)}/withdraw`, undefined, {keepalive: true}))}>${say.withdraw}</button>` : nothing}</div>`;
  }

  #history() {
    const {history, isComplete} = this.person;
    const rows = history.map((event, i) => ({...event, i}));
    const zoneOf = ({account}) => this.#accountOf(account).timeZone;
    const hasSeveralZones = new Set(rows.map(zoneOf)).size > 1;
    const columns = [
      {key: 'at', label: say.events.head.at, hideLabel: true, cell: (row) => html`${when(row.at, zoneOf(row))}${hasSeveralZones ? html` <small>${say.zone(placeOf(zoneOf(row)))}</small>` : nothing}`},
      {key: 'event', label: say.events.head.event, isHead: true, cell: (row) => html`<b>${say.events.names[row.event] ?? row.event}</b> ${told(row.detail, this.#accountOf(row.account).timeZone)}`},
      {key: 'account', label: say.events.head.account, hideLabel: true, cell: (row) => html`<a href=${link('week', {account: row.account})}>${this.#accountOf(row.account).name}</a>`},
      {key: 'actor', label: say.events.head.actor, hideLabel: true, priority: 'low', cell: (row) => html`<span class="quiet">${say.actors[row.actor] ?? say.by(row.actor)}</span>`},
    ];
    return html`<section class="events"><h2>${say.history}</h2>${isComplete ? nothing : html`<p class="quiet">${say.incomplete}</p>`}
      <pacer-table .columns=${columns} .rows=${rows} .keyOf=${(row) => row.i} .caption=${say.historyTable}></pacer-table></section>`;
  }
}

const placeOf = (timeZone) => timeZone.split('/').at(-1).replaceAll('_', ' ');
const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** What an event's details come to, in words. */
function told(detail, timeZone) {
  if (!detail) {
    return nothing;
  }
  const {report, refusal, state, from, reason, detail: remark, ...more} = detail;
  const parts = [
    refusal ? (REFUSALS[refusal]?.[0] ?? refusal) : (say.reports[report] ?? report),
    from && state ? `${words.states[from] ?? from} → ${words.states[state] ?? state}` : '',
    say.reasons[reason] ?? reason,
    remark,
    ...Object.entries(say.details)
      .filter(([key]) => more[key] !== undefined && more[key] !== null && typeof more[key] !== 'object')
      .map(([key, word]) => html`${word} ${INSTANT.test(more[key]) ? when(more[key], timeZone) : String(more[key])}`),
  ].filter(Boolean);
  return html`<span class="quiet">${parts.map((fact, i) => html`${i ? ' · ' : nothing}${fact}`)}</span>`;
}

define('pacer-person', Person);
