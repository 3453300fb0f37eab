/** Ids of the ring: 128-bit numbers, written as 32 hex digits, arithmetic modulo 2^128. */
export const BITS = 128;
const MASK = (1n << 128n) - 1n;

export const parse = hex => BigInt('0x' + hex);

/** The id as a fraction of the circle, clockwise from id 0. */
export const turn = id => Number(id >> 76n) / 2 ** 52;

export const clockwise = (from, to) => (to - from) & MASK;

const plusPower = (id, power) => (id + (1n << BigInt(power))) & MASK;

/** Strict and wrapping; `between(a, x, a)` holds for every x other than a. */
export function between(a, x, b) {
  return a === b ? x !== a : clockwise(a, x) > 0n && clockwise(a, x) < clockwise(a, b);
}

/** The index of the first of the sorted positions at or after the id. */
export function successorIndex(positions, id) {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions[middle].big < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low % positions.length;
}

/** The targets of a position's fingers by the rule, each once, longest reach first: `[{power, target}]`; from that power on. */
export function fingers(positions, position, least = 0) {
  const found = [];
  for (let power = BITS - 1; power >= least; power--) {
    const target = positions[successorIndex(positions, plusPower(position.big, power))];
    if (target !== position && found.at(-1)?.target !== target) {
      found.push({power, target});
    }
  }
  return found;
}
