import {Part, define, html, keyed, nothing} from '../lit.js';
import {accounts} from '../accounts.js';
import {isAbort, pages} from '../api.js';
import {badge, empty, failure, icon, invitationState, segmented, skeleton} from '../parts/ui.js';
import '../parts/table.js';
import {link, remember} from '../router.js';
import {canSeeSuppressed} from '../session.js';
import {strings} from '../strings.js';
import {count} from '../format.js';
import {fromNow, viewerZone, when} from '../time.js';
import './people/person.js';
import './people/suppressions.js';

const say = await strings('people');
const TYPING = 250;
const SHORTEST = 2;
const INVITATIONS_AT_MOST = 3;

/** Finds people across all accounts; shows one of them; holds the suppression list. */
class People extends Part {
  static properties = {query: {attribute: false}, rows: {state: true}, source: {state: true}, known: {state: true}, erased: {state: true}, trouble: {state: true}};

  #asked = 0;
  #typing = null;
  #found = null;

  constructor() {
    super();
    this.known = new Map();
  }

  arrived() {
    this.until(() => clearTimeout(this.#typing));
    accounts().then((known) => (this.known = new Map(known.map((account) => [account.account, account]))), () => {});
    this.#search();
    if (!this.query?.person) {
      this.updateComplete.then(() => this.querySelector('.find input')?.focus());
    }
  }

  willUpdate(changed) {
    const before = changed.get('query');
    if (before && (before.q !== this.query.q || before.show !== this.query.show || before.person !== this.query.person)) {
      this.trouble = undefined;
      this.erased = Object.keys(this.query).length ? undefined : this.erased;
      this.#search();
    }
  }

  get #words() {
    return (this.query?.q ?? '').trim();
  }

  async #search() {
    const q = this.#words;
    if (q.length < SHORTEST || this.query?.show === 'list' || this.query?.person) {
      this.rows = q.length < SHORTEST ? undefined : this.rows;
      return;
    }
    const asked = ++this.#asked;
    try {
      const source = pages('/people', {query: {q}, limit: 50, signal: this.signal});
      const rows = await source.next();
      if (asked === this.#asked) {
        this.#found = q;
        Object.assign(this, {rows, source, trouble: undefined});
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    }
  }

  #type = (event) => {
    clearTimeout(this.#typing);
    const q = event.target.value;
    this.#typing = setTimeout(() => this.#narrow({q}), TYPING);
  };

  #narrow(change) {
    this.query = {...this.query, ...change};
    remember({q: this.query.q, show: this.query.show, person: this.query.person});
  }

  template() {
    const {person, q, show} = this.query ?? {};
    const head = html`<div class="page-head"><div><h1>${say.title}</h1><p class="quiet">${say.lead}</p></div></div>`;
    if (this.erased) {
      return html`${head}${this.#whatWasErased()}`;
    }
    if (person) {
      return html`${head}${keyed(person, html`<pacer-person .profile=${person} .backTo=${link('people', {}, {q, show})} @erased=${(event) => this.#tellErased(event.detail)}></pacer-person>`)}`;
    }
    const isList = show === 'list' && canSeeSuppressed();
    return html`${head}<div class="filters">${canSeeSuppressed() ? segmented({name: 'show', label: say.views.label, value: isList ? 'list' : 'find', options: ['find', 'list'].map((value) => ({value, label: say.views[value]})), onChange: (value) => this.#narrow({show: value === 'list' ? 'list' : undefined})}) : nothing}
        ${isList ? nothing : html`<label class="find">${icon('search')}<span class="hidden">${say.find}</span><input type="search" placeholder=${say.find} .value=${q ?? ''} autocomplete="off" spellcheck="false" @input=${this.#type}></label>`}</div>
      ${isList ? html`<pacer-suppressions></pacer-suppressions>` : this.#results()}`;
  }

  #results() {
    if (this.trouble) {
      return failure(this.trouble, () => this.#search());
    }
    if (this.#words.length < SHORTEST) {
      return empty({title: say.hint[0], lead: say.hint[1]});
    }
    if (!this.rows) {
      return skeleton(5);
    }
    if (this.rows.length === 0) {
      return empty({
        title: say.nothing[0],
        lead: say.nothing[1],
        action: /\s/.test(this.#words) ? undefined : html`<a class="button" href=${link('people', {}, {q: this.query.q, person: this.#words})}>${say.openProfile(this.#words)}</a>`,
      });
    }
    return html`<pacer-table class="found" .columns=${this.#columns} .rows=${this.rows} .source=${this.source} .keyOf=${(row) => row.profile} .caption=${say.table}
      .href=${(row) => this.#linkTo(row)} @rows=${(event) => (this.rows = event.detail)} @trouble=${(event) => (this.trouble = event.detail)}></pacer-table>`;
  }

  #linkTo = (row) => link('people', {}, {q: this.query?.q, person: row.profile});

  #columns = [
    {key: 'name', label: say.head.name, isHead: true, cell: (row) => html`<a class="who" href=${this.#linkTo(row)}>${row.names[0] ?? row.profile}</a>${row.suppressed ? html` ${badge(say.suppressed, 'bad', say.suppressedWhy)}` : nothing}<small>${row.names.length ? row.profile : nothing}</small>`},
    {key: 'at', label: say.head.at, hideLabel: true, cell: (row) => html`<span class="at">${[row.headline, row.company].filter(Boolean).join(' · ')}</span>`},
    {key: 'invitations', label: say.head.invitations, hideLabel: true, cell: (row) => this.#latest(row)},
  ];

  #latest({invitations}) {
    if (invitations.length === 0) {
      return html`<span class="quiet">${say.noInvitation}</span>`;
    }
    return html`<ul class="latest">${invitations.slice(0, INVITATIONS_AT_MOST).map((invitation) => {
      const {name, timeZone} = this.known.get(invitation.account) ?? {name: invitation.account, timeZone: viewerZone};
      return html`<li>${invitationState(invitation.state)} <span>${say.as(name)}</span> <small>${when(invitation.since ?? invitation.queuedAt, timeZone, fromNow)}</small></li>`;
    })}</ul>`;
  }

  async #tellErased(erased) {
    Object.assign(this, {erased, rows: undefined, query: {}});
    // The address named the person too.
    remember({});
    await this.updateComplete;
    this.querySelector('.outcome h2')?.focus();
  }

  #whatWasErased() {
    const {erased, kept} = this.erased;
    return html`<section class="card outcome" role="status"><h2 tabindex="-1">${say.erased.title}</h2><p>${say.erased.lead}</p>
      <dl class="counts">${Object.entries(erased).map(([what, n]) => html`<div><dt>${say.erased.counts[what] ?? what}</dt><dd>${count(n)}</dd></div>`)}</dl>
      <h3>${say.erased.kept}</h3>${kept.length ? html`<ul class="kept">${kept.map((thing) => html`<li><b>${say.erased.whats[thing.what] ?? thing.what}</b> ${count(thing.count)} <span class="quiet">${say.erased.whys[thing.what] ?? thing.why}${thing.until ? html` (${say.erased.until} ${when(thing.until, viewerZone)})` : nothing}</span></li>`)}</ul>` : html`<p class="quiet">${say.erased.nothingKept}</p>`}
      <div class="actions"><button class="button primary" type="button" @click=${() => ((this.erased = undefined), this.#narrow({q: undefined, person: undefined}))}>${say.erased.back}</button></div></section>`;
  }
}

define('pacer-people-page', People);
