import {locale} from './strings.js';

const whole = new Intl.NumberFormat(locale, {maximumFractionDigits: 0});
const hundredths = new Intl.NumberFormat(locale, {minimumFractionDigits: 2, maximumFractionDigits: 2});
const share = new Intl.NumberFormat(locale, {style: 'percent', maximumFractionDigits: 0});

/** 1234 is "1,234". */
export const count = (value) => whole.format(value);

/** 0.8412 is "0.84". */
export const ratio = (value) => hundredths.format(value);

/** 0.3011 is "30%". */
export const percent = (value) => share.format(value);

/** 0.2381 and 0.3728 are "24–37%", or what the language makes of it. */
export const percentRange = (low, high) => share.formatRange?.(low, high) ?? `${share.format(low)}–${share.format(high)}`;
