import {html, render} from '../lit.js';
import {strings} from '../strings.js';
import {icon} from './ui.js';
import {onSession} from '../session.js';

const words = (await strings('words')).parts;
let ids = 0;

/**
 * Opens a native dialog, which holds the focus and gives it back. `content` is a function of `close`, which ends the dialog with a
 * value; Esc ends it with undefined, and so does going to another page.
 *
 * @return what it was closed with, and `refresh` on the promise, which renders the content anew
 */
export function open({title, content, size = ''}) {
  const dialog = document.createElement('dialog');
  const label = `dialog-${++ids}`;
  dialog.className = `dialog ${size}`;
  dialog.setAttribute('aria-labelledby', label);
  document.body.append(dialog);
  let answer;
  const close = (value) => {
    answer = value;
    dialog.close();
  };
  const draw = () =>
    render(
      html`<header><h2 id=${label}>${title}</h2><button class="button icon-only" type="button" aria-label=${words.close} @click=${() => close()}>${icon('close')}</button></header>
        <div class="body">${content(close)}</div>`,
      dialog,
    );
  // It is of this page, and of whoever is signed in.
  const left = new AbortController();
  addEventListener('hashchange', () => close(), {signal: left.signal});
  onSession(() => close(), left.signal);
  const closed = new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      left.abort();
      dialog.remove();
      resolve(answer);
    });
    dialog.addEventListener('click', (event) => event.target === dialog && close());
  });
  draw();
  dialog.showModal();
  closed.refresh = draw;
  return closed;
}
