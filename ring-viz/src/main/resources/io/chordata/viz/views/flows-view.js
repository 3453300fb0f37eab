import {element, render} from '../lib/dom.js';
import {links, summary, sumsByKind, volumes} from '../lib/flows.js';
import {bytes, bytesAndUnit, count, latency, rate} from '../lib/format.js';
import {formatRoute} from '../lib/routes.js';
import {chip, RingPicture} from '../ring/picture.js';
import {words} from '../words.js';
import {flowShapes} from './flows-picture.js';
import {Lanes} from './lanes.js';
import {figure, liveSign, NODES_SHOWN, table} from './parts.js';
import {Search} from './search.js';

const LINKS_SHOWN = 10;
const text = words.flows;

const perSecond = value => `${bytes(value)}/s`;

/** What goes through the cluster: S3 at all its nodes, and what they send each other. */
export class FlowsView {
  #live;
  #search;
  #picture = new RingPicture();
  #side = element('div', {class: 'side'});
  #status = element('span');
  #body = element('div', {class: 'body'});
  #lanes = new Lanes([
    {name: 'requests', title: text.requests, format: value => `${rate(value)}/s`},
    {name: 'bytesReceived', title: text.received, format: perSecond},
    {name: 'bytesSent', title: text.sent, format: perSecond}]);

  constructor(root, live) {
    this.#live = live;
    this.#search = new Search(live);
    root.append(element('div', {class: 'stage'}, this.#side, element('div', {class: 'ringbox'}, this.#picture.root)),
      element('aside', {class: 'panel', 'aria-label': text.panel}, element('div', {class: 'bar'}, this.#search.root, this.#status), this.#body), this.#lanes.root);
  }

  go() {}

  onKey(event) {
    if (event.key === '/') {
      this.#search.focus();
    }
    return event.key === '/';
  }

  update() {
    const {model, feed} = this.#live;
    const now = summary(feed.flows);
    const all = links(feed.flows, model);
    render(this.#status, liveSign(this.#live));
    render(this.#side, element('header', {}, element('h1', {}, words.views.flows), element('p', {class: 'sub'}, text.sub)), nodeList(model, feed.flows), legend());
    render(this.#body, figures(now), operations(now), between(all, feed.flows), fetched(feed));
    this.#picture.draw(model, {
      selected: null, focus: null, table: null, partition: null, lit: [], cursor: null, quiet: true, isBare: true, verdict: verdict(now, all, silentNames(model, feed.flows)),
      extra: flowShapes(model, feed.flows, all)
    });
    this.#lanes.update(feed);
  }
}

/** By all nodes, as far as the page saw it. */
function fetched({flows, flowSamples}) {
  const {repair, movement} = volumes(flowSamples);
  const told = repair + movement === 0 ? text.noneFetched : text.wasFetched(bytes(Math.round(repair)), bytes(Math.round(movement)));
  return element('section', {class: 'fetched'}, element('h3', {}, text.fetched, element('span', {}, text.sinceOpened)),
    element('p', {class: 'note faint'}, flows === null ? words.asking : told));
}

const silentNames = (model, flows) => (flows?.unanswered ?? []).map(id => model.byId.get(id)?.name ?? id.slice(0, 8));

/** A request that failed is said, and no reason to shout: the data are as safe as before. */
function verdict(now, all, silent) {
  if (!now.isKnown) {
    return {level: 'wait', top: '', hero: '…', lead: text.listening, detail: '', more: '', headline: text.listening, sentence: ''};
  }
  const {replication, repair, movement} = sumsByKind(all);
  const detail = now.requests === 0 ? text.idle : text.slowest(latency(now.p99Micros));
  const more = silent.length > 0 ? text.silent(words.list(silent.slice(0, 3)), silent.length - 3) : repair + movement > 0 ? text.moving(perSecond(repair + movement)) : replication > 0 ? text.replicating(perSecond(replication)) : '';
  return {
    level: now.failed > 0 ? 'short' : 'ok', top: now.failed > 0 ? text.failedNow(now.failed) : '', hero: rate(now.requests), lead: text.lead, detail, more,
    headline: `${rate(now.requests)} ${text.lead}.`, sentence: [detail, more].join(' ').trim()
  };
}

function nodeList(model, flows) {
  const byNode = new Map((flows?.nodes ?? []).map(node => [node.node, node]));
  const rows = model.nodes.slice(0, NODES_SHOWN);
  const told = node => {
    const {requests, p99Micros} = byNode.get(node.id);
    return [element('span', {class: 'held'}, rate(requests)), element('span', {class: 'meta'}, element('span', {}, p99Micros === null ? text.quiet : text.slowest(latency(p99Micros))))];
  };
  const untold = () => [element('span', {class: 'held'}, words.notKnown), element('span', {class: 'meta'}, element('span', {class: flows === null ? '' : 'down'}, flows === null ? words.asking : text.untold))];
  return [element('div', {class: 'node-head', 'data-key': 'head'}, element('span', {}, words.ring.node), element('span', {}, text.requests)),
    element('ul', {class: 'nodes flow-nodes', 'data-key': 'nodes', 'aria-label': text.nodes}, rows.map(node => element('li', {'data-key': node.id},
      element('a', {href: formatRoute('ring', {node: node.name})}, chip(node, 12), element('span', {class: 'name'}, node.name), byNode.has(node.id) ? told(node) : untold())))),
  model.nodes.length <= NODES_SHOWN ? null : element('p', {class: 'sub', 'data-key': 'more'}, words.moreNodes(model.nodes.length - NODES_SHOWN))];
}

function figures(now) {
  const [received, sent] = [now.bytesReceived, now.bytesSent].map(bytesAndUnit);
  const of = (value, shown = value) => now.isKnown ? shown : words.notKnown;
  const unit = name => now.isKnown ? name : '';
  return element('section', {}, element('h3', {}, text.clients, element('span', {}, text.window)), element('dl', {class: 'figures'},
    figure(text.requests, of(rate(now.requests))), figure(text.received, of(received[0]), unit(`${received[1]}/s`)), figure(text.sent, of(sent[0]), unit(`${sent[1]}/s`)),
    figure(text.failed, of(count(now.failed))), figure(text.p99, now.p99Micros === 0 ? words.notKnown : latency(now.p99Micros), now.p99Micros === 0 ? '' : 'ms')));
}

function operations(now) {
  return element('section', {}, element('h3', {}, text.operations, element('span', {}, text.everywhere)), now.operations.length === 0 ? element('p', {class: 'faint note'}, now.isKnown ? text.idle : words.asking) : table([
    {title: text.operation, cell: operation => operation.name},
    {title: text.perSecond, cell: operation => rate(operation.requests), numeric: true},
    {title: text.p50, cell: operation => latency(operation.p50Micros), numeric: true},
    {title: text.p99, cell: operation => latency(operation.p99Micros), numeric: true}], now.operations));
}

function between(all, flows) {
  const sums = sumsByKind(all);
  const leftOut = Math.max(0, all.length - LINKS_SHOWN) + (flows?.linksLeftOut ?? 0);
  const row = ({from, to, kind, bytes: flow, partitions}) => element('tr', {'data-key': from.id + to.id + kind}, element('td', {}, chip(from, 12), from.name), element('td', {}, chip(to, 12), to.name),
    element('td', {}, element('i', {class: `flow-sign ${kind}`, 'aria-hidden': 'true'}), text.kinds[kind]), element('td', {class: 'num'}, flow === 0 && partitions > 0 ? text.partitions(partitions) : perSecond(flow)));
  const sum = kind => {
    const [value, unit] = bytesAndUnit(sums[kind]);
    return figure(text.kinds[kind], flows === null ? words.notKnown : value, flows === null ? '' : `${unit}/s`);
  };
  return element('section', {class: 'between'}, element('h3', {}, text.between, element('a', {class: 'link', href: formatRoute('ring')}, text.onRing)),
    element('dl', {class: 'figures'}, Object.keys(text.kinds).map(sum)),
    all.length === 0 ? element('p', {class: 'faint note'}, flows === null ? words.asking : text.nothingBetween)
      : element('table', {}, element('thead', {}, element('tr', {}, [text.from, text.to, text.why].map(title => element('th', {scope: 'col'}, title)), element('th', {scope: 'col', class: 'num'}, text.rate))),
        element('tbody', {}, all.slice(0, LINKS_SHOWN).map(row))),
    leftOut === 0 ? null : element('p', {class: 'faint note'}, text.leftOut(leftOut)));
}

const legend = () => element('ul', {class: 'key legend flow-legend'},
  element('li', {}, element('i', {class: 'flow-sign client'}), text.legend.clients), Object.keys(text.kinds).map(kind => element('li', {}, element('i', {class: `flow-sign ${kind}`}), text.legend[kind])));
