import {element, render, svg} from '../lib/dom.js';
import {isMissed} from '../lib/feed.js';
import {runs} from '../lib/flows.js';
import {bytes, clock, instant} from '../lib/format.js';
import {words} from '../words.js';

export const MINUTE = 60_000;
/** Minutes that a line of time may span. */
export const SPANS = [5, 15, 60];
const NEWS_MAX = 60;
const LABEL_ROOM = 0.17;
const MARKS_MAX = 60;
/** Beside a mark; the others are counted, and all are in its title. */
const NAMES_MAX = 2;
/** Of the line, which a mark takes. */
const MARK_SHARE = 0.012;
const FOLD_MILLIS = 10_000;
const FOLD_FROM = 3;
const HEIGHT = 30;
/** So near to the end is now. */
const NOW_SHARE = 0.995;
/** Browsers leave out what navigates more often than 200 times in ten seconds, and a drag moves more often than that. */
const SCRUB_MILLIS = 100;
const text = words.timeline;

/**
 * What happened within the last hour, as far as the node or this page saw it: the latest in words, and all along a line, on which
 * one goes back to any moment of it.
 */
export class Timeline {
  #live;
  #news = element('div', {class: 'news', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': text.latest});
  #track = element('div', {class: 'track', tabindex: 0, role: 'slider', 'aria-label': text.slider, 'aria-valuemin': 0, 'aria-valuemax': 60});
  #scrub;
  #now;
  #span = {from: 0, now: 0};
  #aim = null;
  #timer = null;
  #scrubbedAt = -SCRUB_MILLIS;
  root = element('section', {class: 'timeline', 'aria-label': text.label}, this.#news, this.#track);

  /**
   * @param scrub called with the moment to show, null for now
   * @param now makes a link to what is shown, as it is now
   */
  constructor(live, scrub, now) {
    this.#live = live;
    this.#scrub = scrub;
    this.#now = now;
    this.#track.addEventListener('pointerdown', event => {
      this.#track.setPointerCapture(event.pointerId);
      this.#onPointer(event);
    });
    this.#track.addEventListener('pointermove', event => this.#track.hasPointerCapture(event.pointerId) && this.#onPointer(event));
    this.#track.addEventListener('keydown', event => this.#onKey(event));
  }

  #onPointer(event) {
    const {left, width} = this.#track.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    const {from, now} = this.#span;
    this.#show(share > NOW_SHARE ? null : from + share * (now - from));
  }

  /** Never before the first that was kept. */
  #show(time) {
    const {first} = this.#live.past;
    this.#aim = time === null || first === null ? null : Math.round(Math.max(first, time));
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#scrubbedAt = performance.now();
      this.#scrub(this.#aim);
    }, this.#scrubbedAt + SCRUB_MILLIS - performance.now());
  }

  close() {
    clearTimeout(this.#timer);
  }

  #onKey(event) {
    const {past, at} = this.#live;
    const acts = {
      ArrowLeft: () => this.#show(past.step(at ?? Date.now(), -1) ?? past.first), ArrowRight: () => this.#show(at === null ? null : past.step(at, 1)),
      Home: () => this.#show(past.first), End: () => this.#show(null)
    };
    if (event.key in acts) {
      acts[event.key]();
      event.preventDefault();
      event.stopPropagation();
    }
  }

  update(feed) {
    const {model} = this.#live;
    const told = newsOf(feed.events).map(event => ({...event, text: tell(event, model)})).filter(event => event.text !== null);
    const {at} = this.#live;
    const latest = fold(at === null ? told : told.filter(event => event.time <= at)).slice(-NEWS_MAX).reverse();
    render(this.#news, element('h2', {}, at === null ? text.latest : [text.upTo(instant(at)), ' ', element('a', {class: 'link back-to-live', href: this.#now()}, text.back)]), latest.length === 0 ? element('p', {class: 'faint'}, text.nothing)
      : latest.map(event => element('p', {'data-key': event.id}, element('time', {}, clock(event.time)), element('span', {title: event.text}, event.text))));
    this.#drawTrack(feed, told);
  }

  #drawTrack(feed, told) {
    const now = Date.now();
    const known = Math.min(feed.openedAt, this.#live.past.first ?? now);
    const first = Math.min(known, told[0]?.time ?? now);
    const minutes = SPANS.find(span => now - first < span * MINUTE) ?? SPANS.at(-1);
    const from = now - minutes * MINUTE;
    const at = time => `${(100 * (time - from) / (now - from)).toFixed(2)}%`;
    this.#span = {from, now};
    const shown = this.#live.at;
    this.#track.setAttribute('aria-valuenow', String(shown === null ? 0 : Math.round((now - shown) / MINUTE)));
    this.#track.setAttribute('aria-valuetext', shown === null ? text.now : text.ago(clock(shown), Math.round((now - shown) / MINUTE)));
    const flows = feed.flowSamples.filter(sample => sample.time >= from);
    this.#track.classList.toggle('three', flows.length > 0);
    render(this.#track, grid(from, now, minutes, at),
      known > from ? element('span', {class: 'before', style: {width: at(known)}, title: text.unknown}) : null,
      element('span', {class: 'lane first'}, text.notWhole), plot(this.#live.history, from, now, this.#live.model.partitions.length, at),
      element('span', {class: 'lane second'}, text.nodes), marksOf(told.filter(event => event.type === 'node' && event.time >= from), from, now, at),
      flows.length === 0 ? null : [element('span', {class: 'lane third'}, text.requests), load(flows, from, now)],
      element('i', {class: 'now'}), shown === null ? null : element('i', {class: 'then', style: {left: at(Math.max(from, shown))}}, element('b', {}, clock(shown))));
  }
}

/** A sentence for an event; null for what has no news in it. */
function tell(event, model) {
  const label = number => model.partitions[number]?.label ?? String(number);
  switch (event.type) {
    case 'node':
      return text.node[event.change]?.(event.name, words.states[event.state] ?? event.state) ?? null;
    case 'leader':
      return text.leader(label(event.partition), model.byId.get(event.node)?.name ?? null);
    case 'move':
      return event.learners.length > 0 ? text.copies(label(event.partition), names(event.learners, model))
        : event.state === 'healthy' ? text.kept(label(event.partition), names(event.voters, model)) : null;
    case 'repair':
      return text.repaired(names([event.node], model), event.blocks, bytes(event.bytes));
    case 'warning':
      return isMissed(event) ? text.missed(event.missed) : event.detail;
    default:
      return null;
  }
}

const names = (ids, model) => words.list(ids.map(id => model.byId.get(id)?.name ?? id.slice(0, 8)));

/**
 * Without what says nothing new of a node: that its record is another while its state is the same, and the steps between its
 * joining and its being there, which are the same news.
 */
export function newsOf(events) {
  const last = new Map();
  return events.filter(event => {
    if (event.type !== 'node') {
      return true;
    }
    const before = last.get(event.node);
    const isJoining = before?.isJoining === true && event.change === 'changed' && (event.state === 'joining' || event.state === 'alive');
    last.set(event.node, {state: event.state, isJoining: event.change === 'joined' || isJoining});
    return event.change !== 'changed' || !isJoining && event.state !== before?.state;
  });
}

/**
 * What partitions do between two pieces of news of nodes, soon after each other, is a line for each kind, however the kinds mix:
 * so what a node did stays beside what came of it.
 */
export function fold(told) {
  const bursts = [];
  for (const event of told) {
    const last = bursts.at(-1);
    const isPart = text.many[event.type] !== undefined;
    if (isPart && last?.isPart && event.time - last.events.at(-1).time < FOLD_MILLIS) {
      last.events.push(event);
    } else {
      bursts.push({isPart, events: [event]});
    }
  }
  return bursts.flatMap(({isPart, events}) => isPart ? summed(events) : events);
}

function summed(events) {
  const kinds = new Map();
  events.forEach(event => kinds.set(event.type, [...kinds.get(event.type) ?? [], event]));
  return events.filter(event => kinds.get(event.type).length < FOLD_FROM || kinds.get(event.type).at(-1) === event)
    .map(event => kinds.get(event.type).length < FOLD_FROM ? event : {...event, text: text.many[event.type](kinds.get(event.type))});
}

/** Requests a second at all nodes, while the page asked. */
function load(samples, from, now) {
  const most = Math.max(1, ...samples.map(sample => sample.requests));
  const at = time => (1000 * (time - from) / (now - from)).toFixed(1);
  const area = run => `M${at(run[0].time)} ${HEIGHT}${run.map(({time, requests}) => `L${at(time)} ${(HEIGHT - HEIGHT * requests / most).toFixed(1)}`).join('')}L${at(run.at(-1).time)} ${HEIGHT}Z`;
  return [svg('svg', {class: 'plot load', viewBox: `0 0 1000 ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
    svg('path', {class: 'area traffic', d: runs(samples).map(area).join('')})), element('span', {class: 'most'}, text.peak(most))];
}

/** Lines of time with their hours. */
export function grid(from, now, minutes, at) {
  const step = minutes <= 5 ? MINUTE : minutes <= 15 ? 3 * MINUTE : 10 * MINUTE;
  const lines = [];
  for (let time = Math.ceil(from / step) * step; time < now - step / 3; time += step) {
    lines.push(element('i', {class: 'grid', style: {left: at(time)}}), element('span', {class: 'at', style: {left: at(time)}}, clock(time, false)));
  }
  return lines;
}

/** Partitions that were not whole; a square root, so that one of many is still seen, and the peak in numbers. */
function plot(history, from, now, all, at) {
  if (history.length === 0 || all === 0) {
    return null;
  }
  const area = value => {
    let d = '';
    history.forEach((sample, i) => {
      const height = HEIGHT * Math.sqrt(value(sample) / all);
      const left = 1000 * (Math.max(from, sample.time) - from) / (now - from);
      const right = 1000 * ((history[i + 1]?.time ?? now) - from) / (now - from);
      d += right <= 0 || height === 0 ? '' : `M${left.toFixed(1)} ${HEIGHT}V${(HEIGHT - height).toFixed(1)}H${right.toFixed(1)}V${HEIGHT}Z`;
    });
    return d;
  };
  const bad = sample => sample.short + sample.unavailable;
  const peak = history.filter(sample => sample.time >= from).reduce((most, sample) =>
    bad(sample) + sample.moving > bad(most) + most.moving ? sample : most, history[0]);
  const shown = bad(peak) + peak.moving;
  return [
    svg('svg', {class: 'plot', viewBox: `0 0 1000 ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      svg('path', {class: 'area moving', d: area(sample => sample.moving + bad(sample))}), svg('path', {class: 'area short', d: area(bad)}),
      svg('path', {class: 'area lost', d: area(sample => sample.unavailable)})),
    shown === 0 ? null : element('span', {class: `peak${bad(peak) > 0 ? '' : ' moving'}`, style: {left: at(Math.max(from, peak.time))}}, String(shown))
  ];
}

const SIGNS = {
  joined: () => svg('path', {d: 'M6 1v10M1 6h10'}), alive_again: () => svg('circle', {class: 'back', cx: 6, cy: 6, r: 4}),
  suspect: () => svg('circle', {cx: 6, cy: 6, r: 4.5, 'stroke-dasharray': '2.5 2'}), down: () => svg('path', {class: 'gone', d: 'm2 2 8 8m0-8-8 8'}),
  left: () => svg('path', {d: 'M1 6h10'}), changed: () => svg('circle', {cx: 6, cy: 6, r: 2.5})
};

/** Nodes that did the same at about the same time share a mark, which names them all: two marks in one place look like one. */
export function together(events, millis) {
  const groups = [];
  for (const event of events) {
    const same = groups.findLast(([first]) => first.change === event.change && first.state === event.state && event.time - first.time <= millis);
    if (same !== undefined) {
      same.push(event);
    } else {
      groups.push([event]);
    }
  }
  return groups.map(group => {
    const [first] = group;
    const names = [...new Set(group.map(event => event.name))];
    const tell = who => text.node[first.change](who, words.states[first.state] ?? first.state);
    return names.length < 2 ? {...first, names: first.text} : {...first, names: tell(words.list(names)), text: tell(names.length > NAMES_MAX ? words.someNodes(names.length) : words.list(names))};
  });
}

/** Signs for all, words where there is room. */
function marksOf(events, from, now, at) {
  const shown = together(events, (now - from) * MARK_SHARE).slice(-MARKS_MAX);
  const placeOf = event => event === undefined ? undefined : (event.time - from) / (now - from);
  return shown.map((event, i) => {
    const place = placeOf(event);
    const isLeft = place > 0.5;
    const neighbour = placeOf(shown[isLeft ? i - 1 : i + 1]);
    const hasRoom = neighbour === undefined || Math.abs(place - neighbour) > LABEL_ROOM;
    return element('div', {class: `event${isLeft ? ' left' : ''}`, style: {left: at(event.time)}, title: `${clock(event.time)} ${event.names}`},
      svg('svg', {viewBox: '0 0 12 12', 'aria-hidden': 'true'}, SIGNS[event.change]?.()), hasRoom ? element('span', {}, event.text) : null);
  });
}
