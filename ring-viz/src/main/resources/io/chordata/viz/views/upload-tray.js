import {element, render} from '../lib/dom.js';
import {bytes} from '../lib/format.js';
import {isOpen} from '../lib/uploads.js';
import {words} from '../words.js';
import {crossIcon} from './icons.js';
import {lastPart, exactName} from './names.js';

const ROWS_MAX = 5;
const ORDER = ['exists', 'failed', 'finishing', 'sending', 'asking', 'waiting', 'done'];
const text = words.uploads;

/** What is on its way, how far it is, and what became of it; stays while one browses. */
export class UploadTray {
  root = element('section', {class: 'tray', 'aria-label': text.label, hidden: true});
  #uploads;

  constructor(uploads) {
    this.#uploads = uploads;
    this.root.addEventListener('click', event => this.#onClick(event.target.closest('button')));
  }

  #onClick(button) {
    if (button === null) {
      return;
    }
    const item = this.#uploads.items.get(Number(button.dataset.item));
    const acts = {drop: () => this.#uploads.drop(item), retry: () => this.#uploads.retry(item), clear: () => this.#uploads.dropFinished()};
    acts[button.dataset.do]();
  }

  update() {
    const {items, forgotten} = this.#uploads;
    const {open, done, left, shown} = survey(items);
    this.root.hidden = items.size + forgotten === 0;
    render(this.root,
      element('header', {}, element('h2', {}, open > 0 ? text.open(items.size - open + 1, items.size) : text.finished(done), open > 0 ? element('span', {}, this.#pace(left)) : null),
        open === 0 ? element('button', {class: 'btn quiet', 'data-do': 'clear'}, text.clear) : null),
      element('ul', {}, shown.map(row)), items.size > ROWS_MAX ? element('p', {class: 'note faint'}, text.more(items.size - ROWS_MAX)) : null,
      forgotten > 0 ? element('p', {class: 'note'}, text.forgotten(forgotten)) : null);
  }

  #pace(left) {
    const {rate} = this.#uploads;
    return rate === 0 ? text.begins : text.pace(bytes(rate), left / rate);
  }
}

/** In one pass, as there may be tens of thousands: `{open, done, left, shown}`, the bytes left and the few to show. */
function survey(items) {
  const byState = new Map(ORDER.map(state => [state, []]));
  let open = 0;
  let done = 0;
  let left = 0;
  for (const item of items.values()) {
    const some = byState.get(item.state);
    if (isOpen(item)) {
      open++;
      left += item.size - item.sent;
    }
    if (item.state === 'done') {
      done++;
      some.unshift(item);
      some.length = Math.min(some.length, ROWS_MAX);
    } else if (some.length < ROWS_MAX) {
      some.push(item);
    }
  }
  return {open, done, left, shown: [...byState.values()].flat().slice(0, ROWS_MAX)};
}

function row(item) {
  const share = item.state === 'done' ? 1 : item.size === 0 ? 0 : Math.min(1, item.sent / item.size);
  const name = lastPart(item.key);
  const value = Math.floor(100 * share);
  return element('li', {class: item.state, 'data-key': item.id},
    exactName(name, {class: 'exact name', title: `${item.bucket}/${item.key}`}), element('span', {class: 'faint size'}, bytes(item.size)),
    element('span', {class: `meter${item.state === 'done' ? ' ok' : ''}`, role: 'progressbar', 'aria-label': name, 'aria-valuenow': value, 'aria-valuemin': 0, 'aria-valuemax': 100},
      element('i', {style: {width: `${(100 * share).toFixed(1)}%`}})),
    element('span', {class: 'state', title: item.problem?.message}, text.state(item, value)),
    element('span', {class: 'acts'},
      item.state === 'exists' ? element('button', {class: 'btn quiet', 'data-do': 'retry', 'data-item': item.id}, text.replace)
        : item.state === 'failed' ? element('button', {class: 'btn quiet', 'data-do': 'retry', 'data-item': item.id}, text.retry) : null,
      element('button', {class: 'cross', 'data-do': 'drop', 'data-item': item.id, 'aria-label': item.state === 'done' || item.state === 'failed' ? text.dismiss(name) : text.cancel(name)}, crossIcon())));
}
