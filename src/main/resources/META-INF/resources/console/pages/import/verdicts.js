/** The rows of a list with what becomes of each: what the service said of its line. */
import {html, nothing} from '../../lit.js';
import * as dialog from '../../parts/dialog.js';
import {badge} from '../../parts/ui.js';
import {count} from '../../format.js';
import {strings} from '../../strings.js';
import {viewerZone, when} from '../../time.js';

const say = await strings('import');
// A hundred thousand rows at once would hold the page up.
const AT_ONCE = 5_000;
export const TONES = {good: 'good', advised: 'warning', refused: 'bad', unknown: 'idle'};

/** @return the rows with their verdicts; a row that the file was not read for is told by what the service listed of it */
export async function judge({rows, mapping, isWhole, lineShift = 0}, view, signal) {
  const refused = new Map((view.refused ?? []).map((row) => [row.line, row]));
  const advised = new Map((view.advised ?? []).map((row) => [row.line, row]));
  const known = knownUntil(view);
  const places = mapping && Object.fromEntries(mapping.map((field, i) => [field, i]).filter(([field]) => field));
  const judged = [];
  const judgeOne = (row) => {
    const line = row.line - lineShift;
    const draft = row.draft ?? {};
    const of = (field) => (row.cells ? row.cells[places[field]]?.trim() : draft[field]);
    return {line, row, profile: of('profile'), name: [of('firstName'), of('lastName')].filter(Boolean).join(' '), company: of('company'), note: of('note'), template: of('template'), ...verdict(line, refused, advised, known)};
  };
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    judged.push(...rows.slice(from, from + AT_ONCE).map(judgeOne));
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
  const lines = new Set(judged.map(({line}) => line));
  const missing = isWhole ? [] : [...refused.values(), ...advised.values()].filter(({line}) => !lines.has(line));
  return [...judged, ...missing.map((row) => ({line: row.line, profile: row.profile, name: '', ...verdict(row.line, refused, advised, known)}))];
}

/** @return the line up to which the service lists every row that it refused or advised */
export const knownUntil = (view) => Math.min(listedUntil(view.refused, view.refusedRows), listedUntil(view.advised, view.advisedRows));

const listedUntil = (rows, all) => ((rows?.length ?? 0) < all ? (rows?.at(-1)?.line ?? 0) : Infinity);

/** Without the file: only what the service lists. */
export const listed = async (view) => (await judge({rows: [], isWhole: false}, view)).toSorted((a, b) => a.line - b.line);

function verdict(line, refused, advised, known) {
  const refusal = refused.get(line);
  if (refusal) {
    return {state: 'refused', codes: [refusal.code], detail: refusal.detail, availableAt: refusal.availableAt};
  }
  const advice = advised.get(line)?.advice;
  if (advice) {
    return {state: 'advised', codes: advice.map(({code}) => code), detail: advice.map(({message}) => message).join(' ')};
  }
  return {state: line > known ? 'unknown' : 'good', codes: [], detail: line > known ? say.unknown : ''};
}

const wordsOf = (row) => [row.name, row.profile, row.company, row.note, row.detail].filter(Boolean).join(' ').toLowerCase();

/** @return those of a state, with a code, and with all words somewhere */
export function narrowed(rows, {show, code, q}) {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) => (!show || show === 'all' || row.state === show) && (!code || row.codes.includes(code)) && (words.length === 0 || words.every((word) => (row.words ??= wordsOf(row)).includes(word))),
  );
}

/** @return the codes that there are, the most frequent first, as `[code, count]` */
export function codesOf(rows, show) {
  const counts = new Map();
  rows.filter((row) => !show || show === 'all' || row.state === show).forEach((row) => row.codes.forEach((code) => counts.set(code, (counts.get(code) ?? 0) + 1)));
  return [...counts].sort((a, b) => b[1] - a[1]);
}

export const wordOf = (code) => say.codes[code] ?? code;

function openRow(row, columns) {
  const cells = row.row?.cells
    ? columns.map(({name}, i) => [name, row.row.cells[i]])
    : Object.entries(row.row?.draft ?? {profile: row.profile}).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]);
  dialog.open({
    title: say.row(count(row.line)),
    content: () => html`<div class="row-in-full"><p>${told(row)} ${row.detail}${until(row)}</p>
      <dl>${cells.filter(([, value]) => value !== undefined && value !== null && value !== '').map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></div>`,
  });
}

/** The last part of a profile's address, as it is read by people; whatever else stands there as it is. */
function shortOf(profile) {
  if (!profile?.includes('/in/')) {
    return profile;
  }
  const slug = profile.replace(/^.*\/in\//, '').replace(/[/?#].*$/, '');
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

const told = (row) => html`${row.codes.length ? row.codes.map((code) => badge(wordOf(code), TONES[row.state])) : badge(say.states[row.state], TONES[row.state])}`;
const until = (row) => (row.availableAt ? html` <span class="quiet">${say.availableAt} ${when(row.availableAt, viewerZone)}</span>` : nothing);

/** The columns of their table. */
export const columnsFor = (columns) => [
  {key: 'line', label: say.head.line, align: 'end', width: '4.5rem', cell: (row) => html`<span class="quiet">${count(row.line)}</span>`},
  {
    key: 'person',
    label: say.head.person,
    isHead: true,
    width: '22%',
    cell: (row) => html`<button class="who" type="button" @click=${() => openRow(row, columns)}>${row.name || row.profile || say.nobody}</button><small class="one-line">${[row.company, row.name ? shortOf(row.profile) : ''].filter(Boolean).join(' · ')}</small>`,
  },
  {key: 'note', label: say.head.note, priority: 'low', width: '28%', cell: (row) => html`<span class="two-lines ${row.note ? '' : 'quiet'}">${row.note || (row.template ? say.fromTemplate(row.template) : say.noNote)}</span>`},
  {key: 'verdict', label: say.head.verdict, cell: (row) => html`<div class="verdict">${told(row)}<span class="two-lines" title=${row.detail || nothing}>${row.detail}${until(row)}</span></div>`},
];
