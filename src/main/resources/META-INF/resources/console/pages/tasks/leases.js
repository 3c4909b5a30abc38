/**
 * What this tab has claimed: each task's lease, until when, and whether its profile was opened. It outlives a reload of the tab, and no
 * other tab sees it, so that two tabs are two senders; a duplicated tab, which comes with a copy of it, begins without.
 *
 * The key under which a task is claimed is kept before the claim is sent, and until it is answered. Whoever leaves or reloads the page
 * meanwhile asks again under the same key, and gets the lease that the service has given them already.
 */
import {ask, part, post} from '../../api.js';
import {now} from '../../time.js';

const PLACE = 'pacer.leases';
const CLAIMS = 'pacer.claims';
const TAB = 'pacer.tab';
const PATIENCE = 5_000;
const CLAIM_PATIENCE = 10_000;
const KEPT = 3_600_000;
// A page that is reloaded gives up its locks when it goes, and that may be a moment later.
const RELOADING = 1_000;

const claiming = new Set();

function read(place = PLACE) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

const write = (place, what) => sessionStorage.setItem(place, JSON.stringify(what));
const newKey = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-');

/** @return whether no other page has it; it is held as long as this page lives */
const lock = (name) =>
  new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(name, {signal: AbortSignal.timeout(RELOADING)}, hold).catch(() => resolve(false));
  });

async function beThisTab() {
  const tab = sessionStorage.getItem(TAB);
  if (!navigator.locks || (tab && (await lock(`${TAB}.${tab}`)))) {
    return;
  }
  if (tab) {
    [PLACE, CLAIMS].forEach((place) => sessionStorage.removeItem(place));
  }
  sessionStorage.setItem(TAB, newKey());
  await lock(`${TAB}.${sessionStorage.getItem(TAB)}`);
}

await beThisTab();

/** @return `{lease, until, isOpened}`, or undefined where this tab has never claimed the task */
export const leaseOf = (task) => read()[task];

/** @return whether the lease has not ended yet */
export const isHeld = (lease) => lease !== undefined && Date.parse(lease.until) > now();

/** @return whether a claim was sent that nobody has seen the answer of */
export const isUnanswered = (task) => read(CLAIMS)[task] !== undefined;

/** Keeps a lease, and forgets those that ended more than an hour ago. */
export function hold(task, lease) {
  const kept = Object.entries(read()).filter(([, {until}]) => Date.parse(until) > now() - KEPT);
  write(PLACE, {...Object.fromEntries(kept), [task]: lease});
  return lease;
}

/**
 * Claims a task. That goes on after the page is left, since the service may have given the lease by then.
 *
 * @return its lease
 * @throws ApiError if it was refused, or if nobody answered; in the latter case the next claim of it is the same one
 */
export async function claim(task) {
  const begun = read(CLAIMS)[task];
  const key = begun?.key ?? newKey();
  const kept = Object.entries(read(CLAIMS)).filter(([, {at}]) => at > Date.now() - KEPT);
  write(CLAIMS, {...Object.fromEntries(kept), [task]: {key, at: begun?.at ?? Date.now()}});
  const asked = post(`/tasks/${part(task)}/claim`, undefined, {key, patience: CLAIM_PATIENCE});
  claiming.add(asked);
  let lease;
  try {
    lease = await asked;
    forget(task);
  } catch (trouble) {
    if (!trouble.isPassing && trouble.code !== 'idempotency-key-running') {
      forget(task);
    }
    throw trouble;
  } finally {
    claiming.delete(asked);
  }
  // What was answered long ago is over by now.
  return begun && !isHeld(lease) ? claim(task) : hold(task, {...lease, isOpened: leaseOf(task)?.isOpened ?? false});
}

function forget(task) {
  const {[task]: answered, ...others} = read(CLAIMS);
  write(CLAIMS, others);
}

/**
 * Gives back what this tab holds, but for the tasks of `except`, so that others get it at once. What somebody else holds by now, or
 * what is closed, is forgotten too.
 *
 * @throws ApiError if the service could not be asked; what it was not told of is kept, and ends with its lease
 */
export async function giveBack(except = new Set()) {
  await Promise.allSettled([...claiming]);
  const held = Object.entries(read()).filter(([task, lease]) => !except.has(task) && isHeld(lease));
  await Promise.all(
    held.map(async ([task, {lease}]) => {
      try {
        await ask('DELETE', `/tasks/${part(task)}/claim`, {query: {lease}, patience: PATIENCE, keepalive: true});
      } catch (trouble) {
        if (!['lease-lost', 'task-unknown'].includes(trouble.code)) {
          throw trouble;
        }
      }
      const {[task]: given, ...others} = read();
      write(PLACE, others);
    }),
  );
}
