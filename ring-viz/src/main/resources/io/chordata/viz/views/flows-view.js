import {element, render} from '../lib/dom.js';
import {copiesInFlight, summary} from '../lib/flows.js';
import {bytes, bytesAndUnit, count, latency} from '../lib/format.js';
import {formatRoute} from '../lib/routes.js';
import {chip, RingPicture} from '../ring/picture.js';
import {words} from '../words.js';
import {flowShapes} from './flows-picture.js';
import {Lanes} from './lanes.js';
import {figure, liveSign, table} from './parts.js';
import {Search} from './search.js';

const WINDOW_MILLIS = 10_000;
const HOUR_MILLIS = 3_600_000;
const PAIRS_SHOWN = 8;
const text = words.flows;

/** A rate with the digits that mean something. */
const rateOf = value => value === 0 ? '0' : value < 10 ? value.toFixed(1) : count(Math.round(value));

/** What goes where: requests and bytes of S3 at the node that is asked, copies between all nodes. */
export class FlowsView {
  #live;
  #search;
  #picture = new RingPicture();
  #side = element('div', {class: 'side'});
  #status = element('span');
  #body = element('div', {class: 'body'});
  #lanes = new Lanes([
    {name: 'requests', title: text.requests, format: value => `${count(value)}/s`},
    {name: 'bytesReceived', title: text.received, format: value => `${bytes(value)}/s`},
    {name: 'bytesSent', title: text.sent, format: value => `${bytes(value)}/s`}]);

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
    const {model, feed, here} = this.#live;
    const now = summary(feed.traffic, Date.now(), WINDOW_MILLIS);
    const pairs = copiesInFlight(model.partitions);
    render(this.#status, liveSign(this.#live));
    render(this.#side, element('header', {}, element('h1', {}, words.views.flows), element('p', {class: 'sub'}, text.sub(this.#live.hereName))), this.#others(), legend());
    render(this.#body, this.#figures(now), operations(now), this.#copies(pairs), this.#repairs());
    this.#picture.draw(model, {
      selected: null, focus: null, table: null, partition: null, lit: null, cursor: null, quiet: true, isBare: true, verdict: this.#verdict(now, pairs),
      extra: flowShapes(model, here, now, pairs)
    });
    this.#lanes.update(feed);
  }

  #verdict(now, pairs) {
    const copies = pairs.reduce((sum, pair) => sum + pair.partitions, 0);
    const lead = text.at(this.#live.hereName);
    if (!now.isKnown) {
      return {level: 'wait', top: '', hero: '…', lead, detail: text.listening, more: '', headline: text.listening, sentence: ''};
    }
    const detail = now.perSecond === 0 ? text.idle : text.slowest(latency(now.p99Micros));
    return {
      level: now.failed > 0 ? 'lost' : 'ok', top: now.failed > 0 ? text.failedNow(now.failed) : '', hero: rateOf(now.perSecond), lead, detail, more: copies === 0 ? text.noCopies : text.copiesNow(copies),
      headline: `${rateOf(now.perSecond)} ${lead}.`, sentence: detail
    };
  }

  /** Each node counts its own clients. */
  #others() {
    const {others} = this.#live;
    return others.length === 0 ? null : element('nav', {class: 'recent', 'aria-label': text.others}, element('h2', {}, text.others),
      others.slice(0, PAIRS_SHOWN).map(node => element('a', {href: `http://${node.admin}/${location.hash}`, 'data-key': node.id}, chip(node, 12), ' ', node.name)));
  }

  #figures(now) {
    const [received, sent] = [now.received, now.sent].map(bytesAndUnit);
    return element('section', {}, element('h3', {}, text.clients, element('span', {}, text.window)), element('dl', {class: 'figures'},
      figure(text.requests, rateOf(now.perSecond)), figure(text.received, received[0], `${received[1]}/s`), figure(text.sent, sent[0], `${sent[1]}/s`),
      figure(text.failed, count(now.failed)), figure(text.p99, now.p99Micros === 0 ? words.notKnown : latency(now.p99Micros), now.p99Micros === 0 ? '' : 'ms')));
  }

  #copies(pairs) {
    const row = ({from, to, partitions}) => element('tr', {'data-key': from.id + to.id}, element('td', {}, chip(from, 12), from.name), element('td', {}, chip(to, 12), to.name), element('td', {class: 'num'}, count(partitions)));
    return element('section', {}, element('h3', {}, text.copies, element('a', {class: 'link', href: formatRoute('ring')}, text.onRing)), pairs.length === 0 ? element('p', {class: 'faint note'}, text.noCopies)
      : element('table', {}, element('thead', {}, element('tr', {}, [text.from, text.to].map(title => element('th', {scope: 'col'}, title)), element('th', {scope: 'col', class: 'num'}, text.partitions))),
        element('tbody', {}, pairs.slice(0, PAIRS_SHOWN).map(row))));
  }

  #repairs() {
    const since = Date.now() - HOUR_MILLIS;
    const repairs = this.#live.feed.events.filter(event => event.type === 'repair' && event.time > since);
    const sum = name => repairs.reduce((total, event) => total + event[name], 0);
    return element('section', {}, element('h3', {}, text.repair, element('span', {}, text.lastHour)),
      element('p', {class: 'note faint'}, repairs.length === 0 ? text.noRepair : text.repaired(this.#live.hereName, sum('blocks'), bytes(sum('bytes')))));
  }
}

function operations(now) {
  return element('section', {}, element('h3', {}, text.operations, element('span', {}, text.worst)), now.operations.length === 0 ? element('p', {class: 'faint note'}, text.idle) : table([
    {title: text.operation, cell: operation => operation.name},
    {title: text.perSecond, cell: operation => rateOf(operation.perSecond), numeric: true},
    {title: text.p50, cell: operation => latency(operation.p50Micros), numeric: true},
    {title: text.p99, cell: operation => latency(operation.p99Micros), numeric: true}], now.operations));
}

const legend = () => element('ul', {class: 'key legend flow-legend'}, element('li', {}, element('i', {class: 'sign client'}), text.legend.clients),
  element('li', {}, element('i', {class: 'sign copy'}), text.legend.copies));
