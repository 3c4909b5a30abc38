const changes = new EventTarget();

/** Tells that somebody is on the suppression list now, or no longer: a list that was opened meanwhile has not seen it. */
export const suppressionsChanged = () => changes.dispatchEvent(new Event('change'));

/** Calls `listener` then, until `signal` is aborted. */
export const onSuppressionsChanged = (listener, signal) => changes.addEventListener('change', listener, {signal});
