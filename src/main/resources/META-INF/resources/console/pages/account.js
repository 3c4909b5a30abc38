import {Part, define, html} from '../lit.js';
import {accounts} from '../accounts.js';
import {ask, part} from '../api.js';
import {done} from '../parts/toasts.js';
import {field, formFailure, segmented} from '../parts/ui.js';
import {go} from '../router.js';
import {strings} from '../strings.js';
import {viewerZone} from '../time.js';

const say = await strings('account');
const KEY = /^[a-z0-9-]{1,63}$/;

/** Makes an account: only what has no good default is asked for. */
class NewAccount extends Part {
  static properties = {draft: {state: true}, errors: {state: true}, trouble: {state: true}, isBusy: {state: true}};

  constructor() {
    super();
    this.draft = {name: '', account: '', timeZone: viewerZone, tier: 'BASIC', isOwnKey: false};
    this.errors = {};
  }

  arrived() {
    this.updateComplete.then(() => this.querySelector('#name')?.focus());
  }

  #change(change) {
    this.draft = {...this.draft, ...change};
    if ('name' in change && !this.draft.isOwnKey) {
      this.draft.account = keyOf(change.name);
    }
    this.errors = {};
  }

  async #submit(event) {
    event.preventDefault();
    const {name, account, timeZone, tier} = this.draft;
    this.errors = {...(name.trim() ? {} : {name: say.nameMissing}), ...(KEY.test(account) ? {} : {account: say.keyRule})};
    if (Object.keys(this.errors).length) {
      await this.updateComplete;
      this.querySelector('[aria-invalid=true]')?.focus();
      return;
    }
    this.isBusy = true;
    this.trouble = undefined;
    try {
      if ((await accounts({renew: true})).some((other) => other.account === account)) {
        this.errors = {account: say.taken};
        return;
      }
      await ask('PUT', `/accounts/${part(account)}`, {body: {name: name.trim(), timeZone, tier}});
      await accounts({renew: true});
      done(say.created(name.trim()));
      go('import', {}, {account});
    } catch (trouble) {
      this.trouble = trouble;
      this.errors = Object.fromEntries(trouble.violations?.map(({field: of, message}) => [of, message]) ?? []);
    } finally {
      this.isBusy = false;
    }
  }

  template() {
    const {draft, errors} = this;
    const input = (tied, value, onInput, more = '') =>
      html`<input id=${tied.id} name=${tied.id} .value=${value} autocomplete="off" spellcheck="false" list=${more || 'none'} aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} @input=${(event) => onInput(event.target.value)}>`;
    return html`<form class="narrow" @submit=${this.#submit} novalidate><h1>${say.title}</h1><p class="lead">${say.lead}</p>
      ${field({id: 'name', label: say.name, help: say.nameHelp, error: errors.name}, (tied) => input(tied, draft.name, (name) => this.#change({name})))}
      ${field({id: 'account', label: say.key, help: say.keyHelp, error: errors.account}, (tied) => input(tied, draft.account, (account) => this.#change({account, isOwnKey: true})))}
      ${field({id: 'timeZone', label: say.timeZone, help: say.timeZoneHelp, error: errors.timeZone}, (tied) => input(tied, draft.timeZone, (timeZone) => this.#change({timeZone}), 'zones'))}
      <datalist id="zones">${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}</datalist>
      <div class="field"><span class="label">${say.tier}</span>
        ${segmented({name: 'tier', label: say.tier, value: draft.tier, options: ['BASIC', 'PREMIUM'].map((value) => ({value, label: say.tiers[value]})), onChange: (tier) => this.#change({tier})})}
        <p class="help">${say.tierHelp[draft.tier]}</p></div>
      ${formFailure(this.trouble)}
      <div class="actions"><button class="button primary" type="submit" ?disabled=${this.isBusy}>${say.create}</button></div></form>`;
  }
}

/** "Søren Žižka" becomes "soren-zizka". */
function keyOf(name) {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ø', 'o').replaceAll('ß', 'ss').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63);
}

define('pacer-account-page', NewAccount);
