/** The time that rates are of. */
const WINDOW_MILLIS = 10_000;

/** What the nodes said of the last seconds, added up where it can be; latencies are of all requests already. */
export function summary(flows) {
  const nodes = flows?.nodes ?? [];
  const sum = name => nodes.reduce((total, node) => total + node[name], 0);
  const operations = [...flows?.operations ?? []].sort((a, b) => b.requests - a.requests || (a.name < b.name ? -1 : 1));
  return {
    isKnown: flows !== null, requests: sum('requests'), failed: sum('failed'), bytesReceived: sum('bytesReceived'), bytesSent: sum('bytesSent'),
    p99Micros: Math.max(0, ...operations.map(operation => operation.p99Micros)), operations, ...sumsByKind(flows?.links ?? [])
  };
}

/** About how many bytes went between nodes while these were noted: `{replication, repair, movement}`. What nobody noted counts for nothing. */
export function volumes(samples) {
  const sums = {replication: 0, repair: 0, movement: 0};
  samples.forEach((sample, i) => {
    const seconds = Math.min(WINDOW_MILLIS, sample.time - (samples[i - 1]?.time ?? sample.time)) / 1_000;
    Object.keys(sums).forEach(kind => sums[kind] += sample[kind] * seconds);
  });
  return sums;
}

/** Those between which no more time went by than their rates are of. */
export function runs(samples) {
  const all = [];
  for (const sample of samples) {
    if (all.length > 0 && sample.time - all.at(-1).at(-1).time <= WINDOW_MILLIS) {
      all.at(-1).push(sample);
    } else {
      all.push([sample]);
    }
  }
  return all;
}

/**
 * What goes from one node to another and why, the most first: `[{from, to, kind, bytes, partitions}]`. A partition on its way is
 * there also while nothing of it moves.
 */
export function links(flows, model) {
  const byKey = new Map();
  const linkOf = (from, to, kind) => {
    const key = `${from.id} ${to.id} ${kind}`;
    byKey.set(key, byKey.get(key) ?? {from, to, kind, bytes: 0, partitions: 0});
    return byKey.get(key);
  };
  for (const {from, to, kind, bytes} of flows?.links ?? []) {
    const [source, target] = [from, to].map(id => model.byId.get(id));
    if (source !== undefined && target !== undefined) {
      linkOf(source, target, kind).bytes += bytes;
    }
  }
  for (const {from, to, partitions} of copiesInFlight(model.partitions)) {
    linkOf(from, to, 'movement').partitions = partitions;
  }
  return [...byKey.values()].sort((a, b) => b.bytes - a.bytes || b.partitions - a.partitions);
}

/** What goes through one node: `{requests, p99Micros, sent}`, sent to clients and other nodes; null where it did not tell. */
export function flowOf(flows, id) {
  const told = flows?.nodes.find(node => node.node === id);
  return told === undefined ? null
    : {requests: told.requests, p99Micros: told.p99Micros, sent: flows.links.filter(link => link.from === id).reduce((sum, link) => sum + link.bytes, told.bytesSent)};
}

/** Bytes a second of each kind, over all links. */
export function sumsByKind(all) {
  const sums = {replication: 0, repair: 0, movement: 0};
  all.forEach(({kind, bytes}) => sums[kind] += bytes);
  return sums;
}

/** The largest of each of so many stretches of time, null where nothing was noted: a peak is never smoothed away. */
export function peaks(samples, name, from, to, count) {
  const bins = new Array(count).fill(null);
  for (const sample of samples) {
    const bin = Math.floor(count * (sample.time - from) / (to - from));
    if (bin >= 0 && bin < count) {
      bins[bin] = Math.max(bins[bin] ?? 0, sample[name]);
    }
  }
  return bins;
}

/** Copies of partitions in flight, by the pair of nodes: `[{from, to, partitions}]`; they come from the one that leads. */
export function copiesInFlight(partitions) {
  const pairs = new Map();
  for (const {leader, arriving} of partitions) {
    for (const to of leader === null ? [] : arriving) {
      const key = `${leader.id} ${to.id}`;
      const pair = pairs.get(key) ?? {from: leader, to, partitions: 0};
      pair.partitions++;
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].sort((a, b) => b.partitions - a.partitions);
}
