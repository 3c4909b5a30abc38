import {ApiError, ask, authorize} from './api.js';

const ABILITIES = {
  ADMIN: ['see', 'do-tasks', 'enqueue', 'manage', 'create'],
  OWNER: ['see', 'do-tasks', 'enqueue', 'manage'],
  INTEGRATOR: ['see', 'enqueue'],
  SENDER: ['see', 'do-tasks'],
  READER: ['see'],
};

/** Who is signed in: `name`, `role`, `accounts`, and whether there is security at all. Null before anybody is. */
export let session = null;

const OPEN = {security: false, name: null, role: 'ADMIN', accounts: null, csrf: null};
const changes = new EventTarget();

/** Calls `listener` whenever somebody signs in or out. */
export const onSession = (listener) => changes.addEventListener('change', listener);

function become(next) {
  session = next;
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

export async function signOut() {
  await ask('DELETE', '/session');
  become(null);
}

/**
 * Whether the role may do something: `see`, `do-tasks`, `enqueue` (drafts and imports), `manage` (settings, queue, withdrawals,
 * people) or `create` (accounts). What it may not do is not shown; the service refuses it in any case.
 */
export const can = (ability) => ABILITIES[session?.role]?.includes(ability) ?? false;
