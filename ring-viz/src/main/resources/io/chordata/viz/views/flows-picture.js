import {svg} from '../lib/dom.js';
import {bytes} from '../lib/format.js';
import {ahead, chordMiddle, hue, point, R, round, shape, xy} from '../ring/geometry.js';
import {words} from '../words.js';

const SIDE = R.chord;
const NAME = 446;
const END = 432;
const LINE = 25;
const NAMED_MAX = 40;
/** With more, arrows of clients stand too near to each other to be told apart. */
const CLIENTS_MAX = 16;
const THREADS_MAX = 40;
const THIN = 1.5;
const THICK = 10;
const STEP = 64 << 10;
/** Threads of two kinds between the same nodes run beside each other. */
const ASIDE = {replication: 0, movement: 22, repair: -22};
const text = words.flows;

/** Where a node stands: clockwise in the order of the list, as flows are between nodes and not between positions. */
const turnOf = (model, node) => node.at / model.nodes.length;

/** By the rate: as much more for each doubling, since one is often a thousand times another. */
export const widthOf = rate => Math.min(THICK, Math.round(10 * (THIN + 1.5 * Math.log2(1 + rate / STEP))) / 10);

/** The nodes, what clients and each of them send each other, and what they send among themselves. */
export function flowShapes(model, flows, links) {
  const isNamed = model.nodes.length <= NAMED_MAX;
  const byId = new Map((flows?.nodes ?? []).map(({node, bytesReceived, bytesSent}) => [node, {in: bytesReceived, out: bytesSent}]));
  return [
    ...links.slice(0, THREADS_MAX).flatMap(link => thread(model, link)),
    ...model.nodes.flatMap(node => byId.has(node.id) && model.nodes.length <= CLIENTS_MAX ? clients(node, turnOf(model, node), byId.get(node.id)) : []),
    ...model.nodes.map(node => station(node, turnOf(model, node), isNamed, model.nodes.length <= CLIENTS_MAX ? byId.get(node.id) ?? null : null,
      flows !== null && !byId.has(node.id)))];
}

/** Lines of text stand away from the circle: upwards at its top, downwards at its bottom. */
function station(node, turn, isNamed, told, isSilent) {
  const [x, y] = xy(SIDE, turn);
  const [nameX, nameY] = xy(NAME, turn);
  const [side, up] = xy(1, turn);
  const lines = [['flow-name', node.name], ...isSilent ? [['flow-silent', text.untold]] : told === null ? [] : ['in', 'out'].filter(way => told[way] > 0).map(way => ['flow-rate', text[way](bytes(told[way]))])];
  const first = nameY + 8 + LINE * (lines.length - 1) * (up - 1) / 2;
  return svg('g', {'data-key': node.id}, svg('path', {class: `mark ${hue(node.index)} ${node.state} hot`, d: shape(node.index, x, y, isNamed ? 9 : 4)}),
    isNamed ? lines.map(([name, line], i) => svg('text', {class: name, x: round(nameX), y: round(first + LINE * i), 'text-anchor': Math.abs(side) < 0.1 ? 'middle' : side > 0 ? 'start' : 'end'}, line)) : null);
}

function thread(model, {from, to, kind, bytes: rate}) {
  const d = bow(turnOf(model, from), turnOf(model, to), ASIDE[kind]);
  const key = `${from.id}${to.id}${kind}`;
  return [
    svg('path', {'data-key': `t${key}`, class: `link-thread ${kind}`, 'stroke-width': widthOf(rate), 'marker-end': 'url(#arrow)', d}, svg('title', {}, `${from.name} → ${to.name}: ${text.kinds[kind]}, ${bytes(rate)}/s`)),
    kind === 'replication' ? null : svg('path', {'data-key': `d${key}`, class: 'thread flow', d})].filter(shape => shape !== null);
}

/** The shorter way around the middle; the way back runs beside it. It ends where its arrow begins. */
function bow(from, to, aside) {
  const isBack = ahead(from, to) > 0.5;
  const span = isBack ? ahead(to, from) : ahead(from, to);
  const radius = SIDE - 16;
  const control = 2 * chordMiddle(span, radius) - radius * Math.cos(Math.PI * span) + (isBack ? 44 : 0) + aside;
  return `M${point(radius, from)}Q${point(control, (isBack ? to : from) + span / 2)} ${point(radius - 14, to)}`;
}

/** To the node and from it, side by side; none where nothing flows. */
function clients(node, turn, flow) {
  const out = xy(1, turn);
  const at = (radius, aside) => [out[0] * radius - out[1] * aside, out[1] * radius + out[0] * aside].map(round).join(' ');
  const drawn = (name, aside, rate, begin, end) => rate === 0 ? null
    : svg('path', {'data-key': `client-${name}-${node.id}`, class: 'client', 'stroke-width': widthOf(rate), 'marker-end': 'url(#arrow)', d: `M${at(begin, aside)}L${at(end, aside)}`});
  return [drawn('in', -12, flow.in, END, SIDE + 32), drawn('out', 12, flow.out, SIDE + 16, END - 16)].filter(shape => shape !== null);
}
