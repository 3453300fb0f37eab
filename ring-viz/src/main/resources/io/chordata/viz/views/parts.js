import {element} from '../lib/dom.js';
import {words} from '../words.js';
import {cellSign} from './icons.js';

/** The pieces that several views are made of. */

/** In a list: nobody reads on, and each costs at every look. */
export const NODES_SHOWN = 100;

export const figure = (name, value, unit = '') => element('div', {}, element('dt', {}, name),
  element('dd', {}, value, unit === '' ? null : element('small', {}, unit)));

/** A bar that is filled to a share; the length beside it is in words, so that nobody has to read the bar. */
export function meter(share, {tone = '', tick = null} = {}) {
  const at = value => `${(100 * Math.max(0, Math.min(1, value))).toFixed(1)}%`;
  return element('span', {class: `meter ${tone}`, 'aria-hidden': 'true'}, element('i', {style: {width: at(share)}}),
    tick === null ? null : element('b', {style: {left: at(tick)}}));
}

export function liveSign(live) {
  const {age} = live;
  const seconds = age === null ? 0 : Math.round(age / 1000);
  const text = age === null ? words.asking : live.isStale ? words.stale(seconds) : words.live;
  return element('span', {class: `live${live.isStale ? ' stale' : ''}`, title: words.liveTitle(seconds, live.hereName)}, element('i'), text);
}

/** How many partitions are in each state. */
export function partitionKey(counts, copies) {
  return element('ul', {class: 'key'}, Object.entries(counts).map(([state, count]) => element('li', {},
    cellSign(state), state === 'healthy' ? words.allCopies(copies) : words.partitionStates[state], element('b', {}, count.toLocaleString('en')))));
}

/** Columns are `{title, cell(row), numeric, mono}`. */
export function table(columns, rows, caption = null) {
  const name = column => [column.numeric ? 'num' : '', column.mono ? 'mono' : '', column.optional ? 'optional' : ''].join(' ').trim();
  return element('table', {}, caption === null ? null : element('caption', {}, caption),
    element('thead', {}, element('tr', {}, columns.map(column => element('th', {scope: 'col', class: name({...column, mono: false})}, column.title)))),
    element('tbody', {}, rows.map(row => element('tr', {}, columns.map(column => element('td', {class: name(column)}, column.cell(row)))))));
}

export const known = (value, format = String) => value === null || value === undefined || value < 0 ? words.notKnown : format(value);

/** How many copies each partition should have: what most ask for. */
export const wantedCopies = model => Math.max(1, ...model.partitions.slice(0, 64).map(partition => partition.desired.length));
