import {svg} from '../lib/dom.js';
import {bytes} from '../lib/format.js';
import {ahead, chordMiddle, hue, point, R, round, shape, xy} from '../ring/geometry.js';
import {words} from '../words.js';

const MIB = 1 << 20;
const SIDE = R.chord;
const NAME = 434;
const END = 512;
const THREADS_MAX = 40;
const NAMED_MAX = 40;
const text = words.flows;

/** Where a node stands: clockwise in the order of the list, as flows are between nodes and not between positions. */
const turnOf = (model, node) => model.nodes.indexOf(node) / model.nodes.length;

/** In three steps, as the eye tells no more. */
const widthOf = (value, [some, many]) => value === 0 ? 1 : value < some ? 3 : value < many ? 6 : 10;

/** The nodes, what clients and the node that is asked send each other, and what is copied between nodes. */
export function flowShapes(model, here, now, pairs) {
  const isNamed = model.nodes.length <= NAMED_MAX;
  return [
    ...pairs.slice(0, THREADS_MAX).flatMap(pair => thread(model, pair)), ...(here === undefined ? [] : clients(turnOf(model, here), now)),
    ...model.nodes.map(node => {
      const turn = turnOf(model, node);
      const [x, y] = xy(SIDE, turn);
      const [nameX, nameY] = xy(NAME, turn);
      const side = Math.sin(turn * 2 * Math.PI);
      return svg('g', {'data-key': node.id}, svg('path', {class: `mark ${hue(node.index)} ${node.state} hot`, d: shape(node.index, x, y, isNamed ? 9 : 4)}),
        isNamed ? svg('text', {class: 'flow-name', x: round(nameX), y: round(nameY), dy: '.35em', 'text-anchor': Math.abs(side) < 0.1 ? 'middle' : side > 0 ? 'start' : 'end'}, node.name) : null);
    })];
}

function thread(model, {from, to, partitions}) {
  const d = bow(turnOf(model, from), turnOf(model, to));
  const key = `${from.id}${to.id}`;
  return [
    svg('path', {'data-key': `t${key}`, class: 'thread', 'stroke-width': widthOf(partitions, [4, 16]), 'marker-end': 'url(#tip)', d}),
    svg('path', {'data-key': `d${key}`, class: 'thread flow', d})];
}

/** The shorter way around the middle; the way back runs beside it. */
function bow(from, to) {
  const isBack = ahead(from, to) > 0.5;
  const [first, span] = isBack ? [to, ahead(to, from)] : [from, ahead(from, to)];
  const radius = SIDE - 16;
  const control = 2 * chordMiddle(span, radius) - radius * Math.cos(Math.PI * span) + (isBack ? 36 : 0);
  return `M${point(radius, from)}Q${point(control, first + span / 2)} ${point(radius, to)}`;
}

/** To the node and from it, side by side. */
function clients(turn, {received, sent}) {
  const out = xy(1, turn);
  const along = [-out[1], out[0]];
  const at = (radius, aside) => [0, 1].map(i => out[i] * radius + along[i] * aside);
  return [['in', -1, received], ['out', 1, sent]].flatMap(([name, side, rate]) => {
    const near = at(SIDE + 16, 10 * side);
    const far = at(END, 92 * side);
    const [begin, end] = name === 'in' ? [far, near] : [near, far];
    const label = at(END + 4, 102 * side);
    const anchor = Math.abs(out[0]) < 0.4 ? (label[0] < 0 ? 'end' : 'start') : out[0] > 0 ? 'start' : 'end';
    return [
      svg('path', {
        'data-key': `client-${name}`, class: `client${rate === 0 ? ' idle' : ''}`, 'stroke-width': widthOf(rate, [MIB, 32 * MIB]), 'marker-end': rate === 0 ? null : 'url(#tip)',
        d: `M${begin.map(round).join(' ')}L${end.map(round).join(' ')}`
      }),
      svg('text', {'data-key': `label-${name}`, class: 'flow-rate', x: round(label[0]), y: round(label[1]), dy: '.35em', 'text-anchor': anchor}, text[name](bytes(rate)))];
  });
}
