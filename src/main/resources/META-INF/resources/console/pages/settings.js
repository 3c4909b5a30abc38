import {Part, define, html, nothing, repeat} from '../lit.js';
import {accounts, forgetAccounts} from '../accounts.js';
import {ask, get, isAbort, part, patch, remove} from '../api.js';
import * as live from '../live.js';
import * as dialog from '../parts/dialog.js';
import {keepFocus} from '../parts/focus.js';
import {doing, windowed} from '../parts/pace.js';
import {foretold} from '../parts/foretold.js';
import {SECTIONS, SETTINGS, changesOf, control, told} from '../parts/settings.js';
import {done, tell, tellFailure} from '../parts/toasts.js';
import {behind, failure, field, icon, isInTheWay, skeleton} from '../parts/ui.js';
import {go} from '../router.js';
import {can, session} from '../session.js';
import {strings} from '../strings.js';
import {serviceIsAt} from '../time.js';

const say = await strings('settings');
const CALM = 350;

/** What was changed and not saved, by account and by whoever changed it: they find it again after looking at another page. */
const UNSAVED = new Map();

/** Every setting with its meaning, and beside them what a change would do before it is saved. */
class Settings extends Part {
  static properties = {
    account: {attribute: false}, settings: {state: true}, pacing: {state: true}, endpoints: {state: true}, draft: {state: true}, preview: {state: true}, refused: {state: true},
    trouble: {state: true}, isLooking: {state: true}, isSaving: {state: true}, sought: {state: true},
  };

  #calming = null;
  #looking = null;

  constructor() {
    super();
    this.draft = {};
    this.sought = '';
  }

  arrived() {
    this.load();
    this.until(live.follow({accounts: [this.account], types: ['account.']}, () => this.load()));
    this.until(() => {
      clearTimeout(this.#calming);
      this.#looking?.abort();
    });
    this.listen(window, 'beforeunload', (event) => this.#hasChanges && event.preventDefault());
    const whose = JSON.stringify([session.name, this.account]);
    this.draft = UNSAVED.get(whose) ?? {};
    this.until(() => (this.#hasChanges || !this.settings ? UNSAVED.set(whose, this.draft) : UNSAVED.delete(whose)));
  }

  get #path() {
    return `/accounts/${part(this.account)}`;
  }

  get #changes() {
    return this.settings ? changesOf(this.settings, this.draft) : {};
  }

  get #hasChanges() {
    return Object.keys(this.#changes).length > 0;
  }

  async load() {
    try {
      const [settings, pacing, endpoints] = await Promise.all([
        get(this.#path, {signal: this.signal}),
        get(`${this.#path}/pacing`, {signal: this.signal}),
        this.endpoints ?? get('/endpoints', {signal: this.signal}).then(({items}) => items, () => []),
      ]);
      serviceIsAt(pacing.now);
      Object.assign(this, {settings, pacing, endpoints, trouble: undefined});
      live.fresh();
      // Somebody else may have changed what the change is made to.
      if (this.#hasChanges) {
        this.#look();
      }
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    }
  }

  #write(name, state) {
    this.draft = {...this.draft, [name]: state};
    this.#look();
  }

  #revert(name) {
    const {[name]: dropped, ...rest} = this.draft;
    this.draft = rest;
    this.#look();
    keepFocus(this, '.changes button', '#preview-title');
  }

  // The service is asked once somebody stops writing; an answer to what has been changed since is let go.
  #look() {
    clearTimeout(this.#calming);
    this.#looking?.abort();
    if (!this.#hasChanges) {
      Object.assign(this, {preview: undefined, refused: undefined, isLooking: false});
      return;
    }
    this.isLooking = true;
    this.#calming = setTimeout(async () => {
      const looking = new AbortController();
      this.#looking = looking;
      try {
        const {body} = await ask('POST', `${this.#path}/preview`, {body: this.#changes, type: 'application/merge-patch+json', signal: looking.signal});
        Object.assign(this, {preview: body, refused: undefined, isLooking: false});
      } catch (trouble) {
        if (!isAbort(trouble) && !looking.signal.aborted) {
          Object.assign(this, {refused: trouble, preview: undefined, isLooking: false});
        }
      }
    }, CALM);
  }

  async #save() {
    const changes = this.#changes;
    const before = Object.fromEntries(Object.keys(changes).map((name) => [name, SETTINGS[name].undo?.(this.settings[name], changes[name]) ?? this.settings[name] ?? null]));
    this.isSaving = true;
    try {
      this.settings = await patch(this.#path, changes);
      Object.assign(this, {draft: {}, preview: undefined, refused: undefined});
      keepFocus(this, '#preview-title');
      this.load();
      if ('name' in changes) {
        accounts({renew: true});
      }
      done(say.preview.saved, async () => {
        try {
          await patch(this.#path, before);
          this.load();
        } catch (trouble) {
          tellFailure(trouble);
        }
      });
    } catch (trouble) {
      this.refused = trouble;
      this.updateComplete.then(() => this.querySelector('[aria-invalid=true]')?.focus());
    } finally {
      this.isSaving = false;
    }
  }

  template() {
    if (isInTheWay(this.trouble, this.settings)) {
      return html`<div class="page-head"><h1>${say.title}</h1></div>${failure(this.trouble, () => this.load())}`;
    }
    if (!this.settings) {
      return html`<div class="page-head"><h1>${say.title}</h1></div>${skeleton(12)}`;
    }
    return html`<div class="page-head"><div><h1>${say.title}</h1><p class="quiet">${can('manage') ? say.lead : say.readOnly}</p></div>
        <label class="find">${icon('search')}<span class="hidden">${say.find}</span><input type="search" placeholder=${say.find} .value=${this.sought} @input=${(event) => (this.sought = event.target.value)}></label></div>${behind(this.trouble, () => this.load(), this.settings)}
      <div class="settings-columns">
        <form class="settings" novalidate @submit=${(event) => {
          event.preventDefault();
          this.#save();
        }}>${this.#pause()}${this.#sections()}<button class="hidden" type="submit" tabindex="-1" ?disabled=${!this.#hasChanges}>${say.preview.save}</button></form>
        ${can('manage') ? this.#panel() : nothing}
      </div>`;
  }

  #pause() {
    return this.sought
      ? nothing
      : html`<section class="card settings-pause"><h2 class="hidden">${say.paused}</h2><div><p>${doing(this.pacing, this.settings.timeZone, this.settings.summary)}</p><p class="quiet">${windowed(this.pacing)}</p></div>
          <pacer-pausing .account=${this.account} .zone=${this.settings.timeZone} .summary=${this.settings.summary} .reason=${this.pacing.reason ?? null} @changed=${() => this.load()}></pacer-pausing></section>`;
  }

  #sections() {
    const sought = this.sought.trim().toLowerCase();
    const isFound = (name) => !sought || [name, say.settings[name].label, say.settings[name].is].some((text) => text.toLowerCase().includes(sought));
    const state = (name) => this.draft[name] ?? SETTINGS[name].kind.read(this.settings[name]);
    const isShown = (name) => SETTINGS[name].isFor?.((other) => this.draft[other] ?? this.settings[other]) ?? true;
    const found = SECTIONS.map(([section, names]) => [section, names.filter((name) => isFound(name) && isShown(name))]).filter(([, names]) => names.length);
    if (!found.length) {
      return html`<p class="quiet">${say.nothingFound}</p>`;
    }
    return html`${found.map(
      ([section, names]) => html`<section class="card settings-section" aria-labelledby="section-${section}"><h2 id="section-${section}">${say.sections[section]}</h2>
        ${repeat(names, (name) => name, (name) => this.#setting(name, state(name)))}</section>`,
    )}${sought || !can('manage') ? nothing : this.#removal()}`;
  }

  #setting(name, state) {
    const {label, is, wrong} = say.settings[name];
    const setting = SETTINGS[name];
    const error = this.refused?.violations?.filter(({field: at}) => at === name || at.startsWith(`${name}.`)).map(({message}) => message).join(' ');
    const isStandard = told(name, state) === told(name, setting.kind.read(setting.standard));
    const isChanged = name in this.#changes;
    const isFixed = !can('manage');
    return html`<div class="setting ${isChanged ? 'changed' : ''} ${error ? 'wrong' : ''}">
      <div class="about">${setting.kind.isGroup ? html`<h3 id="label-${name}">${label}</h3>` : html`<label class="label" for="setting-${name}">${label}</label>`}
        <p class="help" id="setting-${name}-help">${is}</p>
        <details><summary>${say.wrong}</summary><p class="help">${wrong}</p></details></div>
      <div class="control">${control({name, state, setting, error, isFixed, endpoints: this.endpoints, write: (next) => this.#write(name, next)})}
        ${error ? html`<p class="error" id="setting-${name}-error">${error}</p>` : nothing}
        <p class="help limits">${[setting.limits?.(), setting.standard === undefined ? null : say.byDefault(told(name, setting.kind.read(setting.standard)))].filter(Boolean).join(' · ')}
          ${setting.standard === undefined || isStandard || isFixed ? nothing : html`<button class="link" type="button" aria-label=${say.useDefaultFor(label)} @click=${() => {
            this.#write(name, setting.kind.read(setting.standard));
            keepFocus(this, `#setting-${name}`, '.changes button', '#preview-title');
          }}>${say.useDefault}</button>`}</p></div></div>`;
  }

  #panel() {
    const changes = this.#changes;
    const names = Object.keys(changes);
    const isRefused = Boolean(this.refused);
    return html`<aside class="settings-panel card ${names.length ? 'busy' : ''}" aria-labelledby="preview-title"><h2 id="preview-title">${say.preview.title}</h2>
      ${names.length === 0
        ? html`<p class="quiet">${say.preview.idle}</p>`
        : html`<ul class="changes">${names.map(
              (name) => html`<li><span><b>${say.settings[name].label}</b> ${say.preview.change(told(name, SETTINGS[name].kind.read(this.settings[name])), told(name, this.draft[name]))}</span>
                <button class="button icon-only" type="button" aria-label=${say.preview.revert(say.settings[name].label)} @click=${() => this.#revert(name)}>${icon('close')}</button></li>`,
            )}</ul>
          <div class="effect" role="status" aria-busy=${this.isLooking ? 'true' : 'false'}>${isRefused
            ? html`<p class="error">${this.refused.violations?.length ? say.preview.mend : this.refused.detail}</p>`
            : this.preview ? foretold(this.preview, this.settings.timeZone) : html`<p class="quiet">${say.preview.working}</p>`}</div>
          <div class="actions"><button class="button primary" type="button" ?disabled=${this.isSaving || isRefused} @click=${() => this.#save()}>${say.preview.save}</button>
            <button class="button" type="button" @click=${() => {
              this.draft = {};
              this.#look();
              keepFocus(this, '#preview-title');
            }}>${say.preview.discard}</button></div>`}</aside>`;
  }

  #removal() {
    return html`<section class="card settings-section"><h2>${say.remove.title}</h2><p class="help">${say.remove.lead}</p>
      <div class="actions"><button class="button danger" type="button" @click=${() => this.#remove()}>${say.remove.button}</button></div></section>`;
  }

  async #remove() {
    let written = '';
    let error;
    const submit = (event, close) => {
      event.preventDefault();
      if (written === this.account) {
        close(true);
        return;
      }
      error = say.remove.mismatch(this.account);
      opened.refresh();
      document.getElementById('remove-account').focus();
    };
    const opened = dialog.open({
      title: say.remove.title,
      content: (close) => html`<form class="form" novalidate @submit=${(event) => submit(event, close)}><p>${say.remove.lead}</p>
        ${field({id: 'remove-account', label: say.remove.type(this.account), error}, (tied) => html`<input id=${tied.id} autofocus autocomplete="off" aria-invalid=${tied.invalid} aria-describedby=${tied.describedBy} @input=${(event) => (written = event.target.value)}>`)}
        <div class="actions"><button class="button danger" type="submit">${say.remove.confirm}</button></div></form>`,
    });
    if (await opened) {
      try {
        await remove(this.#path, {query: {force: true}});
        const {name} = this.settings;
        this.draft = {};
        forgetAccounts();
        go('overview');
        tell(say.remove.removed(name));
      } catch (trouble) {
        tellFailure(trouble);
      }
    }
  }
}

define('pacer-settings-page', Settings);
