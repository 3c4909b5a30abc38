/**
 * What this tab has claimed: each task's lease, until when, and whether its profile was opened. It outlives a reload of the tab, and no
 * other tab sees it, so that two tabs are two senders.
 */
import {now} from '../../time.js';

const PLACE = 'pacer.leases';

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
