import {element, render} from './lib/dom.js';
import {Feed} from './lib/feed.js';
import {formatRoute, parseRoute} from './lib/routes.js';
import {Live} from './lib/live.js';
import {hatches} from './ring/picture.js';
import {logo, viewIcon} from './views/icons.js';
import {KeysDialog} from './views/keys-dialog.js';
import {showNotice} from './views/notice.js';
import {HealthView} from './views/health-view.js';
import {LearnView} from './views/learn-view.js';
import {LookupView} from './views/lookup-view.js';
import {RingView} from './views/ring-view.js';
import {words} from './words.js';

/** By name in the order of the rail; digits are the keys that lead there. */
const VIEWS = {
  ring: {View: RingView, digit: '1'},
  lookup: {View: LookupView, digit: '2'},
  health: {View: HealthView, digit: '5'},
  learn: {View: LearnView, digit: '6'}
};
const NAMES = Object.keys(VIEWS);
const SAY_MILLIS = 5_000;

const at = id => document.getElementById(id);

/** The shell around the views: rail, routes, keys, what is said aloud, and the feed that all views draw from. */
class App {
  #feed = new Feed(() => this.#update());
  #live = new Live(this.#feed);
  #keys = new KeysDialog();
  #view = null;
  #name = null;
  #spoken = {text: '', at: 0};

  start() {
    document.body.append(hatches(), this.#keys.root);
    this.#showRail(null);
    window.addEventListener('hashchange', () => this.#route());
    window.addEventListener('keydown', event => this.#onKey(event));
    window.addEventListener('resize', () => this.#update());
    setInterval(() => this.#update(), 1_000);
    this.#route();
    this.#feed.start();
  }

  #route() {
    const {view, parameters} = parseRoute(location.hash, NAMES);
    if (view !== this.#name) {
      this.#view?.close?.();
      this.#name = view;
      at('view').replaceChildren();
      at('view').className = `view ${view}-view`;
      this.#view = new VIEWS[view].View(at('view'), this.#live);
      this.#showRail(view);
      document.title = words.title(words.views[view]);
    }
    this.#view.go(parameters);
    this.#update();
  }

  #update() {
    if (this.#view === null || document.hidden) {
      return;
    }
    this.#live.renew();
    this.#view.update();
    showNotice(at('notice'), this.#live);
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
        href: formatRoute(name), 'aria-current': name === current ? 'page' : null, 'aria-keyshortcuts': VIEWS[name].digit
      }, viewIcon(name), words.views[name])));
  }

  #onKey(event) {
    const isTyping = event.target.closest?.('input, textarea, select') !== null && event.target.closest !== undefined;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping && event.key !== 'Escape' || this.#keys.isOpen) {
      return;
    }
    const name = NAMES.find(candidate => VIEWS[candidate].digit === event.key);
    if (name !== undefined) {
      location.hash = formatRoute(name);
      at('view').focus();
    } else if (event.key === '?') {
      this.#keys.open();
    } else if (!this.#view.onKey?.(event)) {
      return;
    }
    event.preventDefault();
  }
}

new App().start();
