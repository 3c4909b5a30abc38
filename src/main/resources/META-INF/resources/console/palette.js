import {Part, define, html, nothing} from './lit.js';
import {accounts} from './accounts.js';
import {GENERAL, OF_ACCOUNT} from './routes.js';
import {here, link, routeOf} from './router.js';
import {can} from './session.js';
import {strings} from './strings.js';

const say = await strings('shell');
const AT_MOST = 12;

/** Finds a page or an account by a few letters. */
class Palette extends Part {
  static properties = {query: {state: true}, chosen: {state: true}, known: {state: true}};

  constructor() {
    super();
    this.query = '';
    this.chosen = 0;
    this.known = [];
  }

  async open() {
    this.query = '';
    this.chosen = 0;
    this.querySelector('input').value = '';
    this.querySelector('dialog').showModal();
    this.known = await accounts().catch(() => []);
  }

  get #found() {
    const {parameters} = here();
    const pages = GENERAL.concat('account')
      .filter((name) => can(routeOf(name).needs))
      .map((name) => ({kind: say.palette.page, label: say.pages[name], href: link(name), keys: routeOf(name).key}));
    const ofAccount = parameters.account && can('see')
      ? OF_ACCOUNT.map((name) => ({kind: parameters.account, label: say.pages[name], href: link(name, parameters), keys: routeOf(name).key}))
      : [];
    const others = this.known.filter(() => can('see')).map(({account, name}) => ({kind: say.palette.account, label: name, more: account, href: link('week', {account})}));
    const words = this.query.toLowerCase().split(/\s+/).filter(Boolean);
    return [...ofAccount, ...pages, ...others]
      .filter(({label, more = '', kind}) => words.every((word) => `${label} ${more} ${kind}`.toLowerCase().includes(word)))
      .slice(0, AT_MOST);
  }

  #key(event, found) {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && found.length) {
      event.preventDefault();
      this.chosen = (this.chosen + step + found.length) % found.length;
    } else if (event.key === 'Enter' && found[this.chosen]) {
      event.preventDefault();
      this.#go(found[this.chosen].href);
    }
  }

  #go(href) {
    this.querySelector('dialog').close();
    location.hash = href;
  }

  template() {
    const found = this.#found;
    return html`<dialog class="palette" aria-label=${say.palette.label} @click=${(event) => event.target.tagName === 'DIALOG' && event.target.close()}>
      <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-results" aria-autocomplete="list" aria-label=${say.palette.label}
        aria-activedescendant=${found.length ? `palette-${this.chosen}` : nothing} placeholder=${say.palette.placeholder} autocomplete="off" spellcheck="false"
        @keydown=${(event) => this.#key(event, found)} @input=${(event) => ((this.query = event.target.value), (this.chosen = 0))}>
      <ul id="palette-results" role="listbox" aria-label=${say.palette.results}>${found.map(
        (item, i) => html`<li id="palette-${i}" role="option" aria-selected=${i === this.chosen} @click=${() => this.#go(item.href)} @mousemove=${() => (this.chosen = i)}>
          <span>${item.label}${item.more ? html` <small>${item.more}</small>` : nothing}</span>${item.keys ? html`<kbd>g ${item.keys}</kbd>` : html`<small>${item.kind}</small>`}</li>`,
      )}</ul>
      ${found.length ? nothing : html`<p class="quiet" role="status">${say.palette.none}</p>`}
      <footer>${say.palette.hint}</footer>
    </dialog>`;
  }
}

define('pacer-palette', Palette);
