import {Part, define, html, nothing, repeat, styles} from '../lit.js';
import {strings} from '../strings.js';

const words = (await strings('words')).parts;
const AHEAD = 12;
const WINDOWED = 150;

/**
 * A table of any length: of more than 150 rows only those in sight are in the page, and `source` is asked for more when its end comes
 * near. Narrow, its rows become cards with their columns' names.
 *
 * - `columns`: `{key, label, cell: (row) => template, align: 'end', width, sort: (row) => value, isHead, hideLabel, priority: 'low'}`
 * - `rows`, and where they come in pages `source` (of `pages()` in api.js), with which it goes on; each time it has, it fires `rows`
 * - `keyOf`: (row) => what tells it from others
 * - `caption`: for screen readers
 * - `href`: (row) => where Enter or a click leads
 * - `total`: how many rows there are in all, if that is known
 *
 * Arrow keys, j, k, Home and End go from row to row. Fires `trouble` with an ApiError if a page cannot be loaded.
 */
class Table extends Part {
  static properties = {
    columns: {attribute: false},
    rows: {attribute: false},
    source: {attribute: false},
    keyOf: {attribute: false},
    caption: {attribute: false},
    href: {attribute: false},
    total: {attribute: false},
    sorted: {state: true},
    from: {state: true},
    active: {state: true},
    isLoading: {state: true},
  };

  #height = 0;

  constructor() {
    super();
    this.rows = [];
    this.keyOf = (row) => row.id;
    this.sorted = null;
    this.from = 0;
    this.active = 0;
    this.isLoading = false;
  }

  arrived() {
    this.listen(window, 'scroll', () => this.#look());
    this.listen(window, 'resize', () => {
      this.#height = 0;
      this.#look();
    });
  }

  updated() {
    this.#look();
  }

  get #isWindowed() {
    return this.rows.length > WINDOWED;
  }

  get #inSight() {
    return Math.ceil(innerHeight / (this.#height || 48)) + 2 * AHEAD;
  }

  #look() {
    const body = this.querySelector('tbody');
    if (!body) {
      return;
    }
    const row = body.querySelector('tr:not(.gap)');
    if (!this.#height && row) {
      // The gaps above and below were drawn without knowing it.
      this.#height = row.getBoundingClientRect().height;
      this.requestUpdate();
    }
    const top = -body.getBoundingClientRect().top;
    if (this.#isWindowed && this.#height) {
      this.from = Math.max(0, Math.min(this.rows.length - this.#inSight, Math.floor(top / this.#height) - AHEAD));
    }
    if (this.source && !this.source.isDone && body.getBoundingClientRect().bottom < innerHeight * 2) {
      this.#load();
    }
  }

  async #load() {
    if (this.isLoading) {
      return;
    }
    const {source} = this;
    this.isLoading = true;
    try {
      const items = await source.next();
      if (source === this.source) {
        this.rows = [...this.rows, ...items];
        this.dispatchEvent(new CustomEvent('rows', {detail: this.rows}));
      }
    } catch (trouble) {
      source.isDone = true;
      if (source === this.source) {
        this.dispatchEvent(new CustomEvent('trouble', {detail: trouble}));
      }
    } finally {
      this.isLoading = false;
    }
  }

  #sort(column) {
    const isUp = this.sorted?.key === column.key && !this.sorted.isDown;
    this.sorted = {key: column.key, isDown: isUp};
  }

  get #ordered() {
    const column = this.columns.find((candidate) => candidate.key === this.sorted?.key);
    if (!column) {
      return this.rows;
    }
    const direction = this.sorted.isDown ? -1 : 1;
    const compare = (a, b) => (typeof a === 'string' ? a.localeCompare(b) : (a ?? -Infinity) - (b ?? -Infinity));
    return this.rows.toSorted((a, b) => direction * compare(column.sort(a), column.sort(b)));
  }

  async #focus(index) {
    this.active = Math.max(0, Math.min(this.rows.length - 1, index));
    if (this.#isWindowed && (this.active < this.from || this.active >= this.from + this.#inSight)) {
      this.from = Math.max(0, this.active - AHEAD);
    }
    await this.updateComplete;
    this.querySelector(`tr[data-index="${this.active}"]`)?.focus();
  }

  #key(event) {
    const row = event.target.closest('tr[data-index]');
    if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const index = Number(row.dataset.index);
    const to = {ArrowDown: index + 1, j: index + 1, ArrowUp: index - 1, k: index - 1, Home: 0, End: this.rows.length - 1}[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#focus(to);
    } else if (event.key === 'Enter' && this.href) {
      location.hash = this.href(this.#ordered[index]);
    }
  }

  #click(event, row) {
    if (this.href && !event.target.closest('a, button, input, label, select') && !getSelection().toString()) {
      location.hash = this.href(row);
    }
  }

  template() {
    const ordered = this.#ordered;
    const from = this.#isWindowed ? Math.min(this.from, Math.max(0, ordered.length - this.#inSight)) : 0;
    const shown = this.#isWindowed ? ordered.slice(from, from + this.#inSight) : ordered;
    const below = ordered.length - from - shown.length;
    const gap = (many) => (many > 0 ? html`<tr class="gap" aria-hidden="true"><td colspan=${this.columns.length} ${styles({height: `${many * this.#height}px`})}></td></tr>` : nothing);
    return html`<table class="table ${this.href ? 'leads' : ''}" aria-rowcount=${(this.total ?? (this.source && !this.source.isDone ? -2 : ordered.length)) + 1} @keydown=${this.#key}>
        <caption class="hidden">${this.caption}</caption>
        <thead><tr aria-rowindex="1">${this.columns.map((column) => this.#head(column))}</tr></thead>
        <tbody>${gap(from)}${repeat(
          shown,
          this.keyOf,
          (row, i) => html`<tr data-index=${from + i} aria-rowindex=${from + i + 2} tabindex=${from + i === this.active || (i === 0 && (this.active < from || this.active >= from + shown.length)) ? 0 : -1}
              @click=${(event) => this.#click(event, row)} @focus=${() => (this.active = from + i)}>${this.columns.map((column) => this.#cell(column, row))}</tr>`,
        )}${gap(below)}</tbody>
      </table>
      <p class="more" role="status">${this.isLoading ? words.more : nothing}</p>`;
  }

  #head(column) {
    const order = this.sorted?.key === column.key ? (this.sorted.isDown ? 'descending' : 'ascending') : nothing;
    return html`<th scope="col" class="${column.align ?? ''} ${column.priority ?? ''}" aria-sort=${order} ${styles({width: column.width ?? 'auto'})}>
      ${column.sort ? html`<button type="button" title=${words.sortBy(column.label)} @click=${() => this.#sort(column)}>${column.label}<i aria-hidden="true"></i></button>` : column.label}</th>`;
  }

  #cell(column, row) {
    const classes = `${column.align ?? ''} ${column.priority ?? ''}`;
    return column.isHead
      ? html`<th scope="row" class=${classes}>${column.cell(row)}</th>`
      : html`<td class=${classes}>${column.hideLabel ? nothing : html`<span class="name" aria-hidden="true">${column.label}</span>`}${column.cell(row)}</td>`;
  }
}

define('pacer-table', Table);
