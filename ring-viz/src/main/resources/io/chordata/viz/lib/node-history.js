import {countStates, withState} from './model.js';

const HOUR_MILLIS = 3_600_000;
const NO_FIGURES = {partitions: null, leaders: null, objects: null, blocks: null, bytesUsed: null, bytesFree: null, load: null};
const UNTOLD = {commitIndex: null, records: null, blocks: null, bytes: null};

/**
 * What the node saw within the hour before this page was shown, from its `/v1/history`: all as it was at first, and what became
 * another. A moment is put together when it is looked at, as there may be thousands of large ones.
 */
export class NodeHistory {
  #moments = [];
  #built = {at: null, moment: null};

  /** @param before what the node told earlier: where it began anew since then, this goes on behind it */
  constructor({moments}, before = null) {
    const [first] = moments;
    const earlier = first === undefined || before === null ? null : before.#until(first.time);
    if (earlier !== null) {
      this.#moments.push(...earlier.moments, {time: first.time, nodes: [], gone: earlier.ids, partitions: []});
    }
    for (const piece of moments) {
      const last = this.#moments.at(-1);
      if (last?.time === piece.time) {
        ['nodes', 'gone', 'partitions'].forEach(name => last[name].push(...piece[name]));
      } else {
        this.#moments.push({time: piece.time, nodes: [...piece.nodes], gone: [...piece.gone], partitions: [...piece.partitions]});
      }
    }
  }

  /** What there is of the hour before, the first moment with all; null where that time is among what is told here. */
  #until(time) {
    const last = this.#moments.at(-1);
    if (last === undefined || last.time >= time) {
      return null;
    }
    const first = Math.max(0, this.#moments.findLastIndex(moment => moment.time <= time - HOUR_MILLIS));
    const {nodes, partitions} = this.#known(first);
    return {
      moments: [{time: this.#moments[first].time, nodes: [...nodes.values()], gone: [], partitions: [...partitions.values()]}, ...this.#moments.slice(first + 1)],
      ids: [...this.#known(this.#moments.length - 1).nodes.keys()]
    };
  }

  #known(at) {
    const known = {nodes: new Map(), partitions: new Map()};
    this.#moments.slice(0, at + 1).forEach(moment => add(known, moment));
    return known;
  }

  get times() {
    return this.#moments.map(({time}) => time);
  }

  /** As the answers of the node were then, but for figures: `{time, cluster, nodes, partitions, ring}`; null for any time before. */
  at(time) {
    const at = this.#moments.findLastIndex(moment => moment.time <= time);
    if (at !== this.#built.at) {
      this.#built = {at, moment: at < 0 ? null : this.#build(at)};
    }
    return this.#built.moment;
  }

  #build(at) {
    const known = this.#known(at);
    const nodes = [...known.nodes.values()];
    const partitions = [...known.partitions.values()].sort((a, b) => a.partition - b.partition);
    return {
      time: this.#moments[at].time, cluster: null,
      nodes: nodes.map(({positions, ...node}) => ({...node, ...NO_FIGURES})),
      partitions: partitions.map(partition => ({...partition, ...UNTOLD, point: pointOf(partition.partition, partitions.length), moves: []})),
      ring: {version: null, positions: nodes.flatMap(node => node.positions.map(id => ({id, node: node.id, predecessor: null, successors: null})))}
    };
  }

  /** How many partitions were in which state, at each moment: `[{time, healthy, moving, short, unavailable}]`. */
  counts() {
    const known = {nodes: new Map(), partitions: new Map()};
    const states = new Map();
    const resolve = ids => ids.map(id => known.nodes.get(id)).filter(node => node !== undefined);
    return this.#moments.map(moment => {
      add(known, moment);
      const isOfNodes = moment.nodes.length + moment.gone.length > 0;
      for (const partition of isOfNodes ? known.partitions.values() : moment.partitions) {
        const {voters, learners, desired} = partition;
        states.set(partition.partition, withState({...partition, voters: resolve(voters), learners: resolve(learners), desired: resolve(desired)}));
      }
      return {time: moment.time, ...countStates([...states.values()])};
    });
  }
}

function add(known, {nodes, gone, partitions}) {
  gone.forEach(id => known.nodes.delete(id));
  nodes.forEach(node => known.nodes.set(node.id, node));
  partitions.forEach(partition => known.partitions.set(partition.partition, partition));
}

/** The first id of a partition, by its number. */
const pointOf = (number, count) => ((BigInt(number) << 128n) / BigInt(count)).toString(16).padStart(32, '0');
