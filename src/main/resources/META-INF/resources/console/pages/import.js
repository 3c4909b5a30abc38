import {Part, define, html, keyed, nothing} from '../lit.js';
import {accounts} from '../accounts.js';
import {isAbort, pages, part} from '../api.js';
import {badge, empty, failure, icon, skeleton} from '../parts/ui.js';
import '../parts/table.js';
import {link, remember} from '../router.js';
import {can} from '../session.js';
import {strings} from '../strings.js';
import {count} from '../format.js';
import {when} from '../time.js';
import './import/export.js';
import './import/list.js';
import {Unfit, recognise} from './import/reading.js';

const say = await strings('import');
const STATES = {RUNNING: 'info', DONE: 'good', STOPPED: 'bad'};
const EARLIER = 20;

/** Takes a list or LinkedIn's export: shows what would become of it, then does it. */
class Import extends Part {
  static properties = {query: {attribute: false}, accounts: {state: true}, chosen: {state: true}, unfit: {state: true}, isOver: {state: true}, earlier: {state: true}, trouble: {state: true}};

  #attempt = 0;

  arrived() {
    this.load();
    // A file that misses its place must not replace the page.
    this.listen(window, 'dragover', (event) => this.#over(event));
    this.listen(window, 'dragleave', (event) => event.relatedTarget ?? (this.isOver = false));
    this.listen(window, 'drop', (event) => this.#drop(event));
  }

  async load() {
    try {
      this.accounts = await accounts({renew: true});
      this.trouble = undefined;
      await this.#readEarlier();
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    }
  }

  get #account() {
    return this.accounts?.find(({account}) => account === this.query?.account) ?? this.accounts?.[0];
  }

  async #readEarlier() {
    if (this.#account) {
      const {account} = this.#account;
      const items = await pages(`/accounts/${part(account)}/imports`, {limit: EARLIER * 2, signal: this.signal}).next();
      if (account === this.#account.account) {
        this.earlier = items.filter(({dryRun}) => !dryRun).slice(0, EARLIER);
      }
    }
  }

  updated(changed) {
    if (changed.has('query') && changed.get('query')) {
      this.#readEarlier().catch(() => {});
    }
  }

  #over(event) {
    if (event.dataTransfer?.types.includes('Files')) {
      event.preventDefault();
      this.isOver = true;
    }
  }

  #drop(event) {
    if (event.dataTransfer?.files.length) {
      event.preventDefault();
      this.isOver = false;
      this.#take([...event.dataTransfer.files]);
    }
  }

  async #take(files) {
    if (!this.#account || files.length === 0) {
      return;
    }
    this.unfit = undefined;
    this.chosen = undefined;
    try {
      const chosen = await recognise(files);
      if (!this.isConnected) {
        return;
      }
      this.#attempt++;
      this.#remember({import: undefined});
      this.chosen = chosen;
    } catch (trouble) {
      if (!(trouble instanceof Unfit)) {
        throw trouble;
      }
      this.unfit = trouble.message;
    }
  }

  #remember(change) {
    this.query = {...this.query, ...change};
    // Another page may be shown by now, and its address is its own.
    if (this.isConnected) {
      remember({account: this.#account?.account, import: this.query.import});
    }
  }

  #switch(account) {
    this.chosen = undefined;
    this.earlier = undefined;
    this.#remember({account, import: undefined});
  }

  #reset() {
    this.chosen = undefined;
    this.#remember({import: undefined});
    this.load();
  }

  template() {
    const head = html`<div class="page-head"><div><h1>${say.title}</h1><p class="quiet">${say.lead}</p></div>
      ${this.#account ? html`<label class="into"><span>${say.account}</span><select class="choice" @change=${(event) => this.#switch(event.target.value)}>${this.accounts.map(
        ({account, name}) => html`<option value=${account} .selected=${account === this.#account.account}>${name}</option>`,
      )}</select></label>` : nothing}</div>`;
    if (this.trouble) {
      return html`${head}${failure(this.trouble, () => this.load())}`;
    }
    if (!this.accounts) {
      return html`${head}${skeleton()}`;
    }
    if (!this.#account) {
      return html`${head}${empty({title: say.noAccount, lead: say.noAccountLead, action: can('create') ? html`<a class="button primary" href=${link('account')}>${say.newAccount}</a>` : undefined})}`;
    }
    return html`${head}<div class="work">${this.chosen || this.query?.import ? this.#working() : html`${this.#place()}${this.#before()}`}</div>`;
  }

  #place() {
    return html`<section class="drop ${this.isOver ? 'over' : ''}">${icon('import')}<h2>${this.isOver ? say.drop.now : say.drop.title}</h2><p class="quiet">${say.drop.lead}</p>
        ${this.#picker(say.drop.choose, 'primary')}${this.unfit ? html`<p class="error" role="alert">${say.unfit[this.unfit]}</p>` : nothing}</section>`;
  }

  #picker(label, style = '') {
    return html`<label class="button picker ${style}">${label}<input type="file" multiple accept=".csv,.ndjson,.jsonl,.zip,text/csv,application/zip,application/x-ndjson" @change=${(event) => {
      const files = [...event.target.files];
      event.target.value = '';
      this.#take(files);
    }}></label>`;
  }

  #working() {
    const {account, name} = this.#account;
    const id = this.query?.import;
    const work = !this.chosen || this.chosen.kind === 'list'
      ? html`<pacer-import-list .account=${account} .chosen=${this.chosen} .importId=${this.chosen ? undefined : id} @begun=${(event) => this.#remember({import: event.detail})}
            @unfit=${(event) => ((this.chosen = undefined), (this.unfit = event.detail))}></pacer-import-list>`
      : html`<pacer-import-export .account=${account} .accountName=${name} .chosen=${this.chosen}></pacer-import-export>`;
    return html`<div class="what"><p>${this.chosen ? html`<b>${this.chosen.kind === 'list' ? this.chosen.file.name : this.chosen.files.map((file) => file.name).join(', ')}</b>
        <span class="quiet">${this.chosen.kind === 'list' ? say.earlier.format[this.chosen.format.toUpperCase()] : say.export.title}</span>` : nothing}</p>
        <div class="actions">${this.#picker(say.drop.another)}<button class="button plain" type="button" @click=${() => this.#reset()}>${say.earlier.title}</button></div></div>
      ${this.unfit ? html`<p class="error" role="alert">${say.unfit[this.unfit]}</p>` : nothing}${keyed(`${account} ${this.chosen ? this.#attempt : id}`, work)}`;
  }

  #before() {
    if (!this.earlier) {
      return skeleton(3);
    }
    return html`<section class="earlier"><h2>${say.earlier.title}</h2>${this.earlier.length
      ? html`<pacer-table .columns=${columns(this.#account)} .rows=${this.earlier} .caption=${say.earlier.table} .href=${({id}) => link('import', {}, {account: this.#account.account, import: id})}></pacer-table>`
      : html`<p class="quiet">${say.earlier.none}</p>`}</section>`;
  }
}

const columns = ({account, timeZone}) => [
  {key: 'at', label: say.earlier.at, isHead: true, cell: (row) => html`<a href=${link('import', {}, {account, import: row.id})}>${when(row.startedAt, timeZone)}</a>`},
  {key: 'state', label: say.earlier.state, cell: (row) => badge(say.earlier.states[row.state], STATES[row.state])},
  {key: 'rows', label: say.earlier.rows, align: 'end', cell: (row) => count(row.rows)},
  {key: 'enqueued', label: say.earlier.enqueued, align: 'end', cell: (row) => count(row.enqueued)},
  {key: 'refused', label: say.earlier.refused, align: 'end', cell: (row) => count(row.refusedRows)},
  {key: 'advised', label: say.earlier.advised, align: 'end', priority: 'low', cell: (row) => count(row.advisedRows)},
];

define('pacer-import-page', Import);
