import {Part, define, html, nothing} from '../lit.js';
import {part, post} from '../api.js';
import {count} from '../format.js';
import * as dialog from './dialog.js';
import {done, soon, tellFailure} from './toasts.js';
import {field, icon} from './ui.js';
import {can} from '../session.js';
import {locale, strings} from '../strings.js';
import {dateAfter, dateOf, duration, instantOf, milliseconds, now, when} from '../time.js';

const say = await strings('pace');

/** "on Tuesday at 9:24", "today at 9:24": an instant as a sentence has it, in `zone`. */
export function spoken(instant, zone) {
  const at = new Date(instant);
  const format = (options) => new Intl.DateTimeFormat(locale, {timeZone: zone, ...options}).format(at);
  const time = format({hour: 'numeric', minute: '2-digit'});
  if (dateOf(at, zone) === dateOf(now(), zone)) {
    return say.spoken.today(time);
  }
  if (dateOf(at, zone) === dateAfter(now(), zone)) {
    return say.spoken.tomorrow(time);
  }
  return Math.abs(at - now()) < 6 * 86_400_000
    ? say.spoken.weekday(format({weekday: 'long'}), time)
    : say.spoken.date(format({day: 'numeric', month: 'long'}), time);
}

/** What the pacer does now and why, of an answer of `/pacing`. */
export function doing(pacing, zone, {pauseReason} = {}) {
  const at = (instant) => when(instant, zone, spoken);
  const every = pacing.interval ? say.every(duration(pacing.interval)) : '';
  const {reason, until, nextReleaseAt} = pacing;
  switch (reason ?? 'RELEASE') {
    case 'RELEASE':
      return say.doing.RELEASE(every);
    case 'PAUSED':
      return until ? say.doing.PAUSED_UNTIL(at(until), pauseReason) : say.doing.PAUSED(pauseReason);
    case 'RESTRICTED':
      return say.doing.RESTRICTED(at(until));
    case 'NOTHING_ELIGIBLE':
      return until ? say.doing.NOTHING_ELIGIBLE_UNTIL(at(until)) : say.doing.NOTHING_ELIGIBLE;
    case 'OUTSIDE_ACTIVE_HOURS':
      return until ? say.doing.OUTSIDE_ACTIVE_HOURS(at(nextReleaseAt ?? until), every) : say.doing.NO_ACTIVE_HOURS;
    case 'WEEKLY_CAP':
    case 'DAILY_CAP':
    case 'NEXT_TOKEN':
      return say.doing[reason](at(nextReleaseAt ?? until), every);
    default:
      return say.doing[reason];
  }
}

/** How much of the window is used, and why the cap is not the one of the settings. */
export function windowed({window, cap}) {
  const sentence = say.window(count(window.released), count(cap.effective));
  return say.caps[cap.cause] ? `${sentence} ${say.caps[cap.cause](count(cap.effective), count(cap.configured))}` : sentence;
}

/**
 * Pauses an account, or lets it go on: `<pacer-pausing .account=${key} .zone=${timeZone} .summary=${summary} .reason=${pacing.reason} @changed=…>`.
 * `summary` is the account's; both ways can be undone.
 */
class Pausing extends Part {
  static properties = {account: {attribute: false}, zone: {attribute: false}, summary: {attribute: false}, reason: {attribute: false}, isBusy: {state: true}};

  async #do(what, body, query) {
    this.isBusy = true;
    try {
      await post(`/accounts/${part(this.account)}/${what}`, body, {query, keepalive: true});
      this.dispatchEvent(new CustomEvent('changed', {bubbles: true}));
      return true;
    } catch (trouble) {
      tellFailure(trouble);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  async #pause() {
    const pause = await askForPause(this.zone);
    if (pause && (await this.#do('pause', pause))) {
      done(say.pause.paused, () => this.#do('resume'));
    }
  }

  async #resume() {
    const {pauseReason: reason, pausedUntil: until} = this.summary ?? {};
    if (await this.#do('resume')) {
      done(say.pause.resumed, () => this.#do('pause', {...(reason && {reason}), ...(until && {until})}));
    }
  }

  #lift() {
    soon(say.pause.lifted, {commit: () => this.#do('resume', undefined, {restriction: true}), undo: () => {}});
  }

  template() {
    if (!can('manage') || this.reason === undefined) {
      return nothing;
    }
    if (this.reason === 'RESTRICTED') {
      return html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => this.#lift()}>${say.pause.lift}</button>`;
    }
    return this.reason === 'PAUSED'
      ? html`<button class="button primary" type="button" ?disabled=${this.isBusy} @click=${() => this.#resume()}>${icon('resume')}${say.pause.resume}</button>`
      : html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${() => this.#pause()}>${icon('pause')}${say.pause.pause}</button>`;
  }
}

/** @return `{reason, until}` as the API takes it, or undefined */
async function askForPause(zone) {
  const draft = {reason: '', span: 'open', date: ''};
  const errors = {};
  const until = () => (draft.span === 'date' ? draft.date && instantOf(draft.date, '00:00', zone) : draft.span === 'open' ? null : new Date(now() + milliseconds(draft.span)).toISOString());
  const submit = (event, close) => {
    event.preventDefault();
    const end = until();
    errors.reason = draft.reason.trim() ? undefined : say.pause.reasonMissing;
    errors.date = draft.span === 'date' && !(Date.parse(end) > now()) ? say.pause.dateMissing : undefined;
    if (errors.reason || errors.date) {
      opened.refresh();
      document.getElementById(errors.reason ? 'pause-reason' : 'pause-date').focus();
      return;
    }
    close({reason: draft.reason.trim(), ...(end && {until: end})});
  };
  const opened = dialog.open({
    title: say.pause.title,
    content: (close) => html`<form class="form" novalidate @submit=${(event) => submit(event, close)}>
      <p class="quiet">${say.pause.lead}</p>
      ${field({id: 'pause-reason', label: say.pause.reason, help: say.pause.reasonHelp, error: errors.reason}, (tied) => html`<input id=${tied.id} autofocus aria-invalid=${tied.invalid} aria-describedby=${tied.describedBy} maxlength="500" autocomplete="off" .value=${draft.reason} @input=${(event) => (draft.reason = event.target.value)}>`)}
      ${field({id: 'pause-span', label: say.pause.until}, (tied) => html`<select id=${tied.id} @change=${(event) => {
        draft.span = event.target.value;
        opened.refresh();
      }}>${Object.entries(say.pause.spans).map(([value, label]) => html`<option value=${value} .selected=${value === draft.span}>${label}</option>`)}</select>`)}
      ${draft.span === 'date' ? field({id: 'pause-date', label: say.pause.date, error: errors.date}, (tied) => html`<input id=${tied.id} type="date" aria-invalid=${tied.invalid} aria-describedby=${tied.describedBy} .value=${draft.date} @input=${(event) => (draft.date = event.target.value)}>`) : nothing}
      <div class="actions"><button class="button primary" type="submit">${say.pause.pause}</button></div></form>`,
  });
  return opened;
}

define('pacer-pausing', Pausing);
