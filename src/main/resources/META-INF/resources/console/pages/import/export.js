import {Part, define, html, nothing} from '../../lit.js';
import {isAbort, part, post} from '../../api.js';
import {failure, meter} from '../../parts/ui.js';
import '../../parts/table.js';
import {link} from '../../router.js';
import {strings} from '../../strings.js';
import {count} from '../../format.js';
import {running} from './progress.js';

const words = await strings('import');
const say = words.export;
const PATIENCE = 600_000;
const CHANGES = ['accepted', 'sentByHand', 'sent', 'earlier', 'leftQueue'];
const STAYS = ['candidates', 'unseen', 'already', 'passed'];

/** LinkedIn's copy of a member's data: what it tells, first as a dry run, then for good. */
class Export extends Part {
  static properties = {account: {attribute: false}, accountName: {attribute: false}, chosen: {attribute: false}, step: {state: true}, answer: {state: true}, trouble: {state: true}};

  arrived() {
    this.#ask(true);
  }

  async #ask(dryRun) {
    Object.assign(this, {step: dryRun ? 'checking' : 'applying', trouble: undefined});
    try {
      const {body, type} = this.#body();
      this.answer = await post(`/accounts/${part(this.account)}/linkedin-export`, body, {query: {dryRun: dryRun || undefined}, type, signal: this.signal, patience: PATIENCE});
      this.step = dryRun ? 'checked' : 'done';
    } catch (trouble) {
      if (!isAbort(trouble)) {
        this.trouble = trouble;
      }
    }
  }

  #body() {
    const {files} = this.chosen;
    if (files.length > 1) {
      const form = new FormData();
      files.forEach((file, i) => form.append(`file-${i}`, file, file.name));
      return {body: form};
    }
    return {body: files[0], type: /\.csv$/i.test(files[0].name) ? 'text/csv' : 'application/zip'};
  }

  template() {
    if (this.trouble) {
      return failure(this.trouble, () => this.#ask(this.step === 'checking'));
    }
    if (!this.answer || this.step === 'applying') {
      return running({title: this.step === 'applying' ? say.applying : say.checking});
    }
    const {answer} = this;
    const isDone = this.step === 'done';
    const isNew = CHANGES.some((figure) => answer[figure] > 0);
    return html`<section class="card outcome" role=${isDone ? 'status' : nothing}><div>
        <h2>${isDone ? this.#sum() : answer.member ? say.member(answer.member) : say.memberUnknown}</h2>
        <p>${isDone ? nothing : isNew ? say.memberLead(this.accountName) : say.nothingNew}</p></div>
        <div class="actions">${isDone
          ? html`<a class="button primary" href=${link('week', this)}>${words.done.week}</a>`
          : html`<button class="button primary" type="button" ?disabled=${!isNew} @click=${() => this.#ask(false)}>${say.apply}</button>`}</div></section>
      <section class="card told"><h2>${isDone ? say.did : say.would}</h2>${this.#figures(CHANGES)}
        <div class="window"><span>${say.window}</span>${meter(answer.window.released, answer.window.cap, say.window)}<small>${say.windowChange(answer.window.before, answer.window.released, answer.window.cap)}</small></div></section>
      <section class="card told"><h2>${say.stays}</h2>${this.#figures(STAYS)}</section>
      ${this.#rows(answer.doubtful, say.doubtful(answer.doubtfulRows), say.doubtfulLead)}${this.#rows(answer.refused, say.refused(answer.refusedRows))}`;
  }

  #sum() {
    const {accepted, sentByHand} = this.answer;
    return accepted + sentByHand ? say.done([say.accepted(accepted), say.sentByHand(sentByHand)]) : say.nothing;
  }

  #figures(names) {
    const {answer} = this;
    const value = (name) => (name === 'passed' ? answer.incoming + answer.neverInvited + answer.withoutUse : answer[name]);
    return html`<dl class="figures-list">${names.map((name) => html`<div class=${value(name) ? '' : 'zero'}><dt>${say.figures[name][0]}</dt><dd><b>${count(value(name))}</b><small>${say.figures[name][1]}</small></dd></div>`)}</dl>`;
  }

  #rows(rows, title, lead) {
    return rows?.length
      ? html`<section><h2>${title}</h2>${lead ? html`<p class="quiet">${lead}</p>` : nothing}<pacer-table .columns=${ROWS} .rows=${rows} .keyOf=${(row) => `${row.file} ${row.line}`} .caption=${title}></pacer-table></section>`
      : nothing;
  }
}

const ROWS = [
  {key: 'name', label: say.head.name, isHead: true, cell: (row) => html`${row.name ?? row.profile ?? '–'}`},
  {key: 'file', label: say.head.file, cell: (row) => row.file},
  {key: 'line', label: say.head.line, align: 'end', cell: (row) => count(row.line)},
  {key: 'why', label: say.head.why, cell: (row) => row.why},
];

define('pacer-import-export', Export);
