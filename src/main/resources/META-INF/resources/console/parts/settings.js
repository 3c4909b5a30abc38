/** The settings of an account: what each is like, how it is shown and changed. Their words are in strings/…/settings.js. */
import {html, nothing, styles} from '../lit.js';
import {count} from '../format.js';
import {keepFocus} from './focus.js';
import {icon, segmented} from './ui.js';
import {locale, strings} from '../strings.js';
import {duration, milliseconds} from '../time.js';

const say = await strings('settings');
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const HOUR = 3_600_000;
const UNITS = {days: 24 * HOUR, hours: HOUR, minutes: HOUR / 60};
const OFFICE_HOURS = Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, ['09:00-17:00']]));

const numeral = (text) => (text === '' ? null : Number.isNaN(Number(text)) ? text : Number(text));
const orNull = (written) => (written.trim() === '' ? null : written.trim());

/*
 * The kinds of settings. `read` makes what the control holds of the API's value, `write` the other way round; `tell` says in words what
 * the control holds; `show` is the control.
 */
const text = {
  read: (value) => value ?? '',
  write: (state, setting) => (setting.isNeeded ? state : orNull(state)),
  tell: (state, {words}) => state || words.standard || say.none,
  show: ({tied, state, setting, write}) => html`<input id=${tied.id} aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} ?disabled=${tied.isFixed} maxlength=${setting.longest}
    autocomplete="off" spellcheck="false" .value=${state} @input=${(event) => write(event.target.value)}>`,
};

const zone = {
  ...text,
  show: ({tied, state, write}) => html`<input id=${tied.id} list="time-zones" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} ?disabled=${tied.isFixed} autocomplete="off" spellcheck="false"
    .value=${state} @input=${(event) => write(event.target.value)}><datalist id="time-zones">${['UTC', ...Intl.supportedValuesOf('timeZone')].map((name) => html`<option value=${name}></option>`)}</datalist>`,
};

const whole = {
  read: (value) => (value === null || value === undefined ? '' : String(value)),
  write: numeral,
  tell: (state, {words}) => (state === '' ? (words.standard ?? say.none) : Number.isNaN(Number(state)) ? state : count(Number(state))),
  show: ({tied, state, setting, write}) => html`<input class="short" id=${tied.id} type="number" inputmode="numeric" min=${setting.least} max=${setting.most} step="1" aria-describedby=${tied.describedBy}
    aria-invalid=${tied.invalid} ?disabled=${tied.isFixed} .value=${state} @input=${(event) => write(event.target.value)}>`,
};

const choice = {
  isGroup: true,
  read: (value) => value,
  write: (state) => state,
  tell: (state, {words}) => words.options[state] ?? state,
  show: ({name, tied, state, words, write}) =>
    tied.isFixed ? html`<p>${words.options[state]}</p>` : segmented({name: `setting-${name}`, label: words.label, value: state, options: Object.entries(words.options).map(([value, label]) => ({value, label})), onChange: write}),
};

const onOff = {
  read: (value) => Boolean(value),
  write: (state) => state,
  tell: (state) => (state ? say.on : say.off),
  show: ({tied, state, write}) => html`<div class="toggle"><input id=${tied.id} type="checkbox" role="switch" aria-describedby=${tied.describedBy} ?disabled=${tied.isFixed} .checked=${state}
    @change=${(event) => write(event.target.checked)}><span>${state ? say.on : say.off}</span></div>`,
};

const time = {
  ...text,
  show: ({tied, state, write}) => html`<input class="short" id=${tied.id} type="time" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} ?disabled=${tied.isFixed} .value=${state} @input=${(event) => write(event.target.value)}>`,
};

const span = {
  read(value) {
    const length = milliseconds(value);
    const unit = Object.keys(UNITS).find((candidate) => length % UNITS[candidate] === 0) ?? 'minutes';
    return {many: String(length / UNITS[unit]), unit};
  },
  write({many, unit}) {
    const value = numeral(many);
    return typeof value === 'number' ? (unit === 'days' ? `P${value}D` : `PT${value}${unit === 'hours' ? 'H' : 'M'}`) : value;
  },
  tell: ({many, unit}) => (numeral(many) === null || Number.isNaN(Number(many)) ? many : duration(Number(many) * UNITS[unit])),
  show: ({tied, state, setting, words, write}) => html`<span class="span"><input class="short" id=${tied.id} type="number" inputmode="numeric" min="0" step="1" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid}
      ?disabled=${tied.isFixed} .value=${state.many} @input=${(event) => write({...state, many: event.target.value})}>
    <select aria-label=${say.unitOf(words.label)} ?disabled=${tied.isFixed} @change=${(event) => write({...state, unit: event.target.value})}>${(setting.units ?? ['days', 'hours']).concat(
      (setting.units ?? ['days', 'hours']).includes(state.unit) ? [] : [state.unit]).map((unit) => html`<option value=${unit} .selected=${unit === state.unit}>${say.units[unit]}</option>`)}</select></span>`,
};

const warmUp = {
  isGroup: true,
  read: (value) => ({isOn: Boolean(value), start: String(value?.start ?? 20), step: String(value?.step ?? 10)}),
  write: ({isOn, start, step}) => (isOn ? {start: numeral(start), step: numeral(step)} : null),
  tell: ({isOn, start, step}, {words}) => (isOn ? words.told(start, step) : say.none),
  show({tied, state, words, write}) {
    const part = (key) => html`<label>${words[key]}<input class="short" type="number" min="1" max="200" inputmode="numeric" aria-invalid=${tied.invalid} ?disabled=${tied.isFixed} .value=${state[key]}
      @input=${(event) => write({...state, [key]: event.target.value})}></label>`;
    return html`<div class="toggle"><input id=${tied.id} type="checkbox" role="switch" ?disabled=${tied.isFixed} .checked=${state.isOn} @change=${(event) => write({...state, isOn: event.target.checked})}>
      <label for=${tied.id}>${words.isOn}</label></div>${state.isOn ? html`<div class="pair">${part('start')}${part('step')}</div>` : nothing}`;
  },
};

const several = {
  isGroup: true,
  read: (value) => value ?? [],
  write: (state) => state,
  tell: (state, {words}) => state.map((code) => words.options[code] ?? code).join(', ') || say.none,
  show: ({tied, state, words, write}) => html`<div class="checks">${Object.entries(words.options).map(
    ([code, label]) => html`<label><input type="checkbox" ?disabled=${tied.isFixed} .checked=${state.includes(code)}
      @change=${(event) => write(Object.keys(words.options).filter((one) => (one === code ? event.target.checked : state.includes(one))))}> ${label}</label>`,
  )}</div>`,
};

const longDate = new Intl.DateTimeFormat(locale, {timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric'});

const dates = {
  isGroup: true,
  read: (value) => value ?? [],
  write: (state) => state,
  tell: (state, {words}) => (state.length === 0 ? say.none : state.length > 2 ? words.many(state.length) : state.map((one) => longDate.format(new Date(`${one}T12:00:00Z`))).join(', ')),
  show({tied, state, words, write}) {
    const add = (event) => {
      const input = event.target.closest('.dates').querySelector('input');
      if (input.value && !state.includes(input.value)) {
        write([...state, input.value].sort());
        input.value = '';
      }
    };
    const drop = (event, one) => {
      const page = event.target.closest('pacer-settings-page');
      write(state.filter((other) => other !== one));
      keepFocus(page, '.dates li:last-child button', '.dates input');
    };
    return html`<div class="dates">${tied.isFixed ? nothing : html`<span class="span"><input id=${tied.id} type="date" aria-label=${words.date} aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid}
        @keydown=${(event) => event.key === 'Enter' && (event.preventDefault(), add(event))}><button class="button" type="button" @click=${add}>${words.add}</button></span>`}
      ${state.length ? html`<ul>${state.map((one) => {
        const date = longDate.format(new Date(`${one}T12:00:00Z`));
        return html`<li>${date}${tied.isFixed ? nothing : html`<button class="button icon-only" type="button" aria-label=${words.drop(date)} @click=${(event) => drop(event, one)}>${icon('close')}</button>`}</li>`;
      })}</ul>` : nothing}</div>`;
  },
};

const minutes = (clock) => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(clock.trim()) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
};

/** The spans of "09:00-12:00, 13:00-17:00" in minutes; those past midnight end after 1,440. What is no span is left out. */
const spansOf = (written) =>
  written.split(',').map((one) => one.split('-').map(minutes)).filter(([from, to]) => from !== null && to !== null && to !== undefined).map(([from, to]) => [from, to <= from ? to + 1440 : to]);

const MOST_GROUPS = 3;
const A_MONDAY = Date.UTC(2026, 10, 23, 12);
const shortDay = (i) => new Intl.DateTimeFormat(locale, {timeZone: 'UTC', weekday: 'short'}).format(A_MONDAY + i * 24 * HOUR);

const hours = {
  isGroup: true,
  read: (value) => Object.fromEntries(DAYS.map((day) => [day, (value?.[day] ?? []).join(', ')])),
  write: (state) => Object.fromEntries(DAYS.map((day) => [day, state[day].split(',').map((one) => one.trim().replace(/\s*-\s*/, '-')).filter(Boolean)]).map(([day, spans]) => [day, spans.length ? spans : null])),
  tell(state, {words}) {
    const groups = [];
    DAYS.forEach((day, i) => {
      const last = groups.at(-1);
      if (state[day] && last?.written === state[day] && last.to === i - 1) {
        last.to = i;
      } else if (state[day]) {
        groups.push({from: i, to: i, written: state[day]});
      }
    });
    if (groups.length <= MOST_GROUPS) {
      return groups.map(({from, to, written}) => words.on(shortDay(from), from === to ? null : shortDay(to), written)).join('; ') || say.none;
    }
    const sum = DAYS.flatMap((day) => spansOf(state[day])).reduce((all, [from, to]) => all + to - from, 0);
    return words.total(count(Math.round(sum / 60)));
  },
  show({tied, state, words, write}) {
    const bars = (day) => spansOf(state[day]).map(([from, to]) => html`<i ${styles({'--from': from / 1440, '--to': Math.min(1440, to) / 1440})}></i>`);
    return html`<div class="hours">${DAYS.map(
      (day) => html`<label for="hours-${day}">${words.days[day]}</label><input id="hours-${day}" autocomplete="off" placeholder="–" aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} ?disabled=${tied.isFixed}
        .value=${state[day]} @input=${(event) => write({...state, [day]: event.target.value})}><span class="hours-bar" aria-hidden="true">${bars(day)}</span>`,
    )}</div>${tied.isFixed ? nothing : html`<button class="link" type="button" @click=${() => write({...state, ...Object.fromEntries(DAYS.slice(1, 5).map((day) => [day, state.MONDAY]))})}>${words.copy}</button>`}`;
  },
};

const endpoint = {
  ...text,
  show: ({tied, state, words, endpoints, write}) =>
    endpoints?.length || state
      ? html`<select id=${tied.id} aria-describedby=${tied.describedBy} aria-invalid=${tied.invalid} ?disabled=${tied.isFixed} @change=${(event) => write(event.target.value)}><option value="">${words.choose}</option>
          ${[...new Set([...(endpoints ?? []).map((one) => one.endpoint ?? one.name), state])].filter(Boolean).map((one) => html`<option value=${one} .selected=${one === state}>${one}</option>`)}</select>`
      : html`<p class="quiet" id=${tied.id}>${words.nothing}</p>`,
};

const between = (least, most) => ({least, most, limits: () => say.between(count(least), count(most))});
const lasting = (least, most, units) => ({units, limits: () => say.between(duration(least), duration(most))});

/** Every setting: its kind, its limits, and its default, which is left out where there is none. */
export const SETTINGS = {
  name: {kind: text, isNeeded: true, longest: 200, limits: () => say.characters(count(200))},
  tier: {kind: choice, standard: 'BASIC'},
  channel: {kind: choice, standard: 'INBOX'},
  endpoint: {kind: endpoint, longest: 63, isFor: (of) => of('channel') === 'WEBHOOK'},
  linkedinToken: {kind: text, longest: 63, standard: null, isFor: (of) => of('channel') === 'LINKEDIN'},
  weeklyCap: {kind: whole, ...between(1, 200), standard: 100},
  spread: {kind: choice, standard: 'WEEK'},
  burst: {kind: whole, ...between(1, 10), standard: 1},
  dailyCap: {kind: whole, ...between(1, 200), standard: null},
  warmUp: {kind: warmUp, standard: null, limits: () => say.between(count(1), count(200))},
  adaptive: {kind: onOff, standard: false},
  followsPerDay: {kind: whole, ...between(0, 50), standard: 0},
  timeZone: {kind: zone, standard: 'UTC'},
  activeHours: {kind: hours, standard: OFFICE_HOURS, undo: (value) => Object.fromEntries(DAYS.map((day) => [day, value[day] ?? null]))},
  restDays: {kind: dates, standard: []},
  pendingThreshold: {kind: whole, ...between(1, 5_000), standard: 500},
  openTaskLimit: {kind: whole, ...between(1, 5_000), standard: 50},
  noteQuota: {kind: whole, ...between(0, 1_000), standard: null},
  onNoteQuota: {kind: choice, standard: 'HOLD'},
  refuseAdvice: {kind: several, standard: []},
  onCooldown: {kind: choice, standard: 'REFUSE'},
  secondTry: {kind: onOff, standard: false},
  group: {kind: text, longest: 63, standard: null},
  groupWindow: {kind: span, ...lasting('PT0S', 'P730D'), standard: 'P90D'},
  withdrawAfter: {kind: span, ...lasting('P1D', 'P179D'), standard: 'P30D'},
  withdrawAt: {kind: time, standard: '03:00'},
  withdrawalsPerNight: {kind: whole, ...between(0, 1_000), standard: 50},
  withdrawOver: {kind: span, ...lasting('PT0S', 'PT12H', ['hours', 'minutes']), standard: 'PT4H'},
  cooldown: {kind: span, ...lasting('PT0S', 'P365D'), standard: 'P21D'},
};

/** In which order they stand, as docs/reference/account-settings.md has them. */
export const SECTIONS = [
  ['who', ['name', 'tier', 'channel', 'endpoint', 'linkedinToken']],
  ['fast', ['weeklyCap', 'spread', 'burst', 'dailyCap', 'warmUp', 'adaptive', 'followsPerDay']],
  ['when', ['timeZone', 'activeHours', 'restDays']],
  ['many', ['pendingThreshold', 'openTaskLimit']],
  ['notes', ['noteQuota', 'onNoteQuota', 'refuseAdvice']],
  ['twice', ['onCooldown', 'secondTry', 'group', 'groupWindow']],
  ['clean', ['withdrawAfter', 'withdrawAt', 'withdrawalsPerNight', 'withdrawOver', 'cooldown']],
];

/** What a control's state of a setting says in words. */
export const told = (name, state) => SETTINGS[name].kind.tell(state, {words: say.settings[name]});

/** The merge patch that makes `draft`, controls' states by setting, of the account's settings. */
export function changesOf(settings, draft) {
  const changes = {};
  for (const [name, state] of Object.entries(draft)) {
    const setting = SETTINGS[name];
    const value = setting.kind.write(state, setting);
    if (JSON.stringify(value) !== JSON.stringify(setting.kind.write(setting.kind.read(settings[name]), setting))) {
      changes[name] = value;
    }
  }
  // Only the channel WEBHOOK has an endpoint, and no other may.
  if (changes.channel && changes.channel !== 'WEBHOOK' && settings.endpoint) {
    changes.endpoint = null;
  }
  return changes;
}

/** The control of a setting, with what ties it to its label, help and error. */
export function control({name, state, error, isFixed, endpoints, write}) {
  const setting = SETTINGS[name];
  const words = say.settings[name];
  const tied = {id: `setting-${name}`, describedBy: `setting-${name}-help${error ? ` setting-${name}-error` : ''}`, invalid: error ? 'true' : 'false', isFixed};
  const shown = setting.kind.show({name, tied, state, setting, words, endpoints, write});
  return setting.kind.isGroup ? html`<div role="group" aria-labelledby="label-${name}" aria-describedby=${tied.describedBy}>${shown}</div>` : shown;
}
