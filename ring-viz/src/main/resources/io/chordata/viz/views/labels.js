import {svg} from '../lib/dom.js';
import {polar, R, round} from '../ring/geometry.js';

/** Of the size of the type; wider than most letters are. */
const CHARACTER = 0.62;
/** Steps outwards and up or down, in sizes of the type, the shortest way first. */
const STEPS = [0, 1, 2, 3, 4].flatMap(out => Array.from({length: 25}, (_, i) => ({out: 1.2 * out, down: 0.6 * (i - 12)})))
  .sort((a, b) => a.out + Math.abs(a.down) - b.out - Math.abs(b.down));

/**
 * Texts beside the ring, outside of what they name: moved up or down until they cover nothing that must be seen, and in from the
 * edge of what can be seen.
 */
export class Labels {
  #size;
  #sideways;
  #taken = [];
  #turns = [];

  /** @param size of the type; @param sideways how far from the middle something can be seen */
  constructor(size, sideways) {
    this.#size = size;
    this.#sideways = sideways;
  }

  /** Where they stand on the circle: what else is written there should step aside. */
  get turns() {
    return this.#turns;
  }

  /** Something round that must be seen. */
  block([x, y], radius) {
    this.#taken.push({left: x - radius, right: x + radius, top: y - radius, bottom: y + radius});
  }

  /** @param gap to the place that it names */
  text(name, content, [x, y], gap) {
    const width = content.length * this.#size * CHARACTER;
    const isRight = x >= 0;
    const farthest = this.#sideways - width;
    const boxes = STEPS.map(({out, down}) => {
      const edge = Math.min(Math.abs(x) + gap + out * this.#size, farthest);
      return this.#box(isRight ? edge : -edge - width, width, y + down * this.#size);
    });
    const box = boxes.find(each => this.#isFree(each)) ?? boxes[0];
    const {left, right} = box;
    const middle = (box.top + box.bottom) / 2;
    this.#taken.push(box);
    this.#turns.push(...[left, (left + right) / 2, right].map(at => polar(at, middle).turn));
    return svg('text', {class: name, x: round(isRight ? left : right), y: round(middle), dy: '.35em', 'text-anchor': isRight ? 'start' : 'end'}, content);
  }

  #box(left, width, y) {
    return {left, right: left + width, top: y - this.#size / 2, bottom: y + this.#size / 2};
  }

  #isFree(box) {
    return box.top >= -R.outer && box.bottom <= R.outer
      && this.#taken.every(other => other.right <= box.left || other.left >= box.right || other.bottom <= box.top || other.top >= box.bottom);
  }
}
