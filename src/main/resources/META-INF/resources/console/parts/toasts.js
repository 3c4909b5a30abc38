import {Part, define, html, nothing, repeat} from '../lit.js';
import {strings} from '../strings.js';
import {keepFocus} from './focus.js';
import {icon} from './ui.js';

const words = (await strings('words')).parts;
const STAYS = 10_000;
// More than these are not shown, but they can be undone for as long as any.
const AT_MOST = 4;

let host = null;

class Toasts extends Part {
  static properties = {toasts: {state: true}};

  constructor() {
    super();
    this.toasts = [];
  }

  arrived() {
    host = this;
  }

  show(toast) {
    this.toasts = [...this.toasts, toast];
    this.#await(toast);
  }

  #await(toast) {
    toast.timer = setTimeout(() => this.end(toast), STAYS);
  }

  // Whoever was at it goes on with the next, or with the page.
  async #drop(toast) {
    const isAtIt = this.contains(document.activeElement);
    this.toasts = this.toasts.filter((other) => other !== toast);
    if (isAtIt) {
      await keepFocus(this, '.toast:last-child button');
      await keepFocus(document.querySelector('pacer-shell'), 'main');
    }
  }

  /** What waits for its moment to be undone is done now. @return a promise of it */
  end(toast) {
    clearTimeout(toast.timer);
    if (!this.toasts.includes(toast)) {
      return undefined;
    }
    this.#drop(toast);
    return toast.commit?.();
  }

  undo(toast) {
    clearTimeout(toast.timer);
    this.#drop(toast);
    toast.undo();
  }

  template() {
    return html`<div class="toasts" role="status" aria-live="polite">${repeat(
      this.toasts.slice(-AT_MOST),
      (toast) => toast,
      (toast) => html`<div class="toast ${toast.tone ?? ''}" @mouseenter=${() => clearTimeout(toast.timer)} @mouseleave=${() => this.#await(toast)}
          @focusin=${() => clearTimeout(toast.timer)} @focusout=${() => this.#await(toast)}>
        <p>${toast.text}</p>
        ${toast.undo ? html`<button class="button plain" type="button" @click=${() => this.undo(toast)}>${words.undo}</button>` : nothing}
        <button class="button icon-only" type="button" aria-label=${words.dismiss} @click=${() => this.end(toast)}>${icon('close')}</button>
      </div>`,
    )}</div>`;
  }
}

define('pacer-toasts', Toasts);

/** Tells something that needs no answer. */
export const tell = (text) => host.show({text});

/** Tells what failed, beside what it was about. */
export const tellFailure = (trouble) => host.show({text: trouble.detail ?? trouble.message, tone: 'bad'});

/** Tells what was done; `undo` takes it back, for ten seconds. For what the API can take back. */
export const done = (text, undo) => host.show({text, undo});

/**
 * Tells what is going to be done in ten seconds, and `undo` keeps it from being done. For what the API cannot take back: a report.
 * Leaving the page does it at once, so `commit` should ask with `keepalive: true`.
 */
export const soon = (text, {commit, undo}) => host.show({text, commit, undo});

/** Undoes the latest that can be. @return whether there was one */
export function undoLatest() {
  const latest = host.toasts.findLast((toast) => toast.undo);
  if (latest) {
    host.undo(latest);
  }
  return latest !== undefined;
}

/** Does now what waits to be undone. */
export const settle = () => Promise.allSettled((host?.toasts ?? []).filter((toast) => toast.commit).map((toast) => host.end(toast)));

addEventListener('pagehide', settle);
