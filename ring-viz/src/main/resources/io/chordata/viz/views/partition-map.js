import {svg} from '../lib/dom.js';
import {countStates, isInFlight} from '../lib/model.js';
import {formatRoute} from '../lib/routes.js';
import {words} from '../words.js';

const STEP = 15;
const CELL = 13;
const MAX = 4_096;
/** The bar in the cell of a partition that is copied now. */
const IN_FLIGHT = 3;

/** The key space cut into squares, row by row from id 0; with 256 partitions row and column are the first byte in hex. */
export function partitionMap(partitions) {
  const shown = partitions.slice(0, MAX);
  const columns = 2 ** Math.ceil(Math.log2(Math.max(1, shown.length)) / 2);
  const rows = Math.ceil(shown.length / columns);
  const counts = words.list(Object.entries(countStates(partitions)).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${words.partitionStates[state]}`));
  return svg('svg', {viewBox: `-18 -18 ${columns * STEP + 18} ${rows * STEP + 18}`, role: 'group', 'aria-label': words.health.mapLabel(partitions.length, counts)},
    axis(columns, rows), healthy(shown, columns), shown.filter(partition => partition.state !== 'healthy').map(partition => unwell(partition, columns)));
}

const place = (partition, columns) => [(partition.partition % columns) * STEP, Math.floor(partition.partition / columns) * STEP];

/** All in one path: they are many, and alike. */
function healthy(partitions, columns) {
  const d = partitions.filter(partition => partition.state === 'healthy').map(partition => {
    const [x, y] = place(partition, columns);
    return `M${x} ${y}h${CELL}v${CELL}h-${CELL}z`;
  });
  return svg('path', {class: 'cell healthy', d: d.join('')});
}

function unwell(partition, columns) {
  const [x, y] = place(partition, columns);
  const rect = (name, inset, more = {}) => svg('rect', {class: `cell ${name}`, x: x + inset, y: y + inset, width: CELL - 2 * inset, height: CELL - 2 * inset, ...more});
  const height = isInFlight(partition) ? IN_FLIGHT : 0;
  const drawn = {
    moving: () => [rect('bed', 0.7), svg('rect', {class: 'cell moving', x: x + 2.6, y: y + 10.9 - height, width: 7.8, height})],
    short: () => rect('short', 0.6, {fill: 'url(#hatch-short)'}),
    unavailable: () => rect('unavailable', -1)
  };
  return svg('a', {'data-key': partition.label, href: formatRoute('ring', {partition: partition.label}), 'aria-label': `${partition.label}, ${words.partitionStates[partition.state]}`}, drawn[partition.state]());
}

function axis(columns, rows) {
  const digits = Math.ceil(Math.log2(columns) / 4);
  const every = Math.max(1, columns / 16);
  const label = value => value.toString(16).padStart(digits, '0');
  const numbers = length => Array.from({length}, (_, i) => i).filter(i => i % every === 0);
  return [...numbers(columns).map(i => svg('text', {x: i * STEP + CELL / 2, y: -7}, label(i))),
    ...numbers(rows).map(i => svg('text', {x: -10, y: i * STEP + 10}, label(i)))];
}
