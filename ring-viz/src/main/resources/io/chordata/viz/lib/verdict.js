import {words} from '../words.js';
import {copies, ringPieces} from './model.js';

const FEW = 2;

/**
 * Whether the data is safe, in words: for the middle of the ring (`top`, `hero`, `lead`, `detail`, `more`) and as a headline
 * and a sentence. `level` is ok, moving, short, lost or wait.
 */
export function judge(feed, model) {
  if (feed.nodes === null && feed.partitions === null) {
    return waiting(feed);
  }
  const {counts, nodes, partitions} = model;
  const unwell = nodes.filter(node => node.state === 'down' || node.state === 'suspect');
  if (partitions.length === 0) {
    return waiting(feed);
  }
  if (counts.unavailable > 0) {
    return lost(counts, unwell);
  }
  const least = Math.min(...partitions.map(partition => partition.holders.length));
  if (counts.short > 0) {
    return short(counts, unwell, nodes);
  }
  const safety = safetyOf(least, Math.min(...partitions.map(partition => partition.voters.length)));
  const verdict = counts.moving > 0 ? moving(model, safety) : calm(model, least, safety);
  const pieces = ringPieces(model).length;
  return pieces < 2 ? verdict : {...verdict, level: 'moving', more: words.centre.pieces(pieces), sentence: `${verdict.sentence} ${words.verdict.pieces(pieces)}`};
}

function waiting(feed) {
  const text = words.waiting(feed.problem ?? null);
  return {level: 'wait', top: text.top, hero: text.hero, lead: text.lead, detail: text.detail, more: '', headline: text.headline, sentence: text.sentence};
}

/** Who joins or leaves, in one clause. */
function changing(nodes) {
  const states = new Set(nodes.map(node => words.states[node.state]));
  return words.changing(few(nodes), states.size === 1 ? [...states][0] : words.onTheMove);
}

const names = nodes => words.list(nodes.map(node => node.name));

/** As many as the middle of the ring has room for. */
function few(nodes) {
  return nodes.length <= FEW + 1 ? names(nodes) : words.andMore(nodes.slice(0, FEW).map(node => node.name), nodes.length - FEW);
}

function lost(counts, unwell) {
  return {
    level: 'lost', top: words.centre.lost, hero: String(counts.unavailable), lead: words.centre.lostLead(counts.unavailable),
    detail: counts.short > 0 ? words.centre.alsoShort(counts.short) : '', more: words.unwell(few(unwell)),
    headline: words.verdict.lost(counts.unavailable), sentence: words.verdict.lostWhy(names(unwell))
  };
}

function short(counts, unwell, nodes) {
  const joining = nodes.filter(node => node.state === 'joining' || node.state === 'draining');
  return {
    level: 'short', top: words.centre.short, hero: String(counts.short), lead: words.centre.shortLead(counts.short),
    detail: counts.moving > 0 ? words.centre.alsoMoving(counts.moving) : '',
    more: unwell.length > 0 ? words.unwell(few(unwell)) : changing(joining),
    headline: words.verdict.short(counts.short), sentence: words.verdict.shortWhy(names(unwell))
  };
}

/** What the copies allow to be said: with one of each, no disk may fail; where one of two votes, it alone has all that was stored. */
function safetyOf(least, votes) {
  if (votes >= 2) {
    return {level: 'ok', top: words.centre.safe, headline: words.verdict.safe, why: words.verdict.safeWhy(least)};
  }
  const [top, why] = least >= 2 ? [words.centre.oneVotes, words.verdict.oneVotesWhy] : [words.centre.alone, words.verdict.aloneWhy];
  return {level: 'moving', top, headline: words.verdict.served, why};
}

function moving(model, {level, top, headline}) {
  const {wanted, inPlace} = copies(model.partitions);
  const newcomers = model.nodes.filter(node => node.state === 'joining' || node.state === 'draining');
  return {
    level, top, hero: `${Math.floor(100 * inPlace / Math.max(1, wanted))} %`,
    lead: newcomers.length > 0 ? changing(newcomers) : words.centre.inPlace,
    detail: words.centre.copies(inPlace, wanted), more: words.centre.alsoMoving(model.counts.moving),
    headline, sentence: words.verdict.moving(model.counts.moving, model.partitions.length)
  };
}

function calm(model, least, {level, top, headline, why}) {
  const {nodes, partitions, positions} = model;
  const zones = new Set(nodes.map(node => node.zone)).size;
  const many = nodes.length > 40;
  return {
    level, top, hero: many ? String(nodes.length) : `${least} × ${partitions.length}`,
    lead: many ? words.centre.nodesInZones(zones) : words.centre.allInPlace(least),
    detail: many ? words.centre.size(positions.length, partitions.length) : words.centre.nodes(nodes.length, zones), more: '', headline, sentence: why
  };
}
