import {element, render} from '../lib/dom.js';
import {formatRoute} from '../lib/routes.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';
import {cellSign, searchIcon} from './icons.js';

const OFFERS_MAX = 6;
let number = 0;

/** Finds nodes and partitions, and offers to follow whatever else was typed as a key. */
export class Search {
  #list = element('ul', {role: 'listbox', id: `found-${++number}`, 'aria-label': words.searchLabel, hidden: true});
  #input = element('input', {
    type: 'text', role: 'combobox', placeholder: words.search, 'aria-label': words.searchLabel, autocomplete: 'off', spellcheck: 'false',
    'aria-expanded': 'false', 'aria-controls': `found-${number}`, 'aria-keyshortcuts': '/'
  });
  root = element('div', {class: 'search'},
    element('label', {class: 'field'}, searchIcon(), this.#input, element('kbd', {'aria-hidden': 'true'}, '/')), this.#list);

  #live;
  #offers = [];
  #at = 0;

  constructor(live) {
    this.#live = live;
    this.#input.addEventListener('input', () => this.#show(0));
    this.#input.addEventListener('keydown', event => this.#onKey(event));
    this.#input.addEventListener('blur', () => this.#close());
    this.#list.addEventListener('pointerdown', event => {
      const option = event.target.closest('[role=option]');
      if (option !== null) {
        event.preventDefault();
        this.#take(this.#offers[Number(option.dataset.key)]);
      }
    });
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  #show(at) {
    this.#offers = offers(this.#live.model, this.#input.value.trim());
    this.#at = at;
    render(this.#list, this.#offers.map((offer, i) => element('li', {
      role: 'option', id: `${this.#list.id}-${i}`, 'data-key': i, 'aria-selected': i === at ? 'true' : 'false'
    }, offer.sign, element('span', {class: 'name'}, offer.text), element('small', {}, offer.kind))));
    this.#list.hidden = this.#offers.length === 0;
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
    if (this.#list.hidden) {
      this.#input.removeAttribute('aria-activedescendant');
    } else {
      this.#input.setAttribute('aria-activedescendant', `${this.#list.id}-${at}`);
    }
  }

  #onKey(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.#show((this.#at + step + this.#offers.length) % Math.max(1, this.#offers.length));
      event.preventDefault();
    } else if (event.key === 'Enter' && this.#offers.length > 0) {
      this.#take(this.#offers[this.#at]);
    } else if (event.key === 'Escape') {
      this.#input.value = '';
      this.#input.blur();
      event.stopPropagation();
    }
  }

  #take(offer) {
    this.#input.value = '';
    this.#input.blur();
    location.hash = offer.route;
  }

  #close() {
    this.#offers = [];
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
  }
}

function offers(model, text) {
  if (text === '') {
    return [];
  }
  const wanted = text.toLowerCase();
  const nodes = model.nodes.filter(node => node.name.toLowerCase().includes(wanted) || node.id.startsWith(wanted))
    .slice(0, OFFERS_MAX - 2)
    .map(node => ({sign: chip(node, 12), text: node.name, kind: words.searchNode, route: formatRoute('ring', {node: node.id.slice(0, 8)})}));
  const partition = model.partitions.find(candidate => candidate.label === wanted);
  const partitions = partition === undefined ? [] : [{
    sign: cellSign(partition.state), text: partition.label, kind: words.searchPartition, route: formatRoute('ring', {partition: partition.label})
  }];
  return [...nodes, ...partitions, {sign: searchIcon(), text, kind: words.searchKey, route: formatRoute('lookup', {key: text})}];
}
