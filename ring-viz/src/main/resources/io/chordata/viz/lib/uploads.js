import {put} from './put.js';
import {documentOf, isPassing, objectUrl, queryOf} from './s3.js';
import {SignedOut} from './session.js';

const MIB = 1 << 20;
/** Up to this a file goes in one piece. */
const PART_BYTES = 16 * MIB;
const PARTS_MAX = 10_000;
const FILES_AT_ONCE = 2;
/** A browser has six connections to a node, and the rest of the page needs some. */
const REQUESTS_AT_ONCE = 3;
/** A node may start anew meanwhile. */
const PATIENCE_MILLIS = 5 * 60_000;
const FIRST_PAUSE_MILLIS = 500;
const PAUSE_MILLIS_MAX = 15_000;
const RATE_MILLIS = 5_000;
const FINISHED_KEPT = 50;
const UNDECIDED_KEPT = 500;
const FORBIDDEN = 403;
const PRECONDITION_FAILED = 412;

/** How large the parts of a file are: as few as can be kept track of, and no more than S3 takes. */
export const partBytes = size => Math.max(PART_BYTES, MIB * Math.ceil(size / PARTS_MAX / MIB));

const OPEN = new Set(['waiting', 'asking', 'sending', 'finishing']);

export const isOpen = item => OPEN.has(item.state);

/**
 * Files on their way to buckets. They are read piece by piece as they are sent; what fails for the moment is sent again, where
 * the sign-in is over they wait for the next, and what failed goes on with the parts that are there.
 */
export class Uploads {
  /**
   * By id, `{id, bucket, key, file, size, sent, state, parts, done, problem, copies}`; state: waiting, asking, exists, sending,
   * finishing, done, failed.
   */
  items = new Map();
  /** Files of which nothing more is known than that they were not stored. */
  forgotten = 0;

  #s3;
  #session;
  #locate;
  #listener;
  #put;
  #firstPauseMillis;
  #patienceMillis;
  #number = 0;
  #running = 0;
  #waiting = new Set();
  #finished = [];
  #undecided = new Set();
  #slots = REQUESTS_AT_ONCE;
  #queue = [];
  #samples = [];

  /**
   * @param locate tells on how many nodes an object is: `(bucket, key) => Promise<number>`
   * @param listener called after each change, with the item that was stored, if one was
   */
  constructor(s3, session, locate, listener, {send = put, firstPauseMillis = FIRST_PAUSE_MILLIS, patienceMillis = PATIENCE_MILLIS} = {}) {
    this.#s3 = s3;
    this.#session = session;
    this.#locate = locate;
    this.#listener = listener;
    this.#put = send;
    this.#firstPauseMillis = firstPauseMillis;
    this.#patienceMillis = patienceMillis;
  }

  /** @param files `[{name, file}]`, names with slashes for what is in folders */
  add(bucket, prefix, files) {
    for (const {name, file} of files) {
      const item = {
        id: ++this.#number, bucket, key: prefix + name, file, size: file.size, sent: 0, state: 'waiting', parts: 0, done: 0, problem: null, copies: null,
        abort: new AbortController(), mayReplace: false, isRunning: false, isDropped: false, uploadId: null, eTags: []
      };
      this.items.set(item.id, item);
      this.#waiting.add(item);
    }
    this.#next();
  }

  get isBusy() {
    return this.#running > 0 || this.#waiting.size > 0;
  }

  /** Bytes per second, lately. */
  get rate() {
    this.#forgetSamples();
    const [first] = this.#samples;
    return first === undefined ? 0 : 1000 * this.#samples.reduce((sum, sample) => sum + sample.bytes, 0) / Math.max(1_000, Date.now() - first.time);
  }

  #note(bytes) {
    this.#samples.push({time: Date.now(), bytes});
    this.#forgetSamples();
  }

  #forgetSamples() {
    const since = Date.now() - RATE_MILLIS;
    const kept = this.#samples.findIndex(sample => sample.time > since);
    this.#samples.splice(0, kept < 0 ? this.#samples.length : kept);
  }

  /** Ends what is on its way, forgets what is not. */
  drop(item) {
    item.isDropped = true;
    item.abort.abort();
    this.items.delete(item.id);
    this.#waiting.delete(item);
    this.#undecided.delete(item);
    if (!item.isRunning) {
      this.#abandon(item);
    }
    this.#listener(null);
  }

  dropFinished() {
    this.#finished.splice(0).forEach(item => this.items.delete(item.id));
    this.forgotten = 0;
    this.#listener(null);
  }

  /** Again, or over what is there by that name; from where it was. */
  retry(item) {
    Object.assign(item, {mayReplace: item.state === 'exists' || item.mayReplace, state: 'waiting', problem: null, abort: new AbortController()});
    this.#undecided.delete(item);
    this.#waiting.add(item);
    this.#next();
  }

  #next() {
    for (const item of this.#waiting) {
      if (this.#running === FILES_AT_ONCE) {
        break;
      }
      this.#waiting.delete(item);
      this.#running++;
      item.isRunning = true;
      item.state = 'asking';
      this.#run(item).finally(() => {
        this.#running--;
        this.#settle(item);
        this.#next();
      });
    }
    this.#listener(null);
  }

  /** However many files there are, what is kept of them is bounded once they are not on their way. */
  #settle(item) {
    item.isRunning = false;
    if (item.isDropped) {
      this.#abandon(item);
    } else if (item.state === 'done') {
      this.#finished.push(item);
      this.#finished.splice(0, Math.max(0, this.#finished.length - FINISHED_KEPT)).forEach(old => this.items.delete(old.id));
    } else {
      this.#undecided.add(item);
      if (this.#undecided.size > UNDECIDED_KEPT) {
        const [oldest] = this.#undecided;
        this.forgotten++;
        this.drop(oldest);
      }
    }
  }

  async #run(item) {
    const {signal} = item.abort;
    try {
      if (!item.mayReplace && item.uploadId === null && await this.#again(signal, () => this.#s3.head(item.bucket, item.key)) !== null) {
        item.state = 'exists';
        return;
      }
      item.state = 'sending';
      await (item.size <= PART_BYTES ? this.#sendWhole(item) : this.#sendParts(item));
    } catch (failure) {
      this.#onFailure(item, failure);
      return;
    }
    item.state = 'done';
    item.sent = item.size;
    item.file = null;
    this.#listener(item);
    item.copies = await this.#locate(item.bucket, item.key).catch(() => null);
  }

  /** What was refused for good has no use for its parts; what may have gone through, or may yet, has. */
  #onFailure(item, failure) {
    const isThere = failure.status === PRECONDITION_FAILED;
    if (!isPassing(failure) && !isThere && failure.status !== FORBIDDEN) {
      this.#abandon(item);
    }
    item.state = isThere ? 'exists' : 'failed';
    item.problem = isThere ? null : failure;
  }

  /** So that nobody is written over who came while the file was on its way. */
  #conditions(item) {
    return item.mayReplace ? {} : {'If-None-Match': '*'};
  }

  async #sendWhole(item) {
    item.parts = 1;
    const headers = {'Content-Type': item.file.type || 'application/octet-stream', ...this.#conditions(item)};
    const doubt = {isSentBefore: false};
    try {
      await this.#send(item, objectUrl(item.bucket, item.key), item.file, headers, doubt);
    } catch (failure) {
      if (failure.status !== PRECONDITION_FAILED || !doubt.isSentBefore || !await this.#isThere(item)) {
        throw failure;
      }
    }
    item.done = 1;
  }

  /** True if what is there by that name is the file: the answer to an earlier try was lost, but not the file. */
  async #isThere({bucket, key, file, size, abort: {signal}}) {
    const head = await this.#again(signal, () => this.#s3.head(bucket, key));
    if (head?.size !== size) {
      return false;
    }
    const [stored, sent] = await Promise.all([this.#again(signal, () => this.#s3.bytes(bucket, key)), file.arrayBuffer()]);
    const bytes = new Uint8Array(sent);
    return stored.length === bytes.length && stored.every((byte, i) => byte === bytes[i]);
  }

  async #sendParts(item) {
    const {bucket, key, size, abort: {signal}} = item;
    item.parts = Math.ceil(size / partBytes(size));
    if (item.uploadId === null) {
      item.uploadId = await this.#again(signal, () => this.#s3.beginParts(bucket, key, item.file.type || 'application/octet-stream'));
    }
    const missing = Array.from({length: item.parts}, (each, i) => i).filter(i => item.eTags[i] === undefined);
    const lanes = await Promise.allSettled(Array.from({length: REQUESTS_AT_ONCE}, () => this.#lane(item, missing)));
    const failed = lanes.find(lane => lane.status === 'rejected' && lane.reason !== signal.reason) ?? lanes.find(lane => lane.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
    signal.throwIfAborted();
    item.state = 'finishing';
    this.#listener(null);
    await this.#again(signal, () => this.#s3.completeParts(bucket, key, item.uploadId, item.eTags, this.#conditions(item)));
    item.uploadId = null;
  }

  /** Sends parts until none is missing; ends the other lanes where one of its own cannot be sent. */
  async #lane(item, missing) {
    const {bucket, key, file, size, uploadId, abort} = item;
    const bytes = partBytes(size);
    try {
      while (missing.length > 0 && !abort.signal.aborted) {
        const i = missing.shift();
        const part = file.slice(i * bytes, Math.min(size, (i + 1) * bytes));
        item.eTags[i] = await this.#send(item, objectUrl(bucket, key) + queryOf({partNumber: String(i + 1), uploadId}), part, {});
        item.done++;
      }
    } catch (failure) {
      abort.abort();
      throw failure;
    }
  }

  /** Gives up the parts that are there. */
  async #abandon(item) {
    const {bucket, key, uploadId} = item;
    Object.assign(item, {uploadId: null, eTags: [], sent: 0, done: 0});
    if (uploadId !== null) {
      await this.#again(new AbortController().signal, () => this.#s3.abortParts(bucket, key, uploadId)).catch(() => {});
    }
  }

  /**
   * Completes with the ETag.
   *
   * @param doubt `{isSentBefore}`, set where a try may have gone through without an answer
   */
  #send(item, url, blob, headers, doubt = {}) {
    const {signal} = item.abort;
    return this.#again(signal, async () => {
      await this.#slot();
      let sent = 0;
      const onSent = count => {
        item.sent += count - sent;
        this.#note(Math.max(0, count - sent));
        sent = count;
      };
      try {
        signal.throwIfAborted();
        const ofSession = this.#session.headers;
        const {status, eTag, text} = await this.#put(url, blob, {...headers, ...ofSession}, signal, onSent);
        if (await this.#session.isOutdated(status, ofSession) || status === 401) {
          throw new SignedOut();
        }
        if (status !== 200) {
          documentOf(status, text);
        }
        onSent(blob.size);
        return eTag;
      } catch (failure) {
        onSent(0);
        doubt.isSentBefore ||= !(failure instanceof SignedOut) && isPassing(failure);
        throw failure;
      } finally {
        this.#release();
      }
    });
  }

  /** Tries again what may go better later, longer and longer from now, until patience ends. */
  async #again(signal, act) {
    let end = null;
    for (let pauseMillis = this.#firstPauseMillis; ; pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX)) {
      signal.throwIfAborted();
      try {
        return await act();
      } catch (failure) {
        end ??= Date.now() + this.#patienceMillis;
        if (failure instanceof SignedOut) {
          await unlessAborted(this.#session.whenBegun(), signal);
          end = null;
        } else if (Date.now() >= end || signal.aborted || !isPassing(failure)) {
          throw failure;
        } else {
          await pause(pauseMillis * (0.5 + Math.random()), signal);
        }
      }
    }
  }

  #slot() {
    if (this.#slots > 0) {
      this.#slots--;
      return Promise.resolve();
    }
    return new Promise(resolve => this.#queue.push(resolve));
  }

  #release() {
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#slots++;
    } else {
      next();
    }
  }
}

/** Completes as soon as either is so. */
function unlessAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', resolve, {once: true});
    promise.finally(() => signal.removeEventListener('abort', resolve)).then(resolve, reject);
  });
}

const pause = (millis, signal) => new Promise(resolve => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  }, {once: true});
});
