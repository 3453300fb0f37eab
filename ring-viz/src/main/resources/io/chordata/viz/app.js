import {element, isTypedInto, render} from './lib/dom.js';
import {Feed} from './lib/feed.js';
import {formatRoute, parseRoute} from './lib/routes.js';
import {Live} from './lib/live.js';
import {S3} from './lib/s3.js';
import {Session} from './lib/session.js';
import {Uploads} from './lib/uploads.js';
import {hatches} from './ring/picture.js';
import {logo, viewIcon} from './views/icons.js';
import {KeysDialog} from './views/keys-dialog.js';
import {Notice} from './views/notice.js';
import {AccessView} from './views/access-view.js';
import {FlowsView} from './views/flows-view.js';
import {HealthView} from './views/health-view.js';
import {LearnView} from './views/learn-view.js';
import {LookupView} from './views/lookup-view.js';
import {copiesOf} from './views/place-picture.js';
import {locate} from './views/object-panel.js';
import {ObjectsView} from './views/objects-view.js';
import {RingView} from './views/ring-view.js';
import {SignIn} from './views/sign-in.js';
import {words} from './words.js';

/** By name in the order of the rail; digits are the keys that lead there. */
const VIEWS = {
  ring: {View: RingView, digit: '1'},
  lookup: {View: LookupView, digit: '2'},
  flows: {View: FlowsView, digit: '3'},
  objects: {View: ObjectsView, digit: '4'},
  health: {View: HealthView, digit: '5'},
  learn: {View: LearnView, digit: '6'},
  access: {View: AccessView, digit: '7'}
};
const NAMES = Object.keys(VIEWS);
const UNAUTHORIZED = 401;
const SAY_MILLIS = 5_000;
const UPLOADS_MILLIS = 200;

const at = id => document.getElementById(id);

/** The shell around the views: rail, routes, keys, sign-in, what is said aloud, and the feed that all views draw from. */
class App {
  #feed = new Feed(() => this.#update());
  #live = new Live(this.#feed);
  #keys = new KeysDialog();
  #session = new Session(() => this.#onSession());
  #s3 = new S3(this.#session);
  #uploads = new Uploads(this.#s3, this.#session, async (bucket, key) => copiesOf(await locate(bucket, key)), stored => this.#onUploads(stored));
  #signIn = new SignIn(at('gate'), this.#session);
  #notice = new Notice(at('notice'), this.#live, () => !this.#uploads.isBusy, link => location.assign(link));
  #view = null;
  #name = null;
  #spoken = {text: '', at: 0};
  #drawing = null;

  start() {
    document.body.append(hatches(), this.#keys.root);
    this.#showRail(null);
    window.addEventListener('hashchange', () => this.#route());
    window.addEventListener('keydown', event => this.#onKey(event));
    window.addEventListener('resize', () => this.#update());
    window.addEventListener('beforeunload', event => this.#onLeave(event));
    ['dragover', 'drop'].forEach(type => window.addEventListener(type, event => event.preventDefault()));
    setInterval(() => this.#update(), 1_000);
    this.#route();
    this.#feed.start();
    this.#session.load();
  }

  #route() {
    const {view, parameters} = parseRoute(location.hash, NAMES);
    if (view !== this.#name) {
      this.#view?.close?.();
      this.#name = view;
      at('view').replaceChildren();
      at('view').className = `view ${view}-view`;
      this.#view = new VIEWS[view].View(at('view'), this.#live, {session: this.#session, s3: this.#s3, uploads: this.#uploads});
      this.#showRail(view);
      document.title = words.title(words.views[view]);
    }
    this.#guard();
    if (!at('view').hidden) {
      this.#view.go(parameters);
    }
    this.#update();
  }

  /** Some views are for whoever is signed in, and at some nodes all are. The view stays what it was behind the form. */
  #guard() {
    const isWanted = VIEWS[this.#name].View.needsKey || this.#feed.problem?.status === UNAUTHORIZED;
    const isClosed = isWanted && !this.#session.isBegun;
    const wasHidden = at('gate').hidden;
    at('gate').hidden = !(isClosed && this.#session.isKnown);
    at('view').hidden = isClosed;
    if (isClosed) {
      this.#signIn.update();
    }
    if (wasHidden && !at('gate').hidden) {
      this.#signIn.focus();
    } else if (!wasHidden && !isClosed) {
      at('view').focus();
    }
  }

  /** Goes on in the same place; what is hidden, too, must forget what was for somebody else. */
  #onSession() {
    this.#guard();
    this.#showRail(this.#name);
    this.#view.onSession?.();
    if (!at('view').hidden) {
      this.#view.go(parseRoute(location.hash, NAMES).parameters);
    }
    this.#update();
  }

  /** There may be thousands a second. */
  #onUploads(stored) {
    if (stored !== null) {
      this.#view?.onStored?.(stored);
    }
    this.#drawing ??= setTimeout(() => {
      this.#drawing = null;
      this.#update();
    }, UPLOADS_MILLIS);
  }

  #onLeave(event) {
    if (this.#uploads.isBusy) {
      event.preventDefault();
    }
  }

  #update() {
    if (this.#view === null || document.hidden) {
      return;
    }
    this.#live.renew();
    this.#session.tick();
    this.#guard();
    if (!at('view').hidden) {
      this.#view.update();
    }
    this.#notice.update();
    this.#say(this.#live.verdict.headline);
    at('app').classList.toggle('old', this.#live.isOld);
  }

  /** At most one sentence in five seconds, and none twice. */
  #say(text) {
    if (text !== this.#spoken.text && Date.now() - this.#spoken.at > SAY_MILLIS) {
      this.#spoken = {text, at: Date.now()};
      at('says').textContent = text;
    }
  }

  #showRail(current) {
    at('rail').setAttribute('aria-label', words.viewsLabel);
    render(at('rail'),
      element('a', {class: 'logo', href: formatRoute('ring'), 'aria-label': 'Chordata'}, logo()),
      NAMES.map(name => element('a', {
        class: name === 'access' ? 'last' : null, href: formatRoute(name), 'aria-current': name === current ? 'page' : null, 'aria-keyshortcuts': VIEWS[name].digit
      }, viewIcon(name), words.views[name])));
  }

  #onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target) && event.key !== 'Escape' || this.#keys.isOpen) {
      return;
    }
    const name = NAMES.find(candidate => VIEWS[candidate].digit === event.key);
    if (name !== undefined) {
      location.hash = formatRoute(name);
      at('view').focus();
    } else if (event.key === '?') {
      this.#keys.open();
    } else if (at('view').hidden || !this.#view.onKey?.(event) && !this.#search(event)) {
      return;
    }
    event.preventDefault();
  }

  /** The ring's, in views that have none. */
  #search(event) {
    if (event.key !== '/') {
      return false;
    }
    location.hash = formatRoute('ring');
    this.#route();
    return this.#view.onKey(event);
  }
}

new App().start();
