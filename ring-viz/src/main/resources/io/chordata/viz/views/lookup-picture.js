import {svg} from '../lib/dom.js';
import {clockwise, parse, successorIndex, turn} from '../lib/ids.js';
import {ahead, chord, chordMiddle, hue, point, R, round, sector, shape, spoke, xy} from '../ring/geometry.js';
import {words} from '../words.js';
import {Labels} from './labels.js';

const STEP_MILLIS = 420;
const NEAR = 0.03;
/** Of numbered circles: how large they are, and between two of them, in turns. */
const SIGN = {radius: 12, apart: 0.012};
const SMALL_SIGN = {radius: 18, apart: 0.017};

/**
 * The positions of a path. A lookup begins at a node, which is at no one place: it is drawn at the node's position that is the
 * nearest to the other side of the id, so that the first hop can be seen. A hop that names no position is at the node's last
 * one before the id, where its answer comes from.
 */
export function stopsOf(model, answer) {
  const id = parse(answer.id);
  const byId = model.positionsById;
  return answer.path.map((hop, i) => {
    const mine = model.byId.get(hop.node)?.positions ?? [];
    const isEnd = i > 0 && i === answer.path.length - 1 && hop.node === answer.node;
    if (i === 0) {
      return answer.path.length === 1 ? byId.get(answer.position) : nearest(mine, id, 0.5);
    }
    return byId.get(hop.position) ?? (isEnd ? byId.get(answer.position) : nearest(mine, id, 0));
  });
}

/** The position whose way to the id is the nearest to that part of a turn. */
function nearest(positions, id, part) {
  const off = position => Math.abs(turn(clockwise(position.big, id)) - part);
  return positions.reduce((best, position) => best === undefined || off(position) < off(best) ? position : best, undefined);
}

export const microsOf = answer => answer.path.reduce((sum, hop) => sum + hop.roundTripMicros, 0);

/** The positions clockwise from a partition's begin until all its replicas were met: `[{position, rank}]`, rank 0 for one met before. */
export function walk(model, from, replicas) {
  const {positions} = model;
  const steps = [];
  const met = new Set();
  for (let at = successorIndex(positions, from), i = 0; i < positions.length && met.size < replicas.length; i++) {
    const position = positions[(at + i) % positions.length];
    const isNew = replicas.includes(position.node.id) && !met.has(position.node.id);
    if (isNew) {
      met.add(position.node.id);
    }
    steps.push({position, rank: isNew ? met.size : 0});
  }
  return steps;
}

/**
 * The shapes of a lookup: the way that was asked for, the other one dashed if it was found, the key's needle, its cell and its replicas.
 *
 * @param room `isSmall` where type is larger and there is no room for more than names; `sideways` as of the picture
 */
export function wayShapes(model, {run, shown, other, from}, {isSmall, sideways}) {
  const id = turn(parse(shown.id));
  const partition = model.partitions[shown.partition];
  const stops = stopsOf(model, shown).filter(stop => stop !== undefined);
  const ranks = partition === undefined ? [] : walk(model, parse(partition.point), shown.replicas).filter(step => step.rank > 0);
  const labels = new Labels(isSmall ? 27 : 20, sideways);
  const sign = isSmall ? SMALL_SIGN : SIGN;
  const signs = rankSigns(ranks, id, labels, sign);
  for (let radius = R.own0; radius < R.hex + 8; radius += 8) {
    labels.block(xy(radius, id), 6);
  }
  stops.forEach(stop => labels.block(xy(R.mark + 4, stop.turn), 9));
  const marked = [needle(shown.id, id, labels), stops.map((stop, i) => legs(stop, i, stops, isSmall ? from.name : words.lookup.fromLabel(from.name), labels))];
  return {
    hops: shown.path.length - 1, micros: microsOf(shown), otherHops: other === null ? null : other.path.length - 1,
    avoided: [id, ...stops.map(stop => stop.turn), ...labels.turns],
    shapes: [other === null ? [] : otherWay(run, stopsOf(model, other).filter(stop => stop !== undefined)), partition === undefined ? [] : cell(partition), marked, hopsOf(run, stops, sign), signs].flat(3)
  };
}

const cell = partition => svg('path', {class: 'cell here', d: sector(R.part0 - 2, R.part1 + 2, partition.from, partition.to)});

function needle(hex, id, labels) {
  const [x, y] = xy(R.hex + 4, id);
  return [svg('path', {class: 'needle', d: spoke(R.chord + 6, R.hex, id)}), svg('circle', {class: 'needle-head', cx: round(x), cy: round(y), r: 5}),
    labels.text('needle-text', hex.slice(0, 8), [x, y], 11)];
}

const isNear = (a, b, distance = NEAR) => Math.min(ahead(a, b), ahead(b, a)) < distance;

/** From where the curves end to the mark of the position. */
function legs(stop, i, stops, start, labels) {
  const [x, y] = xy(R.mark + 4, stop.turn);
  const isCrowded = stops.some((other, j) => j !== i && (j < i || j === stops.length - 1) && isNear(other.turn, stop.turn));
  return [
    svg('path', {class: i === 0 ? `leg first ${hue(stop.node.index)}` : 'leg', d: spoke(R.chord, R.mark - 2, stop.turn)}),
    svg('path', {class: `mark ${hue(stop.node.index)} ${stop.node.state} hot`, d: shape(stop.node.index, x, y, 7.5)}),
    i > 0 && (i === stops.length - 1 || isCrowded) ? [] : labels.text('stop-name', i === 0 ? start : stop.node.name, xy(R.thread, stop.turn), 6)];
}

function hopsOf(run, stops, {radius}) {
  let near = 0;
  return stops.slice(1).map((stop, i) => {
    const from = stops[i].turn;
    const span = ahead(from, stop.turn);
    const delay = {'animation-delay': `${i * STEP_MILLIS}ms`};
    const [x, y] = span < NEAR ? xy(R.chord - 24 - 30 * near++, stop.turn + 0.012) : xy(chordMiddle(span), from + span / 2);
    return [svg('path', {'data-key': `h${run}-${i}`, class: 'hop', pathLength: 1, style: delay, d: chord(from, stop.turn - 0.0028)}),
      svg('path', {'data-key': `a${run}-${i}`, class: 'arrow-head', style: delay, d: arrowHead(from, stop.turn - 0.0028)}),
      svg('g', {'data-key': `b${run}-${i}`, class: 'badge', style: delay}, svg('circle', {cx: round(x), cy: round(y), r: radius + 1}),
        svg('text', {x: round(x), y: round(y), dy: '.36em'}, String(i + 1)))];
  });
}

/** At the end of a chord, along its last direction. */
function arrowHead(from, to) {
  const span = ahead(from, to);
  const control = 2 * chordMiddle(span) - R.chord * Math.cos(Math.PI * span);
  const [endX, endY] = xy(R.chord, to);
  const [x, y] = xy(control, from + span / 2);
  const length = Math.hypot(endX - x, endY - y) || 1;
  const [dx, dy] = [(endX - x) / length, (endY - y) / length];
  const at = (back, side) => `${round(endX - back * dx - side * dy)} ${round(endY - back * dy + side * dx)}`;
  return `M${at(-2, 0)}L${at(11, 5)}L${at(11, -5)}Z`;
}

const otherWay = (run, stops) => stops.slice(1).map((stop, i) =>
  svg('path', {'data-key': `o${run}-${i}`, class: 'other-way', d: chord(stops[i].turn, stop.turn, R.chord - 10)}));

/** Numbered circles outside, spread so far that they and the end of the needle can be read, each on a line to its position. */
function rankSigns(ranks, id, labels, {radius, apart}) {
  let last = null;
  return ranks.map(({position, rank}) => {
    const way = last === null ? 0 : ahead(last, position.turn);
    const wanted = last === null ? position.turn : last + (way > 0.5 ? apart : Math.max(apart, way));
    const at = besideNeedle(wanted, id, last, apart);
    last = at;
    const [x, y] = xy(R.hex - 4, at);
    labels.block([x, y], radius + 1);
    labels.block(xy(R.mark + 4, position.turn), 8);
    const [markX, markY] = xy(R.mark + 4, position.turn);
    return svg('g', {class: 'rank'}, svg('path', {d: `M${point(R.mark + 12, position.turn)}L${round(x)} ${round(y)}`}),
      svg('path', {class: `mark ${hue(position.node.index)} ${position.node.state} hot`, d: shape(position.node.index, markX, markY, 7)}),
      svg('circle', {cx: round(x), cy: round(y), r: radius}), svg('text', {x: round(x), y: round(y), dy: '.36em'}, String(rank)));
  });
}

/** On its side of the needle, if there is room. */
function besideNeedle(wanted, id, last, apart) {
  const before = ahead(apart, id);
  const hasRoom = last === null || ahead(last, before) > apart && ahead(last, before) < 0.5;
  return !isNear(wanted, id, apart) ? wanted % 1 : ahead(wanted, id) < apart && hasRoom ? before : (id + apart) % 1;
}

const LEGEND = {
  hop: () => [svg('path', {class: 'hop', d: 'M0 7h11'}), svg('path', {class: 'arrow-head', d: 'M16 7l-6 -3.500v7z'})],
  other: () => svg('path', {class: 'other-way', d: 'M0 7h16'}),
  rank: () => svg('g', {class: 'rank'}, svg('circle', {cx: 8, cy: 7, r: 6.5}), svg('text', {x: 8, y: 7, dy: '.36em'}, '1'))
};

export const legendSign = name => svg('svg', {class: 'legend-sign', viewBox: '0 0 16 14', width: 16, height: 14, 'aria-hidden': 'true'}, LEGEND[name]());
