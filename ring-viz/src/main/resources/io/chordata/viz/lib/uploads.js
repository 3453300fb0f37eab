import {documentOf, objectUrl, queryOf, S3Problem} from './s3.js';
import {SignedOut} from './session.js';

const MIB = 1 << 20;
/** Up to this a file goes in one piece. */
const PART_BYTES = 16 * MIB;
const PARTS_MAX = 10_000;
const FILES_AT_ONCE = 2;
/** A browser has six connections to a node, and the rest of the page needs some. */
const REQUESTS_AT_ONCE = 3;
const TRIES = 5;
const FIRST_PAUSE_MILLIS = 500;
const RATE_MILLIS = 5_000;
const FINISHED_KEPT = 50;

/** How large the parts of a file are: as few as can be kept track of, and no more than S3 takes. */
export const partBytes = size => Math.max(PART_BYTES, MIB * Math.ceil(size / PARTS_MAX / MIB));

const OPEN = new Set(['waiting', 'asking', 'sending', 'finishing']);

/**
 * Files on their way to buckets. They are read piece by piece as they are sent; what fails for the moment is sent again, and
 * where the sign-in is over they wait for the next.
 */
export class Uploads {
  /** `{id, bucket, key, file, size, sent, state, parts, done, problem, copies}`; state: waiting, asking, exists, sending, finishing, done, failed. */
  items = [];

  #s3;
  #session;
  #locate;
  #listener;
  #number = 0;
  #running = 0;
  #slots = REQUESTS_AT_ONCE;
  #queue = [];
  #samples = [];

  /**
   * @param locate tells on how many nodes an object is: `(bucket, key) => Promise<number>`
   * @param listener called after each change, with the item that was stored, if one was
   */
  constructor(s3, session, locate, listener) {
    this.#s3 = s3;
    this.#session = session;
    this.#locate = locate;
    this.#listener = listener;
  }

  /** @param files `[{name, file}]`, names with slashes for what is in folders */
  add(bucket, prefix, files) {
    for (const {name, file} of files) {
      this.items.push({
        id: ++this.#number, bucket, key: prefix + name, file, size: file.size, sent: 0, state: 'waiting', parts: 0, done: 0, problem: null, copies: null,
        abort: new AbortController(), mayReplace: false
      });
    }
    this.#next();
  }

  get open() {
    return this.items.filter(item => OPEN.has(item.state));
  }

  /** Bytes per second, lately. */
  get rate() {
    const now = Date.now();
    this.#samples = this.#samples.filter(sample => sample.time > now - RATE_MILLIS);
    const [first] = this.#samples;
    return first === undefined ? 0 : 1000 * this.#samples.reduce((sum, sample) => sum + sample.bytes, 0) / Math.max(1_000, now - first.time);
  }

  /** Ends what is on its way, forgets what is not. */
  drop(item) {
    item.abort.abort();
    this.items = this.items.filter(other => other !== item);
    this.#listener(null);
  }

  dropFinished() {
    this.items = this.items.filter(item => item.state !== 'done');
    this.#listener(null);
  }

  /** Again, or over what is there by that name. */
  retry(item) {
    Object.assign(item, {mayReplace: item.state === 'exists' || item.mayReplace, state: 'waiting', sent: 0, done: 0, problem: null, abort: new AbortController()});
    this.#next();
  }

  #next() {
    const finished = this.items.filter(item => item.state === 'done');
    const stale = new Set(finished.slice(0, Math.max(0, finished.length - FINISHED_KEPT)));
    this.items = stale.size === 0 ? this.items : this.items.filter(item => !stale.has(item));
    for (let item = this.#waiting(); item !== undefined && this.#running < FILES_AT_ONCE; item = this.#waiting()) {
      this.#running++;
      item.state = 'asking';
      this.#run(item).finally(() => {
        this.#running--;
        this.#next();
      });
    }
    this.#listener(null);
  }

  #waiting() {
    return this.items.find(item => item.state === 'waiting');
  }

  async #run(item) {
    const {signal} = item.abort;
    try {
      if (!item.mayReplace && await this.#again(signal, () => this.#s3.head(item.bucket, item.key)) !== null) {
        item.state = 'exists';
        return;
      }
      item.state = 'sending';
      await (item.size <= PART_BYTES ? this.#sendWhole(item) : this.#sendParts(item));
      item.state = 'done';
      item.sent = item.size;
      item.file = null;
      this.#listener(item);
      item.copies = await this.#locate(item.bucket, item.key).catch(() => null);
    } catch (failure) {
      item.state = 'failed';
      item.problem = failure;
    }
  }

  async #sendWhole(item) {
    item.parts = 1;
    await this.#send(item, objectUrl(item.bucket, item.key), item.file, {'Content-Type': item.file.type || 'application/octet-stream'});
    item.done = 1;
  }

  async #sendParts(item) {
    const {bucket, key, size, abort: {signal}} = item;
    const bytes = partBytes(size);
    item.parts = Math.ceil(size / bytes);
    const uploadId = await this.#again(signal, () => this.#s3.beginParts(bucket, key, item.file.type || 'application/octet-stream'));
    try {
      const eTags = new Array(item.parts);
      let next = 0;
      const lane = async () => {
        while (next < item.parts && !signal.aborted) {
          const i = next++;
          const part = item.file.slice(i * bytes, Math.min(size, (i + 1) * bytes));
          eTags[i] = await this.#send(item, objectUrl(bucket, key) + queryOf({partNumber: String(i + 1), uploadId}), part, {});
          item.done++;
        }
      };
      await Promise.all(Array.from({length: REQUESTS_AT_ONCE}, lane));
      signal.throwIfAborted();
      item.state = 'finishing';
      this.#listener(null);
      await this.#again(signal, () => this.#s3.completeParts(bucket, key, uploadId, eTags));
    } catch (failure) {
      item.abort.abort();
      this.#s3.abortParts(bucket, key, uploadId).catch(() => {});
      throw failure;
    }
  }

  /** Completes with the ETag. */
  #send(item, url, blob, headers) {
    const {signal} = item.abort;
    return this.#again(signal, async () => {
      await this.#slot();
      let sent = 0;
      const onSent = count => {
        item.sent += count - sent;
        this.#samples.push({time: Date.now(), bytes: Math.max(0, count - sent)});
        sent = count;
      };
      try {
        const ofSession = this.#session.headers;
        const request = await put(url, blob, {...headers, ...ofSession}, signal, onSent);
        if (await this.#session.isOutdated(request.status, ofSession)) {
          throw new SignedOut();
        }
        if (request.status === 401) {
          throw new SignedOut();
        }
        if (request.status !== 200) {
          documentOf(request.status, request.responseText);
        }
        onSent(blob.size);
        return request.getResponseHeader('ETag');
      } catch (failure) {
        onSent(0);
        throw failure;
      } finally {
        this.#release();
      }
    });
  }

  /** Tries again what may go better later, longer and longer from now. */
  async #again(signal, act) {
    for (let tried = 1; ; tried++) {
      signal.throwIfAborted();
      try {
        return await act();
      } catch (failure) {
        if (failure instanceof SignedOut) {
          await this.#session.whenBegun();
        } else if (tried === TRIES || signal.aborted || (failure instanceof S3Problem && failure.status < 500)) {
          throw failure;
        } else {
          await pause(FIRST_PAUSE_MILLIS * 2 ** tried * (0.5 + Math.random()), signal);
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

const pause = (millis, signal) => new Promise(resolve => {
  const timer = setTimeout(resolve, millis);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  }, {once: true});
});

/** As fetch tells nothing of what was sent. Completes with the request, whatever its status; fails where there is no answer. */
function put(url, blob, headers, signal, onSent) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const onAbort = () => request.abort();
    signal.addEventListener('abort', onAbort, {once: true});
    request.addEventListener('loadend', () => signal.removeEventListener('abort', onAbort));
    request.upload.addEventListener('progress', event => onSent(event.loaded));
    request.addEventListener('load', () => resolve(request));
    request.addEventListener('error', () => reject(new TypeError('no answer')));
    request.addEventListener('abort', () => reject(signal.reason ?? new TypeError('aborted')));
    request.open('PUT', url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.send(blob);
  });
}
