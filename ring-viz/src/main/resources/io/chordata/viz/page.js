import {words} from './words.js';
import {bytes, element, map, mapKey, table, verdictMark} from './draw.js';

const PERIOD_MILLIS = 2000;
const TIMEOUT_MILLIS = 4000;
const STALE_MILLIS = 6000;
const OLD_MILLIS = 15000;

const at = id => document.getElementById(id);
let answeredAt = null;

/** The answer's status and JSON; throws if the node does not answer at all. */
async function ask(path) {
  const response = await fetch(path, {cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MILLIS)});
  return {status: response.status, body: await response.json()};
}

async function refresh() {
  try {
    const [ready, cluster, nodes, partitions] = await Promise.all(
      ['/health/ready', '/v1/cluster', '/v1/nodes', '/v1/partitions'].map(ask));
    answeredAt = Date.now();
    show(ready, cluster, nodes, partitions);
  } catch {
    showNoAnswer();
  }
}

function show(ready, cluster, nodes, partitions) {
  showVerdict(ready, cluster);
  showCluster(cluster.status === 200 ? cluster.body : {});
  showNodes(nodes.status === 200 ? nodes.body : []);
  showPartitions(partitions.status === 200 ? partitions.body : [], cluster.body);
}

function verdict(mark, headline, detail) {
  const text = at('verdict');
  if (text.textContent !== headline || at('verdict-detail').textContent !== detail) {
    text.textContent = headline;
    at('verdict-detail').textContent = detail;
    document.title = `${headline} · Chordata`;
  }
  verdictMark(at('verdict-mark'), mark);
}

function showVerdict(ready, cluster) {
  if (cluster.status === 401) {
    verdict('moving', words.signIn, words.signInDetail);
  } else if (cluster.status !== 200) {
    verdict('moving', words.notServing, cluster.body.detail);
  } else if (cluster.body.noMajority > 0) {
    verdict('lost', words.unwell(cluster.body.noMajority), words.unwellDetail);
  } else if (ready.status !== 200) {
    verdict('lost', words.notServing, words.unwellDetail);
  } else {
    verdict('ok', words.serving, cluster.body.replication === 1 ? words.alone : '');
  }
}

function showNoAnswer() {
  const since = answeredAt === null ? null : new Date(answeredAt).toLocaleTimeString();
  verdict('lost', words.noAnswer, since === null ? words.neverAnswered : words.noAnswerDetail(since));
}

function showCluster(cluster) {
  const lines = Object.entries(words.cluster).filter(([name]) => name in cluster).flatMap(([name, title]) => [
    element('dt', {}, title),
    element('dd', {class: name === 'clusterId' ? 'mono' : ''}, String(cluster[name]))
  ]);
  at('cluster').replaceChildren(...lines);
}

function known(value, format = String) {
  return value === null || value === undefined || value < 0 ? words.notSaid : format(value);
}

function showNodes(nodes) {
  const number = name => ({title: words.node[name], numeric: true, text: node => known(node[name], value => value.toLocaleString())});
  const size = name => ({title: words.node[name], numeric: true, text: node => known(node[name], bytes)});
  const text = name => ({title: words.node[name], text: node => node[name]});
  table(at('nodes'), [
    text('name'),
    {title: words.node.id, mono: true, text: node => node.id},
    {title: words.node.state, text: node => node.state, tag: node => node.state === 'alive' ? 'ok' : 'lost'},
    text('s3'), text('zone'), number('partitions'), number('leaders'), number('objects'), number('blocks'),
    size('bytesUsed'), size('bytesFree'),
    {title: words.node.load, numeric: true, text: node => known(node.load, value => value.toFixed(2))},
    text('version')
  ], nodes);
}

function showPartitions(partitions, cluster) {
  at('map-sub').textContent = partitions.length === 0 ? '' : words.mapTitle(partitions.length, cluster.replication);
  at('map').replaceChildren(...(partitions.length === 0 ? [] : [map(partitions)]));
  at('map-key').replaceChildren(...(partitions.length === 0 ? [] : mapKey(partitions)));
  if (at('as-table').open) {
    showPartitionTable(partitions);
  }
}

function showPartitionTable(partitions) {
  const number = name => ({title: words.partition[name], numeric: true, text: row => known(row[name], value => value.toLocaleString())});
  table(at('partitions'), [
    {title: words.partition.partition, numeric: true, text: row => String(row.partition)},
    {title: words.partition.point, mono: true, text: row => row.point},
    {title: words.partition.state, text: row => words.partitionStates[row.state]},
    {title: words.partition.voters, numeric: true, text: row => String(row.voters.length)},
    number('commitIndex'), number('records'), number('blocks'),
    {title: words.partition.bytes, numeric: true, text: row => known(row.bytes, bytes)}
  ], partitions);
}

/** Says how old the picture is: once a second, because it grows old by itself. */
function showAge() {
  const age = answeredAt === null ? 0 : Date.now() - answeredAt;
  const stale = answeredAt === null || age > STALE_MILLIS;
  at('live').classList.toggle('stale', stale);
  at('page').classList.toggle('old', age > OLD_MILLIS);
  at('live-text').textContent =
    answeredAt === null ? words.asking : stale ? words.stale(Math.round(age / 1000)) : words.live;
}

async function keepRefreshing() {
  if (!document.hidden) {
    await refresh();
  }
  showAge();
  setTimeout(keepRefreshing, PERIOD_MILLIS);
}

at('as-table').addEventListener('toggle', refresh);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
setInterval(showAge, 1000);
keepRefreshing();
