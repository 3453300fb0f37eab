import {element, render} from '../lib/dom.js';
import {Removal} from '../lib/removal.js';
import {SignedOut} from '../lib/session.js';
import {words} from '../words.js';

const text = words.chosen;

/** What is chosen of a listing, and the bar that says so and deletes it. */
export class Chosen {
  root = element('div', {class: 'chosen', role: 'group', 'aria-label': text.label, hidden: true});
  keys = new Set();
  prefixes = new Set();

  #s3;
  #onChange;
  #onGone;
  #bucket = null;
  #isAsking = false;
  #removal = null;
  #problem = null;

  /**
   * @param onChange called when another is chosen
   * @param onGone called when something was deleted
   */
  constructor(s3, onChange, onGone) {
    this.#s3 = s3;
    this.#onChange = onChange;
    this.#onGone = onGone;
    this.root.addEventListener('click', event => this.#onAct(event.target.closest('[data-do]')?.dataset.do));
  }

  get count() {
    return this.keys.size + this.prefixes.size;
  }

  /** Nothing, in that bucket. What is being deleted goes on. */
  clear(bucket) {
    this.#bucket = bucket;
    this.keys.clear();
    this.prefixes.clear();
    this.#isAsking = false;
    this.#problem = null;
    this.update();
  }

  /** @param isFolder all that begins with the name, not the object of that name */
  set(name, isFolder, isChosen) {
    const names = isFolder ? this.prefixes : this.keys;
    names[isChosen ? 'add' : 'delete'](name);
    this.#isAsking = false;
    this.#problem = null;
    this.#onChange();
  }

  /** Goes no further, since nobody would see it. */
  close() {
    this.#removal?.stop();
  }

  update() {
    this.root.hidden = this.count === 0 && this.#removal === null && this.#problem === null;
    render(this.root, this.root.hidden ? [] : this.#content());
  }

  #content() {
    const button = (what, label, kind = '') => element('button', {class: `btn ${kind}`, 'data-do': what}, label);
    const says = this.#problem === null ? null : element('span', {class: 'says', role: 'alert'}, this.#problem);
    if (this.#removal !== null) {
      return [element('span', {role: 'status'}, text.deleted(this.#removal.done)), button('stop', text.stop)];
    }
    if (this.count === 0) {
      return [says, button('clear', text.dismiss)];
    }
    return this.#isAsking ? [element('span', {}, text.sure(this.keys.size, this.prefixes.size)), button('delete', text.delete, 'danger'), button('keep', text.keep)]
      : [element('span', {role: 'status'}, text.count(this.count)), says, button('ask', text.delete), button('clear', text.none, 'quiet')];
  }

  #onAct(what) {
    const acts = {
      ask: () => this.#isAsking = true, keep: () => this.#isAsking = false, delete: () => this.#delete(), stop: () => this.#removal?.stop(),
      clear: () => {
        this.clear(this.#bucket);
        this.#onChange();
      }
    };
    if (what !== undefined) {
      acts[what]();
      this.update();
    }
  }

  async #delete() {
    const removal = new Removal(this.#s3.ofPresentKey, this.#bucket, () => this.update());
    const [keys, prefixes] = [[...this.keys], [...this.prefixes]];
    this.clear(this.#bucket);
    this.#removal = removal;
    let problem = null;
    try {
      await removal.run(keys, prefixes);
      problem = removal.failed === 0 ? null : text.failed(removal.failed, removal.problem);
    } catch (failure) {
      problem = failure instanceof SignedOut ? text.over : text.stopped(removal.done, failure.message);
    }
    this.#removal = null;
    this.#problem = problem;
    this.update();
    this.#onGone();
  }
}
