/** What the events of traffic say of a while: sums that are exact, and the worst of what cannot be added up. */
export function summary(traffic, now, millis) {
  const recent = traffic.filter(event => event.time > now - millis && event.time <= now);
  const seconds = Math.max(1, Math.min(millis, now - (recent[0]?.time ?? now) + 1_000) / 1_000);
  const sum = name => recent.reduce((total, event) => total + event[name], 0);
  const byName = new Map();
  for (const {name, requests, p50Micros, p99Micros} of recent.flatMap(event => event.operations ?? [])) {
    const operation = byName.get(name) ?? {name, requests: 0, medians: [], p99Micros: 0};
    operation.requests += requests;
    operation.medians.push([p50Micros, requests]);
    operation.p99Micros = Math.max(operation.p99Micros, p99Micros);
    byName.set(name, operation);
  }
  const operations = [...byName.values()].map(({name, requests, medians, p99Micros}) => ({name, perSecond: requests / seconds, p50Micros: weightedMedian(medians), p99Micros}));
  return {
    isKnown: recent.length > 0, perSecond: sum('requests') / seconds, failed: sum('failed'), received: sum('bytesReceived') / seconds, sent: sum('bytesSent') / seconds,
    p99Micros: Math.max(0, ...operations.map(operation => operation.p99Micros)),
    operations: operations.sort((a, b) => b.perSecond - a.perSecond || (a.name < b.name ? -1 : 1))
  };
}

/** Of `[value, weight]`: half of all weight is at or below it. */
export function weightedMedian(pairs) {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let seen = 0;
  return sorted.find(([, weight]) => (seen += weight) >= half)?.[0] ?? 0;
}

/** The largest of each of so many stretches of time, null where nothing was noted: a peak is never smoothed away. */
export function peaks(traffic, name, from, to, count) {
  const bins = new Array(count).fill(null);
  for (const event of traffic) {
    const bin = Math.floor(count * (event.time - from) / (to - from));
    if (bin >= 0 && bin < count) {
      bins[bin] = Math.max(bins[bin] ?? 0, event[name]);
    }
  }
  return bins;
}

/** Copies of partitions in flight, by the pair of nodes: `[{from, to, partitions}]`; they come from the one that leads. */
export function copiesInFlight(partitions) {
  const pairs = new Map();
  for (const {leader, learners} of partitions) {
    for (const to of leader === null ? [] : learners) {
      const key = `${leader.id} ${to.id}`;
      const pair = pairs.get(key) ?? {from: leader, to, partitions: 0};
      pair.partitions++;
      pairs.set(key, pair);
    }
  }
  return [...pairs.values()].sort((a, b) => b.partitions - a.partitions);
}
