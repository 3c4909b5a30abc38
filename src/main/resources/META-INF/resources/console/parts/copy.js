import {Part, define, html} from '../lit.js';
import {strings} from '../strings.js';
import {icon} from './ui.js';

const words = (await strings('words')).parts;

/** Copies `text` and says so: `<pacer-copy .text=${note} .label=${say.copyNote}></pacer-copy>`. */
class Copy extends Part {
  static properties = {text: {attribute: false}, label: {attribute: false}, isCopied: {state: true}};

  async copy() {
    await navigator.clipboard.writeText(this.text);
    this.isCopied = true;
    setTimeout(() => (this.isCopied = false), 2000);
  }

  template() {
    return html`<button class="button" type="button" @click=${() => this.copy()}>${icon(this.isCopied ? 'tick' : 'copy')}<span aria-live="polite">${this.isCopied ? words.copied : (this.label ?? words.copy)}</span></button>`;
  }
}

define('pacer-copy', Copy);
