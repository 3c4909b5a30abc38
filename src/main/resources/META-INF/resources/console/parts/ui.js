/** The small parts that hold no state: functions that answer a template. Those that do are elements, beside this file. */
import {html, nothing, svg, styles} from '../lit.js';
import {strings} from '../strings.js';
import {count} from '../format.js';

const words = await strings('words');

const ICONS = {
  overview: svg`<path d="M3 5h14M3 10h9M3 15h11"/>`,
  tasks: svg`<path d="m3 6 1.5 1.5L7 4.5M3 13.500l1.500 1.500L7 12M10.500 6H17M10.500 14H17"/>`,
  import: svg`<path d="M10 3v9m0 0 3.500-3.500M10 12 6.500 8.500M3.500 14v2.500h13V14"/>`,
  withdrawals: svg`<path d="M7.500 5 4 8.500 7.500 12M4.500 8.500H12a4 4 0 0 1 0 8H8"/>`,
  people: svg`<circle cx="10" cy="7" r="3"/><path d="M4 17c.6-3.300 3-5 6-5s5.400 1.700 6 5"/>`,
  search: svg`<circle cx="9" cy="9" r="5"/><path d="m13 13 4 4"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  copy: svg`<rect x="7" y="7" width="9.500" height="9.500" rx="2"/><path d="M13 7V5.500A2 2 0 0 0 11 3.500H5.500a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7"/>`,
  tick: svg`<path d="m4 10.500 4 4 8-9"/>`,
  light: svg`<circle cx="10" cy="10" r="3.500"/><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.300 4.300l1.400 1.400M14.300 14.300l1.400 1.400M4.300 15.700l1.400-1.400M14.300 5.700l1.400-1.400"/>`,
  dark: svg`<path d="M16.500 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500Z"/>`,
  system: svg`<circle cx="10" cy="10" r="6.500"/><path d="M10 3.500v13A6.500 6.500 0 0 0 10 3.500Z" fill="currentColor"/>`,
  pause: svg`<path d="M7 5v10M13 5v10"/>`,
  resume: svg`<path d="M7 4.500v11l8-5.500Z"/>`,
  left: svg`<path d="m12 5-5 5 5 5"/>`,
  right: svg`<path d="m8 5 5 5-5 5"/>`,
  up: svg`<path d="m5 12 5-5 5 5"/>`,
  down: svg`<path d="m5 8 5 5 5-5"/>`,
  edit: svg`<path d="m4 16 .8-3.200L13.500 4l2.500 2.500-8.700 8.700ZM11.800 5.800l2.400 2.400"/>`,
  chevron: svg`<path d="m6 8 4 4 4-4"/>`,
};

/** A drawn sign, 20 px, hidden from screen readers: beside it there is always a word or a label. */
export const icon = (name) =>
  html`<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${ICONS[name]}</svg>`;

const SHAPES = {
  good: svg`<circle cx="6" cy="6" r="4.500"/>`,
  info: svg`<circle cx="6" cy="6" r="3.800" fill="none" stroke="currentColor" stroke-width="1.800"/>`,
  warning: svg`<path d="M6 1.300 11.200 10.500H.8Z"/>`,
  bad: svg`<rect x="1.800" y="1.800" width="8.400" height="8.400" rx="1.200"/>`,
  idle: svg`<path d="M3 2.200h2v7.600H3zM7 2.200h2v7.600H7z"/>`,
};

/** A state: a shape, a colour and a word. `tone` is good, info, warning, bad or idle. */
export const badge = (word, tone = 'info', title) =>
  html`<span class="badge ${tone}" title=${title ?? nothing}><svg viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">${SHAPES[tone]}</svg>${word}</span>`;

const TONES = {
  QUEUED: 'info', RELEASED: 'info', PENDING: 'info', WITHDRAWING: 'warning', WITHDRAWN: 'idle', ACCEPTED: 'good', DECLINED: 'bad', EXPIRED: 'idle', FAILED: 'bad',
  CANCELLED: 'idle', LAPSED: 'idle',
};

/** The state of an invitation. */
export const invitationState = (state) => badge(words.states[state] ?? state, TONES[state]);

/** How much of the most there may be: a number and a bar. From 90 % on it is marked, and full ones more so. */
export function meter(value, most, label) {
  const share = most > 0 ? Math.min(1, value / most) : value > 0 ? 1 : 0;
  return html`<div class="meter ${share >= 1 ? 'full' : share >= 0.9 ? 'near' : ''}" role="meter" aria-label=${label} aria-valuemin="0" aria-valuenow=${Math.min(value, most)}
      aria-valuemax=${most} aria-valuetext=${words.parts.ofMost(count(value), count(most))} title=${label}>
    <span class="figures"><b>${count(value)}</b> / ${count(most)}</span><span class="track"><i ${styles({'--share': share})}></i></span>
  </div>`;
}

/** How far something is, `done` of `of`; without `of`, that it runs. */
export const progress = (done, of, label) =>
  html`<div class="progress"><progress .value=${of ? done : nothing} max=${of || 1} aria-label=${label}></progress><span>${of ? words.parts.ofMost(count(done), count(of)) : label}</span></div>`;

/**
 * A labelled input with its help and what is wrong with it. `control` gets the attributes that tie them together:
 * `field({id: 'name', label: say.name, help: say.nameHelp, error}, (tied) => html`<input id=${tied.id} aria-describedby=${tied.describedBy} …>`)`.
 */
export function field({id, label, help, error, isOptional}, control) {
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || nothing;
  return html`<div class="field ${error ? 'wrong' : ''}">
    <label for=${id}>${label}${isOptional ? html` <span class="quiet">${words.parts.optional}</span>` : nothing}</label>
    ${control({id, describedBy, invalid: error ? 'true' : 'false'})}
    ${help ? html`<p class="help" id="${id}-help">${help}</p>` : nothing}
    ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
  </div>`;
}

/** One of a few: radio buttons that look like one control. */
export const segmented = ({name, label, value, options, onChange}) =>
  html`<fieldset class="segmented"><legend class="hidden">${label}</legend>
    ${options.map(
      (option) => html`<label><input type="radio" name=${name} value=${option.value} .checked=${option.value === value} @change=${() => onChange(option.value)}><span>${option.label}</span></label>`,
    )}</fieldset>`;

/** On or off, at once. */
export const toggle = ({id, label, help, isOn, onChange}) =>
  html`<div class="toggle"><input type="checkbox" role="switch" id=${id} .checked=${isOn} aria-describedby=${help ? `${id}-help` : nothing} @change=${(event) => onChange(event.target.checked)}>
    <label for=${id}>${label}</label>${help ? html`<p class="help" id="${id}-help">${help}</p>` : nothing}</div>`;

/** Nothing here, and what to do first. */
export const empty = ({title, lead, action, art}) =>
  html`<section class="empty">${art ?? dots()}<h2>${title}</h2><p>${lead}</p>${action ? html`<div class="actions">${action}</div>` : nothing}</section>`;

/** The sign of the product: evenly paced dots, one of them going. */
export const dots = () =>
  html`<svg class="dots" viewBox="0 0 180 24" aria-hidden="true">${[0, 1, 2, 3, 4, 5, 6].map((i) => svg`<circle cx=${12 + i * 26} cy="12" r=${i === 3 ? 8 : 4} class=${i < 3 ? 'gone' : i === 3 ? 'going' : 'waiting'}></circle>`)}</svg>`;

const sentenceOf = (trouble) =>
  words.failures[trouble.code] && trouble.status < 500 && trouble.status !== 403 ? words.failures[trouble.code] : (trouble.detail ?? words.failures[trouble.status === 403 ? 'forbidden' : 'internal']);

/** What went wrong, in the API's own sentence or ours, and what to do now. */
export const failure = (trouble, retry) =>
  html`<section class="failure" role="alert"><h2>${trouble.title ?? words.failures.title}</h2><p>${sentenceOf(trouble)}</p>
    ${retry ? html`<button class="button" type="button" @click=${retry}>${words.parts.retry}</button>` : nothing}</section>`;

/** Whether `trouble` stands in the place of what a page has `shown`: there is nothing yet, or trying again does not help. */
export const isInTheWay = (trouble, shown) => Boolean(trouble) && !(shown && trouble.isPassing);

/** What a page has `shown` stays where it could not be read anew: above it, why, and a way to try again. */
export const behind = (trouble, retry, shown) =>
  trouble && !isInTheWay(trouble, shown)
    ? html`<div class="behind" role="status"><p><b>${words.parts.behind}</b> ${sentenceOf(trouble)}</p><button class="button" type="button" @click=${retry}>${words.parts.retry}</button></div>`
    : nothing;

/** What a form's request came to, above its button: everything that no field tells. */
export const formFailure = (trouble) =>
  trouble ? html`<p class="error" role="alert">${trouble.violations?.length ? words.parts.fix : (words.failures[trouble.code] ?? trouble.detail)}</p>` : nothing;

/** Grey lines where text is going to be. */
export const skeleton = (lines = 6) =>
  html`<div class="skeleton" role="status"><span class="hidden">${words.parts.loading}</span>${Array.from({length: lines}, (_, i) => html`<i class="w${i % 4}"></i>`)}</div>`;
