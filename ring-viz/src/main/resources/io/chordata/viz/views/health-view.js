import {element, render, svg} from '../lib/dom.js';
import {flowOf} from '../lib/flows.js';
import {age, bytes, count, latency, percent} from '../lib/format.js';
import {formatRoute} from '../lib/routes.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';
import {findings} from './findings.js';
import {stateTag} from './icons.js';
import {known, liveSign, meter, partitionKey, table, wantedCopies} from './parts.js';
import {partitionMap} from './partition-map.js';

const text = words.health;
const SIGNS = {ok: 'm12 20.5 5.5 5.5L28.5 14.5', moving: 'M12 20h.01M20 20h.01M28 20h.01', wait: 'M12 20h.01M20 20h.01M28 20h.01', short: 'M20 11v11M20 28h.01', lost: 'M14 14l12 12M26 14 14 26'};

/** Whether the data is safe, what to do where it is not, and each node and partition at a glance. */
export class HealthView {
  #root;
  #live;

  constructor(root, live) {
    this.#root = root;
    this.#live = live;
  }

  go() {
    this.update();
  }

  update() {
    const {model, verdict} = this.#live;
    const found = findings(this.#live);
    const tasks = found.filter(finding => finding.needs).length;
    render(this.#root, element('div', {class: 'health'},
      element('header', {class: 'verdict'},
        svg('svg', {class: `sign ${verdict.level}`, viewBox: '0 0 40 40', 'aria-hidden': 'true'}, svg('circle', {cx: 20, cy: 20, r: 18.5}),
          svg('path', {d: SIGNS[verdict.level]})),
        element('div', {}, element('h1', {}, verdict.headline), element('p', {}, verdict.sentence)), element('div', {class: 'right'}, liveSign(this.#live))),
      model.nodes.length === 0 ? null : element('section', {class: 'findings'}, element('h2', {}, text.worth, element('span', {}, tasks === 0 ? text.calm : text.act(tasks))),
        found.length === 0 && model.partitions.length > 0 ? element('p', {class: 'nothing'}, text.nothing) : found.map(shown)),
      model.partitions.length === 0 ? null : element('section', {class: 'map'},
        element('h2', {}, text.partitions, element('span', {}, text.copies(model.partitions.length, wantedCopies(model)))),
        partitionMap(model.partitions), partitionKey(model.counts, wantedCopies(model))),
      model.nodes.length === 0 ? null : element('section', {class: 'wide', tabindex: 0, role: 'region', 'aria-label': text.nodes}, nodeTable(model, this.#live.feed.flows))));
  }
}

function shown(finding) {
  return element('article', {class: `finding ${finding.tone}`, 'data-key': finding.key},
    svg('svg', {viewBox: '0 0 12 12', 'aria-hidden': 'true'}, svg('path', {d: finding.sign})),
    element('div', {}, element('h3', {}, finding.title), finding.why === '' ? null : element('p', {}, finding.why),
      finding.act === '' ? null : element('p', {class: 'act'}, finding.act)));
}

function nodeTable(model, flows) {
  const number = (title, cell, optional = false) => ({title, cell, numeric: true, optional});
  return table([
    {title: text.node, cell: node => element('a', {class: 'who', href: formatRoute('ring', {node: node.id.slice(0, 8)})}, chip(node, 15), element('b', {}, node.name),
      element('small', {}, words.ring.zone(node.zone)))},
    {title: text.state, cell: node => stateTag(node.state, words.states[node.state])},
    {title: text.cpu, cell: cpu, optional: true}, {title: text.memory, cell: memory, optional: true}, {title: text.disk, cell: disk},
    number(text.held, node => node.held === node.wanted ? count(node.held) : `${count(node.held)} of ${count(node.wanted)}`), number(text.led, node => count(node.led), true),
    number(text.p99, node => known(flowOf(flows, node.id)?.p99Micros, value => `${latency(value)} ms`), true),
    number(text.blocks, node => known(node.blocks, count), true), number(text.scrubbed, scrubbed, true), number(text.version, node => element('span', {class: 'faint'}, node.version), true)
  ], model.nodes);
}

const duo = (share, label, tone = '') => element('span', {class: 'duo'}, meter(share ?? 0, {tone}), element('span', {}, label));

/** Of its process; what else its machine has to do is in the title. */
const cpu = node => element('span', {title: text.loadOf(known(node.load, value => value.toFixed(2)))}, duo(node.cpu, known(node.cpu, percent)));

function memory(node) {
  const {memoryBytesUsed: used = null, memoryBytesMax: most = null} = node;
  return used === null || most === null ? words.notKnown
    : element('span', {title: words.panel.diskOf(bytes(used), bytes(most))}, duo(used / most, percent(used / most)));
}

/** A node that has only just begun has not come to the end. */
const scrubbed = ({scrubbedAt, startedAt}) => (scrubbedAt ?? null) !== null ? text.ago(age(Date.now() - scrubbedAt)) : known(startedAt, () => text.notYet);

function disk(node) {
  const all = (node.bytesUsed ?? 0) + (node.bytesFree ?? 0);
  if (!(node.bytesUsed >= 0) || all === 0) {
    return words.notKnown;
  }
  const share = node.bytesUsed / all;
  return element('span', {title: words.panel.diskOf(bytes(node.bytesUsed), bytes(all))}, duo(share, percent(share), share > 0.85 ? 'amber' : ''));
}
