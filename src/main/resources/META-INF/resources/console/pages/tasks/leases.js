/**
 * What this tab has claimed: each task's lease, until when, and whether its profile was opened. It outlives a reload of the tab, and no
 * other tab sees it, so that two tabs are two senders.
 */
import {ask, part} from '../../api.js';
import {now} from '../../time.js';

const PLACE = 'pacer.leases';
const PATIENCE = 5_000;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

/** @return `{lease, until, isOpened}`, or undefined where this tab has never claimed the task */
export const leaseOf = (task) => read()[task];

/** @return whether the lease has not ended yet */
export const isHeld = (lease) => lease !== undefined && Date.parse(lease.until) > now();

/** Keeps a lease, and forgets those that ended more than an hour ago. */
export function hold(task, lease) {
  const kept = Object.entries(read()).filter(([, {until}]) => Date.parse(until) > now() - 3_600_000);
  sessionStorage.setItem(PLACE, JSON.stringify({...Object.fromEntries(kept), [task]: lease}));
  return lease;
}

/**
 * Gives back what this tab holds, but for the tasks of `except`, so that others get it at once. What somebody else holds by now, or
 * what is closed, is forgotten too.
 *
 * @throws ApiError if the service could not be asked; what it was not told of is kept, and ends with its lease
 */
export async function giveBack(except = new Set()) {
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
      sessionStorage.setItem(PLACE, JSON.stringify(others));
    }),
  );
}
