import {element, svg} from '../lib/dom.js';
import {formatRoute} from '../lib/routes.js';
import {round, sector, spoke, xy} from '../ring/geometry.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';

const OUTER = 54;
const INNER = 44;
const BLOCKS_SHOWN = 8;
/** More would run into each other. */
const LABELS_MAX = 8;
const text = words.objects;

/** Where an object lies: its record and its blocks on a small ring, and who holds each. */
export function placePicture(model, place) {
  const {partitions, byId} = model;
  const row = (name, kind, number, replicas) => element('tr', {},
    element('td', {}, element('i', {class: `place-sign ${kind}`}), name),
    element('td', {class: 'mono'}, partitions[number] === undefined ? String(number)
      : element('a', {class: 'link', href: formatRoute('ring', {partition: partitions[number].label}), 'aria-label': words.panel.partition(partitions[number].label)}, partitions[number].label)),
    element('td', {class: 'num'}, replicas.map(id => byId.get(id)).filter(node => node !== undefined).map(node => element('span', {title: node.name}, chip(node, 12), element('span', {class: 'hidden'}, node.name)))));
  const more = place.blocks.length - BLOCKS_SHOWN;
  return [element('div', {class: 'lies'}, ring(partitions.length, place),
    element('table', {class: 'places'}, element('thead', {class: 'hidden'}, element('tr', {}, [text.part, text.partition, text.heldBy].map(title => element('th', {scope: 'col'}, title)))),
      element('tbody', {}, row(words.lookup.record, 'record', place.partition, place.replicas),
        place.blocks.slice(0, BLOCKS_SHOWN).map(block => row(words.lookup.block(block.index), 'block', block.partition, block.replicas))))),
  place.inline ? element('p', {class: 'note faint'}, text.inline) : more > 0 ? element('p', {class: 'note faint'}, words.lookup.more(more)) : null];
}

function ring(count, place) {
  if (count === 0) {
    return null;
  }
  const mark = (name, number, inner, outer) => svg('path', {class: name, d: spoke(inner, outer, (number + 0.5) / count)});
  const label = block => {
    const [x, y] = xy(INNER - 13, (block.partition + 0.5) / count);
    return svg('text', {x: round(x), y: round(y), dy: '.36em'}, String(block.index));
  };
  return svg('svg', {class: 'mini', viewBox: '-64 -64 128 128', 'aria-hidden': 'true'}, svg('path', {class: 'cell quiet', d: sector(INNER, OUTER, 0, 1)}),
    place.blocks.map(block => mark('at-block', block.partition, INNER - 3, OUTER + 3)), mark('at-record', place.partition, INNER - 6, OUTER + 6),
    place.blocks.length > LABELS_MAX ? null : place.blocks.map(label));
}

/** On how many nodes all of it is. */
export const copiesOf = place => Math.min(place.replicas.length, ...place.blocks.map(block => block.replicas.length));
