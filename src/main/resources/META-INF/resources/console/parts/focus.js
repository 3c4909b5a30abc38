/**
 * Whoever works by keyboard stays where they were when what they acted on is gone: once `part` is drawn, the focus goes to the first
 * of `selectors` that is there, unless somebody has taken it elsewhere meanwhile. A heading gets it, though nobody can tab to it.
 */
export async function keepFocus(part, ...selectors) {
  await part.updateComplete;
  // Parts within it draw themselves after it.
  await new Promise(requestAnimationFrame);
  const isLost = document.activeElement === null || document.activeElement === document.body;
  const next = isLost && selectors.map((selector) => part.querySelector(selector)).find((element) => element !== null);
  if (next) {
    if (next.tabIndex < 0) {
      next.tabIndex = -1;
    }
    next.focus();
  }
}

/** The row that takes the place of the one in which the focus is, for `keepFocus`: it, or the one before where it was the last. */
export function rowInPlace() {
  const index = Number(document.activeElement?.closest('tr[data-index]')?.dataset.index ?? 0);
  return [`tr[data-index="${index}"]`, `tr[data-index="${index - 1}"]`];
}
