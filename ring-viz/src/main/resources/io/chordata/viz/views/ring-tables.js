import {bytes, count} from '../lib/format.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';
import {stateTag} from './icons.js';
import {known, table} from './parts.js';

const text = words.table;

/** What the ring shows, as tables. */
export function ringTables(model) {
  return [nodeTable(model.nodes), partitionTable(model.partitions)];
}

function nodeTable(nodes) {
  const number = (title, cell) => ({title, numeric: true, cell});
  return table([
    {title: text.name, cell: node => [chip(node, 12), node.name]},
    {title: text.id, mono: true, cell: node => node.id},
    {title: text.state, cell: node => stateTag(node.state, words.states[node.state])},
    {title: text.zone, cell: node => node.zone},
    number(text.positions, node => count(node.positions.length)), number(text.held, node => count(node.held)), number(text.led, node => count(node.led)),
    number(text.share, node => `${(100 * node.share).toFixed(1)} %`), number(text.used, node => known(node.bytesUsed, bytes)),
    number(text.free, node => known(node.bytesFree, bytes)), {title: text.s3, mono: true, cell: node => node.s3}, {title: text.version, cell: node => node.version}
  ], nodes, text.nodes);
}

function partitionTable(partitions) {
  const number = (title, cell) => ({title, numeric: true, cell});
  return table([
    {title: text.partition, mono: true, cell: row => row.label},
    {title: text.begins, mono: true, cell: row => row.point},
    {title: text.state, cell: row => words.partitionStates[row.state]},
    {title: text.voters, cell: row => words.list(row.holders.map(node => node.name))},
    {title: text.leader, cell: row => row.leader?.name ?? words.notKnown},
    number(text.term, row => count(row.term)), number(text.index, row => known(row.commitIndex, count))
  ], partitions, text.partitions);
}
