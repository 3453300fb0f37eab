import {element, render} from '../lib/dom.js';
import {day} from '../lib/format.js';
import {SignedOut} from '../lib/session.js';
import {words} from '../words.js';
import {table} from './parts.js';

const text = words.access;
const NOTE_MAX = 256;

/** Who is signed in, and the access keys that the cluster keeps: made here, and their secrets shown once. */
export class AccessView {
  static needsKey = true;

  #root;
  #session;
  #keys = null;
  #problem = null;
  #made = null;
  #leaving = null;
  #isBusy = false;

  #note = element('input', {id: 'key-note', type: 'text', maxlength: NOTE_MAX, autocomplete: 'off', placeholder: text.notePlaceholder});
  #form = element('form', {class: 'new-key'}, element('label', {for: 'key-note'}, text.note),
    element('span', {class: 'field'}, this.#note), element('button', {class: 'btn primary'}, text.create));
  #top = element('div');
  #list = element('div', {class: 'keys-list'});

  constructor(root, live, {session}) {
    this.#session = session;
    this.#root = element('div', {class: 'access'}, this.#top, this.#form, this.#list);
    root.append(this.#root);
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#do(async () => {
        const by = session.accessKey;
        const made = await session.ask('/v1/keys', {method: 'POST', body: {note: this.#note.value.trim()}});
        this.#made = session.accessKey === by ? made : null;
        this.#note.value = '';
      });
    });
    this.#root.addEventListener('click', event => this.#onClick(event.target.closest('button[data-do]')));
  }

  go() {
    this.#do(async () => {});
  }

  /** What was shown once is gone. */
  close() {
    this.#made = null;
  }

  onSession() {
    this.#made = null;
    this.#keys = null;
    this.update();
  }

  #onClick(button) {
    const {do: what, key} = button?.dataset ?? {};
    const acts = {
      out: () => this.#do(() => this.#session.end()),
      copy: () => navigator.clipboard?.writeText(this.#made.secretKey).then(() => button.textContent = text.copied),
      hide: () => this.#made = null,
      ask: () => this.#leaving = key,
      keep: () => this.#leaving = null,
      delete: () => this.#do(async () => {
        await this.#session.ask(`/v1/keys/${encodeURIComponent(key)}`, {method: 'DELETE'});
        this.#leaving = null;
        this.#made = this.#made?.accessKey === key ? null : this.#made;
        if (key === this.#session.accessKey) {
          await this.#session.load();
        }
      })
    };
    if (what !== undefined) {
      acts[what]();
      this.update();
    }
  }

  /** Does it, then asks for the list anew. */
  async #do(act) {
    this.#isBusy = true;
    this.#problem = null;
    this.update();
    try {
      await act();
      this.#keys = this.#session.isBegun ? await this.#session.ask('/v1/keys') : null;
    } catch (failure) {
      this.#problem = failure instanceof SignedOut ? null : failure.message;
    }
    this.#isBusy = false;
    this.update();
  }

  update() {
    const {accessKey, expires, isBegun} = this.#session;
    if (!isBegun) {
      render(this.#top);
      render(this.#list);
      return;
    }
    render(this.#top,
      element('header', {}, element('div', {}, element('h1', {}, words.views.access), element('p', {class: 'sub'}, text.sub)),
        accessKey === null ? null : element('p', {class: 'who-is'}, text.signedIn, ' ', element('b', {class: 'mono'}, accessKey), element('span', {class: 'faint'}, text.until(day(expires))),
          element('button', {class: 'btn', 'data-do': 'out'}, text.out))),
      this.#problem === null ? null : element('p', {class: 'says', role: 'alert'}, this.#problem),
      this.#made === null ? null : this.#secret());
    this.#form.querySelector('button').disabled = this.#isBusy;
    render(this.#list, this.#keys === null ? null : this.#keys.length === 0 ? element('p', {class: 'nothing'}, text.none) : this.#table(),
      element('p', {class: 'note faint'}, text.root));
  }

  #secret() {
    const {accessKey, secretKey} = this.#made;
    return element('section', {class: 'secret', 'aria-label': text.made}, element('h2', {}, text.made), element('p', {class: 'sub'}, text.once),
      element('dl', {}, element('dt', {}, words.signIn.accessKey), element('dd', {class: 'mono'}, accessKey),
        element('dt', {}, words.signIn.secretKey), element('dd', {class: 'mono', id: 'secret-key'}, secretKey)),
      element('p', {class: 'acts'}, navigator.clipboard === undefined ? null : element('button', {class: 'btn primary', 'data-do': 'copy'}, text.copy),
        element('button', {class: 'btn', 'data-do': 'hide'}, text.hide)));
  }

  #table() {
    const own = this.#session.accessKey;
    return table([
      {title: text.key, cell: key => element('span', {class: 'mono'}, key.accessKey), mono: false},
      {title: text.note, cell: key => element('bdi', {class: 'key-note'}, key.note)},
      {title: text.created, cell: key => element('span', {class: 'faint'}, day(key.created))},
      {title: '', cell: key => key.accessKey !== this.#leaving ? element('button', {class: 'btn quiet', 'data-do': 'ask', 'data-key': key.accessKey, 'aria-label': text.deleteLabel(key.accessKey)}, text.delete)
        : element('span', {class: 'sure'}, element('span', {}, key.accessKey === own ? text.sureOwn : text.sure),
          element('button', {class: 'btn danger', 'data-do': 'delete', 'data-key': key.accessKey}, text.delete), element('button', {class: 'btn', 'data-do': 'keep'}, text.keep)),
      numeric: true}
    ], this.#keys);
  }
}
