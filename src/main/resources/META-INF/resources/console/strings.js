/**
 * Every word that the console says is in a file of `strings/<language>/`, one for each page. A page takes its own with
 * `const say = await strings('week')`. A translation is one more folder with the same files, and its name in LANGUAGES.
 */
const LANGUAGES = ['en'];

/** The first language of the browser's list that the console speaks. */
export const language =
  (navigator.languages ?? [navigator.language]).map((tag) => tag.split('-')[0]).find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];

/** What numbers and times are written in: the browser's own form of the language, such as en-GB. */
export const locale =
  (navigator.languages ?? [navigator.language]).find((tag) => tag.split('-')[0] === language) ?? language;

document.documentElement.lang = language;

/** @return the strings of a page, or of `shell` and `words`, which all share */
export async function strings(section) {
  return (await import(`./strings/${language}/${section}.js`)).default;
}

const plurals = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(locale);

/** `plural(3, {one: '# draft', other: '# drafts'})` is "3 drafts"; # stands for the number. */
export function plural(count, forms) {
  return (forms[plurals.select(count)] ?? forms.other).replaceAll('#', number.format(count));
}

const lists = new Intl.ListFormat(language, {type: 'conjunction'});

/** "a, b, and c" in the language's way. */
export function list(words) {
  return lists.format(words);
}

const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** A name within a sentence: one that is read from right to left, or that would turn what follows it, keeps that to itself. */
export function apart(name) {
  return TURNING.test(name) ? `${ISOLATE}${name}${END}` : name;
}
