/** Every English sentence of the console. */
export const words = {
  live: 'live',
  stale: seconds => `picture is ${seconds} s old`,
  asking: 'asking the node',
  noAnswer: 'This node does not answer.',
  noAnswerDetail: since => `No answer since ${since}. It may have stopped, or the way to it is cut. This page goes on asking.`,
  neverAnswered: 'It has not answered since this page was opened. This page goes on asking.',
  signIn: 'This node wants a signature.',
  signInDetail: 'Its admin address is not a loopback address, so its state is shown to signed requests only, and this '
    + 'version has no sign-in for browsers. Open the console through an SSH tunnel to a loopback admin address.',
  notServing: 'This node does not serve.',
  serving: 'Every partition is served.',
  alone: 'Every object has one copy, on one node alone: losing its disk loses the data. Keep a backup elsewhere.',
  unwell: count => `${count} partitions do not answer.`,
  unwellDetail: 'Requests for keys in them get 503. The node’s log names the cause.',
  notSaid: 'not known',
  cluster: {
    clusterId: 'Cluster id', state: 'State', nodes: 'Nodes', replication: 'Copies of each object',
    partitions: 'Partitions', underReplicated: 'Partitions a copy short', noMajority: 'Partitions without a majority',
    moving: 'Partitions being copied'
  },
  node: {
    name: 'Node', id: 'Id', state: 'State', s3: 'S3 address', zone: 'Zone', partitions: 'Partitions', leaders: 'Leads',
    objects: 'Objects', blocks: 'Blocks', bytesUsed: 'Used', bytesFree: 'Free', load: 'Load per core', version: 'Version'
  },
  partition: {
    partition: 'Partition', point: 'Begins at', state: 'State', leader: 'Leader', voters: 'Copies', commitIndex: 'Log index',
    records: 'Records', blocks: 'Blocks', bytes: 'Block bytes'
  },
  partitionStates: {healthy: 'all copies', moving: 'copying', short: 'a copy short', unavailable: 'no majority'},
  mapTitle: (partitions, copies) => `${partitions} × ${copies} ${copies === 1 ? 'copy' : 'copies'}`,
  mapLabel: (total, counts) => `Map of ${total} partitions: ${counts}`,
  mapTooLarge: 'Too many for a map; the table below has them all.'
};
