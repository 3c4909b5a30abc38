/** The one client of /api/v1. Every page asks through it. */

const BASE = '/api/v1';
const PATIENCE = 30_000;

/** What the API refused, or why it could not be asked. `detail` is a sentence for people; decide by `code`. */
export class ApiError extends Error {
  constructor({status = 0, code, title, detail, violations = [], availableAt, line, retryAfter}) {
    super(detail ?? title);
    this.name = 'ApiError';
    Object.assign(this, {status, code, title, detail: detail ?? title, violations, availableAt, line, retryAfter});
  }

  /** @return what is wrong with a field, or undefined */
  of(field) {
    return this.violations.find((violation) => violation.field === field)?.message;
  }

  /** @return whether the same request may succeed later without a change */
  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

let csrf = null;
let onSignedOut = () => {};

/** The session tells the token that unsafe requests carry, and what to do when the service asks who we are. */
export function authorize({token, signedOut}) {
  csrf = token;
  onSignedOut = signedOut ?? onSignedOut;
}

function address(path, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        parameters.append(name, one);
      }
    }
  }
  const asked = parameters.toString();
  return `${BASE}${path}${asked ? `?${asked}` : ''}`;
}

async function failure(response) {
  const isProblem = (response.headers.get('Content-Type') ?? '').includes('json');
  const problem = isProblem ? await response.json().catch(() => ({})) : {};
  return new ApiError({
    ...problem,
    status: response.status,
    code: problem.code ?? 'internal',
    title: problem.title ?? response.statusText,
    retryAfter: Number(response.headers.get('Retry-After')) || undefined,
  });
}

/**
 * Asks the API.
 *
 * @param query what follows the question mark; empty values are left out, arrays are repeated
 * @param body sent as JSON; a Blob, FormData or string is sent as it is, with `type`
 * @param signal ends the request; `patience` does so after that many milliseconds
 * @param key the Idempotency-Key of a POST: give the same again to try again safely; a fresh one by default
 * @return `{status, headers, body}`
 * @throws ApiError if it was refused or nobody answered; an AbortError if `signal` ended it
 */
export async function ask(method, path, {query, body, type, accept = 'application/json', headers = {}, signal, patience = PATIENCE, key, keepalive} = {}) {
  const sent = {Accept: accept, ...headers};
  let payload;
  if (body !== undefined) {
    const isRaw = body instanceof Blob || body instanceof FormData || typeof body === 'string';
    payload = isRaw ? body : JSON.stringify(body);
    if (!isRaw) {
      sent['Content-Type'] = type ?? 'application/json';
    } else if (type) {
      sent['Content-Type'] = type;
    }
  }
  if (method === 'POST') {
    sent['Idempotency-Key'] = `"${key ?? crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4))).join('-')}"`;
  }
  if (method !== 'GET' && csrf) {
    sent['X-CSRF-Token'] = csrf;
  }
  const limit = AbortSignal.timeout(patience);
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers: sent,
      body: payload,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      credentials: 'same-origin',
      cache: 'no-store',
      keepalive,
    });
    if (!response.ok) {
      throw await failure(response);
    }
    const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
    return {status: response.status, headers: response.headers, body: response.status === 204 ? null : isJson ? await response.json() : await response.blob()};
  } catch (trouble) {
    if (trouble instanceof ApiError) {
      if (trouble.status === 401 && path !== '/session') {
        onSignedOut();
      }
      throw trouble;
    }
    if (signal?.aborted) {
      throw trouble;
    }
    throw new ApiError({code: limit.aborted ? 'too-slow' : 'away'});
  }
}

export const get = async (path, options) => (await ask('GET', path, options)).body;
export const post = async (path, body, options) => (await ask('POST', path, {...options, body})).body;
export const put = async (path, body, options) => (await ask('PUT', path, {...options, body})).body;
export const patch = async (path, body, options) => (await ask('PATCH', path, {type: 'application/merge-patch+json', ...options, body})).body;
export const remove = async (path, options) => (await ask('DELETE', path, options)).body;

/**
 * A list that comes in pages, as a table wants it: `next()` answers the next page's items, and an empty array once there are no
 * more; `first` is the whole first answer.
 */
export function pages(path, {query, limit = 100, ...options} = {}) {
  let cursor = null;
  const list = {
    isDone: false,
    first: null,
    async next() {
      if (list.isDone) {
        return [];
      }
      const page = await get(path, {...options, query: {...query, limit, cursor}});
      list.first ??= page;
      cursor = page.next;
      list.isDone = cursor === null || cursor === undefined;
      return page.items;
    },
  };
  return list;
}

/** A part of an address: `account` becomes what may stand between two slashes. */
export const part = encodeURIComponent;

/** @return whether something was only given up because the page was left */
export const isAbort = (trouble) => trouble?.name === 'AbortError';
