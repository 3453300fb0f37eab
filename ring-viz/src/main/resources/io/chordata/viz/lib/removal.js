import {isPassing} from './s3.js';
import {SignedOut} from './session.js';

const PAGE = 1_000;
/** A node may start anew meanwhile. */
const PATIENCE_MILLIS = 60_000;
const FIRST_PAUSE_MILLIS = 500;
const PAUSE_MILLIS_MAX = 5_000;

/**
 * Deletes objects and all that is in folders, a page at a time, so that a million takes no more memory than a thousand. What
 * fails for the moment is asked again.
 */
export class Removal {
  done = 0;
  /** Those that are there still, and why the first of them is. */
  failed = 0;
  problem = null;

  #s3;
  #bucket;
  #listener;
  #firstPauseMillis;
  #patienceMillis;
  #isStopped = false;

  /** @param listener called after each step */
  constructor(s3, bucket, listener, {firstPauseMillis = FIRST_PAUSE_MILLIS, patienceMillis = PATIENCE_MILLIS} = {}) {
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#listener = listener;
    this.#firstPauseMillis = firstPauseMillis;
    this.#patienceMillis = patienceMillis;
  }

  /** What was deleted until then is gone. */
  stop() {
    this.#isStopped = true;
  }

  /** Throws what keeps it from going on; the rest is there still then. */
  async run(keys, prefixes) {
    for (let at = 0; at < keys.length && !this.#isStopped; at += PAGE) {
      await this.#remove(keys.slice(at, at + PAGE));
    }
    for (const prefix of prefixes) {
      await this.#removeFolder(prefix);
    }
  }

  async #removeFolder(prefix) {
    let token = null;
    do {
      if (this.#isStopped) {
        return;
      }
      const {objects, next} = await this.#again(() => this.#s3.list(this.#bucket, {prefix, token, max: PAGE, isDeep: true}));
      if (objects.length > 0) {
        await this.#remove(objects.map(object => object.key));
      }
      token = next;
    } while (token !== null);
  }

  async #remove(keys) {
    const failed = await this.#again(() => this.#s3.removeMany(this.#bucket, keys));
    this.done += keys.length - failed.length;
    this.failed += failed.length;
    this.problem ??= failed[0]?.message ?? null;
    this.#listener();
  }

  /** Longer and longer from now, until patience ends. What was deleted already is so again. */
  async #again(act) {
    const end = Date.now() + this.#patienceMillis;
    for (let pauseMillis = this.#firstPauseMillis; ; pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX)) {
      try {
        return await act();
      } catch (failure) {
        if (failure instanceof SignedOut || !isPassing(failure) || this.#isStopped || Date.now() >= end) {
          throw failure;
        }
        await new Promise(resolve => setTimeout(resolve, pauseMillis));
      }
    }
  }
}
