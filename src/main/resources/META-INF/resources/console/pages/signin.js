import {Part, define, html} from '../lit.js';
import {dots, field} from '../parts/ui.js';
import {signIn} from '../session.js';
import {strings} from '../strings.js';

const {signIn: say} = await strings('shell');

class SignIn extends Part {
  static properties = {error: {state: true}, isBusy: {state: true}};

  arrived() {
    this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  async #submit(event) {
    event.preventDefault();
    const key = new FormData(event.target).get('key').trim();
    if (!key) {
      this.error = say.missing;
      return;
    }
    this.isBusy = true;
    try {
      await signIn(key);
    } catch (trouble) {
      this.error = trouble.status === 401 || trouble.status === 403 ? say.refused : trouble.detail;
    } finally {
      this.isBusy = false;
    }
  }

  template() {
    return html`<main class="sign-in"><form class="card" @submit=${this.#submit} novalidate>
      ${dots()}<h1>${say.title}</h1><p class="quiet">${say.lead}</p>
      ${field({id: 'key', label: say.key, help: say.help, error: this.error}, (tied) => html`<input id=${tied.id} name="key" type="password" autocomplete="current-password" spellcheck="false" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid}>`)}
      <button class="button primary" type="submit" ?disabled=${this.isBusy}>${say.submit}</button></form></main>`;
  }
}

define('pacer-signin-page', SignIn);
