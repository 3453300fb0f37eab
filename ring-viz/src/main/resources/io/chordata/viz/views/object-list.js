import {element, render} from '../lib/dom.js';
import {bytes, day} from '../lib/format.js';
import {formatRoute} from '../lib/routes.js';
import {words} from '../words.js';
import {kindIcon} from './icons.js';
import {exactName} from './names.js';

const text = words.objects;

/** One page of a bucket as a table. Drawn when it is another, not each second: it may be long. */
export class ObjectList {
  root = element('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': text.content});

  #chosen;

  /** @param chosen what is chosen of it, {@link Chosen} */
  constructor(chosen) {
    this.#chosen = chosen;
    this.root.addEventListener('click', event => this.#onClick(event));
    this.root.addEventListener('change', event => this.#onChoice(event.target));
    this.root.addEventListener('keydown', event => this.#onKey(event));
  }

  /** @param place `{bucket, prefix, page, key}` as the route has it */
  draw(listing, place) {
    const {bucket, prefix, page} = place;
    const {keys, prefixes} = this.#chosen;
    const link = more => formatRoute('objects', {bucket, prefix, page, ...more});
    const common = listing.prefixes.map(name => row(name, name.slice(prefix.length), formatRoute('objects', {bucket, prefix: name}), null, false, prefixes.has(name)));
    const objects = listing.objects.map(object => {
      const isShown = object.key === place.key;
      return row(object.key, object.key.slice(prefix.length), link({key: isShown ? null : object.key}), object, isShown, keys.has(object.key));
    });
    render(this.root, element('table', {class: 'files'},
      element('thead', {}, element('tr', {}, element('td', {class: 'pick'}, element('input', {type: 'checkbox', 'aria-label': text.chooseAll})), element('th', {scope: 'col'}, text.name), element('th', {scope: 'col', class: 'num'}, text.size), element('th', {scope: 'col', class: 'num'}, text.modified))),
      element('tbody', {}, common, objects)));
    this.#mark();
  }

  /** What is drawn once more keeps the mark that somebody gave it, whatever its attribute says. */
  #mark() {
    const boxes = this.#boxes;
    boxes.forEach(box => box.checked = this.#isChosen(box.closest('tr')));
    const some = boxes.filter(box => box.checked).length;
    const all = this.root.querySelector('thead input');
    Object.assign(all, {checked: some > 0 && some === boxes.length, indeterminate: some > 0 && some < boxes.length});
  }

  get #boxes() {
    return [...this.root.querySelectorAll('tbody input')];
  }

  #isChosen(row) {
    return (isFolder(row) ? this.#chosen.prefixes : this.#chosen.keys).has(row.dataset.name);
  }

  #onChoice(box) {
    const rows = box.closest('thead') === null ? [box.closest('tr')] : [...this.root.querySelectorAll('tbody tr')];
    rows.forEach(row => this.#chosen.set(row.dataset.name, isFolder(row), box.checked));
  }

  /** Anything else instead of a table. */
  say(...content) {
    render(this.root, content);
  }

  /** All of a row leads where its name does. */
  #onClick(event) {
    if (event.target.closest('a, button, .pick') === null && String(getSelection()) === '') {
      event.target.closest('tr')?.querySelector('a')?.click();
    }
  }

  #onKey(event) {
    if (event.key === ' ' && event.target.matches('tbody a')) {
      event.target.closest('tr').querySelector('input').click();
      event.preventDefault();
    }
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step === undefined) {
      return;
    }
    const links = [...this.root.querySelectorAll('tbody a')];
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
    event.preventDefault();
  }
}

const isFolder = row => row.dataset.kind === 'folder';

function row(key, name, href, object, isShown, isChosen) {
  const kind = object === null ? 'folder' : 'object';
  return element('tr', {'data-key': `${kind} ${key}`, 'data-name': key, 'data-kind': kind, class: [isShown ? 'shown' : '', isChosen ? 'is-chosen' : ''].join(' ').trim() || null},
    element('td', {class: 'pick'}, element('input', {type: 'checkbox', 'aria-label': text.choose(name || text.marker)})),
    element('td', {}, element('a', {href, 'aria-current': isShown ? 'true' : null}, kindIcon(name === '' ? '/' : name),
      name === '' ? element('span', {class: 'faint'}, text.marker) : exactName(name))),
    element('td', {class: object === null ? 'num faint' : 'num'}, object === null ? words.notKnown : bytes(object.size)),
    element('td', {class: 'num faint'}, object === null ? words.notKnown : day(object.modified)));
}
