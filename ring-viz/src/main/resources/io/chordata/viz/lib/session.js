import {Problem} from './feed.js';

const PATH = '/v1/session';
const CSRF = 'x-chordata-csrf';
const SIGNED_OUT = 401;
const WRONG_TOKEN = 403;
const LOOK_MILLIS = 60_000;

/** Browsers tell of `no-store` in a header that S3 would keep with an object. */
const cacheOf = method => method === 'GET' || method === 'HEAD' ? 'no-store' : 'default';

/** Somebody would have to sign in first. */
export class SignedOut extends Error {}

/**
 * Who is signed in. The cookie is the browser's and no script sees it; this holds the token that goes with changes, in memory
 * only, and asks the node for it when the page was loaded anew.
 */
export class Session {
  accessKey = null;
  /** Milliseconds since 1970. */
  expires = null;
  /** False until the node told whether somebody is signed in. */
  isKnown = false;
  /** Somebody was signed in on this page, and is not any more. */
  isOver = false;

  #csrf = null;
  #listener;
  #waiting = [];
  #loading = null;
  #lookAt = 0;

  /** @param listener called when somebody signed in, or is signed in no more */
  constructor(listener) {
    this.#listener = listener;
  }

  get isBegun() {
    return this.accessKey !== null;
  }

  /** Asks the node whose session this is; all who want to know meanwhile wait for the same answer. */
  load() {
    this.#loading ??= this.#ask().finally(() => this.#loading = null);
    return this.#loading;
  }

  async #ask() {
    this.#lookAt = Date.now() + LOOK_MILLIS;
    const before = this.#csrf;
    try {
      const response = await fetch(PATH, {cache: 'no-store'});
      const answer = response.status === 200 ? await response.json() : null;
      if (answer !== null && this.#csrf === before) {
        this.#take(answer);
      }
    } catch {
      // asked again when it is needed
    }
  }

  /** Throws a {@link Problem} that says why not. */
  async begin(accessKey, secretKey) {
    const body = JSON.stringify({accessKey, secretKey});
    const response = await fetch(PATH, {method: 'POST', headers: {'Content-Type': 'application/json'}, body, cache: 'no-store'});
    const answer = await response.json().catch(() => null);
    if (response.status !== 200) {
      throw new Problem(response.status, answer);
    }
    this.#take(answer);
  }

  /** Throws a {@link Problem} where the cookie may be there still. */
  async end() {
    const response = await fetch(PATH, {method: 'DELETE'});
    if (!response.ok) {
      throw new Problem(response.status, await response.json().catch(() => null));
    }
    this.#take({accessKey: null, csrf: null, expires: null});
    this.isOver = false;
    this.#listener();
  }

  /** To be called now and then. This machine's clock may be wrong, so it is the node that tells whether the time is over. */
  tick() {
    if (!this.isKnown || this.isBegun && Date.now() > Math.max(this.expires, this.#lookAt)) {
      this.load();
    }
  }

  over() {
    this.#take({accessKey: null, csrf: null, expires: null});
  }

  #take({accessKey, csrf, expires}) {
    const was = this.accessKey;
    this.isOver = accessKey === null && (was !== null || this.isOver);
    this.accessKey = accessKey;
    this.#csrf = csrf;
    this.expires = expires;
    const isNews = was !== accessKey || !this.isKnown;
    this.isKnown = true;
    if (accessKey !== null) {
      this.#waiting.splice(0).forEach(resolve => resolve());
    }
    if (isNews) {
      this.#listener();
    }
  }

  /** Completes when somebody is signed in: what takes long goes on then. */
  whenBegun() {
    return this.isBegun ? Promise.resolve() : new Promise(resolve => this.#waiting.push(resolve));
  }

  /** What goes with a request that changes something. */
  get headers() {
    return this.#csrf === null ? {} : {[CSRF]: this.#csrf};
  }

  /** What may be asked by whoever is signed in now, and by no other who signs in while it goes on. */
  get ofPresentKey() {
    const by = this.accessKey;
    return {fetch: (path, options) => this.fetch(path, {...options, by})};
  }

  /** As `fetch`, for whoever is signed in, or for that key alone; throws {@link SignedOut} where nobody is. */
  async fetch(path, {method = 'GET', headers = {}, body, signal, by} = {}) {
    const ask = sent => {
      if (by !== undefined && by !== this.accessKey) {
        throw new SignedOut();
      }
      return fetch(path, {method, headers: {...headers, ...sent}, body, signal, cache: cacheOf(method)});
    };
    const sent = this.headers;
    let response = await ask(sent);
    if (await this.isOutdated(response.status, sent)) {
      response = await ask(this.headers);
    }
    if (response.status === SIGNED_OUT) {
      throw new SignedOut();
    }
    return response;
  }

  /**
   * True if the same may be asked again at once: somebody signed in since, here or in another tab, so the token was another's.
   *
   * @param sent the headers of the session that went with the request; its answer may be older than the present session
   */
  async isOutdated(status, sent) {
    if (status !== SIGNED_OUT && status !== WRONG_TOKEN) {
      return false;
    }
    const isCurrent = () => sent[CSRF] === this.headers[CSRF];
    if (isCurrent() && status === SIGNED_OUT) {
      this.over();
    } else if (isCurrent()) {
      await this.load();
    }
    return this.isBegun && !isCurrent();
  }

  /** JSON of the admin API; throws a {@link Problem} for another status than 200. */
  async ask(path, {method = 'GET', body} = {}) {
    const response = await this.fetch(path, {
      method, headers: body === undefined ? {} : {'Content-Type': 'application/json'}, body: body === undefined ? undefined : JSON.stringify(body)
    });
    const answer = await response.json().catch(() => null);
    if (response.status !== 200 || answer === null) {
      throw new Problem(response.status, answer);
    }
    return answer;
  }
}
