import {Part, define, html, keyed, nothing} from './lit.js';
import {accounts, forgetAccounts} from './accounts.js';
import {failure, icon, skeleton, toggle} from './parts/ui.js';
import {allShortcuts, areShortcutsOn, shortcuts, switchShortcuts} from './keys.js';
import * as dialog from './parts/dialog.js';
import * as live from './live.js';
import './parts/toasts.js';
import {GENERAL, OF_ACCOUNT, ROUTES} from './routes.js';
import {go, here, link, routeOf} from './router.js';
import {undoLatest, settle, tellFailure} from './parts/toasts.js';
import {can, home, onSession, recall, session, signOut} from './session.js';
import {strings} from './strings.js';
import {clock, viewerZone} from './time.js';
import * as theme from './theme.js';
import './palette.js';
import './pages/signin.js';

const say = await strings('shell');
const sheets = new Set();

/** The frame: navigation, who is signed in, whether the page is up to date, and the page itself. */
class Shell extends Part {
  static properties = {place: {state: true}, isKnown: {state: true}, trouble: {state: true}, live: {state: true}, theme: {state: true}, known: {state: true}, broken: {state: true}};

  constructor() {
    super();
    this.place = here();
    this.live = {...live.state};
    this.theme = theme.chosen();
    this.known = [];
    this.arrivals = 0;
  }

  arrived() {
    this.listen(window, 'hashchange', () => this.#arrive(true));
    this.listen(document, 'keydown', (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        this.querySelector('pacer-palette')?.open();
      }
      if ((event.ctrlKey || event.metaKey) && event.key === '/' && !document.querySelector('dialog[open]')) {
        event.preventDefault();
        this.#listShortcuts();
      }
    });
    this.until(live.observe((state) => (this.live = {...state})));
    onSession(() => this.#sessionChanged());
    shortcuts(this, [
      {keys: '?', says: say.shortcuts.list, does: () => this.#listShortcuts()},
      {keys: 'u', says: say.shortcuts.undo, does: undoLatest},
      {keys: 'T', says: say.shortcuts.theme, does: () => this.#nextTheme()},
      ...ROUTES.map((route) => ({
        keys: `g ${route.key}`,
        says: say.shortcuts.goTo(say.pages[route.name]),
        when: () => can(route.needs) && (!route.path.includes(':account') || this.place.parameters.account),
        does: () => go(route.name, this.place.parameters),
      })),
    ]);
    this.#recall();
  }

  async #recall() {
    this.trouble = undefined;
    try {
      await recall();
      this.isKnown = true;
    } catch (trouble) {
      this.trouble = trouble;
    }
  }

  async #sessionChanged() {
    // A page holds what whoever was here has seen and written.
    Object.assign(this, {page: null, pagePlace: undefined, known: []});
    this.requestUpdate();
    forgetAccounts();
    if (session) {
      live.begin();
      this.#arrive(false);
    } else {
      live.end();
    }
  }

  async #arrive(isMoved) {
    settle();
    const arrival = ++this.arrivals;
    let place = here();
    if (place.route?.name === 'overview' && session && home() !== 'overview') {
      history.replaceState(null, '', link(home()));
      place = here();
    }
    const isSame = place.route === this.place.route && place.parameters.account === this.place.parameters.account;
    let isBroken = false;
    if (place.route && session && can(place.route.needs)) {
      try {
        await load(place.route);
      } catch {
        isBroken = true;
      }
    }
    // Whoever is quick is elsewhere by the time that a page has loaded.
    if (arrival !== this.arrivals) {
      return;
    }
    this.broken = isBroken;
    this.place = place;
    if (place.parameters.account && session) {
      accounts({renew: !this.known.some(({account}) => account === place.parameters.account)}).then((known) => (this.known = known), () => {});
    }
    await this.updateComplete;
    this.querySelector('.tabs [aria-current]')?.scrollIntoView({block: 'nearest', inline: 'nearest'});
    this.#name();
    if (isMoved && !isSame) {
      scrollTo(0, 0);
      // Each arrow key in the switcher of accounts is such a move: whoever is there is not done choosing.
      if (!document.activeElement?.closest('.switcher')) {
        this.querySelector('main')?.focus({preventScroll: true});
      }
    }
  }

  #name() {
    const page = say.pages[session ? (this.place.route?.name ?? 'missing') : 'signin'];
    const {account} = this.place.parameters;
    document.title = say.title(page, account);
    const announcer = this.querySelector('#announcer');
    if (announcer) {
      announcer.textContent = say.announced(page, account);
    }
  }

  #nextTheme() {
    theme.choose(theme.next());
    this.theme = theme.chosen();
  }

  #listShortcuts() {
    const offered = () => (areShortcutsOn() ? allShortcuts() : []).filter((shortcut) => !shortcut.when || shortcut.when());
    const keys = (text) => text.split(' ').map((key, i) => html`${i ? html` <small>${say.shortcuts.then}</small> ` : nothing}<kbd>${key}</kbd>`);
    const opened = dialog.open({
      title: say.shortcuts.title,
      content: () => html`${toggle({
          id: 'shortcuts-on',
          label: say.shortcuts.single,
          help: say.shortcuts.singleHelp,
          isOn: areShortcutsOn(),
          onChange: (isOn) => {
            switchShortcuts(isOn);
            opened.refresh();
          },
        })}
        <dl class="shortcuts"><div><dt><kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>${say.shortcuts.open}</dd></div>
        <div><dt><kbd>Ctrl</kbd> <kbd>/</kbd></dt><dd>${say.shortcuts.list}</dd></div>
        ${offered().map((shortcut) => html`<div><dt>${keys(shortcut.keys)}</dt><dd>${shortcut.says}</dd></div>`)}</dl>`,
    });
  }

  template() {
    if (this.trouble) {
      return html`<main class="alone">${failure(this.trouble, () => this.#recall())}</main>`;
    }
    if (!this.isKnown) {
      return html`<main class="alone">${skeleton(4)}</main>`;
    }
    if (!session) {
      return html`<pacer-signin-page></pacer-signin-page><div id="announcer" class="hidden" role="status"></div>`;
    }
    const {route, parameters} = this.place;
    return html`<a class="skip" href="#content" @click=${this.#skip}>${say.skip}</a>
      <header class="bar">
        <a class="product" href=${link(home())}><img src="console/icon.svg" alt="" width="24" height="24"><span>${say.product}</span></a>
        <nav class="pages" aria-label=${say.navigation}>${GENERAL.filter((name) => can(routeOf(name).needs)).map(
          (name) => html`<a href=${link(name)} aria-current=${route?.name === name ? 'page' : nothing}>${icon(name)}<span>${say.pages[name]}</span></a>`,
        )}</nav>
        <div class="tools">
          ${this.#liveness()}
          <button class="search" type="button" aria-label=${say.searching} @click=${() => this.querySelector('pacer-palette').open()}>${icon('search')}<span>${say.searching}</span><kbd>Ctrl K</kbd></button>
          <button class="button icon-only" type="button" aria-label=${say.themes[this.theme]} title=${say.themes[this.theme]} @click=${() => this.#nextTheme()}>${icon(this.theme)}</button>
          ${this.#whoIsHere()}
        </div>
      </header>
      ${parameters.account ? this.#accountBar(route, parameters) : nothing}
      <main id="content" tabindex="-1">${this.#page(route)}</main>
      <div id="announcer" class="hidden" role="status"></div>
      <pacer-palette></pacer-palette><pacer-toasts></pacer-toasts>`;
  }

  #skip(event) {
    event.preventDefault();
    document.querySelector('main').focus();
  }

  #liveness() {
    const {isLive, since} = this.live;
    const at = since && clock(new Date(since).toISOString(), viewerZone);
    const text = isLive ? say.live.isLive : at ? (this.live.isPolling ? say.live.polling(at) : say.live.away(at)) : say.live.connecting;
    return html`<span class="liveness ${isLive ? 'on' : 'off'}" role="status" title=${isLive ? say.live.liveTitle : say.live.lateTitle}><i></i><span>${text}</span></span>`;
  }

  #whoIsHere() {
    if (!session.security) {
      return nothing;
    }
    return html`<details class="menu"><summary aria-label=${say.session.as(session.name)}><span class="avatar" aria-hidden="true">${[...(session.name ?? '?')][0].toUpperCase()}</span></summary>
      <div><p>${say.session.as(session.name)}<br><span class="quiet">${say.session.roles[session.role]}</span></p>
      <button class="button" type="button" @click=${() => signOut().catch(tellFailure)}>${say.session.signOut}</button></div></details>`;
  }

  #accountBar(route, parameters) {
    const others = this.known.some(({account}) => account === parameters.account) ? this.known : [{account: parameters.account, name: parameters.account}, ...this.known];
    return html`<section class="account-bar" aria-label=${say.account}>
      <label class="switcher"><span class="hidden">${say.switchAccount}</span><select @change=${(event) => go(route.name, {account: event.target.value})}>${others.map(
        ({account, name}) => html`<option value=${account} .selected=${account === parameters.account}>${name}</option>`,
      )}</select></label>
      <nav class="tabs" aria-label=${say.accountNavigation(parameters.account)}>${OF_ACCOUNT.map(
        (name) => html`<a href=${link(name, parameters)} aria-current=${route?.name === name ? 'page' : nothing}>${say.pages[name]}</a>`,
      )}</nav></section>`;
  }

  #page(route) {
    const back = html`<a class="button primary" href=${link(home())}>${say.missing.back(say.pages[home()])}</a>`;
    if (!route) {
      return html`<section class="empty"><h1>${say.missing.title}</h1><p>${say.missing.lead}</p>${back}</section>`;
    }
    if (!can(route.needs)) {
      return html`<section class="empty"><h1>${say.missing.forbidden}</h1><p>${say.missing.forbiddenLead}</p>${back}</section>`;
    }
    if (this.broken) {
      return html`<section class="failure" role="alert"><p>${say.broken}</p><button class="button" type="button" @click=${() => location.reload()}>${say.reload}</button></section>`;
    }
    // Made before it is defined, an element would enter the page without its account.
    if (!customElements.get(`pacer-${route.name}-page`)) {
      return skeleton();
    }
    return keyed(`${route.name} ${this.place.parameters.account ?? ''}`, this.#element(route));
  }

  // The page's element is named by its route, so it is made rather than written in a template.
  #element(route) {
    const id = `${route.name} ${this.place.parameters.account ?? ''}`;
    if (this.pageId !== id || !this.page) {
      this.page = document.createElement(`pacer-${route.name}-page`);
      this.pageId = id;
    }
    // Once for each place: afterwards the query is the page's own, see remember().
    if (this.pagePlace !== this.place) {
      Object.assign(this.page, this.place.parameters, {query: this.place.query});
      this.pagePlace = this.place;
    }
    return this.page;
  }
}

async function load(route) {
  if (route.css && !sheets.has(route.name)) {
    sheets.add(route.name);
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = `console/pages/${route.name}.css`;
    document.head.append(sheet);
    await new Promise((resolve) => (sheet.onload = sheet.onerror = resolve));
  }
  await import(`./pages/${route.name}.js`);
}

define('pacer-shell', Shell);
