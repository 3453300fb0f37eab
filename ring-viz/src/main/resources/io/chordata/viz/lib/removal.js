const PAGE = 1_000;

/** Deletes objects and all that is in folders, a page at a time, so that a million takes no more memory than a thousand. */
export class Removal {
  done = 0;
  /** Those that are there still, and why the first of them is. */
  failed = 0;
  problem = null;

  #s3;
  #bucket;
  #listener;
  #isStopped = false;

  /** @param listener called after each step */
  constructor(s3, bucket, listener) {
    this.#s3 = s3;
    this.#bucket = bucket;
    this.#listener = listener;
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
      const {objects, next} = await this.#s3.list(this.#bucket, {prefix, token, max: PAGE, isDeep: true});
      if (objects.length > 0) {
        await this.#remove(objects.map(object => object.key));
      }
      token = next;
    } while (token !== null);
  }

  async #remove(keys) {
    const failed = await this.#s3.removeMany(this.#bucket, keys);
    this.done += keys.length - failed.length;
    this.failed += failed.length;
    this.problem ??= failed[0]?.message ?? null;
    this.#listener();
  }
}
