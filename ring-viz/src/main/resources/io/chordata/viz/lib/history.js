import {NodeHistory} from './node-history.js';

const HOUR_MILLIS = 3_600_000;
/** Figures that change all the time are kept no more often. */
const PERIOD_MILLIS = 30_000;
/** Partitions that are kept apart from those of the moment before; some tens of megabytes. */
const KEPT_MAX = 60_000;

const textOf = value => JSON.stringify(value);

/** What could be seen of a partition on the ring. */
const signOf = ({voters, learners, desired, leader, state}) => textOf([voters, learners, desired, leader, state]);

/**
 * What this page was shown in the last hour, and what its node saw while the page was not there, so that it can be shown again:
 * all of it real, nothing between two moments made up. What did not change is kept once; where that is too much, every other
 * moment of the older half goes.
 */
export class History {
  #moments = [];
  #sign = '';
  #told = new NodeHistory({moments: []});
  #oldest = 0;

  /** Since when; null while nothing was shown. */
  get first() {
    return this.#times().reduce((least, time) => Math.min(least ?? time, time), null);
  }

  /** Of a moment that began before that, what it was when the hour began. */
  #times() {
    return [...new Set(this.#told.times.map(time => Math.max(time, this.#oldest))), ...this.#moments.map(moment => moment.time)];
  }

  /** @param told by the node, as it saw the last hour */
  load(told) {
    this.#told = told;
  }

  /** @param shown the answers of the node: `{cluster, nodes, partitions, ring}` */
  note({cluster, nodes, partitions, ring}, time) {
    if (nodes === null || partitions === null || ring === null) {
      return;
    }
    const last = this.#moments.at(-1);
    const sign = textOf([nodes.map(node => [node.id, node.state]), ring.version, partitions.map(signOf)]);
    if (sign !== this.#sign || time - last.time > PERIOD_MILLIS) {
      this.#sign = sign;
      const shared = shareWith(last?.partitions ?? [], partitions);
      this.#moments.push({time, cluster, nodes, ring: last?.ring.version === ring.version ? last.ring : ring, ...shared});
    }
    this.#oldest = time - HOUR_MILLIS;
    while (this.#moments.length > 1 && this.#moments[1].time < time - HOUR_MILLIS) {
      this.#moments.shift();
    }
    if (this.#moments.reduce((sum, moment) => sum + moment.own, 0) > KEPT_MAX) {
      const half = this.#moments.length / 2;
      this.#moments = this.#moments.filter((moment, i) => i % 2 === 0 || i >= half);
    }
  }

  /** As it was then; the first for any time before; null while there is none. */
  at(time) {
    const shown = this.#moments.findLast(moment => moment.time <= time) ?? null;
    const told = this.#told.at(time);
    if (shown === null || told === null) {
      return shown ?? told ?? this.#earliest();
    }
    return told.time > shown.time ? told : shown;
  }

  #earliest() {
    const [time] = this.#told.times;
    const shown = this.#moments[0] ?? null;
    return time !== undefined && (shown === null || time < shown.time) ? this.#told.at(time) : shown;
  }

  /** The moment before or behind that time; null for none. */
  step(time, by) {
    const times = this.#times().filter(other => by < 0 ? other < time : other > time);
    return times.reduce((next, other) => next === null || (by < 0 ? other > next : other < next) ? other : next, null);
  }
}

function shareWith(before, partitions) {
  let own = 0;
  const shared = partitions.map((partition, i) => {
    if (before[i] !== undefined && textOf(before[i]) === textOf(partition)) {
      return before[i];
    }
    own++;
    return partition;
  });
  return {partitions: shared, own};
}
