import {History} from './history.js';
import {NodeHistory} from './node-history.js';
import {judge} from './verdict.js';
import {buildModel, orderNodes} from './model.js';

const STALE_MILLIS = 3_000;
const OLD_MILLIS = 15_000;
const HOUR_MILLIS = 3_600_000;

/** The feed as the views see it: a model and a verdict, built once for each change; how old they are; who shows them. */
export class Live {
  feed;
  model;
  verdict;
  /** Of the last hour: how many partitions were in which state, when that changed. */
  history = [];

  /** What was shown, to be shown again. */
  past = new History();

  #wanted = null;
  #at = null;
  #kept = [];
  #told = {of: null, history: null, counts: []};
  #own = [];
  #seen = [];
  #order = [];
  #orderOf = null;
  #states = new Map();
  /** What the model that is drawn stands on. */
  #drawn = {};

  constructor(feed) {
    this.feed = feed;
    this.renew();
  }

  /** The moment that is shown, milliseconds since 1970; null for now, also while nothing of before is known. */
  get at() {
    return this.#at;
  }

  /** Whether that is later than what was asked for, of which nothing is kept. */
  get isEarliest() {
    return this.#at !== null && this.#at !== this.#wanted;
  }

  /** @param time null for now */
  lookAt(time) {
    this.#wanted = time;
    this.renew();
  }

  /** Builds anew what is different. */
  renew() {
    this.#load();
    this.#keep();
    const {first} = this.past;
    this.#at = this.#wanted === null || first === null ? null : Math.max(first, this.#wanted);
    const shown = this.#at === null ? this.feed : this.past.at(this.#at);
    const {cluster, nodes, partitions, ring} = shown;
    const now = [cluster, nodes, partitions, ring, shown.problem];
    if (now.length === this.#seen.length && now.every((part, i) => part === this.#seen[i])) {
      return;
    }
    this.#seen = now;
    this.#learnOrder(shown.nodes ?? []);
    this.model = buildModel(shown, this.#order, this.#drawn);
    this.verdict = judge(shown, this.model);
    if (shown === this.feed) {
      this.#remember(this.model);
    }
  }

  #load() {
    const told = this.feed.past ?? null;
    if (told !== this.#told.of) {
      const history = new NodeHistory(told, this.#told.history);
      this.past.load(history);
      this.#told = {of: told, history, counts: history.counts()};
      this.#mergeCounts();
    }
  }

  #mergeCounts() {
    this.history = [...this.#told.counts, ...this.#own].sort((a, b) => a.time - b.time);
  }

  /** Also while another moment is shown. */
  #keep() {
    const {nodes, partitions, ring} = this.feed;
    if (nodes !== this.#kept[0]) {
      this.#noteStates();
    }
    if ([nodes, partitions, ring].some((part, i) => part !== this.#kept[i])) {
      this.#kept = [nodes, partitions, ring];
      this.past.note(this.feed, Date.now());
      if (this.#wanted !== null) {
        this.#remember(buildModel(this.feed, this.#order));
      }
    }
  }

  /** Of what a node tells of others only the page itself knows since when: clocks differ. */
  #noteStates() {
    const isFirst = this.#states.size === 0;
    const before = this.#states;
    this.#states = new Map((this.feed.nodes ?? []).map(({id, state}) => [id, before.get(id)?.state === state ? before.get(id) : {state, since: isFirst ? null : Date.now()}]));
  }

  /** How long the node has been in the state that it is shown in, in milliseconds; null where this page did not see it begin. */
  ageOf(node) {
    const {state, since} = this.#states.get(node.id) ?? {};
    return this.#at !== null || state !== node.state || since === null ? null : Date.now() - since;
  }

  #remember({counts, partitions}) {
    const last = this.#own.at(-1);
    if (partitions.length === 0 || last !== undefined && Object.keys(counts).every(state => last[state] === counts[state])) {
      return;
    }
    this.#own.push({...counts, time: Date.now()});
    while (this.#own.length > 1 && this.#own[1].time < Date.now() - HOUR_MILLIS) {
      this.#own.shift();
    }
    this.#mergeCounts();
  }

  /** @param shown nodes that may be gone by now */
  #learnOrder(shown) {
    const cluster = this.feed.cluster?.clusterId ?? null;
    if (cluster !== null && cluster !== this.#orderOf) {
      this.#orderOf = cluster;
      const kept = recall(cluster);
      this.#order = kept.length > 0 ? kept : this.#order;
    }
    const here = this.feed.nodes ?? [];
    const ids = new Set(here.map(({id}) => id));
    const order = orderNodes(this.#order, [...here, ...shown.filter(({id}) => !ids.has(id))]);
    if (order.length !== this.#order.length && this.#orderOf !== null) {
      keep(this.#orderOf, order);
    }
    this.#order = order;
  }

  /** Since the node last answered, in milliseconds; null if it never did. */
  get age() {
    return this.feed.answeredAt === null ? null : Date.now() - this.feed.answeredAt;
  }

  get isStale() {
    return this.age === null || this.age > STALE_MILLIS;
  }

  get isOld() {
    return this.age !== null && this.age > OLD_MILLIS;
  }

  /** The node that answers this page, as it says itself: it has more than one address. Undefined before its first answer. */
  get here() {
    return this.model.byId.get(this.feed.cluster?.self);
  }

  get hereName() {
    return this.here?.name ?? location.host;
  }

  /** Where the same view can be seen: nodes that answered the cluster, at addresses that can be reached from here. */
  get others() {
    const {here} = this;
    return this.model.nodes.filter(node => node !== here && node.admin !== location.host && node.state === 'alive'
      && isLoopback(node.admin) === isLoopback(location.host));
  }
}

const isLoopback = host => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);

const keyOf = cluster => `chordata.order.${cluster}`;

function recall(cluster) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(cluster)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Where the browser keeps nothing, marks are by name. */
function keep(cluster, order) {
  try {
    localStorage.setItem(keyOf(cluster), JSON.stringify(order));
  } catch {
    // a comfort only
  }
}
