import {svg} from '../lib/dom.js';
import {isInFlight} from '../lib/model.js';
import {ahead, arc, cross, hue, point, R, round, sector, shape, spoke, xy} from './geometry.js';

/** What each layer of the picture holds: few paths, each of many pieces, so that thousands of positions stay cheap. */

const GAP = 0.0004;
/** The bar in the cell of a partition that is copied now. */
const IN_FLIGHT = 5;
const CELLS_MAX = 512;
const BINS = 256;
const DENSE_BINS = 1_400;

const path = (key, name, d, attributes = {}) => d === '' ? null : svg('path', {'data-key': key, class: name, d, ...attributes});

/** How positions are drawn, by the pixels that each has on the circle. */
export function detail(positions, pixelsPerUnit) {
  const pixels = 2 * Math.PI * R.own1 * pixelsPerUnit / Math.max(1, positions);
  return pixels >= 8 ? 'shapes' : pixels >= 3 ? 'dots' : pixels >= 1 ? 'ticks' : 'bins';
}

/** The first byte of ids, in hex; labels step aside for what is drawn over them. */
export function bezel(avoided = []) {
  const made = [];
  let ticks = '';
  let majors = '';
  for (let i = 0; i < 64; i++) {
    if (i % 4 === 0) {
      majors += spoke(486, 493, i / 64);
    } else {
      ticks += spoke(486, 489, i / 64);
    }
  }
  made.push(path('ticks', 'tick', ticks), path('majors', 'tick major', majors));
  for (let i = 0; i < 16; i++) {
    if (!avoided.some(turn => Math.min(ahead(turn, i / 16), ahead(i / 16, turn)) < 0.019)) {
      const [x, y] = xy(R.hex, i / 16);
      made.push(svg('text', {'data-key': `hex${i}`, class: 'hex', x: round(x), y: round(y), dy: '.35em'}, `${i.toString(16)}0`));
    }
  }
  return made;
}

/** Arcs by owner. `selected` has its full height, the others give way; `lit` are held out, too. */
export function owners(model, how, {selected, lit}) {
  if (model.positions.length === 0) {
    return [svg('circle', {class: 'unfilled', r: 425}), svg('circle', {class: 'unfilled two', r: 393})];
  }
  if (how === 'ticks' || how === 'bins') {
    return denseOwners(model, how, {selected, lit});
  }
  const layers = [];
  for (const node of model.nodes) {
    const isOther = selected !== null && node !== selected && !lit.includes(node);
    const outer = isOther ? R.own0 + 10 : R.own1;
    let d = '';
    for (const position of node.positions) {
      const gap = Math.min(GAP, (position.turn - position.from) / 4);
      d += sector(R.own0, outer, position.from + gap, position.turn - gap);
    }
    const name = `own ${hue(node.index)} ${node.state}${isOther ? ' dim' : ''}${lit.includes(node) ? ' lit' : ''}`;
    layers.push(path(`own${node.id}`, name, d));
    if (node.state === 'down') {
      layers.push(path(`gone${node.id}`, 'gone', d));
    }
  }
  return layers;
}

function denseOwners(model, how, {selected, lit}) {
  const layers = [path(how, how, denseOutline(model, how))];
  for (const node of model.nodes.filter(node => node === selected || lit.includes(node) || node.state !== 'alive')) {
    const d = node.positions.map(position => sector(R.own0, R.own1, position.from, Math.max(position.turn, position.from + 0.0006))).join('');
    layers.push(path(`own${node.id}`, `own ${hue(node.index)} ${node.state}`, d));
    if (node.state === 'down') {
      layers.push(path(`gone${node.id}`, 'gone', d));
    }
  }
  return layers;
}

let outline = {of: null, how: '', d: ''};

/** Of all positions, whoever has them; kept, as it is long and the same until the ring is another. */
function denseOutline({ring, positions}, how) {
  if (outline.of !== ring || outline.how !== how) {
    const d = how === 'bins' ? binned(positions, DENSE_BINS) : positions.map(position => spoke(R.own0, R.own0 + 11, position.turn)).join('');
    outline = {of: ring, how, d};
  }
  return outline.d;
}

/** The more positions in a bin, the higher it is. */
function binned(positions, bins) {
  const counts = new Array(bins).fill(0);
  positions.forEach(position => counts[Math.floor(position.turn * bins)]++);
  const most = Math.max(...counts, 1);
  return counts.map((count, i) => count === 0 ? '' : sector(R.own0, R.own0 + 18 * count / most, i / bins, (i + 0.8) / bins)).join('');
}

/** One path for all cells of a state: the shape says it before the colour does. */
export function cells(partitions, quiet = false) {
  const drawn = partitions.length <= CELLS_MAX ? partitions : binPartitions(partitions);
  const gap = 0.07 / Math.max(1, drawn.length);
  const height = R.part1 - R.part0;
  const d = {healthy: '', bed: '', moving: '', short: '', missing: '', unavailable: ''};
  for (const cell of drawn) {
    const from = cell.from + gap;
    const to = cell.to - gap;
    switch (cell.state) {
      case 'moving':
        d.bed += sector(R.part0, R.part1, from, to);
        d.moving += isInFlight(cell)
          ? sector(R.part0 + 2, R.part0 + 2 + IN_FLIGHT, from + gap, to - gap) : '';
        break;
      case 'short':
        d.short += sector(R.part0, R.part0 + height * 0.62, from, to);
        d.missing += sector(R.part0 + height * 0.72, R.part1, from, to);
        break;
      case 'unavailable':
        d.unavailable += sector(R.part0 - 16, R.part1 + 3, from - gap * 0.6, to + gap * 0.6);
        break;
      default:
        d.healthy += sector(R.part0, R.part1, from, to);
    }
  }
  return [
    path('healthy', quiet ? 'cell quiet' : 'cell healthy', d.healthy), path('bed', 'cell bed', d.bed), path('moving', 'cell moving', d.moving),
    path('short', 'cell short', d.short, {fill: 'url(#hatch-short)'}), path('missing', 'cell missing', d.missing),
    path('unavailable', 'cell unavailable', d.unavailable)
  ];
}

const SEVERITY = ['healthy', 'moving', 'short', 'unavailable'];

/** Where there are too many for a cell each, a bin shows the worst state in it: a red one is never averaged away. */
function binPartitions(partitions) {
  const size = partitions.length / BINS;
  return Array.from({length: BINS}, (_, bin) => {
    const inside = partitions.slice(Math.floor(bin * size), Math.floor((bin + 1) * size));
    const worst = Math.max(...inside.map(partition => SEVERITY.indexOf(partition.state)));
    return {from: bin / BINS, to: (bin + 1) / BINS, state: SEVERITY[worst], arriving: inside.flatMap(partition => partition.arriving)};
  });
}

/** Marks at the true ids. `targets` and `focus` are held out. */
export function marks(model, how, {selected, lit, focus, targets}) {
  const isDense = how === 'ticks' || how === 'bins';
  const size = how === 'shapes' ? 5.6 : 4;
  const layers = [];
  const hosts = new Set([focus, ...targets].map(position => position?.node));
  for (const node of model.nodes) {
    const isOther = selected !== null && node !== selected && !lit.includes(node);
    const isQuiet = (isOther || isDense) && node.state !== 'down' && !lit.includes(node) && (isDense ? node !== selected : node.state === 'alive');
    if (isDense && isQuiet && !hosts.has(node)) {
      continue;
    }
    let plain = '';
    let hot = '';
    let stalks = '';
    for (const position of node.positions) {
      const isHot = position === focus || targets.has(position);
      const isOut = node.state === 'joining' || node.state === 'draining' || node.state === 'drained';
      const radius = isOut ? R.thread : isQuiet && !isHot ? R.mark - 9 : R.mark;
      const [x, y] = xy(radius, position.turn);
      if (isOut && !isDense) {
        stalks += spoke(selected === null ? R.own1 : R.own0 + 10, R.thread - 7, position.turn);
      }
      if (node.state === 'down') {
        plain += cross(x, y, how === 'shapes' ? 4.5 : 3);
      } else if (isHot) {
        hot += shape(node.index, x, y, size * 1.35);
      } else if (isQuiet) {
        plain += isDense ? '' : shape(0, x, y, 2.9);
      } else {
        plain += how === 'dots' && node !== selected && !lit.includes(node) ? shape(0, x, y, 3.6) : shape(node.index, x, y, size);
      }
    }
    const name = `mark ${hue(node.index)} ${node.state}${isQuiet ? ' dim' : ''}${lit.includes(node) ? ' lit' : ''}`;
    layers.push(path(`stalk${node.id}`, `stalk ${hue(node.index)}`, stalks), path(`mark${node.id}`, name, plain),
      path(`hot${node.id}`, `mark ${hue(node.index)} ${node.state} hot`, hot));
  }
  return layers;
}

/** Partitions that a node has: taller, where it leads. A second row: what it will have, copies now, waits for. */
export function holdings(model, node) {
  if (node === null || model.partitions.length > 4 * CELLS_MAX) {
    return [];
  }
  const gap = 0.13 / model.partitions.length;
  let held = '';
  let coming = '';
  let waiting = '';
  for (const partition of model.partitions) {
    const from = partition.from + gap;
    const to = partition.to - gap;
    if (partition.holders.includes(node)) {
      held += sector(partition.leader === node ? R.hold0 - 1 : R.hold0 + 4, R.hold1, from, to);
    } else if (partition.arriving.includes(node)) {
      coming += sector(R.hold0 + 4, R.hold1, from, to);
    } else if (partition.desired.includes(node)) {
      waiting += arc((R.hold0 + R.hold1) / 2 + 2, from, to);
    }
  }
  return [path('held', `hold ${hue(node.index)}`, held), path('coming', 'coming', coming), path('waiting', `awaited ${hue(node.index)}`, waiting)];
}

/** A partition in the light: its replicas, in the order in which the ring asks for them, beside a pin. */
export function pin(partition) {
  if (partition === null) {
    return [];
  }
  const middle = (partition.from + partition.to) / 2;
  return [path('pin', 'pin', `${sector(R.part0 - 5, R.part1 + 5, partition.from, partition.to)}`),
    path('pinned', 'pin-line', spoke(R.chord, R.part0 - 6, middle))];
}

/** Where the keyboard is. */
export function cursor(item, band) {
  if (item === null) {
    return [];
  }
  if (band === 'positions') {
    const [x, y] = xy(item.node.state === 'joining' ? R.thread : R.mark, item.turn);
    return [svg('circle', {class: 'cursor', cx: round(x), cy: round(y), r: 13})];
  }
  return [path('cursor', 'cursor', sector(R.part0 - 5, R.part1 + 5, item.from, item.to))];
}

export const dot = (radius, turn, size, name) => {
  const [x, y] = xy(radius, turn);
  return svg('circle', {class: name, cx: round(x), cy: round(y), r: size});
};

/** Texts at a line that leaves the ring; `parts` are texts or [class, text]. */
export function callout(key, turn, parts, radius = 522) {
  const isRight = Math.sin(turn * 2 * Math.PI) >= 0;
  const [x, y] = xy(radius, turn);
  const end = x + (isRight ? 6 : -6);
  return svg('g', {'data-key': key, class: 'callout'},
    svg('path', {d: `M${point(R.thread - 4, turn)}L${round(x)} ${round(y)}H${round(end)}`}),
    svg('text', {x: round(end + (isRight ? 5 : -5)), y: round(y), dy: '.35em', 'text-anchor': isRight ? 'start' : 'end'},
      parts.map(part => Array.isArray(part) ? svg('tspan', {class: part[0]}, part[1]) : part)));
}
