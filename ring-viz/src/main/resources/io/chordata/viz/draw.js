import {words} from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
const MAP_MAX = 4096;
const STEP = 15;
const CELL = 13;
const STATES = Object.keys(words.partitionStates);

/** An element with attributes and children; texts are texts, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

/** Bytes in the largest unit that leaves at least one. */
export function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** The sign beside the headline: a tick, three dots, or a cross, so that it is read without its colour, too. */
export function verdictMark(target, state) {
  const paths = {ok: 'm12 20.5 5.5 5.5L28.5 14.5', moving: 'M12 20h.01M20 20h.01M28 20h.01', lost: 'M14 14l12 12M26 14 14 26'};
  target.setAttribute('class', state);
  target.replaceChildren(svg('circle', {cx: 20, cy: 20, r: 18.5}), svg('path', {d: paths[state]}));
}

function cell(state, x, y) {
  const group = svg('g', {transform: `translate(${x} ${y})`});
  const inset = state === 'moving' || state === 'short' ? 1 : 0;
  group.append(svg('rect', {class: `cell ${state}`, x: inset, y: inset, width: CELL - 2 * inset, height: CELL - 2 * inset}));
  if (state === 'short') {
    group.append(svg('path', {class: 'hatch', d: 'M2 9 6 12.5M2 5l8 7M5 3l7 6'}));
  }
  if (state === 'unavailable') {
    group.append(svg('rect', {class: 'cell unavailable', x: -1, y: -1, width: CELL + 2, height: CELL + 2}));
  }
  return group;
}

function axis(columns, rows) {
  const labels = [];
  const digit = number => number.toString(16);
  for (let column = 0; column < columns; column++) {
    labels.push(svg('text', {x: column * STEP + CELL / 2, y: -7}, digit(column)));
  }
  for (let row = 0; row < rows; row++) {
    labels.push(svg('text', {x: -10, y: row * STEP + 10}, digit(row)));
  }
  return labels;
}

export function countStates(partitions) {
  const counts = Object.fromEntries(STATES.map(state => [state, 0]));
  partitions.forEach(partition => counts[partition.state]++);
  return counts;
}

/** The key space cut into squares, row by row from id 0; with 256 partitions row and column are the first byte in hex. */
export function map(partitions) {
  if (partitions.length > MAP_MAX) {
    return element('p', {}, words.mapTooLarge);
  }
  const columns = 2 ** Math.ceil(Math.log2(Math.max(1, partitions.length)) / 2);
  const rows = Math.ceil(partitions.length / columns);
  const counts = Object.entries(countStates(partitions)).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${words.partitionStates[state]}`).join(', ');
  return svg('svg', {
    viewBox: `-18 -18 ${columns * STEP + 18} ${rows * STEP + 18}`, role: 'img', 'aria-label': words.mapLabel(partitions.length, counts)
  }, ...axis(columns, rows), ...partitions.map((partition, i) =>
    cell(partition.state, (i % columns) * STEP, Math.floor(i / columns) * STEP)));
}

export function mapKey(partitions) {
  return Object.entries(countStates(partitions)).map(([state, count]) => element('li', {},
    svg('svg', {viewBox: '-1 -1 15 15', 'aria-hidden': 'true'}, cell(state, 0, 0)),
    words.partitionStates[state], element('b', {}, String(count))));
}

/** Columns are {name, title, text(row), numeric, mono, tag(row)}. */
export function table(target, columns, rows) {
  const head = element('tr', {}, ...columns.map(column =>
    element('th', {scope: 'col', class: column.numeric ? 'num' : ''}, column.title)));
  const body = rows.map(row => element('tr', {}, ...columns.map(column => tableCell(column, row))));
  target.replaceChildren(element('thead', {}, head), element('tbody', {}, ...body));
}

function tableCell(column, row) {
  const text = column.text(row);
  const inner = column.tag ? element('span', {class: `tag ${column.tag(row)}`}, text) : text;
  return element('td', {class: [column.numeric ? 'num' : '', column.mono ? 'mono' : ''].join(' ').trim()}, inner);
}
