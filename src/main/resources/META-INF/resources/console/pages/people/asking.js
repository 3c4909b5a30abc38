/** The dialogs about a person: why they are never to be invited, and whether they are really to be erased. */
import {html, nothing} from '../../lit.js';
import * as dialog from '../../parts/dialog.js';
import {field, formFailure} from '../../parts/ui.js';
import {strings} from '../../strings.js';

const say = await strings('people');

/** @return the reason, perhaps empty; with `withProfile` `{profile, reason}`; undefined if it was thought better of */
export function askWhy({title, lead, withProfile = false}) {
  const said = {profile: '', reason: ''};
  let error;
  let asked;
  const submit = (event, close) => {
    event.preventDefault();
    error = withProfile && !said.profile.trim() ? say.list.profileMissing : undefined;
    if (error) {
      asked.refresh();
    } else {
      close(withProfile ? {profile: said.profile.trim(), reason: said.reason.trim()} : said.reason.trim());
    }
  };
  asked = dialog.open({
    title,
    content: (close) => html`<form class="asking" novalidate @submit=${(event) => submit(event, close)}><p>${lead}</p>
      ${withProfile ? field({id: 'suppress-profile', label: say.list.profile, help: say.list.profileHelp, error}, (tied) => html`<input id=${tied.id} autofocus autocomplete="off" spellcheck="false" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} @input=${(event) => (said.profile = event.target.value)}>`) : nothing}
      ${field({id: 'suppress-reason', label: say.suppressing.reason, help: say.suppressing.reasonHelp, isOptional: true}, (tied) => html`<input id=${tied.id} ?autofocus=${!withProfile} maxlength="200" autocomplete="off" aria-describedby=${tied.describedBy} @input=${(event) => (said.reason = event.target.value)}>`)}
      <div class="actions"><button class="button primary" type="submit">${say.suppressing.go}</button></div></form>`,
  });
  return asked;
}

const plain = (text) => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** @return what the erasure came to, or undefined if it was thought better of */
export function askForErasure({name, invitations, pending, isSuppressed, erase}) {
  const said = {name: '', isToSuppress: true};
  let error;
  let trouble;
  let isBusy = false;
  let asked;
  const submit = async (event, close) => {
    event.preventDefault();
    error = plain(said.name) === plain(name) ? undefined : say.erasing.mismatch;
    trouble = undefined;
    isBusy = !error;
    asked.refresh();
    if (error) {
      return;
    }
    try {
      close(await erase(said.isToSuppress));
    } catch (failed) {
      trouble = failed;
      isBusy = false;
      asked.refresh();
    }
  };
  asked = dialog.open({
    title: say.erasing.title(name),
    content: (close) => html`<form class="asking erasing" novalidate @submit=${(event) => submit(event, close)}>
      ${pending ? html`<p class="pending">${say.erasing.pending(pending)}</p>` : nothing}
      <section><h3>${say.erasing.what}</h3><ul>${say.erasing.erases(invitations).map((what) => html`<li>${what}</li>`)}</ul></section>
      <section><h3>${say.erasing.kept}</h3><ul>${say.erasing.keeps.map(([what, why]) => html`<li>${what} <small>${why}</small></li>`)}</ul></section>
      ${isSuppressed ? nothing : html`<label class="check"><input type="checkbox" .checked=${said.isToSuppress} @change=${(event) => (said.isToSuppress = event.target.checked)}><span>${say.erasing.suppress}<small>${say.erasing.suppressHelp}</small></span></label>`}
      ${field({id: 'erase-name', label: say.erasing.type(name), help: say.erasing.final, error}, (tied) => html`<input id=${tied.id} autofocus autocomplete="off" spellcheck="false" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} @input=${(event) => (said.name = event.target.value)}>`)}
      ${formFailure(trouble)}
      <div class="actions"><button class="button danger" type="submit" ?disabled=${isBusy}>${say.erasing.go}</button></div></form>`,
  });
  return asked;
}
