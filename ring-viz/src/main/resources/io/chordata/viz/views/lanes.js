import {element, render, svg} from '../lib/dom.js';
import {peaks} from '../lib/flows.js';
import {words} from '../words.js';
import {grid, MINUTE, SPANS} from './timeline.js';

const HEIGHT = 30;
const BINS_MAX = 300;
/** Answers come every two seconds, but not to the tick. */
const BIN_MILLIS_MIN = 4_000;

/** What the page saw, of the last hour at most, a lane for each figure; each has its own scale, whose top is written at it. */
export class Lanes {
  root = element('section', {class: 'timeline lanes', 'aria-label': words.flows.lanes});
  #track = element('div', {class: 'track'});
  #figures;

  /** @param figures `[{name, title, format}]` */
  constructor(figures) {
    this.#figures = figures;
    this.root.append(this.#track);
  }

  update(feed) {
    const now = Date.now();
    const minutes = SPANS.find(span => now - feed.openedAt < span * MINUTE) ?? SPANS.at(-1);
    const from = now - minutes * MINUTE;
    const at = time => `${(100 * (time - from) / (now - from)).toFixed(2)}%`;
    render(this.#track, grid(from, now, minutes, at), this.#figures.map((figure, i) => this.#lane(figure, i, feed.flowSamples, from, now)), element('i', {class: 'now'}));
  }

  #lane({name, title, format}, i, samples, from, now) {
    const bins = Math.min(BINS_MAX, Math.floor((now - from) / BIN_MILLIS_MIN));
    const values = peaks(samples, name, from, now, bins);
    const most = Math.max(1, ...values.map(value => value ?? 0));
    const bar = (value, bin) => value === null ? '' : `M${bin} ${HEIGHT}V${(HEIGHT - HEIGHT * value / most).toFixed(1)}H${bin + 1}V${HEIGHT}Z`;
    return element('div', {class: `lane-box lane-${i}`, 'data-key': name}, element('span', {class: 'lane'}, title),
      svg('svg', {class: 'plot', viewBox: `0 0 ${bins} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'}, svg('path', {class: 'area traffic', d: values.map(bar).join('')})),
      element('span', {class: 'most'}, words.flows.peak(format(values.every(value => value === null) ? 0 : most))));
  }
}
