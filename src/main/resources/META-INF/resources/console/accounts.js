import {get} from './api.js';

/** The accounts that the key may see, as names for switchers and the palette: `{account, name, timeZone}`. */
const AT_MOST = 1_000;
let known = null;

/** @return the first thousand accounts by key, read once; `renew` reads them again */
export async function accounts({renew = false} = {}) {
  if (known === null || renew) {
    known = read().catch((trouble) => {
      known = null;
      throw trouble;
    });
  }
  return known;
}

async function read() {
  const found = [];
  let cursor = null;
  do {
    const page = await get('/accounts', {query: {limit: 500, cursor}});
    found.push(...page.items.map(({account, name, timeZone}) => ({account, name, timeZone: timeZone ?? 'UTC'})));
    cursor = page.next;
  } while (cursor && found.length < AT_MOST);
  return found;
}

/** Forgets them, once somebody else signs in. */
export const forgetAccounts = () => (known = null);
