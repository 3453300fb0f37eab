import {element} from '../lib/dom.js';
import {words} from '../words.js';

const TIP_MILLIS = 300;
const PAGE = 16;

/** Pointer and keys on a ring: what is under them is lit at once and told after a moment; a click or Enter selects it. */
export class RingWalk {
  /** The nodes to light. */
  lit = [];
  /** `{band, item}` where the keys are; null while they are elsewhere. */
  cursor = null;

  #box;
  #picture;
  #live;
  #hooks;
  #tip = element('div', {class: 'tip', role: 'status', hidden: true});
  #timer = null;
  #band = 'partitions';
  #at = 0;
  #over = null;

  /** @param hooks `draw()` and `select(band, item)` */
  constructor(box, picture, live, hooks) {
    this.#box = box;
    this.#picture = picture;
    this.#live = live;
    this.#hooks = hooks;
    box.append(this.#tip);
    box.addEventListener('pointermove', event => this.#onMove(event));
    box.addEventListener('pointerleave', () => this.#onLeave());
    box.addEventListener('click', event => this.#onClick(event));
    box.addEventListener('keydown', event => this.#onKey(event));
    box.addEventListener('focus', () => this.#onFocus());
    box.addEventListener('blur', () => this.#onBlur());
  }

  #items() {
    const {positions, partitions} = this.#live.model;
    return this.#band === 'positions' ? positions : partitions;
  }

  #onMove(event) {
    const over = this.#picture.at(event.clientX, event.clientY);
    this.#box.classList.toggle('pointing', over !== null);
    if (over?.item === this.#over) {
      return;
    }
    this.#over = over?.item ?? null;
    clearTimeout(this.#timer);
    this.#tip.hidden = true;
    const lit = over === null ? [] : nodesOf(over);
    if (lit.length !== this.lit.length || lit.some((node, i) => node !== this.lit[i])) {
      this.lit = lit;
      this.#hooks.draw();
    }
    if (over !== null) {
      this.#timer = setTimeout(() => this.#showTip(over, event.clientX, event.clientY), TIP_MILLIS);
    }
  }

  #showTip(over, x, y) {
    const box = this.#box.getBoundingClientRect();
    this.#tip.textContent = describe(over);
    this.#tip.hidden = false;
    const left = Math.max(4, Math.min(x - box.left + 14, box.width - this.#tip.offsetWidth - 4));
    this.#tip.style.setProperty('left', `${left}px`);
    this.#tip.style.setProperty('top', `${Math.min(y - box.top + 16, box.height - this.#tip.offsetHeight - 4)}px`);
  }

  #onLeave() {
    clearTimeout(this.#timer);
    this.#tip.hidden = true;
    this.#over = null;
    if (this.lit.length > 0) {
      this.lit = [];
      this.#hooks.draw();
    }
  }

  #onClick(event) {
    const over = this.#picture.at(event.clientX, event.clientY);
    if (over !== null) {
      this.#hooks.select(over.band, over.item);
    }
  }

  #onFocus() {
    if (this.#box.matches(':focus-visible')) {
      this.#move(0);
    }
  }

  #onBlur() {
    this.cursor = null;
    this.lit = [];
    this.#tip.hidden = true;
    this.#hooks.draw();
  }

  #onKey(event) {
    const steps = {ArrowRight: 1, ArrowLeft: -1, PageDown: PAGE, PageUp: -PAGE};
    if (event.key in steps) {
      this.#move(steps[event.key]);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      this.#changeBand();
    } else if (event.key === 'Home') {
      this.#at = 0;
      this.#move(0);
    } else if (event.key === 'Enter' && this.cursor !== null) {
      this.#hooks.select(this.cursor.band, this.cursor.item);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** To about the same place. */
  #changeBand() {
    const before = this.#items().length;
    this.#band = this.#band === 'positions' ? 'partitions' : 'positions';
    this.#at = Math.round(this.#at * this.#items().length / Math.max(1, before));
    this.#move(0);
  }

  #move(step) {
    const items = this.#items();
    if (items.length === 0) {
      return;
    }
    this.#at = (this.#at + step + 2 * items.length) % items.length;
    this.cursor = {band: this.#band, item: items[this.#at]};
    this.lit = nodesOf(this.cursor);
    this.#tip.textContent = describe(this.cursor);
    this.#tip.hidden = false;
    this.#tip.style.setProperty('left', '12px');
    this.#tip.style.setProperty('top', '12px');
    this.#hooks.draw();
  }

  close() {
    clearTimeout(this.#timer);
  }
}

/** Whose position it is, or who holds the partition. */
const nodesOf = ({band, item}) => band === 'positions' ? [item.node] : item.holders;

function describe({band, item}) {
  return band === 'positions' ? words.ring.tipPosition(item.id.slice(0, 8), item.node.name)
    : words.ring.tipPartition(item.label, words.partitionStates[item.state], item.leader?.name ?? null);
}
