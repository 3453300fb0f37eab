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

  constructor() {
    this.root.addEventListener('click', event => this.#onClick(event));
    this.root.addEventListener('keydown', event => this.#onKey(event));
  }

  /** @param place `{bucket, prefix, page, key}` as the route has it */
  draw(listing, place) {
    const {bucket, prefix, page} = place;
    const link = more => formatRoute('objects', {bucket, prefix, page, ...more});
    const common = listing.prefixes.map(name => row(name, name.slice(prefix.length), formatRoute('objects', {bucket, prefix: name}), null, false));
    const objects = listing.objects.map(object => {
      const isShown = object.key === place.key;
      return row(object.key, object.key.slice(prefix.length), link({key: isShown ? null : object.key}), object, isShown);
    });
    render(this.root, element('table', {class: 'files'},
      element('thead', {}, element('tr', {}, element('th', {scope: 'col'}, text.name), element('th', {scope: 'col', class: 'num'}, text.size), element('th', {scope: 'col', class: 'num'}, text.modified))),
      element('tbody', {}, common, objects)));
  }

  /** Anything else instead of a table. */
  say(...content) {
    render(this.root, content);
  }

  /** All of a row leads where its name does. */
  #onClick(event) {
    if (event.target.closest('a, button') === null && String(getSelection()) === '') {
      event.target.closest('tr')?.querySelector('a')?.click();
    }
  }

  #onKey(event) {
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

function row(key, name, href, object, isShown) {
  return element('tr', {'data-key': key, class: isShown ? 'shown' : null},
    element('td', {}, element('a', {href, 'aria-current': isShown ? 'true' : null}, kindIcon(name === '' ? '/' : name),
      name === '' ? element('span', {class: 'faint'}, text.marker) : exactName(name))),
    element('td', {class: object === null ? 'num faint' : 'num'}, object === null ? words.notKnown : bytes(object.size)),
    element('td', {class: 'num faint'}, object === null ? words.notKnown : day(object.modified)));
}
