import {html, ifDefined, nothing} from '../lit.js';
import * as dialog from './dialog.js';
import {field, formFailure} from './ui.js';
import {strings} from '../strings.js';
import {clock, dateOf, instantOf, when} from '../time.js';

const say = await strings('queue');
const LONGEST_NOTE = {BASIC: 200, PREMIUM: 300};

/** A person as lists call them. */
export const nameOf = (row) => [row.firstName, row.lastName].filter(Boolean).join(' ') || row.profile || say.erased;

/**
 * Edits a queued draft in a dialog, which stays open until `save(change)`, a call of the API, has taken it.
 *
 * @return what was changed, or undefined
 */
export function editDraft({draft, settings, campaigns, save}) {
  const zone = settings.timeZone;
  const local = (instant) => (instant ? {date: dateOf(instant, zone), time: timeOf(instant, zone)} : {date: '', time: ''});
  const form = {
    note: draft.template ? '' : (draft.note ?? ''), campaign: draft.campaign ?? '', priority: String(draft.priority), notBefore: local(draft.notBefore), lapsesAt: local(draft.lapsesAt),
  };
  const first = structuredClone(form);
  let trouble;
  let isBusy = false;
  const isSame = (name) => JSON.stringify(form[name]) === JSON.stringify(first[name]);
  const instant = ({date, time}) => (date ? instantOf(date, time || '00:00', zone) : null);
  const change = () => ({
    ...(!isSame('note') && {note: form.note.trim() || null}),
    ...(!isSame('campaign') && {campaign: form.campaign.trim() || null}),
    ...(!isSame('priority') && {priority: form.priority.trim() === '' || Number.isNaN(Number(form.priority)) ? form.priority : Number(form.priority)}),
    ...(!isSame('notBefore') && {notBefore: instant(form.notBefore)}),
    ...(!isSame('lapsesAt') && {lapsesAt: instant(form.lapsesAt)}),
  });
  const submit = async (event, close) => {
    event.preventDefault();
    const changed = change();
    if (!Object.keys(changed).length) {
      close();
      return;
    }
    isBusy = true;
    opened.refresh();
    try {
      await save(changed);
      close(changed);
    } catch (refused) {
      trouble = refused;
      isBusy = false;
      opened.refresh();
      document.querySelector('dialog [aria-invalid=true]')?.focus();
    }
  };
  const most = LONGEST_NOTE[settings.tier];
  const write = (name) => (event) => {
    form[name] = event.target.value;
    opened.refresh();
  };
  const moment = (name, label, help) => html`<fieldset class="field ${trouble?.of(name) ? 'wrong' : ''}"><legend>${label}</legend><div class="moment">
      <input type="date" aria-label="${label}: ${say.form.date}" aria-describedby="draft-${name}-help" .value=${form[name].date} @input=${(event) => (form[name].date = event.target.value)}>
      <input type="time" aria-label="${label}: ${say.form.time}" .value=${form[name].time} @input=${(event) => (form[name].time = event.target.value)}></div>
    <p class="help" id="draft-${name}-help">${help}</p>${trouble?.of(name) ? html`<p class="error">${trouble.of(name)}</p>` : nothing}</fieldset>`;
  const opened = dialog.open({
    title: nameOf(draft),
    content: (close) => html`<form class="form" novalidate @submit=${(event) => submit(event, close)}>
      ${facts(draft, zone)}
      ${draft.advice?.length ? html`<section class="advice"><h3>${say.form.advice}</h3><ul>${draft.advice.map((one) => html`<li>${one.message}</li>`)}</ul></section>` : nothing}
      ${field({id: 'draft-note', label: say.form.note, help: draft.template && !form.note ? say.form.noteOfTemplate(draft.template) : say.form.noteHelp(most - form.note.length), error: trouble?.of('note')},
        (tied) => html`<textarea id=${tied.id} autofocus rows="4" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} placeholder=${ifDefined((draft.template && draft.note) || undefined)} .value=${form.note} @input=${write('note')}></textarea>`)}
      <div class="two">
        ${field({id: 'draft-campaign', label: say.form.campaign, help: say.form.campaignHelp, error: trouble?.of('campaign')},
          (tied) => html`<input id=${tied.id} list="draft-campaigns" autocomplete="off" maxlength="63" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} .value=${form.campaign} @input=${write('campaign')}>
            <datalist id="draft-campaigns">${campaigns.filter(({name}) => name !== '-').map(({name}) => html`<option value=${name}></option>`)}</datalist>`)}
        ${field({id: 'draft-priority', label: say.form.priority, help: say.form.priorityHelp, error: trouble?.of('priority')},
          (tied) => html`<input id=${tied.id} type="number" min="-10" max="10" step="1" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} .value=${form.priority} @input=${write('priority')}>`)}
        ${moment('notBefore', say.form.notBefore, say.form.notBeforeHelp(zone))}
        ${moment('lapsesAt', say.form.lapsesAt, say.form.lapsesAtHelp)}
      </div>
      ${formFailure(trouble)}
      <div class="actions"><button class="button primary" type="submit" ?disabled=${isBusy}>${say.form.save}</button></div></form>`,
  });
  return opened;
}

function facts(draft, zone) {
  const {facts: names} = say.form;
  const rows = [
    [names.goes, draft.estimatedReleaseAt ? when(draft.estimatedReleaseAt, zone) : say.notForeseen],
    [names.profile, draft.profileUrl && html`<a href=${draft.profileUrl} target="_blank" rel="noopener noreferrer">${draft.profile}</a>`],
    [names.headline, draft.headline],
    [names.company, draft.company],
    [names.degree, say.form.degree(draft.degree)],
    [names.source, draft.source],
    [names.queued, when(draft.queuedAt, zone, clock)],
  ];
  return html`<dl class="facts">${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

const timeOf = (instant, zone) => new Intl.DateTimeFormat('en-GB', {timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(new Date(instant));
