/**
 * Chord as Zave corrected it ("Reasoning about identifier spaces", 2017), by the rules that the real ring keeps, on ids of
 * 16 bits and without a network: each act is one turn of one node, and its messages arrive at once or, from the dead, never.
 */
export const BITS = 16;
export const SPACE = 2 ** BITS;
const LIST = 4;
const HOPS_EXTRA = 8;

export const ahead = (from, to) => (to - from + SPACE) % SPACE;

/** Strict and wrapping; `between(a, x, a)` holds for every x other than a. */
export function between(a, x, b) {
  return a === b ? x !== a : ahead(a, x) > 0 && ahead(a, x) < ahead(a, b);
}

/** The same numbers for the same seed (Park and Miller, 1988). */
function randomFrom(seed) {
  let state = seed % 2147483647 || 1;
  return below => {
    state = state * 48271 % 2147483647;
    return state % below;
  };
}

export class Chord {
  /** By id: `{id, successors, predecessor, fingers, isAlive}`; a successor that is null is a placeholder and counts as dead. */
  members = new Map();
  turns = 0;
  messages = 0;

  #random;
  #queue = [];

  /** A ring of so many that is as it should be. */
  constructor(count, seed) {
    this.#random = randomFrom(seed);
    while (this.members.size < count) {
      const id = this.#freeId();
      this.members.set(id, {id, successors: [], predecessor: id, fingers: [], nextFinger: 0, isAlive: true});
    }
    const ids = this.alive();
    ids.forEach((id, at) => {
      const member = this.members.get(id);
      const wanted = Math.min(LIST, ids.length - 1);
      member.successors = wanted === 0 ? [id] : Array.from({length: wanted}, (_, i) => ids[(at + 1 + i) % ids.length]);
      member.predecessor = ids[(at + ids.length - 1) % ids.length];
      member.fingers = Array.from({length: BITS}, (_, i) => this.idealSuccessor((id + 2 ** i) % SPACE));
    });
  }

  #freeId() {
    let id = this.#random(SPACE);
    while (this.members.has(id)) {
      id = this.#random(SPACE);
    }
    return id;
  }

  /** The ids of the living, in order. */
  alive() {
    return [...this.members.values()].filter(member => member.isAlive).map(member => member.id).sort((a, b) => a - b);
  }

  isAlive(id) {
    return id !== null && this.members.get(id)?.isAlive === true;
  }

  /** Who should answer for an id. */
  idealSuccessor(id) {
    const ids = this.alive();
    return ids.find(other => other >= id) ?? ids[0];
  }

  /** One reply that holds predecessor and list together; null from the dead. */
  #ask(id) {
    this.messages += 1;
    if (!this.isAlive(id)) {
      return null;
    }
    this.messages += 1;
    const {predecessor, successors} = this.members.get(id);
    return {predecessor, successors: [...successors]};
  }

  /** The turn of the next of all who live: `{kind, actor, asked, found}` says what it did. */
  step() {
    this.#queue = this.#queue.filter(id => this.isAlive(id));
    if (this.#queue.length === 0) {
      this.#queue = this.alive();
    }
    const id = this.#queue.shift();
    if (id === undefined) {
      return null;
    }
    this.turns += 1;
    const act = this.#stabilise(this.members.get(id));
    this.#fixFinger(this.members.get(id));
    return act;
  }

  #stabilise(member) {
    const [first] = member.successors;
    const reply = this.#ask(first);
    if (reply === null) {
      member.successors = [...member.successors.slice(1), null];
      return this.#notifyFirst(member, {kind: 'dead', actor: member.id, asked: [first]});
    }
    member.successors = this.#list(member, first, reply.successors);
    if (reply.predecessor !== null && between(member.id, reply.predecessor, first)) {
      return this.#secondStep(member, reply.predecessor, first);
    }
    const changed = this.#notify(first, member.id);
    return {kind: changed ? 'notified' : 'quiet', actor: member.id, asked: [first]};
  }

  #secondStep(member, nearer, first) {
    const reply = this.#ask(nearer);
    if (reply === null) {
      return this.#notifyFirst(member, {kind: 'nearerDead', actor: member.id, asked: [first, nearer]});
    }
    member.successors = this.#list(member, nearer, reply.successors);
    this.#notify(nearer, member.id);
    return {kind: 'nearer', actor: member.id, asked: [first, nearer]};
  }

  #notifyFirst(member, act) {
    if (this.isAlive(member.successors[0])) {
      this.#notify(member.successors[0], member.id);
    } else if (member.successors.every(id => !this.isAlive(id))) {
      return {...act, kind: this.#seedAnew(member) ? 'reseeded' : 'alone'};
    }
    return act;
  }

  /** A member whose list is all dead asks the directory, which the proof does not know; here it names any living one. */
  #seedAnew(member) {
    const next = this.idealSuccessor((member.id + 1) % SPACE);
    const reply = next === member.id ? null : this.#ask(next);
    member.successors = reply === null ? [member.id] : this.#list(member, next, reply.successors);
    return reply !== null;
  }

  /** The new first and its list without the last; never itself behind others, never one twice. */
  #list(member, first, itsSuccessors) {
    const list = [first];
    for (const id of itsSuccessors) {
      if (list.length < LIST && id !== null && id !== member.id && !list.includes(id)) {
        list.push(id);
      }
    }
    return list;
  }

  /** Rectify: never through "no predecessor". True if something is different then. */
  #notify(id, candidate) {
    this.messages += 1;
    const member = this.members.get(id);
    if (candidate !== id && (between(member.predecessor, candidate, id) || !this.isAlive(member.predecessor))) {
      const isOther = member.predecessor !== candidate;
      member.predecessor = candidate;
      return isOther;
    }
    return false;
  }

  #fixFinger(member) {
    const i = member.nextFinger;
    member.nextFinger = (i + 1) % BITS;
    const found = this.lookup(member.id, (member.id + 2 ** i) % SPACE);
    member.fingers[i] = found.isFound ? found.path.at(-1) : member.fingers[i];
  }

  /** From a member, by fingers and lists: `{path, isFound}`; each hop strictly nearer, dead ones are skipped. */
  lookup(from, id) {
    const path = [from];
    const limit = 2 * Math.ceil(Math.log2(Math.max(2, this.members.size))) + HOPS_EXTRA;
    let at = this.members.get(from);
    while (path.length <= limit) {
      const first = at.successors.find(next => this.isAlive(next));
      this.messages += 2;
      if (id === at.id || first === undefined) {
        return {path, isFound: id === at.id};
      }
      if (id === first || between(at.id, id, first)) {
        return {path: first === at.id ? path : [...path, first], isFound: true};
      }
      const here = at;
      const next = [...at.fingers, ...at.successors].filter(other => this.isAlive(other) && between(here.id, other, id))
        .reduce((best, other) => best === null || ahead(other, id) < ahead(best, id) ? other : best, null);
      if (next === null) {
        return {path, isFound: false};
      }
      path.push(next);
      at = this.members.get(next);
    }
    return {path, isFound: false};
  }

  /** A newcomer looks up the member before it, takes its list and stabilises at its next turn. */
  join() {
    const id = this.#freeId();
    const helpers = this.alive();
    if (helpers.length === 0) {
      this.members.set(id, {id, successors: [id], predecessor: id, fingers: [], nextFinger: 0, isAlive: true});
      return {kind: 'founded', actor: id, asked: []};
    }
    const before = this.#memberBefore(helpers[this.#random(helpers.length)], id);
    const reply = this.#ask(before);
    if (reply === null || !between(before, id, reply.successors[0])) {
      return {kind: 'joinAgain', actor: id, asked: [before]};
    }
    this.members.set(id, {
      id, successors: reply.successors.filter(other => other !== null), predecessor: before, fingers: [], nextFinger: 0, isAlive: true
    });
    this.#queue.unshift(id);
    return {kind: 'joined', actor: id, asked: [before]};
  }

  #memberBefore(helper, id) {
    const {path} = this.lookup(helper, id);
    return path.findLast(member => between(member, id, this.members.get(member).successors.find(next => this.isAlive(next)) ?? member)) ?? helper;
  }

  /** Tells its neighbours, who splice, and goes. */
  leave(id) {
    const member = this.members.get(id);
    member.isAlive = false;
    const next = member.successors.find(other => this.isAlive(other));
    const before = member.predecessor;
    if (next !== undefined && this.isAlive(before) && before !== id) {
      const neighbour = this.members.get(before);
      neighbour.successors = this.#list(neighbour, next, this.members.get(next).successors);
      this.members.get(next).predecessor = next === before ? next : before;
      this.messages += 2;
    }
    this.#forget();
    return {kind: 'left', actor: id, asked: []};
  }

  /** The same, but nobody is told. */
  crash(id) {
    this.members.get(id).isAlive = false;
    this.#forget();
    return {kind: 'crashed', actor: id, asked: []};
  }

  /** The dead to whom nobody points any more. */
  #forget() {
    const named = new Set([...this.members.values()].filter(member => member.isAlive).flatMap(member => [member.predecessor, ...member.successors]));
    for (const [id, member] of this.members) {
      if (!member.isAlive && !named.has(id)) {
        this.members.delete(id);
      }
    }
  }

  /** Which pointers are not what they should be: `{successors, predecessors, fingers}` as counts, `wrong` as ids by kind. */
  flaws() {
    this.#forget();
    const ids = this.alive();
    const flaws = {successors: new Set(), predecessors: new Set(), lists: 0, fingers: 0};
    ids.forEach((id, at) => {
      const member = this.members.get(id);
      const next = ids[(at + 1) % ids.length];
      if (member.successors[0] !== next) {
        flaws.successors.add(id);
      }
      if (member.predecessor !== ids[(at + ids.length - 1) % ids.length]) {
        flaws.predecessors.add(id);
      }
      const wanted = Math.min(LIST, ids.length - 1);
      flaws.lists += member.successors.length < wanted || member.successors.some((other, i) => i < wanted && other !== ids[(at + 1 + i) % ids.length]) ? 1 : 0;
      for (let i = 0; i < BITS; i++) {
        flaws.fingers += member.fingers[i] === this.idealSuccessor((id + 2 ** i) % SPACE) ? 0 : 1;
      }
    });
    return flaws;
  }

  /** Who follows whom among the living: how many rings there are, and how many members only lead to one. */
  rings() {
    const next = id => this.members.get(id).successors.find(other => this.isAlive(other)) ?? id;
    const ringOf = new Map();
    let count = 0;
    for (const start of this.alive()) {
      const way = [];
      let at = start;
      while (!ringOf.has(at) && !way.includes(at)) {
        way.push(at);
        at = next(at);
      }
      const closes = way.indexOf(at);
      count += closes >= 0 ? 1 : 0;
      way.forEach((id, i) => ringOf.set(id, closes >= 0 && i >= closes));
    }
    return {count, outside: [...ringOf.values()].filter(isInside => !isInside).length};
  }
}
