/** Bytes in the largest unit that leaves at least one, as `[number, unit]`. */
export function bytesAndUnit(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return [unit === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1), units[unit]];
}

export const bytes = count => bytesAndUnit(count).join(' ');
/** A rate with the digits that mean something. */
export const rate = value => value === 0 ? '0' : value < 10 ? value.toFixed(1) : count(Math.round(value));
const numbers = new Intl.NumberFormat('en');
export const count = value => numbers.format(value);
export const percent = share => `${Math.round(share * 100)} %`;
/** Milliseconds with the digits that mean something. */
export const latency = micros => micros < 10_000 ? (micros / 1000).toFixed(2) : micros < 100_000 ? (micros / 1000).toFixed(1) : count(Math.round(micros / 1000));
export const millis = micros => micros < 10 ? '< 0.01' : (micros / 1000).toFixed(2);

const MINUTE_MILLIS = 60_000;
const AGES = [[60, 1, 'min'], [48 * 60, 60, 'h'], [Infinity, 24 * 60, 'days']];

/** How long ago, in the unit that means something. */
export function age(millis) {
  const minutes = Math.max(0, millis) / MINUTE_MILLIS;
  const [, size, unit] = AGES.find(([below]) => minutes < below);
  return `${Math.floor(minutes / size)} ${unit}`;
}

const two = value => String(value).padStart(2, '0');

/** Of a moment in milliseconds since 1970, in local time. */
export function clock(time, withSeconds = true) {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}${withSeconds ? ':' + two(date.getSeconds()) : ''}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const isToday = date => date.toDateString() === new Date().toDateString();

function dateText(date) {
  const short = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return isToday(date) ? 'today' : date.getFullYear() === new Date().getFullYear() ? short : `${short} ${date.getFullYear()}`;
}

/** A moment as one would say it: the time of today, the day of this year, the date of another. */
export const day = time => dateText(new Date(time)) + (isToday(new Date(time)) ? ` ${clock(time, false)}` : '');

/** A moment to the second. */
export const moment = time => `${dateText(new Date(time))} ${clock(time)}`;

/** A moment of lately, to the second: its day goes without saying where it is today. */
export const instant = time => isToday(new Date(time)) ? clock(time) : moment(time);

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
export const superscript = value => String(value).split('').map(digit => SUPERSCRIPTS[digit]).join('');
