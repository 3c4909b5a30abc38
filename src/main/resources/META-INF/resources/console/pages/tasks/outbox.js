/**
 * Reports on their way. The API takes no report back, so each waits in the browser's storage while it can be undone, and until the
 * service has answered it. What a closed tab, a lost connection or a crash left behind is sent by the next page that looks: each has
 * one Idempotency-Key for good, so that however often it is sent, it counts once. What the service refused stays until somebody has
 * seen it, since nobody may be there to see it at once. The storage holds nobody's name who is invited, and no note.
 */
import {ask, isAbort, part} from '../../api.js';
import {session} from '../../session.js';

const PLACE = 'pacer.reports';
const UNDOABLE = 60_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;
// Whoever has not looked at what was refused for a month never will.
const KEPT = 30 * 86_400_000;

const me = crypto.randomUUID?.() ?? String(Math.random());
const listeners = new Set();
const sending = new Set();
let pause = FIRST_PAUSE;
let timer = null;

// Held as long as this page lives, so that others know whether what it left behind is still its own.
navigator.locks?.request(`pacer.page.${me}`, () => new Promise(() => {}));

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? [];
  } catch {
    return [];
  }
}

const write = (reports) => localStorage.setItem(PLACE, JSON.stringify(reports));
const drop = (key) => write(read().filter((report) => report.key !== key));
const someone = () => session?.name ?? null;

/** Calls `listener({report, result, trouble})` for each report that was answered, and without argument when what waits has changed. */
export function observe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const tell = (what) => listeners.forEach((listener) => listener(what));

/** Keeps a report until it is sent or undone. */
export function put({task, account, invitation, kind, body}) {
  const key = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');
  const report = {key, task, account, invitation, kind, body, page: me, by: someone(), madeAt: Date.now(), isDue: false};
  write([...read(), report]);
  tell();
  return report;
}

/** Undoes a report that was not sent, or forgets one that was refused. */
export function take(key) {
  drop(key);
  tell();
}

/** @return those that still can be undone, or are being sent, of this page and of others */
export const waiting = () => read().filter(({refused}) => !refused);

/** @return those whose sending failed so far */
export const overdue = () => waiting().filter((report) => report.hasFailed);

/** @return those of whoever is signed in that the service refused, with `refused: {code, detail}`; `take()` forgets them */
export const refused = () => read().filter((report) => report.refused && (report.by ?? null) === someone());

/** Sends a report. It goes on after the page is left. */
export async function send(key) {
  const report = waiting().find((candidate) => candidate.key === key);
  if (!report || sending.has(key)) {
    return;
  }
  sending.add(key);
  change(key, {isDue: true});
  try {
    const {body} = await ask('POST', `/tasks/${part(report.task)}/report`, {body: report.body, key, keepalive: true});
    drop(key);
    pause = FIRST_PAUSE;
    tell({report, result: body});
  } catch (trouble) {
    if (isAbort(trouble)) {
      return;
    }
    if (trouble.isPassing || trouble.status === 401 || trouble.code === 'idempotency-key-running') {
      change(key, {hasFailed: true});
      again();
      tell();
    } else {
      change(key, {refused: {code: trouble.code, detail: trouble.detail}});
      tell({report, trouble});
    }
  } finally {
    sending.delete(key);
  }
}

function change(key, more) {
  write(read().map((report) => (report.key === key ? {...report, ...more} : report)));
}

function again() {
  timer ??= setTimeout(() => {
    timer = null;
    pause = Math.min(LONGEST_PAUSE, pause * 2);
    recover();
  }, pause);
}

/** Sends what is due, and what pages that are gone have left behind. @return how many of the latter there were */
export async function recover() {
  const alive = await living();
  write(read().filter((report) => !report.refused || report.madeAt > Date.now() - KEPT));
  const left = waiting().filter((report) => report.page !== me && (alive ? !alive.has(report.page) : report.madeAt < Date.now() - UNDOABLE));
  const failed = waiting().filter((report) => report.page === me && report.isDue);
  await Promise.all([...left, ...failed].map(({key}) => send(key)));
  return left.length;
}

async function living() {
  const held = (await navigator.locks?.query())?.held;
  return held && new Set(held.map(({name}) => name.replace(/^pacer\.page\./, '')));
}

addEventListener('online', () => recover());
