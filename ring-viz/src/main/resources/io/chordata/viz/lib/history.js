const HOUR_MILLIS = 3_600_000;
/** Figures that change all the time are kept no more often. */
const PERIOD_MILLIS = 30_000;
/** Partitions that are kept apart from those of the moment before; some tens of megabytes. */
const KEPT_MAX = 60_000;

const textOf = value => JSON.stringify(value);

/** What could be seen of a partition on the ring. */
const signOf = ({voters, learners, desired, leader, state}) => textOf([voters, learners, desired, leader, state]);

/**
 * What this page was shown in the last hour, so that it can be shown again: all of it real, nothing between two moments made up.
 * What did not change is kept once; where that is too much, every other moment of the older half goes.
 */
export class History {
  #moments = [];
  #sign = '';

  /** Since when; null while nothing was shown. */
  get first() {
    return this.#moments[0]?.time ?? null;
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
    return this.#moments.findLast(moment => moment.time <= time) ?? this.#moments[0] ?? null;
  }

  /** The moment before or behind that time; null for none. */
  step(time, by) {
    const found = by < 0 ? this.#moments.findLast(moment => moment.time < time) : this.#moments.find(moment => moment.time > time);
    return found?.time ?? null;
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
