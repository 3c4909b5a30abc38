import {ApiError, ask, authorize} from './api.js';
import {serviceIsAt} from './time.js';

const ABILITIES = {
  ADMIN: ['see', 'do-tasks', 'enqueue', 'suppress', 'manage', 'create', 'reach-all'],
  OWNER: ['see', 'do-tasks', 'enqueue', 'suppress', 'manage'],
  INTEGRATOR: ['see', 'enqueue', 'suppress'],
  SENDER: ['do-tasks'],
  READER: ['see'],
};

/** Who is signed in: `name`, `role`, `accounts`, and whether there is security at all. Null before anybody is. */
export let session = null;

const OPEN = {security: false, name: null, role: 'ADMIN', accounts: null, csrf: null};
const changes = new EventTarget();

/** Calls `listener` whenever somebody signs in or out, until `signal` is aborted. */
export const onSession = (listener, signal) => changes.addEventListener('change', listener, {signal});

function become(next) {
  session = next;
  if (next?.now) {
    serviceIsAt(next.now);
  }
  authorize({token: next?.csrf ?? null, signedOut: forget});
  changes.dispatchEvent(new Event('change'));
}

function forget() {
  if (session !== null) {
    become(null);
  }
}

/** Asks who is signed in. A service without sessions lets everybody do everything. */
export async function recall() {
  try {
    const {body} = await ask('GET', '/session');
    become(body.security ? body : {...OPEN, ...body, role: body.role ?? 'ADMIN'});
  } catch (trouble) {
    if (trouble instanceof ApiError && trouble.status === 404) {
      become(OPEN);
    } else if (trouble instanceof ApiError && trouble.status === 401) {
      become(null);
    } else {
      throw trouble;
    }
  }
}

/** Signs in with a key; it is sent once and kept nowhere in the page. */
export async function signIn(key) {
  const {body} = await ask('POST', '/session', {body: {key}});
  if (body?.role) {
    become(body);
  } else {
    await recall();
  }
}

const leavings = new Set();

/** Has `leave` done before somebody signs out, with their key: what waits is sent, what is held is given back. In the order in which they were told. */
export function beforeSignOut(leave) {
  leavings.add(leave);
  return () => leavings.delete(leave);
}

export async function signOut() {
  for (const leave of leavings) {
    // Whoever wants to be out gets out.
    await Promise.resolve(leave()).catch(() => {});
  }
  await ask('DELETE', '/session');
  become(null);
}

/**
 * Whether the role may do something: `see` accounts, `do-tasks`, `enqueue` (drafts, imports and reports), `suppress` a person,
 * `manage` (settings, queue, withdrawals), `create` accounts, `reach-all` (what holds for all accounts: the suppression list, erasing).
 * What it may not do is not shown; the service refuses it in any case.
 */
export const can = (ability) => ABILITIES[session?.role]?.includes(ability) ?? false;

/** Whether the suppression list may be read: it names people of all accounts. */
export const canSeeSuppressed = () => can('reach-all') || (session?.role === 'READER' && session.accounts === null);

/** The page to begin with: whoever sends sees tasks and nothing else. */
export const home = () => (can('see') ? 'overview' : 'tasks');
