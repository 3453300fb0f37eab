import {element, svg} from '../lib/dom.js';
import {bytes, millis} from '../lib/format.js';
import {parse} from '../lib/ids.js';
import {formatRoute} from '../lib/routes.js';
import {hue, round, shape} from '../ring/geometry.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';
import {cellSign} from './icons.js';
import {microsOf, stopsOf, walk} from './lookup-picture.js';

const BLOCKS_SHOWN = 8;
const text = words.lookup;

/** What was found of a key, in words and numbers. */
export function lookupPanel(model, found, {key, isByFingers, hasQuestion}) {
  if (!hasQuestion || found === null || found.isAsking || found.shown === undefined) {
    return [element('p', {class: 'faint'}, found?.failure ?? text.drawn)];
  }
  const {shown, other} = found;
  const partition = model.partitions[shown.partition];
  return [
    element('div', {}, element('div', {class: 'title'}, element('h2', {}, key ?? shown.id.slice(0, 12))),
      found.place === null ? null : element('p', {class: 'id-line'}, `${text.object} · ${bytes(found.place.size)}`)),
    whereItLies(model, found, shown, partition),
    whoHolds(model, shown, partition),
    hops(model, shown, other, isByFingers),
    found.place === null || found.place === undefined ? null : blocks(model, found.place)
  ];
}

function whereItLies(model, found, shown, partition) {
  const origin = {key: text.fromKey, given: text.given, object: text.ofPartition}[found.origin];
  const end = model.positionsById.get(shown.position);
  const row = (name, value) => element('li', {}, element('span', {}, name), value);
  return element('section', {}, element('h3', {}, text.where), element('ul', {class: 'steps'},
    row(`${text.id}, ${origin}`, element('span', {class: 'mono'}, shown.id.slice(0, 8))),
    row(`${text.partition}, ${text.firstDigits}`, partition === undefined ? words.notKnown
      : element('a', {class: 'mono link', href: formatRoute('ring', {partition: partition.label})}, partition.label)),
    row(text.position, element('span', {class: 'mono'}, end === undefined ? shown.position.slice(0, 8) : [chip(end.node, 12), ' ', end.id.slice(0, 8)]))));
}

const who = (model, id) => model.byId.get(id);

function whoHolds(model, shown, partition) {
  if (partition === undefined) {
    return null;
  }
  const replicas = shown.replicas.map(id => who(model, id)).filter(node => node !== undefined);
  const cell = node => element('td', {}, chip(node, 12), node.name, partition.leader === node ? element('em', {}, ` ${text.leads}`) : null);
  return element('section', {}, element('h3', {}, text.whoHolds, element('span', {}, text.clockwise(replicas.length))),
    partition.state === 'healthy' ? null : element('p', {class: 'unwell'}, cellSign(partition.state), element('span', {}, words.partitionStates[partition.state])),
    strip(model, partition, shown),
    element('table', {class: 'who'}, element('tbody', {},
      element('tr', {}, element('th', {scope: 'row'}, text.asksFor), replicas.map(node => element('td', {}, chip(node, 12), node.name))),
      element('tr', {}, element('th', {scope: 'row'}, text.holds), partition.holders.length === 0 ? element('td', {}, text.nobody) : partition.holders.map(cell)))));
}

/** The piece of the ring from the partition to its last replica, unrolled. */
function strip(model, partition, shown) {
  const steps = walk(model, parse(partition.point), shown.replicas);
  if (steps.length === 0) {
    return null;
  }
  const begin = partition.from;
  const last = steps.at(-1).position.turn;
  const end = Math.max(begin + 3 / model.partitions.length, last > begin ? last : last + 1);
  const x = turn => 4 + 296 * ((turn < begin ? turn + 1 : turn) - begin) / (end - begin);
  const cells = [];
  const count = Math.ceil((end - begin) * model.partitions.length);
  for (let i = 0; i < Math.min(count, 64); i++) {
    const left = x(begin + i / model.partitions.length);
    const right = Math.min(304, x(begin + (i + 1) / model.partitions.length));
    cells.push(svg('rect', {class: i === 0 ? 'cell here' : 'cell quiet', x: round(left), y: 46, width: round(Math.max(0.5, right - left - 1)), height: 15}));
  }
  const signs = steps.map(({position, rank}) => {
    const at = x(position.turn);
    return svg('g', {class: rank > 0 ? 'rank' : 'met'}, svg('path', {d: `M${round(at)} ${rank > 0 ? 17 : 34}V46`}),
      rank > 0 ? [svg('circle', {cx: round(at), cy: 9, r: 7.5}), svg('text', {x: round(at), y: 9, dy: '.36em'}, String(rank))] : [],
      svg('path', {class: `mark ${hue(position.node.index)} ${position.node.state}`, d: shape(position.node.index, at, 30, rank > 0 ? 5.4 : 3)}));
  });
  return svg('svg', {class: 'strip', viewBox: '0 0 308 64', 'aria-hidden': 'true'}, cells, signs);
}

function hops(model, shown, other, isByFingers) {
  const stops = stopsOf(model, shown);
  const rows = shown.path.map((hop, i) => {
    const node = who(model, hop.node);
    const position = i === 0 ? undefined : stops[i]?.id;
    return element('tr', {}, element('td', {}, i === 0 ? words.notKnown : element('span', {class: 'hop-number'}, String(i))),
      element('td', {class: 'mono'}, position === undefined ? words.notKnown : position.slice(0, 6)),
      element('td', {}, node === undefined ? hop.node.slice(0, 8) : [chip(node, 12), node.name]),
      element('td', {}, i === 0 ? text.starts : text.sources[hop.source]), element('td', {class: 'num'}, i === 0 ? '' : millis(hop.roundTripMicros)));
  });
  const sum = (answer, isFingers) => element('tr', {class: 'sum'}, element('td', {}), element('td', {colspan: 3}, text.sum(isFingers),
    element('span', {class: 'faint'}, ` · ${answer === null ? text.failed : `${answer.path.length - 1} ${text.hops(answer.path.length - 1)}`}`)),
  element('td', {class: 'num'}, answer === null ? words.notKnown : millis(microsOf(answer))));
  return element('section', {}, element('h3', {}, text.path, isByFingers ? element('span', {}, text.off) : null),
    element('table', {class: 'hops'}, element('thead', {}, element('tr', {}, element('td', {}), [words.panel.at, text.node, text.by].map(title => element('th', {scope: 'col'}, title)),
      element('th', {scope: 'col', class: 'num'}, text.ms))),
    element('tbody', {}, rows, sum(shown, isByFingers), sum(other, !isByFingers))),
    element('p', {class: 'note faint'}, text.drawn));
}

function blocks(model, place) {
  const row = (name, number, replicas) => element('tr', {}, element('td', {}, name), element('td', {class: 'mono'}, model.partitions[number]?.label ?? String(number)),
    element('td', {class: 'num'}, replicas.map(id => who(model, id)).filter(node => node !== undefined).map(node => element('span', {title: node.name}, chip(node, 12), element('span', {class: 'hidden'}, node.name)))));
  const more = place.blocks.length - BLOCKS_SHOWN;
  return element('section', {}, element('h3', {}, text.blocks, element('span', {}, place.inline ? text.inline : String(place.blocks.length))),
    element('table', {class: 'places'}, element('tbody', {}, row(text.record, place.partition, place.replicas),
      place.blocks.slice(0, BLOCKS_SHOWN).map(block => row(text.block(block.index), block.partition, block.replicas)))),
    more > 0 ? element('p', {class: 'note faint'}, text.more(more)) : null);
}
