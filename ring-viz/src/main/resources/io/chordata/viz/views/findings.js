import {isMissed} from '../lib/feed.js';
import {age, clock, percent} from '../lib/format.js';
import {copies, ringPieces, strayPositions} from '../lib/model.js';
import {words} from '../words.js';

const text = words.health;
const FULL_SHARE = 0.85;
const PART = 3;
const WARNINGS_SHOWN = 3;
const WARNING_MILLIS = 600_000;
/** A pass begins each day; at the rate that is set unless told otherwise, it takes two weeks for 18 TiB. */
const SCRUB_MAX_MILLIS = 14 * 86_400_000;

const SIGNS = {cross: 'm2 2 8 8m0-8-8 8', bang: 'M6 1v6M6 10.500v.010', plus: 'M6 1v10M1 6h10', ring: 'M6 1.500a4.500 4.500 0 1 0 .010 0z', bars: 'M2 9.500h8M3 9.500V6M6 9.500V2.500M9 9.500V7'};

/** Of the same names, in the words of one finding. */
const names = nodes => words.list(nodes.map(node => node.name));

/**
 * What an operator should know, the worst first: `{key, tone, sign, title, why, act, needs}`; `needs` somebody to act.
 * All of it follows from what the nodes tell now; no node tells of the brake, so it is the mover's rule for what this node sees.
 */
export function findings(live) {
  const {model, feed} = live;
  const {nodes, partitions, counts} = model;
  const found = [];
  const add = (key, tone, sign, title, why, act, needs) => found.push({key, tone, sign: SIGNS[sign], title, why, act, needs});
  const inState = state => nodes.filter(node => node.state === state);
  const down = nodes.filter(isDown);
  const suspect = inState('suspect');
  const moving = [...inState('joining'), ...inState('draining')];

  if (counts.unavailable > 0) {
    add('lost', 'lost', 'cross', text.lost.title(counts.unavailable), text.lost.why, text.lost.act, true);
  }
  if (down.length > 0) {
    const missed = counts.unavailable > 0 ? down : down.filter(node => node.held + node.wanted > 0);
    add('down', 'lost', 'cross', text.down.title(names(down)), text.down.why(missed.length), text.down.act, true);
  }
  if (isBraked(nodes)) {
    const counted = withoutFormer(nodes);
    add('brake', 'short', 'bang', text.brake.title, text.brake.why(counted.filter(isDown).length, counted.length), text.brake.act, true);
  }
  if (suspect.length > 0) {
    add('suspect', 'short', 'ring', text.suspect.title(names(suspect)), text.suspect.why, text.suspect.act, false);
  }
  if (counts.short > 0) {
    add('short', 'short', 'bang', text.short.title(counts.short), text.short.why, text.short.act, false);
  }
  if (partitions.length > 0 && Math.max(...partitions.map(partition => partition.voters.length)) === 1) {
    const {title, why, act} = partitions.some(partition => partition.holders.length > 1) ? text.oneVotes : nodes.length > 1 ? text.oneCopy : text.alone;
    add('alone', 'moving', 'bang', title, why, act, true);
  }
  for (const node of nodes) {
    const share = node.bytesUsed / (node.bytesUsed + node.bytesFree);
    if (share > FULL_SHARE) {
      add(`full${node.id}`, 'short', 'bars', text.full.title(node.name, percent(share)), text.full.why, text.full.act, true);
    }
  }
  const unscrubbed = nodes.filter(node => node.state !== 'down' && scrubAge(node) > SCRUB_MAX_MILLIS);
  if (unscrubbed.length > 0) {
    add('unscrubbed', 'short', 'bang', text.unscrubbed.title(names(unscrubbed), age(Math.max(...unscrubbed.map(scrubAge)))), text.unscrubbed.why, text.unscrubbed.act, true);
  }
  if (counts.moving > 0 || moving.length > 0) {
    const {inPlace, wanted} = copies(partitions);
    add('moving', 'moving', 'plus', text.moving.title(names(moving)), text.moving.why(counts.moving, words.centre.copies(inPlace, wanted)), text.moving.act, false);
  }
  const pieces = ringPieces(model);
  if (pieces.length > 1) {
    add('pieces', 'short', 'bang', text.pieces.title(pieces), text.pieces.why(pieces.map(piece => piece.map(node => node.name))), text.pieces.act, true);
  }
  const strays = pieces.length > 1 ? [] : strayPositions(model.positions);
  if (strays.length > 0) {
    add('strays', 'moving', 'ring', text.strays.title(strays.length), text.strays.why, text.strays.act, false);
  }
  const silent = (feed.ring?.unanswered ?? []).map(id => model.byId.get(id)).filter(node => node !== undefined && node.state !== 'down');
  if (silent.length > 0) {
    add('silent', '', 'ring', text.silent.title(names(silent)), text.silent.why, text.silent.act, false);
  }
  const versions = [...new Set(nodes.map(node => node.version))];
  if (versions.length > 1) {
    add('versions', '', 'bars', text.versions.title(words.list(versions)), text.versions.why, text.versions.act, false);
  }
  if (model.cluster?.zonesYielded > 0) {
    add('zones', '', 'bars', text.zones.title(model.cluster.zonesYielded), text.zones.why, text.zones.act, false);
  }
  return [...found, ...warnings(feed)];
}

/** Since all blocks were checked, or the node began; 0 where it does not tell. */
const scrubAge = ({scrubbedAt, startedAt}) => Date.now() - (scrubbedAt ?? startedAt ?? Date.now());

const isDown = node => node.state === 'down';

/** Whoever is down while another is up at its address is no machine that is down: that one took its place. */
function withoutFormer(nodes) {
  const taken = new Set(nodes.filter(node => !isDown(node)).map(node => node.internal));
  return nodes.filter(node => !isDown(node) || !taken.has(node.internal));
}

/** More than a third of the nodes are down, or all of each of several zones. Who is gone for ever must not be among them. */
export function isBraked(nodes) {
  const counted = withoutFormer(nodes);
  const down = counted.filter(isDown);
  const wholeZones = [...new Set(down.map(node => node.zone))].filter(zone => counted.every(node => node.zone !== zone || isDown(node)));
  return down.length * PART > counted.length || wholeZones.length > 1;
}

/**
 * What nodes warned of in the last ten minutes. What cannot be used is told above while it is so: of that, a warning is but history.
 * What this page missed is no state of the cluster.
 */
function warnings(feed) {
  const recent = feed.events.filter(event => event.type === 'warning' && event.about !== 'partitions' && !isMissed(event) && event.time > Date.now() - WARNING_MILLIS);
  return [...new Map(recent.map(event => [event.detail, event])).values()].slice(-WARNINGS_SHOWN).reverse()
    .map(event => ({key: event.detail, tone: 'moving', sign: SIGNS.bang, title: event.detail, why: text.warned(clock(event.time)), act: '', needs: false}));
}
