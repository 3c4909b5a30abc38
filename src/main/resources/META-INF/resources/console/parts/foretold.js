import {html, nothing, styles} from '../lit.js';
import {count} from '../format.js';
import {doing} from './pace.js';
import {list, strings} from '../strings.js';
import {duration, when} from '../time.js';

const say = (await strings('settings')).preview;
const {refusals} = await strings('settings');
const words = await strings('words');

/** What a change of settings would do, of an answer of `/preview`: now and then, side by side. */
export function foretold({before, after, moreReleased, queuedNowRefused}, zone) {
  const at = (instant) => (instant ? when(instant, zone) : html`<span class="quiet">${say.notForeseen}</span>`);
  const {rows: names} = say;
  const rows = [
    [names.interval, before.interval, after.interval, duration],
    [names.cap, before.cap.effective, after.cap.effective, count],
    [names.next, before.nextReleaseAt, after.nextReleaseAt, at],
    [names.released, before.released, after.released, count, moreReleased],
    [names.empty, before.queueEmptyAt, after.queueEmptyAt, at],
    [names.reached, before.pendingReachedAt, after.pendingReachedAt, at],
    [names.notes, before.notes?.left ?? null, after.notes?.left ?? null, (left) => (left === null ? '–' : count(left))],
  ].filter(([, now, then], i) => i < 4 || now !== null || then !== null);
  const isSame = rows.every(([, now, then]) => now === then) && !queuedNowRefused.length && before.reason === after.reason && String(before.perWeek) === String(after.perWeek);
  return html`<h3>${say.effect}</h3>
    ${isSame ? html`<p class="quiet">${say.same}</p>` : nothing}
    <table class="foretold"><thead><tr><td></td><th scope="col">${say.now}</th><th scope="col">${say.after}</th></tr></thead>
      <tbody>${rows.map(([name, now, then, show, more]) => html`<tr class=${now === then ? 'same' : ''}><th scope="row">${name}</th><td>${show(now)}</td><td>${show(then)}${more ? html` <small>${say.more(more)}</small>` : nothing}</td></tr>`)}</tbody></table>
    ${weeks(before.perWeek, after.perWeek)}
    ${after.decision !== before.decision || after.reason !== before.reason ? html`<p>${doing(after, zone)}</p>` : nothing}
    ${queuedNowRefused.length ? html`<p class="warns">${queuedNowRefused.map(({reason, count: many}) => say.refused(many, refusals[reason] ?? words.reasons[reason] ?? reason))}</p>` : nothing}`;
}

/** Releases of each week, now beside then. */
function weeks(before, after) {
  const many = Math.max(before.length, after.length);
  const most = Math.max(1, ...before, ...after);
  if (many === 0) {
    return nothing;
  }
  const bar = (value, kind) => html`<i class=${kind} ${styles({'--share': (value ?? 0) / most})}></i>`;
  return html`<div class="per-week" role="img" aria-label=${say.perWeekLabel(list(before.map(count)), list(after.map(count)))}><p class="help">${say.perWeek}</p>
    <div>${Array.from({length: many}, (_, i) => html`<span title=${say.week(i + 1)}><span class="bars">${bar(before[i], 'before')}${bar(after[i], 'after')}</span><small>${count(before[i] ?? 0)} → ${count(after[i] ?? 0)}</small></span>`)}</div></div>`;
}
