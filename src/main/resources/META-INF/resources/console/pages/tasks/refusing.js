/** Asks why a task could not be done: a number, or a click. */
import {html} from '../../lit.js';
import * as dialog from '../../parts/dialog.js';
import {field} from '../../parts/ui.js';
import {strings} from '../../strings.js';
import {instantOf} from '../../time.js';

const say = await strings('tasks');

const REASONS = {
  SEND: ['ALREADY_CONNECTED', 'ALREADY_INVITED', 'WEEKLY_LIMIT', 'NOTE_QUOTA', 'COOLDOWN', 'RESTRICTED', 'FAILED'],
  WITHDRAW: ['ACCEPTED', 'EXPIRED', 'NOT_WITHDRAWN'],
};
const REFUSALS = ['ALREADY_CONNECTED', 'ALREADY_INVITED', 'WEEKLY_LIMIT', 'NOTE_QUOTA', 'COOLDOWN', 'RESTRICTED'];
const DATED = ['WEEKLY_LIMIT', 'NOTE_QUOTA', 'COOLDOWN', 'RESTRICTED'];

/** @return the report, or undefined if it was thought better of; dates are the account's, in `timeZone` */
export function whyNot({kind, name, timeZone}) {
  const said = {until: '', detail: ''};
  const report = (reason) => ({
    ...(REFUSALS.includes(reason) ? {type: 'REFUSED', refusal: reason} : {type: reason}),
    ...(said.until && DATED.includes(reason) ? {until: instantOf(...said.until.split('T'), timeZone)} : {}),
    ...(said.detail.trim() ? {detail: said.detail.trim()} : {}),
  });
  const pressed = (event, close) => {
    const reason = REASONS[kind][Number(event.key) - 1];
    if (reason && !event.target.closest('input') && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      close(report(reason));
    }
  };
  return dialog.open({
    title: say.refusing.title(name),
    content: (close) => html`<div class="refusing" @keydown=${(event) => pressed(event, close)}>
      <p class="quiet">${say.refusing.hint}</p>
      <ol class="reasons">${REASONS[kind].map(
        (reason, i) => html`<li><button type="button" ?autofocus=${i === 0} @click=${() => close(report(reason))}><kbd>${i + 1}</kbd><span><b>${say.refusals[reason][0]}</b><small>${say.refusals[reason][1]}</small></span></button></li>`,
      )}</ol>
      <details><summary>${say.refusing.more}</summary><div class="remarks">
        ${kind === 'SEND' ? field({id: 'until', label: say.refusing.until, help: say.refusing.untilHelp(timeZone), isOptional: true}, (tied) => html`<input type="datetime-local" id=${tied.id} aria-describedby=${tied.describedBy} @input=${(event) => (said.until = event.target.value)}>`) : ''}
        ${field({id: 'detail', label: say.refusing.detail, help: say.refusing.detailHelp, isOptional: true}, (tied) => html`<input id=${tied.id} maxlength="1000" autocomplete="off" aria-describedby=${tied.describedBy} @input=${(event) => (said.detail = event.target.value)}>`)}
      </div></details></div>`,
  });
}

/** What a report says, in words, for the toast. */
export const wordsOf = ({type, refusal}) => say.refusals[refusal ?? type]?.[0];
