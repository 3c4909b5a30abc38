import {ROUTES} from './routes.js';

const byName = new Map(ROUTES.map((route) => [route.name, route]));
const patterns = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}));

/** The address of a page: `link('queue', {account: 'anna'}, {q: 'jane'})` is `#/accounts/anna/queue?q=jane`. */
export function link(name, parameters = {}, query = {}) {
  const path = byName.get(name).path.replace(/:(\w+)/g, (_, key) => encodeURIComponent(parameters[key]));
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return `#${path}${kept.length ? `?${new URLSearchParams(kept)}` : ''}`;
}

/** What the address says: `route` (null where there is no such page), `parameters`, `query`. */
export function here() {
  const [path, query = ''] = (location.hash.slice(1) || '/').split('?');
  for (const {route, pattern} of patterns) {
    const match = pattern.exec(path);
    if (match) {
      const parameters = Object.fromEntries(Object.entries(match.groups ?? {}).map(([key, value]) => [key, decoded(value)]));
      return {route, parameters, query: Object.fromEntries(new URLSearchParams(query))};
    }
  }
  return {route: null, parameters: {}, query: {}};
}

function decoded(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Goes to a page. */
export function go(name, parameters, query) {
  location.hash = link(name, parameters, query);
}

/** Writes the page's own state (filters, the open row) into its address without going anywhere, so that a reload brings it back. */
export function remember(query) {
  const {route, parameters} = here();
  history.replaceState(null, '', link(route.name, parameters, query));
}

export const routeOf = (name) => byName.get(name);
