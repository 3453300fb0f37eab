import {clockwise, parse, turn} from './ids.js';

const ORDERS_MAX = 512;

/**
 * The order in which this browser met the nodes of a cluster: it gives each its mark and hue, so that they stay the same
 * while nodes come and go. Known nodes first, as they were; newcomers after them, by name.
 */
export function orderNodes(known, nodes) {
  const here = new Map(nodes.map(node => [node.id, node]));
  const byName = (a, b) => a.name.localeCompare(b.name, 'en', {numeric: true}) || (a.id < b.id ? -1 : 1);
  const met = new Set(known);
  const newcomers = nodes.filter(node => !met.has(node.id)).sort(byName).map(node => node.id);
  const order = [...known, ...newcomers];
  return order.length <= ORDERS_MAX ? order : order.filter(id => here.has(id));
}

/**
 * The cluster as the views draw it: nodes, positions and partitions that name nodes by their index. Who is gone for ever is not
 * among them.
 *
 * @param kept what the last model with it stood on: while ring and nodes are the same, positions are not made anew, and nodes are
 *     the same objects, with what is told of them now
 */
export function buildModel(feed, order, kept = {}) {
  const here = (feed.nodes ?? []).filter(node => node.state !== 'decommissioned');
  const isSame = kept.ring === feed.ring && kept.byId?.size === here.length && here.every(node => kept.byId.has(node.id));
  if (!isSame) {
    place(kept, feed.ring, here);
  }
  const places = new Map(order.map((id, index) => [id, index]));
  const nodes = here.map(node => Object.assign(kept.byId.get(node.id), node, {index: places.get(node.id) ?? -1, held: 0, wanted: 0, led: 0}))
    .sort((a, b) => a.index - b.index);
  nodes.forEach((node, at) => node.at = at);
  const {byId, positions, positionsById} = kept;
  const partitions = buildPartitions(feed.partitions, byId);
  addHoldings(partitions);
  return {nodes, byId, positions, positionsById, partitions, counts: countStates(partitions), cluster: feed.cluster, ring: feed.ring};
}

function place(kept, ring, nodes) {
  kept.ring = ring;
  kept.byId = new Map(nodes.map(({id}) => [id, {positions: [], share: 0}]));
  kept.positions = buildPositions(ring, kept.byId);
  kept.positionsById = new Map(kept.positions.map(position => [position.id, position]));
  addShares(kept.positions);
}

function buildPositions(ring, byId) {
  const positions = sortedPositions(ring).filter(position => byId.has(position.node))
    .map(position => ({...position, node: byId.get(position.node)}));
  positions.forEach((position, at) => {
    position.at = at;
    position.before = positions[(at + positions.length - 1) % positions.length];
    position.from = position.before.turn < position.turn ? position.before.turn : position.before.turn - 1;
  });
  for (const position of positions) {
    position.number = position.node.positions.push(position);
  }
  return positions;
}

let sorted = {of: null, positions: []};

/** Of the last ring that was asked for: rings are large, and change seldom. */
function sortedPositions(ring) {
  if (ring !== sorted.of) {
    const positions = (ring?.positions ?? []).map(position => {
      const big = parse(position.id);
      return {...position, big, turn: turn(big)};
    });
    positions.sort((a, b) => a.big < b.big ? -1 : 1);
    sorted = {of: ring, positions};
  }
  return sorted.positions;
}

function buildPartitions(partitions, byId) {
  const all = partitions ?? [];
  const digits = Math.max(2, Math.ceil(Math.log2(Math.max(2, all.length)) / 4));
  const known = ids => ids.map(id => byId.get(id)).filter(node => node !== undefined);
  return all.map(partition => withState({
    ...partition,
    label: partition.partition.toString(16).padStart(digits, '0'),
    from: partition.partition / all.length,
    to: (partition.partition + 1) / all.length,
    desired: known(partition.desired),
    voters: known(partition.voters),
    learners: known(partition.learners),
    leader: byId.get(partition.leader) ?? null
  }));
}

/**
 * With its state, `arriving` nodes that it is copied to, and `holders` of a copy. A node may be known to be down before the
 * partition's leader counts it out, and a partition whose members are all well waits only for its turn to move. Its node says
 * `moving`, too, where its voters are being changed: those who went may be needed yet.
 */
export function withState(partition) {
  const {voters, learners} = partition;
  const stays = isLastOfEven(partition);
  const holders = stays ? [...voters, ...learners] : voters;
  const arriving = stays ? [] : learners;
  return {...partition, holders, arriving, state: stateOf({...partition, holders, arriving})};
}

function stateOf({state, desired, holders, arriving}) {
  if (state === 'unavailable' || arriving.length > 0) {
    return state === 'unavailable' ? state : 'moving';
  }
  const live = holders.filter(node => node.state !== 'down').length;
  return live < desired.length ? 'short' : state === 'moving' || desired.some(node => !holders.includes(node)) ? 'moving' : 'healthy';
}

/** Voters are odd in number: where an even number is desired, the last has a copy and no vote for as long as that is so. */
function isLastOfEven({voters, learners, desired}) {
  return desired.length % 2 === 0 && learners.length === 1 && desired.every(node => voters.includes(node) || node === learners[0]);
}

/** The part of the key space that each node's positions answer for. */
function addShares(positions) {
  for (const position of positions) {
    position.node.share += positions.length === 1 ? 1 : turn(clockwise(position.before.big, position.big));
  }
}

/** How many partitions each node has, should have, and leads. */
function addHoldings(partitions) {
  for (const {holders, desired, leader} of partitions) {
    holders.forEach(node => node.held++);
    desired.forEach(node => node.wanted++);
    if (leader !== null) {
      leader.led++;
    }
  }
}

export function countStates(partitions) {
  const counts = {healthy: 0, moving: 0, short: 0, unavailable: 0};
  partitions.forEach(partition => counts[partition.state]++);
  return counts;
}

/** The node whose id or name this begins or is; the first by its order. */
export function findNode(model, text) {
  const wanted = text.toLowerCase();
  return model.nodes.find(node => node.name.toLowerCase() === wanted)
    ?? (/^[0-9a-f]{4,32}$/.test(wanted) ? model.nodes.find(node => node.id.startsWith(wanted)) : undefined);
}

/** Copies that are where they should be, at a node that is not down, of all that should be. */
export function copies(partitions) {
  const sum = count => partitions.reduce((total, partition) => total + count(partition), 0);
  return {
    wanted: sum(({desired}) => desired.length),
    inPlace: sum(({desired, holders}) => desired.filter(node => node.state !== 'down' && holders.includes(node)).length)
  };
}

/** Positions whose own successor or predecessor is another than the next of all that are known: the ring is being repaired, or cut. */
export function strayPositions(positions) {
  const up = positions.filter(position => position.node.state !== 'down');
  return up.filter((position, at) => {
    const next = up[(at + 1) % up.length].id;
    const before = up[(at + up.length - 1) % up.length].id;
    return position.successors !== null && up.length > 1 && (position.successors[0] !== next || position.predecessor !== before);
  });
}

/**
 * The circles that the successors lead into, each as the nodes whose positions do: one where the ring is whole. Nodes that are
 * down are in none; where a position tells nothing, or names one that is not known, the next that is known is taken. The largest
 * comes first: which one position 0 happens to be in says nothing.
 */
export function ringPieces({positions, positionsById}) {
  const up = positions.filter(position => position.node.state !== 'down');
  const places = new Int32Array(positions.length).fill(-1);
  up.forEach((position, at) => places[position.at] = at);
  const next = at => {
    const place = places[positionsById.get(up[at].successors?.[0])?.at] ?? -1;
    return place < 0 ? (at + 1) % up.length : place;
  };
  const pieceOf = new Int32Array(up.length).fill(-1);
  const passed = new Int32Array(up.length).fill(-1);
  const pieces = [];
  for (let begin = 0; begin < up.length; begin++) {
    let at = begin;
    while (pieceOf[at] < 0 && passed[at] !== begin) {
      passed[at] = begin;
      at = next(at);
    }
    const number = pieceOf[at] < 0 ? pieces.push(new Set()) - 1 : pieceOf[at];
    for (at = begin; pieceOf[at] < 0; at = next(at)) {
      pieceOf[at] = number;
      pieces[number].add(up[at].node);
    }
  }
  return pieces.map(piece => [...piece].sort((a, b) => a.index - b.index)).sort((a, b) => b.length - a.length || a[0].index - b[0].index);
}

/** Something is copied now, as against waiting for its turn. How much of it has come, no node counts. */
export const isInFlight = partition => partition.arriving.length > 0;
