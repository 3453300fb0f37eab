import {element, render} from '../lib/dom.js';
import {ask} from '../lib/feed.js';
import {instant} from '../lib/format.js';
import {findNode} from '../lib/model.js';
import {formatRoute} from '../lib/routes.js';
import {chip, RingPicture} from '../ring/picture.js';
import {words} from '../words.js';
import {liveSign, meter, NODES_SHOWN, partitionKey, wantedCopies} from './parts.js';
import {panel} from './ring-panel.js';
import {ringTables} from './ring-tables.js';
import {RingWalk} from './ring-walk.js';
import {Search} from './search.js';
import {Timeline} from './timeline.js';

const FINGERS_PERIOD_MILLIS = 5_000;

/** The ring as it is: nodes, positions, partitions; what is selected is in the route. */
export class RingView {
  #root;
  #live;
  #parameters = {};
  #picture = new RingPicture();
  #walk;
  #search;
  #timeline;
  #fingers = {node: null, table: null, askedAt: 0};
  #elected = 0;
  /** Tables are long, so they are made anew only for another model. */
  #tabled = null;

  #side = element('div', {class: 'side'});
  #bar = element('div', {class: 'bar'});
  #body = element('div', {class: 'body'});
  #tables = element('div', {class: 'tables', tabindex: 0, role: 'region', 'aria-label': words.ring.asTable, hidden: true});
  #box = element('div', {class: 'ringbox', tabindex: 0, role: 'application', 'aria-label': words.ring.label});
  #status = element('span');

  constructor(root, live) {
    this.#root = root;
    this.#live = live;
    this.#search = new Search(live);
    const atMoment = time => formatRoute('ring', {...this.#parameters, at: time});
    this.#timeline = new Timeline(live, time => location.replace(atMoment(time)), () => atMoment(null));
    this.#box.append(this.#picture.root);
    this.#walk = new RingWalk(this.#box, this.#picture, live, {
      draw: () => this.#draw(), select: (band, item) => this.#select(band, item)
    });
    this.#bar.append(this.#search.root, this.#status);
    root.append(
      element('div', {class: 'stage'}, this.#side, this.#box, this.#tables),
      element('aside', {class: 'panel', 'aria-label': words.panel.node}, this.#bar, this.#body),
      this.#timeline.root);
    this.#side.addEventListener('pointerover', event => this.#onSideHover(event));
    this.#side.addEventListener('pointerleave', () => this.#light(null));
    this.#side.addEventListener('focusin', event => this.#onSideHover(event));
    this.#side.addEventListener('focusout', () => this.#light(null));
  }

  go(parameters) {
    this.#parameters = parameters;
    const at = Number(parameters.at);
    this.#live.lookAt(parameters.at && at > 0 && at < Date.now() ? at : null);
    this.#box.hidden = parameters.as === 'table';
    this.#tables.hidden = !this.#box.hidden;
  }

  onKey(event) {
    if (event.key === '/') {
      this.#search.focus();
    } else if (event.key === 'Escape') {
      location.hash = this.#link({as: this.#parameters.as});
    } else {
      return false;
    }
    return true;
  }

  get #node() {
    const {node, position} = this.#parameters;
    return (node && findNode(this.#live.model, node)) || this.#positionOf(position)?.node || null;
  }

  #positionOf(prefix, node = null) {
    return prefix && this.#live.model.positions.find(position => position.id.startsWith(prefix) && (node === null || position.node === node));
  }

  /** Of the selected node: the one in the route, else its first. */
  get #focus() {
    const node = this.#node;
    return node === null ? null : this.#positionOf(this.#parameters.position, node) || node.positions[0] || null;
  }

  get #partition() {
    return this.#live.model.partitions.find(partition => partition.label === this.#parameters.partition) ?? null;
  }

  /** Another selection, of the same moment. */
  #link(parameters) {
    return formatRoute('ring', {...parameters, at: this.#parameters.at});
  }

  /** A second time releases. */
  #select(band, item) {
    if (band === 'partitions') {
      location.hash = this.#link(item === this.#partition ? {} : {partition: item.label});
    } else {
      location.hash = this.#link(item === this.#focus && this.#parameters.position
        ? {} : {node: item.node.id.slice(0, 8), position: item.id.slice(0, 8)});
    }
  }

  #onSideHover(event) {
    const id = event.target.closest?.('[data-node]')?.dataset.node;
    this.#light(this.#live.model.byId.get(id) ?? null);
  }

  #light(node) {
    this.#walk.lit = node === null ? [] : [node];
    this.#draw();
  }

  update() {
    const {model, feed} = this.#live;
    this.#root.classList.toggle('past', this.#live.at !== null);
    if (this.#live.at === null) {
      this.#askFingers();
      this.#showElections();
    }
    render(this.#side, this.#sideContent(model));
    render(this.#status, this.#live.at === null ? liveSign(this.#live) : element('span', {class: 'live stale'}, element('i'), instant(this.#live.at)));
    render(this.#body, panel(this.#live, {
      node: this.#node, focus: this.#focus, partition: this.#partition, table: this.#table, fingersUntold: this.#fingers.untold,
      link: parameters => this.#link(parameters)
    }));
    if (this.#tables.hidden) {
      this.#draw();
    } else if (model !== this.#tabled) {
      this.#tabled = model;
      render(this.#tables, ringTables(model));
    }
    this.#timeline.update(feed);
  }

  #sideContent(model) {
    const selected = this.#node;
    const isTable = this.#parameters.as === 'table';
    const most = Math.max(1, ...model.nodes.map(node => Math.max(node.held, node.wanted)));
    const {node, position, partition} = this.#parameters;
    if (model.nodes.length === 0) {
      return [element('header', {}, element('h1', {}, words.views.ring))];
    }
    return [
      element('header', {}, element('h1', {}, words.views.ring),
        element('p', {class: 'sub'}, ringSize(this.#live))),
      element('div', {class: 'node-head'}, element('span', {}, words.ring.node), element('span', {}, words.ring.partitions)),
      element('ul', {class: 'nodes'}, listed(model.nodes, selected).map(each => nodeRow(each, each === selected, most, this.#live.ageOf(each), parameters => this.#link(parameters)))),
      model.nodes.length <= NODES_SHOWN ? null : element('p', {class: 'sub'}, words.moreNodes(model.nodes.length - NODES_SHOWN)),
      partitionKey(model.counts, wantedCopies(model)),
      element('a', {class: 'switch', href: this.#link({node, position, partition, as: isTable ? null : 'table'})},
        isTable ? words.ring.asRing : words.ring.asTable)
    ];
  }

  #draw() {
    const {model, verdict} = this.#live;
    this.#picture.draw(model, {
      selected: this.#node, focus: this.#focus, table: this.#table, partition: this.#partition, lit: this.#walk.lit, cursor: this.#walk.cursor,
      verdict: this.#live.at !== null ? {...verdict, top: words.timeline.past(instant(this.#live.at), this.#live.isEarliest), level: 'wait'} : this.#live.isOld ? {...verdict, top: words.frozen(Math.round(this.#live.age / 1000)), level: 'wait'} : verdict
    });
  }

  /** The ids that the selected node's fingers lead to; null while it has not told. */
  get #table() {
    return this.#live.at === null && this.#fingers.node === this.#node?.id ? this.#fingers.table : null;
  }

  async #askFingers() {
    const node = this.#node;
    if (node === null || this.#fingers.node === node.id && Date.now() - this.#fingers.askedAt < FINGERS_PERIOD_MILLIS) {
      return;
    }
    const isSame = this.#fingers.node === node.id;
    this.#fingers = {node: node.id, table: isSame ? this.#fingers.table : null, askedAt: Date.now(), untold: false};
    const answer = await ask(`/v1/ring?node=${node.id}`).catch(() => null);
    if (this.#fingers.node === node.id) {
      const ids = answer?.fingers?.map(finger => finger.id) ?? null;
      const lists = answer?.positions?.flatMap(position => position.successors ?? []) ?? [];
      this.#fingers.table = ids === null ? this.#fingers.table : new Set([...ids, ...lists]);
      this.#fingers.untold = this.#fingers.table === null;
      this.update();
    }
  }

  /** New leaders since the last look. */
  #showElections() {
    const {events} = this.#live.feed;
    const fresh = events.filter(event => event.type === 'leader' && event.time > this.#elected);
    if (this.#elected > 0) {
      fresh.slice(-4).map(event => this.#live.model.partitions[event.partition]).filter(Boolean)
        .forEach(partition => this.#picture.elect(partition));
    }
    this.#elected = Math.max(this.#elected, events.at(-1)?.time ?? this.#live.feed.openedAt);
  }

  close() {
    this.#live.lookAt(null);
    this.#root.classList.remove('past');
    this.#walk.close();
    this.#timeline.close();
  }
}

/** Why nothing of it is drawn, where it is too large for an answer. */
export function ringSize({model, feed}) {
  return model.ring === null && feed.ringProblem !== null ? words.ring.untold(feed.ringProblem, model.partitions.length)
    : words.ring.sub(model.positions.length, model.partitions.length);
}

const SEVERITY = {down: 0, suspect: 1, drained: 2, draining: 3, joining: 4, alive: 5};

/** Unwell ones first where there are many; in the order of joining where all can be seen. Whoever is selected is among them. */
function listed(nodes, selected) {
  if (nodes.length <= 12) {
    return nodes;
  }
  const sorted = [...nodes].sort((a, b) => SEVERITY[a.state] - SEVERITY[b.state] || a.index - b.index);
  const shown = sorted.slice(0, NODES_SHOWN);
  return selected === null || shown.includes(selected) ? shown : [selected, ...shown.slice(0, -1)];
}

/** It counts while somebody waits for what comes of it. */
const stateText = (state, age) => age === null || state !== 'suspect' && state !== 'down' ? words.states[state] : words.stateFor(words.states[state], age);

function nodeRow(node, isSelected, most, age, link) {
  const route = isSelected ? link({}) : link({node: node.id.slice(0, 8)});
  return element('li', {'data-key': node.id}, element('a', {href: route, 'data-node': node.id, 'aria-current': isSelected ? 'true' : null},
    chip(node), element('span', {class: 'name'}, node.name), element('span', {class: 'held'}, String(node.held)),
    element('span', {class: 'meta'}, element('span', {}, words.ring.zone(node.zone)),
      element('span', {class: node.state}, node.state === 'alive' ? words.ring.led(node.led) : stateText(node.state, age))),
    element('span', {class: `share n${node.index % 8 + 1}`}, meter(node.held / most, {tick: node.wanted === node.held ? null : node.wanted / most}))));
}
