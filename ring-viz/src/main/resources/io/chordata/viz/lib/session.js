import {Problem} from './feed.js';

const PATH = '/v1/session';
const CSRF = 'x-chordata-csrf';
const SIGNED_OUT = 401;
const WRONG_TOKEN = 403;

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
  #isLoading = false;

  /** @param listener called when somebody signed in, or is signed in no more */
  constructor(listener) {
    this.#listener = listener;
  }

  get isBegun() {
    return this.accessKey !== null;
  }

  async load() {
    if (this.#isLoading) {
      return;
    }
    this.#isLoading = true;
    try {
      const response = await fetch(PATH, {cache: 'no-store'});
      if (response.status === 200) {
        this.#take(await response.json());
      }
    } catch {
      // asked again when it is needed
    }
    this.#isLoading = false;
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

  async end() {
    await fetch(PATH, {method: 'DELETE'});
    this.#take({accessKey: null, csrf: null, expires: null});
    this.isOver = false;
    this.#listener();
  }

  /** To be called now and then. */
  tick() {
    if (!this.isKnown) {
      this.load();
    }
    if (this.isBegun && Date.now() > this.expires) {
      this.over();
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

  /** As `fetch`, for whoever is signed in; throws {@link SignedOut} where nobody is. */
  async fetch(path, {method = 'GET', headers = {}, body, signal} = {}) {
    const ask = () => fetch(path, {method, headers: {...headers, ...this.headers}, body, signal, cache: cacheOf(method)});
    let response = await ask();
    if (await this.isRefused(response.status)) {
      response = await ask();
    }
    if (response.status === SIGNED_OUT) {
      throw new SignedOut();
    }
    return response;
  }

  /** True if the same may be asked again at once: another tab signed in, so the token was another's. */
  async isRefused(status) {
    if (status === SIGNED_OUT) {
      this.over();
    }
    if (status !== WRONG_TOKEN) {
      return false;
    }
    const token = this.#csrf;
    await this.load();
    return this.isBegun && this.#csrf !== token;
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
