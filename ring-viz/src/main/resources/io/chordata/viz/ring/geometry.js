/**
 * The circle: angles are turns from 0 to 1, clockwise from twelve o'clock, which is id 0; lengths are ring units, of which
 * the picture is 1,090 wide.
 */
const TAU = 2 * Math.PI;

export const R = {
  outer: 545, hex: 507, thread: 474, mark: 447, own0: 416, own1: 434, part0: 378, part1: 408, hold0: 358, hold1: 370, in0: 342, in1: 351,
  chord: 332
};

export const round = value => (Math.round(value * 10) / 10).toString();

export const xy = (radius, turn) => [radius * Math.sin(turn * TAU), -radius * Math.cos(turn * TAU)];

export const point = (radius, turn) => xy(radius, turn).map(round).join(' ');

/** Clockwise from one turn to the other, below 1. */
export const ahead = (from, to) => (to - from + 1) % 1;

/** The turn and radius of a place in the picture. */
export function polar(x, y) {
  return {turn: (Math.atan2(x, -y) / TAU + 1) % 1, radius: Math.hypot(x, y)};
}

const large = (from, to) => to - from > 0.5 ? 1 : 0;

export function arc(radius, from, to) {
  return `M${point(radius, from)}A${radius} ${radius} 0 ${large(from, to)} 1 ${point(radius, to)}`;
}

/** A piece of a ring; a whole one is two halves, since an arc cannot end where it begins. */
export function sector(inner, outer, from, to) {
  if (to - from > 0.999) {
    return sector(inner, outer, from, from + 0.5) + sector(inner, outer, from + 0.5, from + 0.999);
  }
  const size = large(from, to);
  return `M${point(outer, from)}A${round(outer)} ${round(outer)} 0 ${size} 1 ${point(outer, to)}`
    + `L${point(inner, to)}A${round(inner)} ${round(inner)} 0 ${size} 0 ${point(inner, from)}Z`;
}

export const spoke = (inner, outer, turn) => `M${point(inner, turn)}L${point(outer, turn)}`;

/** How near a chord comes to the middle. */
export const chordMiddle = (span, radius = R.chord) => radius * (1 - 0.6 * Math.sin(Math.PI * Math.min(span, 0.5)) ** 0.86);

/** Leaves inward, bows clockwise, never enters the middle. */
export function chord(from, to, radius = R.chord) {
  const span = ahead(from, to);
  const control = 2 * chordMiddle(span, radius) - radius * Math.cos(Math.PI * span);
  return `M${point(radius, from)}Q${point(control, from + span / 2)} ${point(radius, to)}`;
}

/** From a partition outwards and clockwise to the position that asks for it. */
export function thread(from, to) {
  const span = ahead(from, to);
  const bend = Math.min(0.004, span / 3);
  return `M${point(R.part1 + 1, from)}L${point(R.thread - 10, from)}Q${point(R.thread, from)} ${point(R.thread, from + bend)}`
    + `A${R.thread} ${R.thread} 0 ${span > 0.5 ? 1 : 0} 1 ${point(R.thread, to - 0.0035)}`;
}

/** The mark of the node with this index, five shapes in turn. */
export function shape(index, x, y, size) {
  const at = (dx, dy) => `${round(x + dx * size)} ${round(y + dy * size)}`;
  switch (index % 5) {
    case 0:
      return `M${at(-1, 0)}A${round(size)} ${round(size)} 0 1 1 ${at(1, 0)}A${round(size)} ${round(size)} 0 1 1 ${at(-1, 0)}Z`;
    case 1:
      return `M${at(-0.88, -0.88)}L${at(0.88, -0.88)}L${at(0.88, 0.88)}L${at(-0.88, 0.88)}Z`;
    case 2:
      return `M${at(0, -1.25)}L${at(1.25, 0)}L${at(0, 1.25)}L${at(-1.25, 0)}Z`;
    case 3:
      return `M${at(0, -1.2)}L${at(1.15, 0.85)}L${at(-1.15, 0.85)}Z`;
    default:
      return `M${at(0, 1.2)}L${at(1.15, -0.85)}L${at(-1.15, -0.85)}Z`;
  }
}

/** Two shapes and hues in turn give 40 nodes a pair of their own. */
export const hue = index => `n${index % 8 + 1}`;

export const cross = (x, y, size) =>
  `M${round(x - size)} ${round(y - size)}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`;
