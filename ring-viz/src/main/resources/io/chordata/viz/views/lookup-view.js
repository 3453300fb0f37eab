import {element, render} from '../lib/dom.js';
import {ask} from '../lib/feed.js';
import {millis} from '../lib/format.js';
import {findNode} from '../lib/model.js';
import {formatRoute} from '../lib/routes.js';
import {RingPicture} from '../ring/picture.js';
import {words} from '../words.js';
import {liveSign} from './parts.js';
import {legendSign, wayShapes} from './lookup-picture.js';
import {lookupPanel} from './lookup-panel.js';
import {Search} from './search.js';

const RECENT_MAX = 5;
const RECENT_KEY = 'chordata.recent';
/** Where ring.css has larger type. */
const SMALL = '(max-width: 700px)';
const text = words.lookup;

/** The way of one key: what is asked is in the route, and what is drawn is what the node answered. */
export class LookupView {
  #live;
  #parameters = {};
  #picture = new RingPicture();
  #search;
  #found = null;
  #asked = '';
  #run = 0;
  /** The model whose nodes can be chosen. */
  #offered = null;

  #key = element('textarea', {id: 'lookup-key', rows: 2, placeholder: text.placeholder, spellcheck: 'false', autocomplete: 'off'});
  #from = element('select', {id: 'lookup-from'});
  #vias = ['', 'fingers'].map(value => element('input', {type: 'radio', name: 'via', value}));
  #form = element('form', {class: 'form'},
    element('label', {for: 'lookup-key'}, text.key), this.#key,
    element('label', {for: 'lookup-from'}, text.from), this.#from,
    element('fieldset', {class: 'choice'}, element('legend', {class: 'hidden'}, text.how),
      element('label', {}, this.#vias[0], element('span', {}, text.served)), element('label', {}, this.#vias[1], element('span', {}, text.fingers))),
    element('button', {class: 'btn primary'}, text.go));
  #recent = element('div', {class: 'recent'});
  #legend = element('ul', {class: 'key legend'});
  #status = element('span');
  #body = element('div', {class: 'body'});

  constructor(root, live) {
    this.#live = live;
    this.#search = new Search(live);
    root.append(
      element('div', {class: 'stage'}, element('div', {class: 'side'},
        element('header', {}, element('h1', {}, words.views.lookup), element('p', {class: 'sub'}, text.sub)), this.#form, this.#recent, this.#legend),
      element('div', {class: 'ringbox'}, this.#picture.root)),
      element('aside', {class: 'panel', 'aria-label': text.where}, element('div', {class: 'bar'}, this.#search.root, this.#status), this.#body));
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    this.#key.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        this.#submit();
      }
    });
    this.#form.addEventListener('change', event => event.target === this.#key || this.#key.value === '' || this.#submit());
  }

  go(parameters) {
    this.#parameters = parameters;
    this.#key.value = parameters.key ?? parameters.id ?? '';
    this.#vias.forEach(input => input.checked = input.value === (parameters.via === 'fingers' ? 'fingers' : ''));
    this.#asked = '';
  }

  onKey(event) {
    if (event.key === '/') {
      this.#search.focus();
    } else {
      return false;
    }
    return true;
  }

  /** 32 hex digits are an id, all else is a key. */
  #submit() {
    const typed = this.#key.value;
    const isId = /^[0-9a-f]{32}$/.test(typed);
    const via = this.#vias[1].checked ? 'fingers' : null;
    location.hash = formatRoute('lookup', {[isId ? 'id' : 'key']: typed, from: this.#from.value, via});
  }

  update() {
    this.#showFrom();
    this.#askOnce();
    const {key} = this.#parameters;
    render(this.#status, liveSign(this.#live));
    render(this.#recent, this.#recentContent());
    render(this.#legend, element('li', {}, legendSign('hop'), text.legend.hop),
      element('li', {}, legendSign('other'), this.#isByFingers ? text.otherServed : text.otherFingers),
      element('li', {}, legendSign('rank'), text.legend.rank));
    render(this.#body, lookupPanel(this.#live.model, this.#found, {key, isByFingers: this.#isByFingers, hasQuestion: this.#question !== null}));
    this.#draw();
  }

  get #isByFingers() {
    return this.#parameters.via === 'fingers';
  }

  get #fromNode() {
    const {model, here} = this.#live;
    return (this.#parameters.from && findNode(model, this.#parameters.from)) || here || model.nodes.find(node => node.state === 'alive');
  }

  #showFrom() {
    const {model} = this.#live;
    if (model !== this.#offered) {
      this.#offered = model;
      render(this.#from, model.nodes.filter(node => node.state !== 'down').map(node => element('option', {value: node.name, 'data-key': node.id}, node.name)));
    }
    const name = this.#fromNode?.name;
    if (name !== undefined && document.activeElement !== this.#from && this.#from.value !== name) {
      this.#from.value = name;
    }
  }

  get #question() {
    const {key, id} = this.#parameters;
    return key || id ? {key, id} : null;
  }

  async #askOnce() {
    const from = this.#fromNode;
    const asked = JSON.stringify([this.#question, from?.id, this.#isByFingers]);
    if (from === undefined || asked === this.#asked) {
      return;
    }
    this.#asked = asked;
    const question = this.#question;
    if (question === null) {
      this.#found = null;
      return;
    }
    const run = ++this.#run;
    this.#found = {run, isAsking: true};
    const found = await this.#ask(question, from);
    if (run === this.#run) {
      this.#found = {run, ...found};
      remember(this.#parameters);
      this.update();
    }
  }

  /**
   * The way that is to be shown, the other one if it is found too, and the object if there is one of that name: its record lies where
   * its bucket's index says.
   */
  async #ask({key, id}, from) {
    try {
      const place = key === undefined ? null : await locate(key);
      const begin = place === null ? null : this.#live.model.partitions[place.partition]?.point;
      const query = begin ? {id: begin} : id ? {id} : {key};
      const url = more => `/v1/lookup?${new URLSearchParams({...query, from: from.id, ...more})}`;
      const served = ask(url({}));
      const fingers = ask(url({via: 'fingers'}));
      const [shown, other] = await bothWays(...this.#isByFingers ? [fingers, served] : [served, fingers]);
      return {shown: withStart(shown, from), other: other === null ? null : withStart(other, from), place, from, origin: begin ? 'object' : id ? 'given' : 'key'};
    } catch (failure) {
      return {failure: failure.message};
    }
  }

  #draw() {
    const {model} = this.#live;
    const found = this.#found;
    const way = found?.shown === undefined ? null : wayShapes(model, found, {isSmall: matchMedia(SMALL).matches, sideways: this.#picture.sideways});
    this.#picture.draw(model, {
      selected: null, focus: null, table: null, partition: null, lit: [], cursor: null, quiet: true, verdict: this.#verdict(way), extra: way?.shapes,
      avoided: way?.avoided
    });
  }

  #verdict(way) {
    const found = this.#found;
    const say = (hero, lead, detail = '', more = '', level = 'ok') => ({level, top: '', hero, lead, detail, more, headline: lead, sentence: detail});
    if (found === null && this.#question === null) {
      return say('?', text.empty, text.emptyLead, text.emptyDetail, 'wait');
    }
    if (found === null || found.isAsking) {
      return say('…', text.asking, '', '', 'wait');
    }
    if (way === null) {
      return say('✕', text.failed, found.failure, '', 'lost');
    }
    const {hops, micros, otherHops} = way;
    return say(String(hops), text.lead(hops, this.#isByFingers), text.took(millis(micros)), otherHops === null ? text.noOther(!this.#isByFingers) : text.other(otherHops, !this.#isByFingers));
  }

  #recentContent() {
    const recent = recall();
    return recent.length === 0 ? [] : [element('h2', {}, text.recent),
      recent.map(parameters => element('a', {href: formatRoute('lookup', parameters)}, parameters.key ?? parameters.id))];
  }
}

/** Fails where the first does; the second is null where it failed. */
export async function bothWays(shown, other) {
  const otherOrNull = other.catch(() => null);
  return [await shown, await otherOrNull];
}

/** A path names who was asked; the node whose lookup it is stands before them, unless it asked itself first. */
function withStart(answer, from) {
  const {path} = answer;
  const isThere = path[0]?.source === 'self' && path[0].node === from.id;
  return isThere ? answer : {...answer, path: [{node: from.id, position: null, source: 'self', roundTripMicros: 0}, ...path]};
}

async function locate(key) {
  const slash = key.indexOf('/');
  if (slash <= 0 || slash === key.length - 1) {
    return null;
  }
  const query = new URLSearchParams({bucket: key.slice(0, slash), key: key.slice(slash + 1)});
  return ask(`/v1/objects/locate?${query}`).catch(() => null);
}

function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(RECENT_KEY) ?? '[]');
  } catch {
    return [];
  }
}

function remember({key, id, from, via}) {
  const name = key ?? id;
  const recent = [{key, id, from, via}, ...recall().filter(other => (other.key ?? other.id) !== name)].slice(0, RECENT_MAX);
  try {
    sessionStorage.setItem(RECENT_KEY, JSON.stringify(recent));
  } catch {
    // a comfort only
  }
}
