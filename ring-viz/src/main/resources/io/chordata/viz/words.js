import {count as number} from './lib/format.js';

const plural = (count, one, many = one + 's') => `${number(count)} ${count === 1 ? one : many}`;
const areMany = names => names.includes(' and ') || /^\d+ nodes$/.test(names);
const areOrIs = names => areMany(names) ? 'are' : 'is';
const doOrDoes = names => areMany(names) ? 'do' : 'does';

/** What the console says in English, but for dates and units; what nodes and S3 answer is told in their own words. */
export const words = {
  title: view => `${view} · Chordata`,
  views: {ring: 'Ring', lookup: 'Lookup', flows: 'Flows', objects: 'Objects', health: 'Health', learn: 'Learn', access: 'Access'},
  viewsLabel: 'Views',
  list: names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
  andMore: (names, more) => `${names.join(', ')} and ${more} more`,
  moreNodes: count => `and ${plural(count, 'more node')}: / finds any`,
  someNodes: count => plural(count, 'node'),
  search: 'Node, partition, key',
  searchLabel: 'Find a node, a partition or a key',
  searchNode: 'node', searchPartition: 'partition', searchKey: 'follow this key',
  notKnown: '–',

  live: 'live',
  stale: seconds => `${seconds} s old`,
  asking: 'asking',
  liveTitle: (seconds, node) => `The picture is ${seconds} s old; it comes from ${node}`,
  frozen: seconds => `picture of ${seconds} s ago`,
  silent: node => `${node} does not answer.`,
  silentDetail: since => since === null
    ? 'It has not answered since this page was opened. This page goes on asking.'
    : `The picture is of ${since}. This page goes on asking.`,
  silentOthers: 'The same view from',
  leaving: (node, seconds) => `This page goes to ${node} in ${seconds} s.`, stay: 'Stay here',
  refused: 'This node wants to know who asks',
  refusedDetail: 'Its admin address is not a loopback address, so it shows its state to whoever is signed in.',

  waiting: problem => problem === null ? {
    top: 'asking', hero: '…', lead: 'the node for its ring', detail: '', headline: 'Asking the node.', sentence: ''
  } : problem.status === 401 ? {
    top: 'sign-in wanted', hero: '401', lead: 'this node shows its state', detail: 'to whoever is signed in',
    headline: words.refused + '.', sentence: words.refusedDetail
  } : {
    top: 'not serving yet', hero: '…', lead: problem.message.length > 30 ? 'it waits' : problem.message, detail: problem.message.length > 30 ? 'and says at the right for what' : '',
    headline: 'This node does not serve yet.', sentence: `It says: ${problem.message}.`
  },
  centre: {
    safe: '✓ all data safe', alone: 'one copy of each', oneVotes: 'two copies, one votes', short: '! a copy short', lost: '✕ no majority',
    lostLead: count => count === 1 ? 'partition answers 503' : 'partitions answer 503',
    alsoShort: count => `${count} more a copy short`,
    shortLead: count => count === 1 ? 'partition lacks a copy' : 'partitions lack a copy',
    alsoMoving: count => `${plural(count, 'partition')} to be copied`,
    inPlace: 'of the copies in place', pieces: count => `the ring is in ${count} pieces`,
    copies: (done, all) => `${done.toLocaleString('en')} of ${plural(all, 'copy', 'copies')}`,
    allInPlace: least => least === 1 ? 'on one node: no disk may fail' : 'copies, all in place',
    nodes: (nodes, zones) => zones > 1 ? `${plural(nodes, 'node')} in ${plural(zones, 'zone')}` : plural(nodes, 'node'),
    nodesInZones: zones => `nodes in ${plural(zones, 'zone')}`,
    size: (positions, partitions) => `${plural(positions, 'position')} · ${plural(partitions, 'partition')}`
  },
  unwell: names => names === '' ? '' : `${names} not answering`,
  changing: (names, state) => names === '' ? '' : `${names} ${areOrIs(names)} ${state}`,
  onTheMove: 'on the move',
  verdict: {
    safe: 'All data is safe.',
    served: 'Every partition is served.',
    safeWhy: least => `Every object has its ${least} copies, each where the ring wants it.`,
    aloneWhy: 'Every object has one copy, on one node alone: losing its disk loses the data. Add nodes, or keep a backup.',
    oneVotesWhy: 'Every object has two copies, but of two nodes one decides alone and the other follows it: without the first, its partitions stop. Add a node.',
    moving: (count, all) => `${count} of ${plural(all, 'partition')} ${count === 1 ? 'goes' : 'go'} to where the ring wants them. Reads and writes go on.`,
    pieces: count => `But the ring is in ${count} pieces, and lookups in one do not find the others.`,
    short: count => `${plural(count, 'partition')} ${count === 1 ? 'lacks' : 'lack'} a copy.`,
    shortWhy: names => `Reads and writes go on. ${names === '' ? 'The missing copies are on their way.' : `${names} ${doOrDoes(names)} not answer; what ${areMany(names) ? 'they' : 'it'} held is short until ${areMany(names) ? 'they are' : 'it is'} back or replaced.`}`,
    lost: count => `${plural(count, 'partition')} cannot be used.`,
    lostWhy: names => `Requests for keys in them get 503 until a majority of their nodes answers${names === '' ? '.' : `. Not answering: ${names}.`}`
  },

  states: {
    alive: 'alive', joining: 'joining', suspect: 'suspect', down: 'down', draining: 'draining', drained: 'drained', decommissioned: 'decommissioned'
  },
  stateFor: (state, millis) => `${state} ${millis < 60_000 ? `${Math.floor(millis / 1_000)} s` : `${Math.floor(millis / 60_000)} min`}`,
  partitionStates: {healthy: 'all copies', moving: 'copying', short: 'a copy short', unavailable: 'no majority'},
  copyTo: name => `to ${name}`,
  allCopies: count => count === 1 ? 'its one copy' : `all ${count} copies`,

  ring: {
    sub: (positions, partitions) => `${plural(positions, 'position')} · ${plural(partitions, 'partition')}`,
    untold: ({status, message}, partitions) => `Positions are not drawn: ${status === 400 ? 'they are too many for one answer' : message}. ${plural(partitions, 'partition')}`,
    node: 'Node', partitions: 'Partitions',
    zone: zone => `zone ${zone}`, led: count => `${count} led`,
    label: 'The ring. Left and right walk along it, up and down change between positions and partitions, Enter selects.',
    asTable: 'As table', asRing: 'As ring',
    tipPosition: (id, node) => `position ${id} of ${node}`,
    tipPartition: (label, state, leader) => `partition ${label}: ${state}${leader === null ? '' : `, ${leader} leads`}`
  },
  panel: {
    cluster: 'Cluster', node: 'Selected node', partition: label => `Partition ${label}`,
    nodes: 'Nodes', zones: 'Zones', positions: 'Positions', copies: 'Copies', stored: 'Stored', free: 'Free', blocks: 'Blocks',
    version: 'Membership', clusterId: 'Cluster id', from: 'Shown by', leads: 'Leads', keySpace: 'Key space', load: 'Load',
    requests: 'Requests', p99: 'p99', sending: 'Sending', loadUnit: '/core', disk: 'Disk', diskOf: (used, all) => `${used} of ${all}`,
    position: (number, of) => `Position ${number} of ${of}`,
    chain: 'predecessor, this position, successors',
    more: count => `+${count}`,
    fingers: 'Fingers', distinct: count => `${count} distinct`, reaches: 'reaches', at: 'position', who: 'node', inTable: 'known',
    known: 'in its table', notYet: 'not yet',
    noFingers: 'This node does not tell its fingers now.',
    members: 'Members', role: {leader: 'leads', voter: 'votes', follower: 'follows', arriving: 'copies'}, desired: 'Ring asks for',
    term: 'Term', index: 'Log index', begins: 'Begins at', inFlight: 'In flight', state: 'State',
    follow: 'follow its first id'
  },
  timeline: {
    label: 'What happened', slider: 'The moment that is shown. Left and right step through the last hour, End is now.', latest: 'Latest',
    past: (time, isEarliest) => isEarliest ? `earliest kept: ${time}` : `as it was at ${time}`, upTo: time => `Up to ${time}`, back: 'back to live', ago: (time, minutes) => `${time}, ${minutes} min ago`, nothing: 'Nothing has happened since this node began to look.',
    missed: count => count === null ? 'The node began anew: some of what happened before is missing here.'
      : `${plural(count, 'event')} of before ${count === 1 ? 'is' : 'are'} missing here: this page was away for longer than the node keeps them.`,
    notWhole: 'not whole', nodes: 'nodes', now: 'now', unknown: 'this node does not look back so far',
    node: {
      joined: name => `${name} joined`, left: name => `${name} left`, suspect: name => `${name} ${areOrIs(name)} suspect`, down: name => `${name} ${areOrIs(name)} down`,
      alive_again: name => `${name} ${areOrIs(name)} back`, changed: (name, state) => `${name} ${areOrIs(name)} ${state}`
    },
    leader: (label, name) => name === null ? `${label} has no leader` : `${name} leads ${label}`,
    requests: 'requests/s', peak: count => `peak ${count.toLocaleString('en')}/s`,
    copies: (label, names) => `${label} is being copied to ${names}`, kept: (label, names) => `${label} is kept by ${names}`,
    repaired: (name, blocks, size) => `${name} got ${plural(blocks, 'block')} from others, ${size}`,
    many: {
      leader: events => `${plural(new Set(events.map(event => event.partition)).size, 'partition')} with new leaders`, move: events => `${plural(new Set(events.map(event => event.partition)).size, 'partition')} moved, in ${events.length} steps`,
      repair: events => `${plural(events.reduce((sum, event) => sum + event.blocks, 0), 'block')} came from others`
    }
  },
  lookup: {
    sub: 'Follow a key around the ring', key: 'Key, bucket/key or id', from: 'From', go: 'Look up', how: 'How', served: 'As served', fingers: 'Fingers',
    recent: 'Recent', placeholder: 'photos/2025/harbour.jpg',
    legend: {hop: 'hop, by finger or list', rank: 'replicas, clockwise'},
    otherServed: 'as served', otherFingers: 'by fingers alone',
    empty: 'Type a key', emptyLead: 'to see its way around the ring', emptyDetail: 'and who holds it', headline: 'No key was asked for.',
    asking: 'asking', failed: 'no answer', hops: count => count === 1 ? 'hop' : 'hops',
    lead: (hops, via) => hops === 0 ? 'hops: the node answers itself' : `${hops === 1 ? 'hop' : 'hops'} ${via ? 'by fingers' : 'as served'}`,
    took: ms => `${ms} ms`, other: (hops, via) => `${plural(hops, 'hop')} ${via ? 'by fingers alone' : 'as served'}`, noOther: via => `no answer ${via ? 'by fingers alone' : 'as served'}`,
    fromLabel: name => `from ${name}`,
    where: 'Where it lies', id: 'Id', fromKey: 'from the key', given: 'as given', ofPartition: 'begin of its partition',
    partition: 'Partition', firstDigits: 'by the first digits', position: 'Position that answers', object: 'object',
    whoHolds: 'Who holds it', clockwise: count => `first ${count} nodes clockwise`, asksFor: 'ring asks for', holds: 'holds it now', leads: 'leads',
    nobody: 'nobody', path: 'Hops', node: 'node', by: 'by', ms: 'ms', starts: 'starts', sum: via => via ? 'fingers alone' : 'as served',
    off: 'cache and directory off',
    sources: {finger: 'finger', successor: 'list', directory: 'directory', cache: 'cache', self: 'itself'},
    blocks: 'Blocks', block: index => `block ${index}`, record: 'record', inline: 'in the record itself', more: count => `and ${count} more`,
    drawn: 'A lookup begins at a node, not at one of its positions: the first hop is drawn from the far side.'
  },
  learn: {
    sub: 'Chord, step by step', simulation: 'simulation', panel: 'What happens', label: 'A simulated ring. Left and right choose a node, S gives the next one its turn.',
    time: 'Time', change: 'Change', ring: 'Ring', story: 'What happened', node: 'Node', predecessor: 'Predecessor', successors: 'Successors', fingers: 'Fingers',
    noFingers: 'None yet: it looks one up at each turn.',
    do: {step: 'Turn', round: 'Round', run: 'Run', pause: 'Pause', join: 'Join', leave: 'Leave', crash: 'Crash', lookup: 'Lookup', shuffle: 'Other ids'},
    keys: {step: 'S', round: 'R', run: 'P', join: 'J', leave: 'L', crash: 'C', lookup: 'K'},
    size: count => plural(count, 'node'),
    choose: 'Choose a node on the ring to let it leave or crash.',
    rings: (count, outside) => count > 1 ? `nodes, cut into ${count} rings` : outside > 0 ? `nodes, ${outside} not in the ring yet` : 'nodes, one ring',
    wrong: (successors, predecessors) => `${plural(successors, 'successor')}, ${plural(predecessors, 'predecessor')} wrong`,
    settled: (lists, fingers) => lists + fingers === 0 ? 'every pointer is right' : `${plural(lists, 'list')}, ${plural(fingers, 'finger')} not yet right`,
    cost: (turns, messages) => `${plural(turns, 'turn')} · ${plural(messages, 'message')}`,
    legend: [['next', 'successor'], ['before', 'predecessor'], ['nextWrong', 'not right yet']],
    intro: 'Nothing yet. Let a node crash and give the others some turns: they find out by themselves.',
    acts: {
      quiet: (node, [asked]) => `${node} asks its successor ${asked}: all is as it was.`,
      notified: (node, [asked]) => `${node} tells ${asked} of itself, which takes it as its predecessor.`,
      nearer: (node, [asked, nearer]) => `${node} hears from ${asked} of ${nearer}, which is nearer, and takes it as its successor.`,
      nearerDead: (node, [asked, nearer]) => `${node} hears from ${asked} of ${nearer}, but that one is dead: nothing changes.`,
      dead: (node, [asked]) => `${node} gets no answer from ${asked} and goes on to the next in its list.`,
      reseeded: node => `${node} knew nobody who lives any more, and begins anew from the directory.`,
      alone: node => `${node} is alone now: a ring of one.`,
      joined: (node, [asked]) => `${node} joins: it found ${asked} before it and takes over its list. Nobody knows it yet.`,
      joinAgain: (node, [asked]) => `${node} wanted to join behind ${asked}, whose answer did not fit any more. It would look again.`,
      founded: node => `${node} founds a ring of one.`,
      left: node => `${node} leaves: its neighbours are told and close the gap.`,
      crashed: node => `${node} crashes. Nobody is told.`,
      found: (node, _, {key, hops, end}) => `${node} looks up ${key}: ${end} answers for it, after ${plural(hops, 'hop')}.`,
      stopped: (node, _, {key, hops, end}) => `${node} looks up ${key} and gets stuck at ${end} after ${plural(hops, 'hop')}: the ring must heal first.`
    },
    rulesTitle: 'The rules of a turn',
    rules: [
      'Ask the successor for its predecessor and its list, in one answer.',
      'No answer: drop it, go on to the next in the list.',
      'Else take it and its list as one’s own list.',
      'Its predecessor lies between: ask that one, and if it lives take it as successor.',
      'Tell the successor of oneself. It takes a nearer predecessor, or any if its own is dead.',
      'Then look up one finger.'
    ]
  },
  health: {
    warned: time => `A warning of ${time}.`,
    worth: 'Worth knowing', calm: 'nothing needs you now', act: count => `${plural(count, 'thing')} to look at`,
    nothing: 'All nodes answer, every partition has its copies where the ring wants them, and nothing is being moved.',
    partitions: 'Partitions', copies: (count, copies) => `${count} × ${copies === 1 ? '1 copy' : copies + ' copies'}`, nodes: 'Nodes',
    mapLabel: (total, counts) => `Map of ${total} partitions: ${counts}`,
    node: 'Node', state: 'State', cpu: 'CPU', memory: 'Memory', loadOf: load => `its process; the machine’s load per core is ${load}`, disk: 'Disk', scrubbed: 'Scrubbed', ago: age => `${age} ago`, notYet: 'not yet', held: 'Holds', led: 'Leads', p99: 'p99', blocks: 'Blocks', version: 'Version', zone: 'zone',
    down: {
      title: names => `${names} ${doOrDoes(names)} not answer`,
      why: count => count === 0 ? 'All copies are with the others by now.' : `What ${count === 1 ? 'it holds' : 'they hold'} has a copy less. If ${count === 1 ? 'it stays' : 'they stay'} away, the others take its place after the time of option replace-after.`,
      act: 'Look whether the process and its machine run, and bring it back.'
    },
    suspect: {
      title: names => `${names} ${names.includes(' and ') ? 'are' : 'is'} suspect`,
      why: 'It did not answer pings in time; others are asked whether they reach it. Often a long garbage collection or a busy network.',
      act: 'If it comes back again and again, look at its load and its network.'
    },
    brake: {
      title: 'Repair waits: the brake is on',
      why: (down, all) => `${down} of ${all} nodes are away, more than a third, or more than one zone. Copying everything elsewhere now could fill the nodes that are left, so nothing is moved.`,
      act: 'Bring nodes back first. What is not lost with them is whole again then.'
    },
    lost: {
      title: count => `${plural(count, 'partition')} ${count === 1 ? 'has' : 'have'} no majority`,
      why: 'Reads and writes of keys in them get 503 until a majority of their members answers; nothing of them is lost by waiting.',
      act: 'Bring their nodes back, with their disks. Only if these are lost for ever: chordata recover goes on from what is left, and tells first what would be lost.'
    },
    short: {
      title: count => `${plural(count, 'partition')} ${count === 1 ? 'lacks' : 'lack'} a copy`,
      why: 'One more failure can stop them, and the loss of all their nodes would lose them.', act: 'Nothing to do while their nodes come back or copies are made.'
    },
    moving: {
      title: names => names === '' ? 'Partitions are being moved' : `${names} ${names.includes(' and ') ? 'are' : 'is'} on the move`,
      why: (count, copies) => `${plural(count, 'partition')} to be copied; ${copies} in place. Reads and writes go on.`, act: 'Nothing to do.'
    },
    alone: {title: 'There is one copy of everything', why: 'This cluster has one node: losing its disk loses the data.', act: 'Start more nodes, or keep a backup elsewhere.'},
    oneCopy: {title: 'There is one copy of everything', why: 'Losing the disk of one node loses data.', act: 'Look whether copies are on their way, or keep a backup elsewhere.'},
    oneVotes: {
      title: 'Of two copies, one votes',
      why: 'The other follows a little behind and cannot take over alone: while the node of the first is away, its partitions stop, and what was stored last may be on its disk only.',
      act: 'Start a third node.'
    },
    full: {
      title: (name, share) => `${name}’s disk is ${share} full`, why: 'A full disk takes no new blocks, and its partitions cannot be written then.',
      act: 'Add nodes or disk, or delete.'
    },
    unscrubbed: {
      title: (names, age) => `${names} ${names.includes(' and ') ? 'have' : 'has'} not scrubbed for ${age}`,
      why: 'Rot on a disk is found, and repaired from other copies, when a node reads and checks all of its blocks in the background. It should come round within two weeks.',
      act: 'Raise option scrub-rate, or look for scrub-failed in its log. A node that restarts begins anew.'
    },
    versions: {title: list => `Nodes run different programs: ${list}`, why: 'That is how an upgrade looks from within; it should not stay so.', act: 'Bring all nodes to the newest.'},
    zones: {
      title: count => `${plural(count, 'partition')} ${count === 1 ? 'has' : 'have'} copies that share a zone`,
      why: 'Else a node of a small zone would hold more than 1.3 times its share.', act: 'Even the zones out, if a zone may fail as a whole.'
    },
    pieces: {
      title: pieces => `The ring is in ${pieces.length} pieces`,
      why: pieces => `${pieces.map(names => names.join(', ')).join(' | ')}: each side is a ring that does not know the others. Lookups in one can end at the wrong position; requests find their way by the directory.`,
      act: 'Nodes look for other rings by themselves. If it stays for a minute, look whether the network lets each node reach each.'
    },
    strays: {
      title: count => `${plural(count, 'position')} ${count === 1 ? 'has' : 'have'} other neighbours than the ring shows`,
      why: 'For seconds after a node came or went that is how repair looks. If it stays, the ring is cut: nodes cannot reach each other, or it heals now.',
      act: 'If it stays, look at the network between the nodes.'
    },
    silent: {
      title: names => `${names} did not tell ${names.includes(' and ') ? 'their' : 'its'} neighbours`,
      why: 'Positions are drawn where the directory has them.', act: ''
    }
  },
  table: {
    nodes: 'Nodes', partitions: 'Partitions', id: 'Id', name: 'Node', state: 'State', zone: 'Zone', positions: 'Positions', held: 'Holds', led: 'Leads',
    share: 'Key space', used: 'Used', free: 'Free', s3: 'S3', version: 'Version', partition: 'Partition', begins: 'Begins at', voters: 'Members',
    leader: 'Leader', term: 'Term', index: 'Log index'
  },
  signIn: {
    title: 'Sign in', lead: 'With an access key of this cluster, or the root key that its nodes were started with.',
    over: 'The sign-in is over', overLead: 'Sign in again, and this page goes on where it was.',
    accessKey: 'Access key', secretKey: 'Secret key', go: 'Sign in', wrong: 'There is no such access key, or its secret is another.',
    failed: why => `The node could not tell: ${why}.`, kept: 'The secret is not kept. The sign-in lasts 12 hours, counts at every node, and ends with the key.',
    open: 'This connection is not encrypted: whoever can read it can read the secret.'
  },
  access: {
    sub: 'Access keys of the cluster', signedIn: 'Signed in as', until: when => `until ${when}`, out: 'Sign out',
    note: 'Note', notePlaceholder: 'What the key is for', create: 'New key', key: 'Access key', created: 'Made', delete: 'Delete', keep: 'Keep',
    deleteLabel: key => `Delete ${key}`, sure: 'Whoever uses it is shut out.', sureOwn: 'You are signed in by it.', none: 'No keys yet.',
    made: 'The new key', once: 'This is the only time that its secret is shown. It works at every node now.', copy: 'Copy the secret', copied: 'Copied', hide: 'I have it',
    root: 'Each key may do everything. The root key is set where the nodes are started, and is not in this list. A deleted key works on for up to 5 seconds.'
  },
  flows: {
    sub: 'S3 at all nodes, and bytes between them', panel: 'Flows', lanes: 'Since this page was opened', nodes: 'S3 at each node', quiet: 'no requests', untold: 'does not answer',
    requests: 'Requests/s', received: 'Received', sent: 'Sent', failed: 'Failed', p50: 'Median', p99: 'p99', clients: 'S3 clients', window: 'last 10 s',
    operations: 'Operations', operation: 'Operation', perSecond: '/s', everywhere: 'ms, at all nodes', idle: 'No client asks for anything.', listening: 'asking the nodes',
    lead: 'requests/s in the cluster', slowest: ms => `p99 ${ms} ms`, failedNow: count => `! ${count.toLocaleString('en')} failed in 10 s`, in: rate => `${rate}/s in`, out: rate => `${rate}/s out`,
    silent: (names, more) => `without ${names}${more > 0 ? ` and ${plural(more, 'other')}` : ''}`, moving: rate => `${rate} of copies`, replicating: rate => `${rate} replicated`,
    kinds: {replication: 'replication', movement: 'movement', repair: 'repair'},
    between: 'Between nodes', onRing: 'on the ring ›', nothingBetween: 'Nodes send each other no data.', from: 'From', to: 'To', why: 'Why', rate: 'Rate', partitions: count => plural(count, 'partition'),
    leftOut: count => `and ${plural(count, 'lighter flow')}`,
    fetched: 'Fetched from others', sinceOpened: 'since this page was opened', noneFetched: 'No node needed anything that others have.',
    wasFetched: (repair, movement) => `By all nodes, about ${repair} to repair and ${movement} because partitions moved.`,
    peak: value => `peak ${value}`, legend: {clients: 'clients, width by rate', replication: 'replication', movement: 'movement', repair: 'repair'}
  },
  objects: {
    buckets: count => plural(count, 'bucket'), list: 'Buckets', newBucket: 'New bucket', bucketName: 'Name of the new bucket', create: 'Create', endpoint: 'Endpoint', path: 'Path',
    begins: 'Begins with', beginsLabel: place => `Show what begins with this in ${place}`, upload: 'Upload',
    name: 'Name', size: 'Size', modified: 'Modified', content: 'Content', browser: 'Browser', choose: name => `Choose ${name}`, chooseAll: 'Choose all of this page',
    asking: 'Asking…', empty: 'This bucket is empty.', emptyPrefix: 'Nothing begins like this.', drop: place => ['Drop files anywhere to upload into ', place], dropNow: place => ['Upload into ', place],
    noBuckets: 'No buckets yet.', noBucketsLead: 'Objects are kept in buckets. Create the first one.', noSuch: 'There is no bucket of this name.',
    entries: (from, to) => `${from.toLocaleString('en')} to ${to.toLocaleString('en')}`, some: count => plural(count, 'entry', 'entries'),
    first: 'First page', previous: 'Previous', next: 'Next', pages: 'Pages',
    deleteBucket: 'Delete bucket', sureBucket: name => `Delete the empty bucket ${name}?`, marker: 'this folder itself',
    object: 'Object', close: 'Close', gone: 'There is no such object, or not any more.', preview: name => `Preview of ${name}`,
    download: 'Download', delete: 'Delete', keep: 'Keep', sure: 'It cannot be brought back.', lies: 'Where it lies', follow: 'follow the key ›',
    part: 'Part', partition: 'Partition', heldBy: 'Held by', inline: 'Its bytes are in the record itself.',
    record: 'Record', key: 'Key', checksum: 'Checksum', beginning: 'Text', firstBytes: size => `first ${size}`, whole: 'whole',
    problem: why => `The node could not do it: ${why}`
  },
  share: {
    open: 'Share link', title: 'A link for anybody', good: 'Good for', span: hours => hours % 24 === 0 ? plural(hours / 24, 'day') : plural(hours, 'hour'), make: 'Make link', another: 'Another', url: 'The link', copy: 'Copy', copied: 'Copied',
    lead: 'Whoever has the link can read this object without a key, until the time is over or the key that you are signed in by is deleted.',
    until: when => `Good until ${when}, for whoever has it. It is not kept here.`, problem: why => `No link: ${why}`
  },
  chosen: {
    label: 'Chosen', count: count => `${count.toLocaleString('en')} chosen`, delete: 'Delete', keep: 'Keep', none: 'Choose none', stop: 'Stop', dismiss: 'Dismiss',
    sure: (objects, folders) => `Delete ${[objects === 0 ? null : plural(objects, 'object'), folders === 0 ? null : `all that is in ${plural(folders, 'folder')}`].filter(part => part !== null).join(' and ')}? It cannot be brought back.`,
    deleted: count => `Deleting: ${count.toLocaleString('en')} gone`, failed: (count, why) => `${plural(count, 'object')} could not be deleted: ${why}`,
    stopped: (count, why) => `Stopped after ${plural(count, 'object')}: ${why}`, over: 'The sign-in is over; the rest is there still.'
  },
  uploads: {
    label: 'Uploads', open: (at, all) => `Uploading ${at.toLocaleString('en')} of ${all.toLocaleString('en')}`, finished: count => count === 0 ? 'Uploads' : `${plural(count, 'file')} stored`, clear: 'Clear',
    begins: 'begins', pace: (rate, seconds) => `${rate}/s, ${seconds < 1 ? 'a moment' : seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`} left`,
    more: count => `and ${count.toLocaleString('en')} more`, forgotten: count => `${plural(count, 'more file')} not stored: drop the folder again for them`, replace: 'Replace', retry: 'Again', cancel: name => `Cancel ${name}`, dismiss: name => `Dismiss ${name}`,
    leave: 'Uploads are not finished.',
    state: (item, value) => ({
      waiting: 'waits', asking: 'begins', exists: 'is there already', sending: item.parts > 1 ? `part ${Math.min(item.done + 1, item.parts)} of ${item.parts}` : `${value} %`,
      finishing: 'puts the parts together', failed: item.problem?.message ?? 'failed', done: item.copies === null ? 'stored' : `stored on ${plural(item.copies, 'node')}`
    })[item.state]
  },
  keys: {
    title: 'Keys', close: 'Close',
    rows: [
      ['/', 'search'], ['1', 'ring'], ['2', 'lookup'], ['3', 'flows'], ['4', 'objects'], ['5', 'health'], ['6', 'learn'], ['7', 'access keys'], ['Esc', 'release the selection'],
      ['← →', 'in the ring: walk positions or partitions'], ['↑ ↓', 'in the ring: change the band'], ['Home', 'in the ring: to id 0'],
      ['Enter', 'in the ring: select'], ['Space', 'in a list of objects: choose'], ['← → End', 'in the line of time: step through the last hour, back to now'], ['?', 'these keys']
    ]
  }
};
