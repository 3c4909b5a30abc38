/**
 * What happens, as it happens: one stream of events for the whole console, and polling where there is none. Tabs that nobody looks
 * at hold no stream, since a browser has only six connections to a host.
 */
const TYPES = [
  'invitation.queued', 'invitation.cancelled', 'invitation.lapsed', 'invitation.released', 'invitation.follow-suggested', 'invitation.sent',
  'invitation.refused', 'invitation.failed', 'invitation.accepted', 'invitation.declined', 'invitation.withdrawal-asked', 'invitation.withdrawn',
  'invitation.not-withdrawn', 'invitation.expired', 'account.created', 'account.changed', 'account.paused', 'account.resumed', 'account.held',
  'account.restricted', 'account.restriction-lifted', 'account.notes-used-up', 'account.cap-learned', 'account.cleaned',
];
const POLLING = 15_000;
const AGAIN = 5_000;
const HIDDEN = 30_000;
const AT_MOST_EVERY = 1_000;
const EVENTS_AT_MOST = 1_000;

const followers = new Set();
const observers = new Set();
let stream = null;
let polling = null;
let retry = null;
let hiding = null;
let lastId = null;

/** `isLive`: the stream is open. `since`: the instant (of the browser) up to which the page is known to be up to date. */
export const state = {isLive: false, isPolling: false, since: null};

/** Calls `observer` whenever `state` changes, and says how to stop it. */
export function observe(observer) {
  observers.add(observer);
  return () => observers.delete(observer);
}

function become(change) {
  Object.assign(state, change);
  observers.forEach((observer) => observer(state));
}

/** Tells that a page has read everything that it shows just now. */
export const fresh = () => become({since: Date.now()});

/**
 * Calls `refresh` when something happens that matters: at most once a second, once more after the last of a burst, and never while
 * an earlier call has not ended, since an answer that the next one overtakes would count for nothing. It is called without events
 * where anything may have happened: after the connection was lost, and after more events than anybody would look at one by one.
 * What `refresh` reads, it tells by `fresh()`.
 *
 * @param accounts only events of these; all if left out
 * @param types only events of these types, or whose type begins so (`'invitation.'`); all if left out
 * @return what stops it
 */
export function follow({accounts, types}, refresh) {
  let waiting = null;
  let isRunning = false;
  let isAsked = false;
  let isWhole = false;
  let events = [];
  let last = 0;

  const schedule = () => (waiting ??= setTimeout(() => run().catch(() => {}), Math.max(0, AT_MOST_EVERY - (Date.now() - last))));

  async function run() {
    const heard = isWhole ? [] : events;
    [waiting, isRunning, isAsked, isWhole, events, last] = [null, true, false, false, [], Date.now()];
    try {
      await refresh(heard);
    } finally {
      isRunning = false;
      if (isAsked && followers.has(follower)) {
        schedule();
      }
    }
  }

  const follower = {
    wants: (event) =>
      (!accounts || accounts.includes(event.data.account)) && (!types || types.some((type) => event.type === type || (type.endsWith('.') && event.type.startsWith(type)))),
    wake(event) {
      isWhole ||= !event || events.length >= EVENTS_AT_MOST;
      if (!isWhole) {
        events.push(event);
      }
      if (isRunning) {
        isAsked = true;
      } else {
        schedule();
      }
    },
  };
  followers.add(follower);
  return () => {
    followers.delete(follower);
    clearTimeout(waiting);
  };
}

const wakeAll = () => followers.forEach((follower) => follower.wake());

function told(message) {
  lastId = message.lastEventId;
  const event = JSON.parse(message.data);
  // A list that is imported comes as thousands of events: the frame need not be drawn for each.
  if (Date.now() - (state.since ?? 0) >= AT_MOST_EVERY) {
    become({since: Date.now()});
  }
  followers.forEach((follower) => follower.wants(event) && follower.wake(event));
}

function poll() {
  polling ??= setInterval(wakeAll, POLLING);
  become({isPolling: true});
}

function connect() {
  clearTimeout(retry);
  const after = lastId ? `?after=${encodeURIComponent(lastId)}` : '';
  const isResumed = Boolean(lastId);
  let wasOpen = false;
  stream = new EventSource(`/api/v1/events${after}`);
  stream.onopen = () => {
    clearInterval(polling);
    polling = null;
    // With no id to resume from, what happened between loading and now is unknown.
    if (!isResumed && (wasOpen || state.since !== null)) {
      wakeAll();
    }
    wasOpen = true;
    become({isLive: true, isPolling: false, since: Date.now()});
  };
  stream.onerror = () => {
    become({isLive: false});
    poll();
    if (stream.readyState === EventSource.CLOSED) {
      // Refused: events after our id may be kept no more, or too many streams are open.
      stream.close();
      lastId = null;
      retry = setTimeout(connect, AGAIN);
    }
  };
  TYPES.forEach((type) => stream.addEventListener(type, told));
}

function disconnect() {
  clearTimeout(retry);
  clearInterval(polling);
  polling = null;
  stream?.close();
  stream = null;
}

function visibility() {
  clearTimeout(hiding);
  if (document.hidden) {
    hiding = setTimeout(() => {
      disconnect();
      become({isLive: false, isPolling: false});
    }, HIDDEN);
  } else if (!stream) {
    connect();
    wakeAll();
  }
}

/** Begins to follow, as soon as somebody looks. Called once somebody is signed in. */
export function begin() {
  if (!stream) {
    document.addEventListener('visibilitychange', visibility);
    if (!document.hidden) {
      connect();
    }
  }
}

/** Ends it, when somebody signs out. */
export function end() {
  document.removeEventListener('visibilitychange', visibility);
  disconnect();
  lastId = null;
  become({isLive: false, isPolling: false, since: null});
}
