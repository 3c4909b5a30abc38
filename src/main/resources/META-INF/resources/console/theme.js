const KEPT = 'pacer.theme';
const CHOICES = ['system', 'light', 'dark'];

/** What was chosen: system, light or dark. */
export const chosen = () => {
  const kept = localStorage.getItem(KEPT);
  return CHOICES.includes(kept) ? kept : 'system';
};

export function choose(theme) {
  if (theme === 'system') {
    localStorage.removeItem(KEPT);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEPT, theme);
    document.documentElement.dataset.theme = theme;
  }
}

export const next = () => CHOICES[(CHOICES.indexOf(chosen()) + 1) % CHOICES.length];

choose(chosen());
