import {Part, define, html, nothing} from '../../lit.js';
import {get, isAbort, part} from '../../api.js';
import {empty, failure, icon, segmented, toggle} from '../../parts/ui.js';
import {stayed} from '../../parts/staying.js';
import '../../parts/table.js';
import {tell, tellFailure} from '../../parts/toasts.js';
import {link} from '../../router.js';
import {strings} from '../../strings.js';
import {count} from '../../format.js';
import {begin, follow, reportOf} from './follow.js';
import {running} from './progress.js';
import {FIELDS, Unfit, isAsWritten, mapped, read, renamed} from './reading.js';
import {codesOf, columnsFor, judge, knownUntil, listed, narrowed, wordOf} from './verdicts.js';

const say = await strings('import');
const STATES = ['all', 'good', 'advised', 'refused'];
const TYPING = 200;
// Whoever maps one column maps the next: a dry run of each would only keep the service busy.
const CHOOSING = 800;

/**
 * A list of drafts on its way in: read, mapped, checked by a dry run, imported. With `importId` instead of `chosen` it is one that runs,
 * or has run. Fires `begun` with the id of the import, and `unfit` with why the file is not taken.
 */
class ImportList extends Part {
  static properties = {
    account: {attribute: false},
    chosen: {attribute: false},
    importId: {attribute: false},
    preview: {state: true},
    mapping: {state: true},
    areColumnsOpen: {state: true},
    isParking: {state: true},
    step: {state: true},
    told: {state: true},
    view: {state: true},
    rows: {state: true},
    filter: {state: true},
    trouble: {state: true},
  };

  #attempt = null;
  #begun = null;
  #columns = null;
  #typing = null;

  arrived() {
    this.filter = {show: 'all', code: '', q: ''};
    this.until(() => this.#attempt?.abort());
    this.until(() => clearTimeout(this.#typing));
    if (this.importId) {
      this.#resume();
    } else {
      this.#read();
    }
  }

  /** Runs a step that a later one ends. */
  async #run(step, work) {
    this.#attempt?.abort();
    const attempt = new AbortController();
    this.#attempt = attempt;
    Object.assign(this, {step, trouble: undefined, told: 0});
    try {
      await work(AbortSignal.any([attempt.signal, this.signal]));
    } catch (trouble) {
      if (!isAbort(trouble) && attempt === this.#attempt) {
        this.trouble = trouble;
      }
    }
  }

  #read() {
    return this.#run('reading', async (signal) => {
      try {
        this.preview = await read(this.chosen, {signal, tell: (rows) => (this.told = rows)});
      } catch (trouble) {
        if (trouble instanceof Unfit) {
          this.dispatchEvent(new CustomEvent('unfit', {detail: trouble.message}));
          return;
        }
        throw trouble;
      }
      this.mapping = this.preview.columns && mapped(this.preview.columns);
      this.areColumnsOpen = this.mapping !== undefined && !isAsWritten(this.preview.columns, this.mapping);
      await this.#check();
    });
  }

  get #hasProfile() {
    return !this.mapping || this.mapping.includes('profile');
  }

  get #isRenamed() {
    return this.mapping && !isAsWritten(this.preview.columns, this.mapping);
  }

  get #body() {
    return this.#isRenamed ? renamed(this.chosen.file, this.preview, this.mapping) : this.chosen.file;
  }

  get #order() {
    return {account: this.account, format: this.chosen.format, body: this.#body, onCooldown: this.isParking === undefined ? undefined : this.isParking ? 'PARK' : 'REFUSE'};
  }

  async #check() {
    this.view = undefined;
    if (!this.#hasProfile) {
      this.step = 'mapping';
      this.areColumnsOpen = true;
      return;
    }
    await this.#run('checking', async (signal) => {
      if (this.isParking === undefined) {
        const account = await get(`/accounts/${part(this.account)}`, {signal});
        this.isParking = account.onCooldown === 'PARK';
      }
      const begun = await begin({...this.#order, dryRun: true, signal});
      const view = await follow({account: this.account, id: begun.id, signal, tell: (so) => (this.told = so)});
      await this.#judge(view, signal);
      this.step = 'checked';
    });
  }

  async #judge(view, signal) {
    const {preview, mapping} = this;
    const lineShift = this.#isRenamed ? preview.headerLines - 1 : 0;
    const rows = preview ? await judge({rows: preview.rows, mapping, isWhole: preview.isWhole, lineShift}, view, signal) : await listed(view);
    this.#columns = columnsFor(preview?.columns ?? []);
    Object.assign(this, {view, rows});
  }

  #import() {
    return this.#run('importing', async (signal) => {
      this.#begun = null;
      this.#begun = await this.#send();
      this.dispatchEvent(new CustomEvent('begun', {detail: this.#begun}));
      await this.#finish(this.#begun, signal);
    });
  }

  // What was ordered is sent whole, wherever in the console one goes meanwhile: only closing the tab would cut it off.
  async #send() {
    const {name} = this.chosen.file;
    const end = stayed();
    let isSending = true;
    this.until(() => isSending && tell(say.stillSending(name)));
    try {
      const {id} = await begin({...this.#order, dryRun: false});
      if (!this.isConnected) {
        tell(say.sentMeanwhile(name));
      }
      return id;
    } catch (trouble) {
      if (!this.isConnected) {
        tellFailure(trouble);
      }
      throw trouble;
    } finally {
      isSending = false;
      end();
    }
  }

  #resume() {
    return this.#run('importing', (signal) => this.#finish(this.importId ?? this.#begun, signal));
  }

  async #finish(id, signal) {
    const view = await follow({account: this.account, id, signal, tell: (so) => (this.told = so)});
    await this.#judge(view, signal);
    this.filter = {show: this.view.refusedRows ? 'refused' : 'all', code: '', q: ''};
    this.step = 'done';
  }

  #map(index, field) {
    this.mapping = this.mapping.map((old, i) => (i === index ? field || null : old === field ? null : old));
    this.#attempt?.abort();
    Object.assign(this, {step: 'mapping', trouble: undefined});
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#check(), CHOOSING);
  }

  #narrow(change) {
    this.filter = {...this.filter, ...change};
  }

  template() {
    return html`${this.trouble ? failure(this.trouble, () => (this.step === 'reading' ? this.#read() : this.step === 'importing' && (this.importId ?? this.#begun) ? this.#resume() : this.#check())) : this.#stepTemplate()}
      ${this.preview?.columns && this.step !== 'done' && this.step !== 'importing' ? this.#mapTemplate() : nothing}
      ${this.rows && ['checked', 'done'].includes(this.step) && !this.trouble ? this.#rowsTemplate() : nothing}`;
  }

  #stepTemplate() {
    switch (this.step) {
      case 'reading':
        return running({title: say.reading(this.chosen.file.name), detail: this.told ? say.readingRows(this.told) : ''});
      case 'checking':
        return running({title: this.told?.id ? say.checking : say.sending, share: this.told?.bytes ? this.told.bytesRead / this.told.bytes : undefined, detail: this.told?.id ? say.checkingRows(this.told.rows) : ''});
      case 'importing':
        return running({
          title: this.told?.id || this.importId || this.#begun ? say.importing : say.sending,
          share: this.told?.bytes ? this.told.bytesRead / this.told.bytes : undefined,
          detail: this.told?.id ? say.importingRows(this.told.rows, count(this.told.enqueued)) : '',
        });
      case 'checked':
        return this.#checked();
      case 'done':
        return this.#done();
      default:
        return nothing;
    }
  }

  #checked() {
    const {view} = this;
    return html`<section class="card outcome"><div>
        <h2>${view.enqueued ? say.verdict.good(view.enqueued) : say.verdict.none}</h2>
        ${this.#tail(view)}</div>
        <div class="actions"><button class="button primary" type="button" ?disabled=${view.enqueued === 0} @click=${() => this.#import()}>${icon('import')}${say.go(view.enqueued)}</button>
          ${view.refusedRows + view.advisedRows > 0 ? this.#report(view) : nothing}</div>
        ${toggle({id: 'park', label: say.park, help: say.parkHelp, isOn: this.isParking ?? false, onChange: (isOn) => ((this.isParking = isOn), this.#check())})}</section>`;
  }

  #done() {
    const {view} = this;
    const isStopped = view.state === 'STOPPED';
    return html`<section class="card outcome ${isStopped ? 'stopped' : ''}" role="status"><div>
        <h2>${isStopped ? say.done.stopped : view.enqueued ? say.done.title(view.enqueued) : say.done.none}</h2>
        <p>${isStopped ? html`${view.detail} ${say.done.sendAgain}` : say.done.lead(view.rows, view.refusedRows)} ${view.beyondNoteQuota ? say.verdict.beyondNoteQuota(view.beyondNoteQuota) : nothing}</p>
        ${view.refusedRows + view.advisedRows > 0 && !view.refused && !view.advised ? html`<p class="quiet">${say.earlier.gone}</p>` : nothing}</div>
      <div class="actions"><a class="button primary" href=${link('week', this)}>${say.done.week}</a><a class="button" href=${link('queue', this)}>${say.done.queue}</a>
        ${view.refusedRows + view.advisedRows > 0 && (view.refused || view.advised) ? this.#report(view) : nothing}</div></section>`;
  }

  #tail(view) {
    const parts = [view.refusedRows ? say.verdict.refused(view.refusedRows) : '', view.advisedRows ? say.verdict.advised(view.advisedRows) : ''].filter(Boolean);
    return html`<p>${parts.length ? `${parts.join(', ')}. ` : ''}${view.beyondNoteQuota ? say.verdict.beyondNoteQuota(view.beyondNoteQuota) : ''}</p>
      ${Number.isFinite(knownUntil(view)) ? html`<p class="quiet">${say.notListed(count(knownUntil(view)))}</p>` : nothing}
      ${this.preview && !this.preview.isWhole ? html`<p class="quiet">${say.notWhole(this.preview.rows.length)}</p>` : nothing}`;
  }

  #report(view) {
    return html`<a class="button" href=${reportOf(this.account, view.id)} download title=${say.reportHelp}>${say.report}</a>`;
  }

  #mapTemplate() {
    const fields = this.mapping.filter(Boolean).length;
    return html`<details class="card columns" ?open=${this.areColumnsOpen} @toggle=${(event) => (this.areColumnsOpen = event.target.open)}>
      <summary><h2>${say.columns.title}</h2><span class="quiet">${say.columns.summary(fields, this.mapping.length - fields)}</span></summary>
      ${this.#hasProfile ? html`<p class="quiet">${say.columns.lead}</p>` : html`<p class="error" role="alert">${say.columns.noProfile}</p>`}
      <ul>${this.preview.columns.map(
        ({name, sample}, i) => html`<li><label for="column-${i}"><b>${name || say.columns.unnamed}</b><small class="one-line">${sample ? `${say.columns.example} ${sample}` : say.columns.nothing}</small></label>
          <select id="column-${i}" aria-label=${say.columns.of(name || say.columns.unnamed)} @change=${(event) => this.#map(i, event.target.value)}>
            <option value="" .selected=${!this.mapping[i]}>${say.columns.keep}</option>
            ${Object.keys(FIELDS).map((field) => html`<option value=${field} .selected=${this.mapping[i] === field}>${say.columns.fields[field]}</option>`)}</select></li>`,
      )}</ul></details>`;
  }

  #rowsTemplate() {
    const {filter, view} = this;
    if (this.rows.length === 0) {
      return nothing;
    }
    const counts = {all: this.preview ? view.rows : this.rows.length, good: view.enqueued - view.advisedRows, advised: view.advisedRows, refused: view.refusedRows};
    const states = this.preview ? STATES : STATES.filter((state) => state !== 'good');
    const shown = narrowed(this.rows, filter);
    const codes = codesOf(this.rows, filter.show);
    return html`<div class="filters">
        ${segmented({name: 'show', label: say.show, value: filter.show, options: states.map((value) => ({value, label: say.filterWith(say.filters[value], count(Math.max(0, counts[value])))})), onChange: (show) => this.#narrow({show, code: ''})})}
        ${codes.length > 1 ? html`<label><span class="hidden">${say.why}</span><select class="choice" @change=${(event) => this.#narrow({code: event.target.value})}><option value="" .selected=${!filter.code}>${say.anyReason}</option>
          ${codes.map(([code, n]) => html`<option value=${code} .selected=${filter.code === code}>${say.filterWith(wordOf(code), count(n))}</option>`)}</select></label>` : nothing}
        <label class="find">${icon('search')}<span class="hidden">${say.search}</span><input type="search" placeholder=${say.search} .value=${filter.q} @input=${this.#type}></label></div>
      ${shown.length
        ? html`<pacer-table class="rows" .columns=${this.#columns} .rows=${shown} .total=${shown.length} .keyOf=${(row) => row.line} .caption=${say.table}></pacer-table>`
        : empty({title: say.nothingFound, lead: say.nothingFoundLead, action: html`<button class="button" type="button" @click=${() => this.#narrow({show: 'all', code: '', q: ''})}>${say.showAll}</button>`})}`;
  }

  #type = (event) => {
    clearTimeout(this.#typing);
    const q = event.target.value;
    this.#typing = setTimeout(() => this.#narrow({q}), TYPING);
  };
}

define('pacer-import-list', ImportList);
