import {EventStream} from './events.js';
import {summary} from './flows.js';

const PERIOD_MILLIS = 2_000;
/** Of what is large, while nothing happens. */
const PARTITIONS_PERIOD_MILLIS = 6_000;
const RING_PERIOD_MILLIS = 15_000;
const SOON_MILLIS = 200;
const TIMEOUT_MILLIS = 8_000;
const RECONNECT_MILLIS = 2_000;
/** What partitions do is much more than what nodes do, and must not push it out. */
const PARTITION_EVENTS_MAX = 2_000;
const OTHER_EVENTS_MAX = 500;
const FLOW_SAMPLES_MAX = 1_800;
const HOUR_MILLIS = 3_600_000;
/** For some megabytes. */
const PAST_TIMEOUT_MILLIS = 60_000;
const NOT_FOUND = 404;

/** What a node refused or could not tell. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? `status ${status}`);
    this.status = status;
    this.title = body?.title ?? '';
  }
}

/** The JSON at a path of this node. Throws a {@link Problem} for another status than 200, anything else for no answer. */
export async function ask(path, signal = AbortSignal.timeout(TIMEOUT_MILLIS)) {
  const response = await fetch(path, {cache: 'no-store', signal});
  const body = await response.json().catch(() => null);
  if (response.status !== 200 || body === null) {
    throw new Problem(response.status, body);
  }
  return body;
}

/**
 * What this node tells of the cluster, kept up to date: snapshots every few seconds, sooner when an event says that something
 * is different, and the events themselves, resumed where they stopped. Rests while nobody looks at the page.
 */
export class Feed {
  /** The last answers; null before the first. */
  cluster = null;
  nodes = null;
  partitions = null;
  ring = null;
  flows = null;

  /** Why the last question was not answered as hoped; null if it was. */
  problem = null;
  /** Why there is no ring to draw, as the node says: one that has too many positions is told to nobody. */
  ringProblem = null;
  /** When the node last answered anything, and since when it has not; null for never. */
  answeredAt = null;
  silentSince = null;

  /**
   * Of the last hour, oldest first: `{id, type, time, ...}`. Those of the ring say only that it is to be asked for anew; those of
   * traffic are of one node alone, and flows of all.
   */
  events = [];
  /** What went through the whole cluster, at each answer. */
  flowSamples = [];
  openedAt = Date.now();
  /** How the node saw the hour before this page was shown, as `/v1/history` has it; null before it told. */
  past = null;

  #listener;
  #eventStream = new EventStream();
  #timer = null;
  #isSoon = false;
  #stream = null;
  #askingSince = null;
  #askedAt = {partitions: 0, ring: 0};
  #isPastDue = true;

  /** @param listener called after each change */
  constructor(listener) {
    this.#listener = listener;
  }

  start() {
    document.addEventListener('visibilitychange', () => this.#onVisibility());
    this.#onVisibility();
  }

  #onVisibility() {
    clearTimeout(this.#timer);
    this.#stream?.abort();
    this.#stream = null;
    if (!document.hidden) {
      this.#isPastDue = true;
      this.#refresh();
      this.#follow();
    }
  }

  /** Asks anew, but not for each of many events. */
  #refreshSoon() {
    if (!this.#isSoon && !document.hidden) {
      this.#isSoon = true;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#refresh(), SOON_MILLIS);
    }
  }

  async #refresh() {
    if (this.#askingSince !== null) {
      return;
    }
    this.#askingSince = Date.now();
    this.#isSoon = false;
    await this.#askAll();
    this.#askingSince = null;
    clearTimeout(this.#timer);
    if (this.#isSoon) {
      this.#timer = setTimeout(() => this.#refresh(), SOON_MILLIS);
    } else if (!document.hidden) {
      this.#timer = setTimeout(() => this.#refresh(), PERIOD_MILLIS);
    }
    this.#listener();
    await this.#askPast();
  }

  /** Behind what is shown first, and where events are missing. Again until it was told, unless the node is of a release that does not. */
  async #askPast() {
    if (!this.#isPastDue) {
      return;
    }
    this.#isPastDue = false;
    try {
      this.past = await ask('/v1/history', AbortSignal.timeout(PAST_TIMEOUT_MILLIS));
      this.#listener();
    } catch (failure) {
      this.#isPastDue = !(failure instanceof Problem && failure.status === NOT_FOUND);
    }
  }

  async #askAll() {
    const isDue = (name, period) => this[name] === null || Date.now() - this.#askedAt[name] > period;
    const isCalm = this.partitions?.every(partition => partition.state === 'healthy') ?? false;
    const names = ['nodes', 'cluster', 'flows', ...(isDue('partitions', isCalm ? PARTITIONS_PERIOD_MILLIS : 0) ? ['partitions'] : []),
      ...(isDue('ring', RING_PERIOD_MILLIS) ? ['ring'] : [])];
    const answers = await Promise.allSettled(names.map(name => ask(`/v1/${name}`)));
    const failures = answers.filter(answer => answer.status === 'rejected').map(answer => answer.reason);
    answers.forEach((answer, i) => {
      if (answer.status === 'fulfilled') {
        this[names[i]] = answer.value;
        this.#askedAt[names[i]] = Date.now();
      }
    });
    this.#noteFlows();
    const ring = answers[names.indexOf('ring')];
    this.ringProblem = ring === undefined ? this.ringProblem : ring.reason instanceof Problem ? ring.reason : null;
    const answered = answers.some(answer => answer.status === 'fulfilled') || failures.some(f => f instanceof Problem);
    this.problem = failures.find(failure => failure instanceof Problem) ?? null;
    if (answered) {
      this.answeredAt = Date.now();
      this.silentSince = null;
    } else {
      this.silentSince ??= this.#askingSince;
    }
  }

  /** One that stood still is noted once. */
  #noteFlows() {
    const {time} = this.flowSamples.at(-1) ?? {time: 0};
    if (this.flows !== null && this.#askedAt.flows > time) {
      const {requests, bytesReceived, bytesSent, replication, repair, movement} = summary(this.flows);
      const sample = {time: this.#askedAt.flows, requests, bytesReceived, bytesSent, replication, repair, movement};
      this.flowSamples = [...this.flowSamples.slice(1 - FLOW_SAMPLES_MAX), sample];
    }
  }

  /** Reads the stream until it ends, then again. */
  async #follow() {
    const stream = new AbortController();
    this.#stream = stream;
    while (!stream.signal.aborted) {
      try {
        await this.#eventStream.read(stream.signal, events => this.#take(events));
      } catch {
        // the snapshots say whether the node is there
      }
      await new Promise(resolve => setTimeout(resolve, RECONNECT_MILLIS));
    }
  }

  #take(events) {
    if (events.length === 0) {
      return;
    }
    for (const event of events) {
      const {type} = event;
      this.#isPastDue ||= isMissed(event);
      if (type !== 'ring' && type !== 'traffic') {
        this.events.push(event);
      }
      this.#askedAt.ring = type === 'ring' || type === 'node' ? 0 : this.#askedAt.ring;
      this.#askedAt.partitions = type === 'traffic' ? this.#askedAt.partitions : 0;
    }
    this.events = bounded(this.events.filter(event => event.time > Date.now() - HOUR_MILLIS));
    if (events.some(event => event.type !== 'traffic')) {
      this.#refreshSoon();
    }
    this.#listener();
  }
}

/** The node tells that there was more: it began anew, or this page was away for longer than it keeps. */
export const isMissed = ({type, about}) => type === 'warning' && about === 'missed';

const OF_PARTITIONS = new Set(['leader', 'move', 'repair']);

/** The latest of each kind. */
export function bounded(events) {
  const ofPartitions = events.filter(event => OF_PARTITIONS.has(event.type));
  const kept = new Set([...ofPartitions.slice(-PARTITION_EVENTS_MAX), ...events.filter(event => !OF_PARTITIONS.has(event.type)).slice(-OTHER_EVENTS_MAX)]);
  return kept.size === events.length ? events : events.filter(event => kept.has(event));
}
