import {element, render, svg} from '../lib/dom.js';
import {successorIndex, fingers as fingersByRule} from '../lib/ids.js';
import {superscript} from '../lib/format.js';
import {words} from '../words.js';
import {ahead, chord, cross, hue, polar, R, round, shape, spoke, thread, xy} from './geometry.js';
import {bezel, callout, cells, cursor, detail, dot, holdings, marks, owners, pin} from './layers.js';

const SIDE = 2 * R.outer;
const LAYERS = ['bezel', 'owners', 'cells', 'held', 'lace', 'fingers', 'marks', 'moves', 'elections', 'extra', 'cursor', 'centre'];
const THREADS_MAX = 40;
const REDUCED_MOTION = '(prefers-reduced-motion: reduce)';
/** What the label of a finger takes. */
const LABEL = {width: 52, height: 22};
const CALLOUTS_MAX = 6;
/** What the words of a callout take: to the side for each character, and in height. */
const CALLOUT = {radius: 528, character: 11.5, height: 26};
const LACE_POWER = 126;
/** Selected in a quiet picture: so all others give way. */
const NOBODY = {};
/** Where the lines below the large word stand. */
const LINES = [60, 90, 117];

/** The hatches that states are drawn with; once in a page. */
export function hatches() {
  return svg('svg', {class: 'hatches', width: 0, height: 0, 'aria-hidden': 'true'}, svg('defs', {},
    svg('pattern', {id: 'hatch-short', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'},
      svg('rect', {class: 'hatch-bed', width: 6, height: 6}), svg('rect', {class: 'hatch-line', width: 3, height: 6})),
    svg('pattern', {id: 'hatch-down', width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(-45)'},
      svg('rect', {class: 'hatch-gone', width: 2.4, height: 7})),
    svg('marker', {id: 'tip', viewBox: '0 0 10 10', refX: 8, refY: 5, markerWidth: 11, markerHeight: 11, orient: 'auto', markerUnits: 'userSpaceOnUse'},
      svg('path', {class: 'tip', d: 'M0 1L10 5L0 9Z'})),
    svg('marker', {id: 'arrow', viewBox: '0 0 10 10', refX: 1, refY: 5, markerWidth: 19, markerHeight: 19, orient: 'auto', markerUnits: 'userSpaceOnUse'},
      svg('path', {class: 'tip', d: 'M0 1L10 5L0 9Z'}))));
}

/** The mark of a node beside its name. */
export function chip(node, size = 14) {
  return svg('svg', {class: 'chip', width: size, height: size, viewBox: '-7 -7 14 14', 'aria-hidden': 'true'},
    node.state === 'down' ? svg('path', {class: 'mark down', d: 'M-4 -4l8 8m0 -8l-8 8'})
      : svg('path', {class: `mark ${hue(node.index)} ${node.state}`, d: shape(node.index, 0, 0, 4.6)}));
}

/** The ring as a picture: draws a model, and says what is at a place in it. */
export class RingPicture {
  root = svg('svg', {viewBox: `${-R.outer} ${-R.outer} ${SIDE} ${SIDE}`, role: 'img'});
  #layers = Object.fromEntries(LAYERS.map(name => [name, svg('g', {class: name})]));
  #model = null;

  constructor() {
    this.root.append(...Object.values(this.#layers));
  }

  /** Device-independent pixels for each unit. */
  get scale() {
    const box = this.root.getBoundingClientRect();
    return Math.min(box.width, box.height) / SIDE;
  }

  /**
   * Draws the whole.
   *
   * @param look `selected` node, `focus` position with its `table` of known ids (null: not told), `partition`, `lit` nodes,
   *     `cursor` `{band, item}`, `verdict`; `quiet` to leave the light to the shapes of `extra`, which `avoided` turns have labels of;
   *     `isBare` for nothing of the ring but its partitions
   */
  draw(model, look) {
    this.#model = model;
    const how = detail(model.positions.length, this.scale);
    const known = look.focus === null ? [] : fingersByRule(model.positions, look.focus);
    const moving = look.quiet ? [] : movesOf(model);
    const targets = new Set(known.map(finger => finger.target));
    const chosen = {selected: look.quiet ? NOBODY : look.selected, lit: look.lit, focus: look.focus, targets};
    const paint = (name, ...shapes) => render(this.#layers[name], ...shapes);
    paint('bezel', look.isBare ? [] : bezel([...moving.slice(0, CALLOUTS_MAX).map(move => move.middle), ...(look.avoided ?? [])]));
    paint('owners', look.isBare ? [] : owners(model, how, chosen));
    paint('cells', cells(model.partitions, look.quiet));
    paint('held', holdings(model, look.selected), pin(look.partition));
    paint('lace', this.#lace(look));
    paint('fingers', this.#fingers(known, look));
    paint('marks', look.isBare ? [] : marks(model, how, chosen));
    paint('moves', this.#moves(moving));
    paint('extra', look.extra ?? []);
    paint('cursor', look.cursor === null ? [] : cursor(look.cursor.item, look.cursor.band));
    paint('centre', centre(look.verdict));
    this.root.setAttribute('aria-label', [look.verdict.headline, look.verdict.sentence].join(' ').trim());
  }

  /** The long fingers of the other positions of the selected node, each of a target that the node knows. */
  #lace({selected, focus, table}) {
    if (selected === null || table === null) {
      return [];
    }
    const {positions} = this.#model;
    const d = selected.positions.filter(position => position !== focus).flatMap(position => fingersByRule(positions, position, LACE_POWER)
      .filter(finger => table.has(finger.target.id))
      .map(finger => chord(position.turn, finger.target.turn)));
    return [svg('path', {class: `lace ${hue(selected.index)}`, d: d.join('')})];
  }

  #fingers(known, {focus, selected, table}) {
    if (focus === null) {
      return [];
    }
    const name = hue((selected ?? focus.node).index);
    const made = [svg('path', {'data-key': 'from', class: `spoke from ${name}`, d: spoke(R.chord - 2, R.part0 - 2, focus.turn)})];
    const labels = [];
    const places = [];
    const isFree = ([x, y]) => places.every(place => Math.abs(x - place[0]) > LABEL.width || Math.abs(y - place[1]) > LABEL.height);
    known.forEach((finger, i) => {
      const {turn, id, node} = finger.target;
      const isKnown = table !== null && table.has(id);
      const [x, y] = xy(R.chord, turn);
      made.push(
        svg('path', {'data-key': `s${finger.power}`, class: 'spoke to', d: spoke(R.chord, R.part0 - 2, turn)}),
        svg('path', {
          'data-key': `f${focus.id}${finger.power}`, class: `finger ${name}${isKnown ? '' : ' unknown'}`, pathLength: isKnown ? 1 : null,
          'stroke-width': Math.max(1.6, 3.4 - i * 0.28).toFixed(1), d: chord(focus.turn, turn)
        }),
        svg('path', {
          'data-key': `m${finger.power}`, class: `mark ${hue(node.index)} ${node.state} hot`, d: node.state === 'down' ? cross(x, y, 5) : shape(node.index, x, y, 6)
        }));
      const place = xy(R.chord - 27, turn + 0.006);
      if (ahead(focus.turn, turn) > 0.028 && isFree(place)) {
        places.push(place);
        labels.push(svg('text', {'data-key': `l${finger.power}`, class: 'finger-label', x: round(place[0]), y: round(place[1]), dy: '.35em'},
          `2${superscript(finger.power)}`));
      }
    });
    return [...made, ...labels];
  }

  /** How far from the middle something can be seen, to the left and right: the picture may stand in a wider place. */
  get sideways() {
    const place = (this.root.parentElement ?? this.root).getBoundingClientRect();
    return place.width / 2 / this.scale;
  }

  #moves(moving) {
    if (moving.length === 0) {
      return [];
    }
    const threads = moving.slice(0, THREADS_MAX).flatMap(move => [
      svg('path', {'data-key': `t${move.key}`, class: 'thread', d: thread(move.middle, move.to)}),
      svg('path', {'data-key': `d${move.key}`, class: 'thread flow', d: thread(move.middle, move.to)}),
      dot(R.part1 + 1, move.middle, 3.4, 'thread-from')]);
    return [...threads, ...roomy(moving, this.sideways).map(move => callout(`c${move.key}`, move.middle, [
      ['mono', move.label], ` ${words.copyTo(move.name)}`]))];
  }

  /** A ring of ink around the cell of a partition that has a new leader, once; it is nothing but its motion. */
  elect(partition) {
    if (matchMedia(REDUCED_MOTION).matches) {
      return;
    }
    const [x, y] = xy((R.part0 + R.part1) / 2, (partition.from + partition.to) / 2);
    const ring = svg('circle', {class: 'election', cx: round(x), cy: round(y), r: 22});
    ring.addEventListener('animationend', () => ring.remove());
    if (this.#layers.elections.childNodes.length < 4) {
      this.#layers.elections.append(ring);
    }
  }

  /** What is drawn there: `{band, item}`, null for nothing. Found by the ids, never by the document. */
  at(clientX, clientY) {
    const box = this.root.getBoundingClientRect();
    const unit = SIDE / Math.min(box.width, box.height);
    const {turn, radius} = polar((clientX - box.left - box.width / 2) * unit, (clientY - box.top - box.height / 2) * unit);
    const {positions, partitions} = this.#model ?? {positions: [], partitions: []};
    if (radius >= R.part0 - 16 && radius < R.own0 - 4 && partitions.length > 0) {
      return {band: 'partitions', item: partitions[Math.floor(turn * partitions.length)]};
    }
    if (radius >= R.own0 - 4 && radius < R.thread + 12 && positions.length > 0) {
      return {band: 'positions', item: radius < R.own1 + 4 ? owner(positions, turn) : nearest(positions, turn)};
    }
    return null;
  }
}

const owner = (positions, turn) => positions[successorIndex(positions, BigInt(Math.floor(turn * 2 ** 52)) << 76n)];

function nearest(positions, turn) {
  const after = owner(positions, turn);
  return ahead(turn, after.turn) < ahead(after.before.turn, turn) ? after : after.before;
}

/** Copies in flight: from the partition to the next position of each node that asks for it. */
function movesOf(model) {
  return model.partitions.flatMap(partition => {
    const middle = (partition.from + partition.to) / 2;
    return partition.arriving.filter(target => target.positions.length > 0).map(target => {
      const to = target.positions.reduce((best, position) => ahead(middle, position.turn) < ahead(middle, best.turn) ? position : best);
      return {key: `${partition.partition}-${target.id}`, label: partition.label, middle, to: to.turn, name: target.name};
    });
  });
}

/** As many as have room beside each other, and can be seen. */
function roomy(moving, sideways) {
  const kept = [];
  const places = [];
  const isFree = place => places.every(other => other.left > place.right || other.right < place.left || Math.abs(other.y - place.y) > CALLOUT.height);
  for (const move of moving) {
    const place = calloutBox(move);
    if (kept.length < CALLOUTS_MAX && isFree(place) && place.right <= sideways && place.left >= -sideways) {
      kept.push(move);
      places.push(place);
    }
  }
  return kept;
}

/** Where its words stand, to the side on which it is. */
function calloutBox({middle, label, name}) {
  const [x, y] = xy(CALLOUT.radius, middle);
  const width = CALLOUT.character * `${label} ${words.copyTo(name)}`.length;
  return x >= 0 ? {left: x, right: x + width, y} : {left: x - width, right: x, y};
}

export function centre(verdict) {
  const lines = ['lead', 'detail', 'more'].filter(name => verdict[name] !== '');
  return [
    svg('text', {'data-key': 'top', class: `c top ${verdict.level}`, y: -62}, verdict.top),
    svg('text', {'data-key': 'hero', class: `c hero ${verdict.level}${verdict.hero.length > 7 ? ' long' : ''}`, y: 22}, verdict.hero),
    lines.map((name, i) => svg('text', {'data-key': name, class: `c ${name} line-${i}`, y: LINES[i]}, verdict[name]))].flat();
}

/** A node's or a position's sign in running text. */
export const named = (node, size = 12) => [chip(node, size), element('span', {}, node.name)];

