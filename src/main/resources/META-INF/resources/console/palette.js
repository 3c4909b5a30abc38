import {Part, define, html, nothing} from './lit.js';
import {accounts} from './accounts.js';
import {get} from './api.js';
import {allShortcuts} from './keys.js';
import {GENERAL, OF_ACCOUNT} from './routes.js';
import {here, link, routeOf} from './router.js';
import {can} from './session.js';
import {strings} from './strings.js';

const say = await strings('shell');
const AT_MOST = 12;
const PEOPLE_AT_MOST = 5;
const SHORTEST = 2;
const TYPING = 200;

/** Finds a page, an account, a person or a command by a few letters. */
class Palette extends Part {
  static properties = {query: {state: true}, chosen: {state: true}, known: {state: true}, people: {state: true}};

  #typing = null;
  #looking = null;

  constructor() {
    super();
    this.query = '';
    this.chosen = 0;
    this.known = [];
    this.people = [];
  }

  arrived() {
    this.listen(window, 'hashchange', () => this.#close());
    this.until(() => this.#forget());
  }

  async open() {
    Object.assign(this, {query: '', chosen: 0});
    this.#forget();
    this.querySelector('input').value = '';
    this.querySelector('dialog').showModal();
    this.known = await accounts().catch(() => []);
  }

  #close() {
    this.#forget();
    this.querySelector('dialog').close();
  }

  #forget() {
    clearTimeout(this.#typing);
    this.#looking?.abort();
    this.people = [];
  }

  #type(query) {
    this.#forget();
    Object.assign(this, {query, chosen: 0});
    if (can('see') && query.trim().length >= SHORTEST) {
      this.#typing = setTimeout(() => this.#seek(query.trim()), TYPING);
    }
  }

  // Of all accounts, so it is the service that looks. Without an answer there are pages and accounts all the same.
  async #seek(q) {
    const looking = new AbortController();
    this.#looking = looking;
    const {items} = await get('/people', {query: {q, limit: PEOPLE_AT_MOST}, signal: looking.signal}).catch(() => ({items: []}));
    if (!looking.signal.aborted) {
      this.people = items;
    }
  }

  get #found() {
    const {parameters} = here();
    const pages = GENERAL.concat('account')
      .filter((name) => can(routeOf(name).needs))
      .map((name) => ({kind: say.palette.page, label: say.pages[name], href: link(name), keys: `g ${routeOf(name).key}`}));
    const ofAccount = parameters.account && can('see')
      ? OF_ACCOUNT.map((name) => ({kind: parameters.account, label: say.pages[name], href: link(name, parameters), keys: `g ${routeOf(name).key}`}))
      : [];
    const others = this.known.filter(() => can('see')).map(({account, name}) => ({kind: say.palette.account, label: name, more: account, href: link('week', {account})}));
    const commands = allShortcuts()
      .filter(({keys, when}) => !keys.startsWith('g ') && (!when || when()))
      .map(({keys, says, does}) => ({kind: say.palette.command, label: says, does, keys}));
    const people = this.people.map(({profile, names}) => ({kind: say.palette.person, label: names[0] ?? profile, more: names.length ? profile : undefined, href: link('people', {}, {person: profile})}));
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    // Whoever has written nothing yet wants to go somewhere; whoever has may mean what few things do.
    const named = words.length ? [...ofAccount, ...pages, ...commands, ...others] : [...ofAccount, ...pages, ...others, ...commands];
    return [...named.filter(({label, more = '', kind}) => words.every((word) => `${label} ${more} ${kind}`.toLowerCase().includes(word))).slice(0, AT_MOST), ...people];
  }

  #key(event, found) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && found.length) {
      event.preventDefault();
      this.chosen = (this.chosen + step + found.length) % found.length;
      this.updateComplete.then(() => this.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'}));
    } else if (event.key === 'Enter' && found[this.chosen]) {
      event.preventDefault();
      this.#take(found[this.chosen]);
    }
  }

  #take({href, does}) {
    // Closing gives the focus back to where it was, which is what a command may be about.
    this.#close();
    if (does) {
      does();
    } else {
      location.hash = href;
    }
  }

  template() {
    const found = this.#found;
    return html`<dialog class="palette" aria-label=${say.palette.label} @click=${(event) => event.target.tagName === 'DIALOG' && this.#close()}>
      <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-results" aria-autocomplete="list" aria-label=${say.palette.label}
        aria-activedescendant=${found.length ? `palette-${this.chosen}` : nothing} placeholder=${say.palette.placeholder} autocomplete="off" spellcheck="false"
        @keydown=${(event) => this.#key(event, found)} @input=${(event) => this.#type(event.target.value)}>
      <ul id="palette-results" role="listbox" aria-label=${say.palette.results}>${found.map(
        (item, i) => html`<li id="palette-${i}" role="option" aria-selected=${i === this.chosen} @click=${() => this.#take(item)} @mousemove=${() => (this.chosen = i)}>
          <span>${item.label}${item.more ? html` <small>${item.more}</small>` : nothing}</span>${item.keys ? html`<kbd>${item.keys}</kbd>` : html`<small>${item.kind}</small>`}</li>`,
      )}</ul>
      ${found.length ? nothing : html`<p class="quiet" role="status">${say.palette.none}</p>`}
      <footer>${say.palette.hint}</footer>
    </dialog>`;
  }
}

define('pacer-palette', Palette);
