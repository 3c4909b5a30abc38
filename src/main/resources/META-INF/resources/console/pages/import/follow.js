/** Imports that run in the service: begin one, follow one. */
import {ask, get, part} from '../../api.js';

const PATIENCE = 600_000;
const EVERY = 400;
const EVERY_AT_MOST = 2_000;
const FAILURES = 8;

const TYPES = {csv: 'text/csv', ndjson: 'application/x-ndjson'};

/** Sends a list. @return the import, which runs from then on */
export async function begin({account, format, body, dryRun, onCooldown, signal, key}) {
  const answer = await ask('POST', `/accounts/${part(account)}/imports`, {
    query: {dryRun: dryRun || undefined, onCooldown},
    body,
    type: TYPES[format],
    headers: {Prefer: 'respond-async'},
    signal,
    patience: PATIENCE,
    key,
  });
  return answer.body;
}

/** Asks how far an import is, until it has ended; a service that is away for a moment is asked again. @return the ended import, with its rows */
export async function follow({account, id, signal, tell}) {
  let pause = EVERY;
  let failures = 0;
  for (;;) {
    try {
      const view = await get(`/accounts/${part(account)}/imports/${part(id)}`, {signal});
      failures = 0;
      tell?.(view);
      if (view.state !== 'RUNNING') {
        return view;
      }
    } catch (trouble) {
      if (!trouble.isPassing || ++failures > FAILURES) {
        throw trouble;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    signal?.throwIfAborted();
    pause = Math.min(EVERY_AT_MOST, pause * 1.2);
  }
}

/** Where the report of an import can be had as a file. */
export const reportOf = (account, id) => `/api/v1/accounts/${part(account)}/imports/${part(id)}/report`;
