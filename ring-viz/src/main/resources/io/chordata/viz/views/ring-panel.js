import {element} from '../lib/dom.js';
import {flowOf} from '../lib/flows.js';
import {bytes, bytesAndUnit, count, latency, rate} from '../lib/format.js';
import {fingers as fingersByRule} from '../lib/ids.js';
import {copies, isInFlight} from '../lib/model.js';
import {formatRoute} from '../lib/routes.js';
import {chip, named} from '../ring/picture.js';
import {words} from '../words.js';
import {cellSign, stateTag} from './icons.js';
import {figure, known, meter, wantedCopies} from './parts.js';

const FINGERS_SHOWN = 9;
const SUCCESSORS_SHOWN = 2;
const text = words.panel;

/**
 * What there is to say of the selected node or partition, or of the cluster.
 *
 * @param look what is selected, and `link(parameters)` to another selection of the same moment
 */
export function panel(live, look) {
  if (look.partition !== null) {
    return partitionPanel(live.model, look);
  }
  return look.node !== null ? nodePanel(live.model, look, live.at === null ? flowOf(live.feed.flows, look.node.id) : null) : clusterPanel(live);
}

function clusterPanel(live) {
  const {model, verdict} = live;
  const {nodes, positions, partitions, cluster, ring} = model;
  const amount = (name, sum) => figure(name, ...(sum === null ? [words.notKnown] : bytesAndUnit(sum)));
  const {inPlace, wanted} = copies(partitions);
  const said = element('div', {}, element('div', {class: 'title'}, element('h2', {}, verdict.headline)), element('p', {class: 'why'}, verdict.sentence));
  return nodes.length === 0 ? [said] : [
    said,
    element('dl', {class: 'figures'}, figure(text.nodes, count(nodes.length)), figure(text.zones, count(new Set(nodes.map(node => node.zone)).size)),
      figure(text.positions, ring === null ? words.notKnown : count(positions.length)), amount(text.stored, sumOf(nodes, 'bytesUsed')), amount(text.free, sumOf(nodes, 'bytesFree')),
      figure(text.blocks, known(sumOf(nodes, 'blocks'), count))),
    wanted === 0 ? null : element('div', {'data-key': 'copies'}, element('div', {class: 'measure'}, element('span', {}, text.copies),
      element('span', {}, words.centre.copies(inPlace, wanted))), meter(inPlace / wanted, {tone: inPlace === wanted ? 'ok' : 'amber'})),
    element('dl', {class: 'facts'}, facts([
      [text.clusterId, cluster?.clusterId && element('span', {class: 'mono'}, cluster.clusterId)],
      [text.version, cluster?.version && count(cluster.version)], [text.from, live.here ? named(live.here) : live.hereName]]))
  ];
}

/** Of the nodes that tell; null where none does, as in the past. */
function sumOf(nodes, name) {
  const told = nodes.map(node => node[name] ?? -1).filter(value => value >= 0);
  return told.length === 0 ? null : told.reduce((total, value) => total + value, 0);
}

const facts = rows => rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));

function nodePanel(model, {node, focus, table, fingersUntold, link}, flow) {
  const [sent, sentUnit] = bytesAndUnit(flow?.sent ?? 0);
  const mine = node.positions;
  const all = Math.max(0, node.bytesUsed ?? 0) + Math.max(0, node.bytesFree ?? 0);
  return [
    element('div', {}, element('div', {class: 'title'}, chip(node, 20), element('h2', {}, node.name), stateTag(node.state, words.states[node.state])),
      element('p', {class: 'id-line'}, words.ring.zone(node.zone), ' · ', element('span', {class: 'mono'}, node.id.slice(0, 12)), ` · ${node.version}`)),
    element('dl', {class: 'figures'}, figure(words.ring.partitions, count(node.held)), figure(text.leads, count(node.led)),
      figure(text.keySpace, (100 * node.share).toFixed(1), '%'),
      ...flow === null ? [] : [figure(text.requests, rate(flow.requests), '/s'), figure(text.p99, flow.p99Micros === null ? words.notKnown : latency(flow.p99Micros), flow.p99Micros === null ? '' : 'ms'),
        figure(text.sending, sent, `${sentUnit}/s`)],
      figure(text.blocks, known(node.blocks, count)),
      figure(text.load, known(node.load, value => value.toFixed(2)), text.loadUnit), figure(text.positions, count(mine.length))),
    all === 0 ? null : element('div', {'data-key': `disk${node.id}`}, element('div', {class: 'measure'}, element('span', {}, text.disk),
      element('span', {}, text.diskOf(bytes(node.bytesUsed), bytes(all)))), meter(node.bytesUsed / all)),
    focus === null ? null : chain(model, focus, mine.length, link),
    focus === null ? null : fingerTable(model, focus, table, fingersUntold)
  ];
}

function hop(position, link, isHere = false) {
  return element('a', {
    class: `hop-id${isHere ? ' here' : ''}`, href: link({node: position.node.id.slice(0, 8), position: position.id.slice(0, 8)}),
    'aria-current': isHere ? 'true' : null, title: position.node.name
  }, chip(position.node, 12), position.id.slice(0, 4));
}

/** The position between its neighbours, as its own node tells them; where it told none, nothing is made up. */
function chain(model, focus, of, link) {
  const at = id => model.positionsById.get(id);
  const before = focus.predecessor === null ? undefined : at(focus.predecessor);
  const after = (focus.successors ?? []).map(at).filter(position => position !== undefined);
  const more = after.length - SUCCESSORS_SHOWN;
  return element('section', {}, element('h3', {}, text.position(focus.number, of), element('span', {class: 'mono'}, focus.id.slice(0, 8))),
    element('div', {class: 'chain', role: 'group', 'aria-label': text.chain},
      before === undefined ? null : [hop(before, link), element('span', {class: 'arrow', 'aria-hidden': 'true'}, '◂')], hop(focus, link, true),
      after.length === 0 ? null : element('span', {class: 'arrow', 'aria-hidden': 'true'}, '▸'), after.slice(0, SUCCESSORS_SHOWN).map(position => hop(position, link)),
      more > 0 ? element('span', {class: 'faint'}, text.more(more)) : null));
}

function fingerTable(model, focus, table, untold) {
  const found = fingersByRule(model.positions, focus);
  if (untold) {
    return element('section', {}, element('h3', {}, text.fingers), element('p', {class: 'faint'}, text.noFingers));
  }
  return element('section', {}, element('h3', {}, text.fingers, element('span', {}, text.distinct(found.length))),
    element('table', {}, element('thead', {}, element('tr', {}, [text.reaches, text.at, text.who].map(title => element('th', {scope: 'col'}, title)),
      element('th', {scope: 'col', class: 'num'}, text.inTable))),
    element('tbody', {}, found.slice(0, FINGERS_SHOWN).map(({power, target}) => element('tr', {},
      element('td', {}, '2', element('sup', {}, String(power))), element('td', {class: 'mono'}, target.id.slice(0, 6)),
      element('td', {}, chip(target.node, 12), target.node.name),
      element('td', {class: 'num faint'}, table === null ? words.notKnown : table.has(target.id) ? text.known : text.notYet))))));
}

function partitionPanel(model, {partition, link}) {
  const members = [...new Set([...partition.holders, ...partition.arriving])];
  return [
    element('div', {}, element('div', {class: 'title'}, cellSign(partition.state), element('h2', {}, text.partition(partition.label)),
      element('span', {class: `tag ${partition.state === 'healthy' ? 'ok' : partition.state === 'unavailable' ? 'lost' : partition.state}`},
        partition.state === 'healthy' ? words.allCopies(wantedCopies(model)) : words.partitionStates[partition.state])),
    element('p', {class: 'id-line'}, `${text.begins} `, element('span', {class: 'mono'}, partition.point.slice(0, 12)))),
    element('dl', {class: 'figures'}, figure(text.term, count(partition.term)), figure(text.index, known(partition.commitIndex, count))),
    element('section', {}, element('h3', {}, text.members), element('table', {class: 'members'}, element('tbody', {}, members.map(node => element('tr', {},
      element('td', {}, element('a', {href: link({node: node.id.slice(0, 8)})}, chip(node, 12), node.name)),
      element('td', {class: 'faint'}, node.state === 'alive' ? words.ring.zone(node.zone) : words.states[node.state]),
      element('td', {class: 'num'}, partition.leader === node ? element('b', {}, text.role.leader)
        : partition.arriving.includes(node) ? text.role.arriving : partition.voters.includes(node) ? text.role.voter : text.role.follower)))))),
    element('section', {}, element('h3', {}, text.desired),
      element('ol', {class: 'trio'}, partition.desired.map(node => element('li', {}, chip(node, 12), node.name)))),
    isInFlight(partition) ? element('section', {class: 'in-flight'}, element('h3', {}, text.inFlight),
      element('ul', {class: 'trio'}, partition.arriving.map(node => element('li', {}, chip(node, 12), words.copyTo(node.name))))) : null,
    element('p', {}, element('a', {class: 'link', href: formatRoute('lookup', {id: partition.point})}, text.follow, ' ›'))
  ];
}
