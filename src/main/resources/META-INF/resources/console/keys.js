/**
 * The console's shortcuts. A page adds its own with `shortcuts(this, [{keys: 'j', says: say.next, does: () => …}])`; they end with
 * the page and are listed by `?`. `keys` is a key as the browser names it, or two after one another: 'g o'.
 */
const PATIENCE = 1_200;
const PLACE = 'pacer.shortcuts';
const known = new Set();
let begun = null;
let timer = null;

export function shortcuts(part, list) {
  list.forEach((shortcut) => known.add(shortcut));
  part.until(() => list.forEach((shortcut) => known.delete(shortcut)));
}

export const allShortcuts = () => [...known];

/** Whether shortcuts of a single character do something in this browser. Whoever speaks to it, or strikes keys by accident, may switch them off. */
export const areShortcutsOn = () => localStorage.getItem(PLACE) !== 'off';

export const switchShortcuts = (isOn) => (isOn ? localStorage.removeItem(PLACE) : localStorage.setItem(PLACE, 'off'));

// A field of a dialog that has just closed keeps the focus until the next frame: nobody writes where nothing is seen.
const isWriting = (element) =>
  element instanceof Element &&
  element.closest('input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]') !== null &&
  element.checkVisibility();

/**
 * The key as shortcuts name it. On a keyboard of other letters (Cyrillic, Greek, Hebrew) it is the Latin letter that stands in the same
 * place, and a locked shift changes nothing.
 */
function keyOf(event) {
  const {key, code, shiftKey} = event;
  const isLetter = /^[a-z]$/i.test(key);
  if (isLetter ? !event.getModifierState('CapsLock') : /^[0-9]$|^[\x21-\x7e]{2,}/.test(key)) {
    return key;
  }
  const letter = isLetter ? key : /^Key([A-Z])$/.exec(code)?.[1];
  return letter === undefined ? key : shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

document.addEventListener('keydown', (event) => {
  if (!areShortcutsOn() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector('dialog[open]')) {
    return;
  }
  const key = keyOf(event);
  const keys = begun ? `${begun} ${key}` : key;
  begun = null;
  clearTimeout(timer);
  const found = [...known].reverse().find((shortcut) => shortcut.keys === keys && (!shortcut.when || shortcut.when()));
  if (found) {
    event.preventDefault();
    found.does(event);
  } else if ([...known].some((shortcut) => shortcut.keys.startsWith(`${key} `))) {
    begun = key;
    timer = setTimeout(() => (begun = null), PATIENCE);
  }
});
