import {Part, define, html, nothing} from '../../lit.js';
import {ask, isAbort, pages, part, post, put, remove} from '../../api.js';
import * as dialog from '../../parts/dialog.js';
import {empty, failure, icon, skeleton} from '../../parts/ui.js';
import {done, tell, tellFailure} from '../../parts/toasts.js';
import {keepFocus, rowInPlace} from '../../parts/focus.js';
import '../../parts/table.js';
import {link} from '../../router.js';
import {can} from '../../session.js';
import {strings} from '../../strings.js';
import {count} from '../../format.js';
import {viewerZone, when} from '../../time.js';
import {askWhy} from './asking.js';
import {onSuppressionsChanged} from './changes.js';

const words = await strings('people');
const say = words.list;
const PATIENCE = 300_000;

/** Who is never invited, from no account. */
class Suppressions extends Part {
  static properties = {rows: {state: true}, source: {state: true}, trouble: {state: true}, isReading: {state: true}};

  #asked = 0;

  arrived() {
    this.load();
    onSuppressionsChanged(() => this.load(), this.signal);
  }

  async load() {
    const asked = ++this.#asked;
    try {
      const source = pages('/suppressions', {limit: 100, signal: this.signal});
      const rows = await source.next();
      if (asked === this.#asked) {
        Object.assign(this, {rows, source, trouble: undefined});
      }
    } catch (trouble) {
      if (!isAbort(trouble) && asked === this.#asked) {
        this.trouble = trouble;
      }
    }
  }

  async #add() {
    const said = await askWhy({title: say.adding, lead: words.suppressing.lead, withProfile: true});
    if (!said) {
      return;
    }
    try {
      const {status, body} = await ask('PUT', `/suppressions/${part(said.profile)}`, {body: said.reason ? {reason: said.reason} : undefined});
      done(say.added(body.profile, body.cancelled), status === 201 ? () => remove(`/suppressions/${part(body.profile)}`).then(() => this.load(), tellFailure) : undefined);
      this.load();
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  async #remove(row) {
    const rows = rowInPlace();
    try {
      await remove(`/suppressions/${part(row.profile)}`);
      this.rows = this.rows.filter(({profile}) => profile !== row.profile);
      keepFocus(this, ...rows, '.empty h2');
      done(words.released(row.profile), () => put(`/suppressions/${part(row.profile)}`, row.reason ? {reason: row.reason} : undefined).then(() => this.load(), tellFailure));
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  async #download() {
    try {
      const {body} = await ask('GET', '/suppressions', {accept: 'text/csv', patience: PATIENCE});
      const address = URL.createObjectURL(body);
      const anchor = Object.assign(document.createElement('a'), {href: address, download: 'suppressions.csv'});
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(address), PATIENCE);
    } catch (trouble) {
      tellFailure(trouble);
    }
  }

  async #upload(file) {
    this.isReading = true;
    try {
      const send = (dryRun) => post('/suppressions', file, {query: {dryRun: dryRun || undefined}, type: 'text/csv', patience: PATIENCE});
      const answer = await send(true);
      this.isReading = false;
      const isMeant = await dialog.open({title: file.name, content: (close) => this.#foreseen(answer, close), size: answer.refused?.length ? 'wide' : ''});
      if (isMeant) {
        const {added} = await send(false);
        tell(say.uploaded(added));
        this.load();
      }
    } catch (trouble) {
      tellFailure(trouble);
    } finally {
      this.isReading = false;
    }
  }

  #foreseen(answer, close) {
    return html`<div class="asking"><h3>${answer.added ? say.would(answer.added) : say.wouldNone}</h3><p class="quiet">${say.more(answer)}</p>
      ${answer.refused?.length ? html`<section><h3>${say.refused}</h3><div class="refused"><pacer-table .columns=${REFUSED} .rows=${answer.refused} .keyOf=${(row) => row.line} .caption=${say.refused}></pacer-table></div></section>` : nothing}
      <div class="actions"><button class="button primary" type="button" ?disabled=${!answer.added} @click=${() => close(true)}>${say.go(answer.added)}</button></div></div>`;
  }

  template() {
    if (this.trouble) {
      return failure(this.trouble, () => this.load());
    }
    if (!this.rows) {
      return skeleton(6);
    }
    const buttons = can('reach-all')
      ? html`<button class="button" type="button" @click=${() => this.#add()}>${icon('plus')}${say.add}</button>
          <label class="button picker" title=${say.uploadHelp}>${this.isReading ? say.checking : say.upload}<input type="file" accept=".csv,text/csv" ?disabled=${this.isReading} @change=${(event) => {
            const [file] = event.target.files;
            event.target.value = '';
            if (file) {
              this.#upload(file);
            }
          }}></label>`
      : nothing;
    if (this.rows.length === 0) {
      return empty({title: say.empty[0], lead: say.empty[1], action: html`<div class="row">${buttons}</div>`});
    }
    return html`<div class="actions over">${buttons}<button class="button plain" type="button" @click=${() => this.#download()}>${say.download}</button></div>
      <pacer-table class="suppressions" .columns=${this.#columns} .rows=${this.rows} .source=${this.source} .keyOf=${(row) => row.profile} .caption=${say.table} @rows=${(event) => (this.rows = event.detail)} @trouble=${(event) => (this.trouble = event.detail)}></pacer-table>`;
  }

  #columns = [
    {key: 'profile', label: say.head.profile, isHead: true, cell: (row) => html`<a class="who" href=${link('people', {}, {person: row.profile, show: 'list'})}>${row.profile}</a>`},
    {key: 'reason', label: say.head.reason, hideLabel: true, cell: (row) => row.reason ?? html`<span class="quiet">–</span>`},
    {key: 'at', label: say.head.at, cell: (row) => when(row.at, viewerZone)},
    {key: 'actor', label: say.head.actor, priority: 'low', cell: (row) => html`<span class="quiet">${words.actors[row.actor] ?? words.by(row.actor)}</span>`},
    ...(can('reach-all') ? [{key: 'remove', label: say.head.remove, hideLabel: true, align: 'end', cell: (row) => html`<button class="button plain" type="button" aria-label=${say.removeOf(row.profile)} @click=${() => this.#remove(row)}>${say.remove}</button>`}] : []),
  ];
}

const REFUSED = [
  {key: 'line', label: say.line, align: 'end', cell: (row) => count(row.line)},
  {key: 'profile', label: say.head.profile, isHead: true, cell: (row) => row.profile ?? '–'},
  {key: 'detail', label: say.why, cell: (row) => row.detail},
];

define('pacer-suppressions', Suppressions);
