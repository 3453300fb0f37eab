async () => {
  const failures = [];
  const same = (what, is, wanted) => JSON.stringify(is) === JSON.stringify(wanted) || failures.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
  const {between, clockwise, fingers, parse, successorIndex, turn} = await import('/lib/ids.js');
  same('between, equal ends', [between(5n, 5n, 5n), between(5n, 6n, 5n), between(1n, 1n, 2n), between(9n, 1n, 2n)], [false, true, false, true]);
  same('turn', [turn(0n), turn(parse('80'.padEnd(32, '0')))], [0, 0.5]);
  same('clockwise wraps', clockwise(parse('f'.repeat(32)), 0n).toString(), '1');
  const positions = [10n, 20n, 1n << 127n].map(big => ({big}));
  same('successor', [0n, 10n, 11n, (1n << 127n) + 1n].map(id => successorIndex(positions, id)), [0, 0, 1, 0]);
  same('fingers', fingers(positions, positions[0]).map(finger => [finger.power, positions.indexOf(finger.target)]), [[126, 2], [3, 1]]);

  const {EventParser} = await import('/lib/events.js');
  const text = 'retry: 2000\n\nid: a-1\n\nid: a-2\nevent: node\ndata: {"a":1}\n\n:\n\nid: a-3\ndata: x\r\ndata:y\n\n';
  for (let size = 1; size < 9; size++) {
    const parser = new EventParser();
    const events = [];
    for (let at = 0; at < text.length; at += size) {
      events.push(...parser.push(text.slice(at, at + size)));
    }
    same(`events in pieces of ${size}`, events, [{id: 'a-2', type: 'node', data: '{"a":1}'}, {id: 'a-3', type: 'message', data: 'x\ny'}]);
    same('last id', parser.lastId, 'a-3');
    parser.push('id: a-4\ndata: {"a"');
    same('an event that is cut off was not read', parser.lastId, 'a-3');
  }
  const {EventStream} = await import('/lib/events.js');
  {
    const pageFetch = window.fetch;
    const connections = ['id: b-1\ndata: {"n":1}\n\nid: b-2\ndata: {"n"', 'retry: 2000\n\nid: b-2\ndata: {"n":2}\n\nid: b-3\ndata: {\n\nid: b-4\ndata: {"n":4}\n\n', ''];
    const asked = [];
    window.fetch = async (path, options = {}) => {
      if (!path.startsWith('/v1/events')) {
        return pageFetch(path, options);
      }
      asked.push([path, options.headers['Last-Event-ID'] ?? null]);
      return new Response(connections.shift());
    };
    try {
      const stream = new EventStream();
      const told = [];
      const take = events => told.push(...events.map(({id, n}) => [id, n]));
      while (connections.length > 0) {
        await stream.read(new AbortController().signal, take);
      }
      same('events over three connections', told, [['b-1', 1], ['b-2', 2], ['b-4', 4]]);
      same('each goes on where the one before ended', asked, [['/v1/events?past', null], ['/v1/events', 'b-1'], ['/v1/events', 'b-4']]);
    } finally {
      window.fetch = pageFetch;
    }
  }

  const {formatRoute, parseRoute} = await import('/lib/routes.js');
  for (const key of ['a/b', '<b>&amp;"', 'ü ?#%2F', '\u202e', ' ']) {
    same('route', parseRoute(formatRoute('lookup', {key, from: ''}), ['ring', 'lookup']), {view: 'lookup', parameters: {key}});
  }
  same('no such view', parseRoute('#/nowhere?x=1', ['ring']).view, 'ring');

  const {orderNodes} = await import('/lib/model.js');
  const named = (...names) => names.map(name => ({id: `id-${name}`, name}));
  same('order of nodes', orderNodes([], named('n-10', 'n-9', 'n-1')), ['id-n-1', 'id-n-9', 'id-n-10']);
  same('newcomers go behind', orderNodes(['id-n-2'], named('n-1', 'n-2')), ['id-n-2', 'id-n-1']);

  const {buildModel, copies, strayPositions} = await import('/lib/model.js');
  const hex = number => number.toString(16).padStart(32, '0');
  const cluster = (states, partitions) => buildModel({
    nodes: states.map((state, i) => ({id: `n${i}`, name: `n${i}`, zone: 'z', state})), partitions, cluster: null,
    ring: {positions: [0, 1, 2].map(i => ({id: hex(i + 1), node: `n${i}`, predecessor: hex((i + 2) % 3 + 1), successors: [hex((i + 1) % 3 + 1)]}))}
  }, ['n0', 'n1', 'n2']);
  const partition = (voters, more = {}) => ({
    partition: 0, point: hex(0), desired: ['n0', 'n1', 'n2'], voters, learners: [], leader: 'n0', term: 1, commitIndex: 1, state: 'healthy', moves: [], ...more
  });
  const all = ['n0', 'n1', 'n2'];
  const well = ['alive', 'alive', 'alive'];
  const stateOf = (states, ...voters) => cluster(states, [partition(...voters)]).partitions[0].state;
  same('states of partitions', [stateOf(well, all), stateOf(['alive', 'alive', 'down'], all), stateOf(well, ['n0', 'n1', 'gone']), stateOf(well, ['n0'], {learners: ['n1']}),
    stateOf(well, all, {state: 'unavailable'}), stateOf(well, all, {state: 'moving'})], ['healthy', 'short', 'short', 'moving', 'unavailable', 'moving']);
  same('who is gone for ever', cluster(['alive', 'decommissioned', 'alive'], []).nodes.map(node => node.name), ['n0', 'n2']);
  same('copies', copies(cluster(['alive', 'alive', 'down'], [partition(all), partition(['n0'])]).partitions), {wanted: 6, inPlace: 3});
  same('strays', [strayPositions(cluster(well, []).positions).length, strayPositions(cluster(['alive', 'down', 'alive'], []).positions).length], [0, 2]);

  const {panel} = await import('/views/ring-panel.js');
  const {RingPicture} = await import('/ring/picture.js');
  {
    const moving = cluster(well, [partition(['n0', 'n1'], {learners: ['n2'], state: 'moving'})]);
    const look = {link: ({node}) => `#then-${node}`, node: null, selected: null, focus: null, table: null, lit: [], cursor: null, partition: moving.partitions[0]};
    const shown = document.createElement('div');
    shown.append(...panel({model: moving}, look).filter(part => part !== null));
    const picture = new RingPicture();
    picture.draw(moving, {...look, verdict: {level: 'ok', top: '', hero: '', lead: '', detail: '', more: '', headline: '', sentence: ''}});
    same('a copy on its way', [shown.querySelector('.in-flight li').textContent, picture.root.querySelectorAll('.thread.flow').length], ['to n2', 1]);
    picture.draw(cluster(well, [partition(['n0'], {learners: ['n1', 'n2'], state: 'moving'})]), {...look, partition: null, verdict: {level: 'ok', top: '', hero: '', lead: '', detail: '', more: '', headline: '', sentence: ''}});
    same('a thread for each copy', picture.root.querySelectorAll('.thread.flow').length, 2);
    const {RingWalk} = await import('/views/ring-walk.js');
    const ringbox = document.createElement('div');
    const walk = new RingWalk(ringbox, {at: () => ({band: 'partitions', item: moving.partitions[0]})}, {model: moving}, {draw: () => {}});
    const light = event => {
      ringbox.dispatchEvent(Object.assign(new Event(event), {key: 'Home'}));
      return walk.lit.map(node => node.name);
    };
    same('a partition lights who holds it, by pointer and by keys', ['pointermove', 'pointerleave', 'keydown', 'blur'].map(light), [['n0', 'n1'], [], ['n0', 'n1'], []]);
    walk.close();
    same('links of the panel stay at the moment', [...shown.querySelectorAll('.members a')].map(link => link.getAttribute('href')), ['#then-n0', '#then-n1', '#then-n2']);
    const chain = document.createElement('div');
    chain.append(...panel({model: moving, at: 1}, {...look, partition: null, node: moving.nodes[0], focus: moving.positions[0]}).filter(part => part !== null));
    same('so do those of a chain', [...new Set([...chain.querySelectorAll('.chain a')].map(link => link.getAttribute('href').slice(0, 7)))], ['#then-n']);
    shown.replaceChildren(...panel({model: moving}, {...look, partition: cluster(well, [partition(all)]).partitions[0]}).filter(part => part !== null));
    const {ringSize} = await import('/views/ring-view.js');
    const tooLarge = {...moving, ring: null, positions: []};
    same('a ring that is too large', [ringSize({model: moving, feed: {ringProblem: null}}), ringSize({model: tooLarge, feed: {ringProblem: {status: 400, message: 'ask node by node'}}})],
      ['3 positions · 1 partition', 'Positions are not drawn: they are too many for one answer. 1 partition']);
    const {ringTables} = await import('/views/ring-tables.js');
    const tables = index => ringTables(cluster(well, [partition(all, {commitIndex: index})]))[1].querySelector('td:last-child').textContent;
    same('an index that nobody told', [tables(0), tables(null)], ['0', '–']);
    same('none on its way', shown.querySelector('.in-flight'), null);
    const {matchMedia} = window;
    const elections = isReduced => {
      window.matchMedia = () => ({matches: isReduced});
      picture.elect(moving.partitions[0]);
      return picture.root.querySelectorAll('.election').length;
    };
    same('rings of elections, where motion is reduced and where not', [elections(true), elections(false)], [0, 1]);
    window.matchMedia = matchMedia;
  }

  const {Live} = await import('/lib/live.js');
  {
    const node = (id, admin, state = 'alive') => ({id, name: id, zone: 'z', state, admin});
    const feed = {
      cluster: {clusterId: 'of-a-test', self: 'n1'}, partitions: [], ring: {version: 1, positions: []}, problem: null, events: [],
      nodes: [node('n0', '127.0.0.1:1'), node('n1', '127.0.0.1:2'), node('n2', '127.0.0.1:3', 'down'), node('n3', '[::1]:4'), node('n4', '10.0.0.1:5')]
    };
    const live = new Live(feed);
    same('the node says which it is, whatever its address', [live.here.name, live.hereName, live.others.map(other => other.name)], ['n1', 'n1', ['n0', 'n3']]);
    feed.nodes = feed.nodes.map(each => each.id === 'n0' ? {...each, state: 'suspect'} : each);
    live.renew();
    same('what began before this page looked is not counted', live.model.nodes.map(each => live.ageOf(each)).map(age => age === null ? null : age < 60_000), [true, null, null, null, null]);
    const minutesAgo = minutes => Date.now() - 60_000 * minutes;
    const looking = new Live({...feed, nodes: null, partitions: null, ring: null});
    const seen = time => {
      looking.lookAt(time);
      return [looking.at === null ? null : Math.round((Date.now() - looking.at) / 60_000), looking.isEarliest];
    };
    const moments = [10, 5].map(minutes => ({time: minutesAgo(minutes), nodes: minutes === 10 ? feed.nodes.map(each => ({...each, positions: []})) : [], gone: [], partitions: []}));
    same('nothing of before is known', seen(minutesAgo(20)), [null, false]);
    looking.feed.past = {moments};
    same('what was asked for, or the earliest that is kept', [20, 7].map(minutes => seen(minutesAgo(minutes))), [[10, true], [7, false]]);
    const pastPanel = document.createElement('div');
    pastPanel.append(...panel(looking, {node: null, partition: null}).filter(part => part !== null));
    same('figures of the past are not known', [...pastPanel.querySelectorAll('.figures dd')].map(value => value.textContent).slice(-3), ['–', '–', '–']);
    same('none before the first answer', new Live({...feed, cluster: null}).here, undefined);
  }

  const {Notice} = await import('/views/notice.js');
  {
    const gone = [];
    const root = document.createElement('div');
    const live = {feed: {silentSince: 1_000, answeredAt: 1_000}, hereName: 'a', others: [{name: 'b', admin: 'h:1', index: 0, state: 'alive'}]};
    let isBusy = false;
    const notice = new Notice(root, live, () => !isBusy, link => gone.push(link));
    const told = (...times) => times.map(time => {
      notice.update(time);
      return root.querySelector('.leaving')?.textContent.match(/in \d+ s/)[0] ?? null;
    });
    const seconds = (from, to) => Array.from({length: to - from + 1}, (_, i) => 1_000 * (from + i));
    same('seconds until the page leaves', told(2_000, 5_000, 6_100, 8_000), [null, 'in 15 s', 'in 14 s', 'in 12 s']);
    same('what slept counts anew', told(60_000), ['in 15 s']);
    isBusy = true;
    same('nothing is lost', [told(61_000), root.textContent.includes('a does not answer')], [[null], true]);
    isBusy = false;
    told(...seconds(62, 76));
    same('not yet', gone, []);
    told(77_000, 78_000);
    same('the same view there, once', gone, [`${location.protocol}//h:1/${location.hash}`]);
    live.feed.silentSince = null;
    same('it answers again', [told(80_000), root.childNodes.length], [[null], 0]);
    live.feed.silentSince = 81_000;
    same('silent again', told(85_000), ['in 15 s']);
    root.querySelector('[data-do=stay]').click();
    told(...seconds(86, 110));
    same('whoever stays', [root.querySelector('.leaving'), root.querySelectorAll('a.btn').length, gone.length], [null, 1, 1]);
  }

  const {ringPieces} = await import('/lib/model.js');
  const {judge} = await import('/lib/verdict.js');
  {
    const {findings} = await import('/views/findings.js');
    const pair = {desired: ['n0', 'n1']};
    const two = (voters, learners, states = ['alive', 'alive']) => cluster(states, [partition(voters, {...pair, learners})]);
    const settled = two(['n0'], ['n1']);
    same('the last of an even number has a copy and no vote', [settled.partitions[0].state, settled.partitions[0].arriving.length, copies(settled.partitions), settled.nodes.map(node => node.held)],
      ['healthy', 0, {wanted: 2, inPlace: 2}, [1, 1]]);
    const verdict = judge({nodes: [], partitions: []}, settled);
    same('two nodes', [verdict.level, verdict.top, verdict.hero], ['moving', 'two copies, one votes', '2 × 1']);
    const told = model => findings({model, feed: {ring: null, events: []}}).find(finding => finding.key === 'alone');
    same('what is to know of two nodes', told(settled).title, 'Of two copies, one votes');
    same('one copy at one of two nodes, and at the only one', [two(['n0'], []), cluster(['alive'], [partition(['n0'], {desired: ['n0']})])]
      .map(model => told(model).why.startsWith('This cluster has one node')), [false, true]);
    same('what else a learner may be', [two(['n0'], ['n1'], ['alive', 'down']), cluster(well, [partition(['n2'], {...pair, learners: ['n1']})]),
      cluster(well, [partition(['n0'], {...pair, learners: ['n1', 'n2']})])].map(model => [model.partitions[0].state, model.partitions[0].arriving.length]),
    [['short', 0], ['moving', 1], ['moving', 2]]);
    const shown = document.createElement('div');
    shown.append(...panel({model: settled}, {node: null, partition: settled.partitions[0], link: () => '#'}).filter(part => part !== null));
    same('members of two', [[...shown.querySelectorAll('.members td:last-child')].map(cell => cell.textContent), shown.querySelector('.in-flight')], [['leads', 'follows'], null]);
  }
  {
    const cut = (successors, state = 'alive') => buildModel({
      nodes: all.map(id => ({id, name: id, zone: 'z', state: id === 'n1' ? state : 'alive', version: '1'})), partitions: [partition(all)], cluster: null,
      ring: {positions: successors.map((next, i) => ({id: hex(i + 1), node: `n${i % 3}`, predecessor: hex((i + successors.length - 1) % successors.length + 1), successors: next === null ? null : [hex(next)]}))}
    }, all);
    const names = model => ringPieces(model).map(piece => piece.map(node => node.name));
    const many = buildModel({nodes: Array.from({length: 9}, (_, i) => ({id: `n${i}`, name: `n${i}`, zone: 'z', state: i > 2 ? 'down' : 'alive'})),
      partitions: [partition(['n0', 'n1', 'n3'])], cluster: null, ring: null}, []);
    same('names in the middle', judge({nodes: [], partitions: []}, many).more, 'n3, n4 and 4 more not answering');
    const without = (...down) => cluster(well.map((state, i) => down.includes(i) ? 'down' : state), [partition(all)]);
    same('who does not answer', [[1], [1, 2]].map(down => judge({nodes: [], partitions: []}, without(...down)).sentence),
      ['Reads and writes go on. n1 does not answer; what it held is short until it is back or replaced.', 'Reads and writes go on. n1 and n2 do not answer; what they held is short until they are back or replaced.']);
    same('pieces of the ring', [names(cut([2, 3, 1])), names(cut([3, 2, 1])), names(cut([1, 3, 2])), names(cut([2, 3, 4, 5, 6, 1])), names(cut([4, 2, 3, 1, 5, 6])).length, names(cut([3, 9, 1])), names(cut([3, 2, 1], 'down')), names(cut([null, null, null]))],
      [[all], [['n0', 'n2'], ['n1']], [['n1', 'n2'], ['n0']], [all], 5, [all], [['n0', 'n2']], [all]]);
    const split = cut([3, 2, 1]);
    const verdict = judge({nodes: [], partitions: []}, split);
    same('a ring in pieces is told, and the data is safe', [verdict.level, verdict.more, verdict.headline], ['moving', 'the ring is in 2 pieces', 'All data is safe.']);
    const {findings} = await import('/views/findings.js');
    const found = model => findings({model, feed: {ring: null, events: []}}).map(finding => finding.title);
    same('findings of a split ring', found(split), ['The ring is in 2 pieces']);
    const ofDown = voters => findings({model: cluster(['alive', 'alive', 'down'], [partition(voters, {desired: voters})]), feed: {ring: null, events: []}}).find(finding => finding.key === 'down').why;
    same('copies of a node that is down', [all, ['n0', 'n1']].map(voters => ofDown(voters).split('.')[0]), ['What it holds has a copy less', 'All copies are with the others by now']);
    const warned = (about, detail) => ({type: 'warning', about, detail, time: Date.now()});
    same('what nodes warned of is not told of partitions, whose state is', findings({model: cut([2, 3, 1]), feed: {ring: null, events: [warned('partitions', '3'), warned('ring', 'cut')]}})
      .map(finding => finding.title), ['cut']);
    const upgraded = cut([2, 3, 1]);
    upgraded.nodes[1].version = '2';
    same('findings of an upgrade', found(upgraded), ['Nodes run different programs: 1 and 2']);
    const rotting = cut([2, 3, 1]);
    const days = count => Date.now() - count * 86_400_000 - 1_000;
    [{startedAt: days(90), scrubbedAt: days(1)}, {startedAt: days(20), scrubbedAt: null}, {startedAt: days(13), scrubbedAt: null}].forEach((told, i) => Object.assign(rotting.nodes[i], told));
    same('findings of a node that does not come round', found(rotting), ['n1 has not scrubbed for 20 days']);
    rotting.nodes[1].state = 'down';
    same('a node that is down scrubs nothing', found(rotting).filter(title => title.includes('scrubbed')), []);
  }
  const {isBraked} = await import('/views/findings.js');
  const states = (...all) => all.map((state, i) => ({state, zone: `z${i}`, internal: `h:${i}`}));
  same('brake', [isBraked(states('alive', 'alive', 'alive')), isBraked(states('alive', 'alive', 'down')), isBraked(states('alive', 'down', 'down'))], [false, false, true]);
  const replaced = states('alive', 'alive', 'alive', 'down', 'down');
  same('who was replaced at its address brakes nothing', [isBraked(replaced), isBraked(replaced.map((node, i) => i < 3 ? node : {...node, internal: replaced[i - 3].internal}))], [true, false]);

  {
    const {bothWays} = await import('/views/lookup-view.js');
    const stops = () => Promise.reject(new Error('no answer'));
    same('one way where the other stops', await bothWays(Promise.resolve('served'), stops()), ['served', null]);
    same('no way that was asked for', await bothWays(stops(), Promise.resolve('fingers')).catch(failure => failure.message), 'no answer');
    const {lookupPanel} = await import('/views/lookup-panel.js');
    const {wayShapes} = await import('/views/lookup-picture.js');
    const found = {run: 1, shown: {id: hex(2), partition: 0, position: hex(2), node: 'n1', replicas: all, path: [{node: 'n1', position: null, source: 'self', roundTripMicros: 0}]}, other: null, place: null, from: {name: 'n1'}, origin: 'key'};
    const model = cluster(well, [partition(all)]);
    same('it is drawn without the other', wayShapes(model, found, {isSmall: false, sideways: 700}).otherHops, null);
    const told = document.createElement('div');
    told.append(...lookupPanel(model, found, {key: 'k', isByFingers: false, hasQuestion: true}).filter(part => part !== null));
    same('and told', [...told.querySelectorAll('.sum')].map(row => row.textContent), ['as served · 0 hops< 0.01', 'fingers alone · no answer–']);
  }

  const {Chord} = await import('/learn/chord.js');
  for (let seed = 1; seed <= 12; seed++) {
    const ring = new Chord(64, seed);
    const first = ring.flaws();
    same(`seed ${seed}, as made`, [first.successors.size, first.predecessors.size, first.lists, first.fingers], [0, 0, 0, 0]);
    for (let i = 0; i < 6; i++) {
      ring.crash(ring.alive()[(i * 17 + seed) % ring.alive().length]);
      ring.join();
      ring.join();
      ring.leave(ring.alive()[(i * 29 + seed) % ring.alive().length]);
      for (let turns = 0; turns < 20; turns++) {
        ring.step();
      }
    }
    for (let turns = 0; turns < 40 * 64; turns++) {
      ring.step();
    }
    const {successors, predecessors, lists, fingers: wrong} = ring.flaws();
    same(`seed ${seed}, after repair`, [successors.size, predecessors.size, lists, wrong], [0, 0, 0, 0]);
    same(`seed ${seed}, rings`, ring.rings(), {count: 1, outside: 0});
    const ids = ring.alive();
    for (let i = 0; i < 50; i++) {
      const key = (i * 1311 + seed) % 65536;
      const {path, isFound} = ring.lookup(ids[i % ids.length], key);
      same(`seed ${seed}, lookup of ${key}`, [isFound, path.at(-1)], [true, ring.idealSuccessor(key)]);
    }
  }
  const {objectUrl, escapeXml, headerText} = await import('/lib/s3.js');
  same('odd keys stay as they are in URLs', ['..', 'a/../b', './/', '?#%2F', 'ü'].map(key => new URL(objectUrl('b', key), location).pathname),
    ['/s3/b%2F..', '/s3/b%2Fa%2F..%2Fb', '/s3/b%2F.%2F%2F', '/s3/b%2F%3F%23%252F', '/s3/b%2F%C3%BC']);
  same('XML', escapeXml('<a b="c">&\'</a>'), '&#60;a b=&#34;c&#34;&#62;&#38;&#39;&#60;/a&#62;');
  same('headers', [headerText('\u00c3\u00bc'), headerText('\u00fc')], ['ü', 'ü']);

  const {crc32} = await import('/lib/s3.js');
  same('checksum', [crc32('123456789'), crc32('')], ['y/Q5Jg==', 'AAAAAA==']);
  const {Removal} = await import('/lib/removal.js');
  {
    const there = Array.from({length: 2_300}, (each, i) => `f/${String(i).padStart(4, '0')}`);
    const sizes = [];
    const s3 = {
      list: async (bucket, {token, max, isDeep}) => {
        const from = token === null ? 0 : there.findIndex(key => key > token);
        const keys = there.slice(from, from + max);
        return {objects: keys.map(key => ({key})), next: from + max < there.length ? keys.at(-1) : null, prefixes: isDeep ? [] : ['never']};
      },
      removeMany: async (bucket, keys) => {
        sizes.push(keys.length);
        return keys.filter(key => key === 'f/0007').map(key => ({key, message: 'not now'}));
      }
    };
    const removal = new Removal(s3, 'b', () => {});
    await removal.run(['x', 'y'], ['f/']);
    same('deleted by the thousand', [sizes, removal.done, removal.failed, removal.problem], [[2, 1000, 1000, 300], 2_301, 1, 'not now']);
    sizes.length = 0;
    const stopped = new Removal(s3, 'b', () => stopped.stop());
    await stopped.run([], ['f/']);
    same('stopped', [sizes, stopped.done], [[1000], 999]);

    const {S3Problem} = await import('/lib/s3.js');
    const {SignedOut} = await import('/lib/session.js');
    const failing = async (...failures) => {
      let asked = 0;
      const unsteady = new Removal({removeMany: async () => {
        asked++;
        if (failures.length > 0) {
          throw failures.shift();
        }
        return [];
      }}, 'b', () => {}, {firstPauseMillis: 1, patienceMillis: 5_000});
      const failure = await unsteady.run(['x'], []).then(() => null, cause => cause.constructor.name);
      return [asked, unsteady.done, failure];
    };
    const passing = new S3Problem(503, 'ServiceUnavailable', 'starting');
    same('a node that starts anew', await failing(passing, new TypeError('nobody listens'), passing), [4, 1, null]);
    same('what stays as it is', await failing(new S3Problem(403, 'AccessDenied', 'no')), [1, 0, 'S3Problem']);
    same('signed out', await failing(new SignedOut()), [1, 0, 'SignedOut']);
  }

  const {partBytes} = await import('/lib/uploads.js');
  const MIB = 1 << 20;
  same('parts', [partBytes(0), partBytes(50 * MIB), partBytes(160_000 * MIB), partBytes(160_001 * MIB)], [16 * MIB, 16 * MIB, 16 * MIB, 17 * MIB]);

  const {Uploads} = await import('/lib/uploads.js');
  const {S3Problem} = await import('/lib/s3.js');
  const {Session, SignedOut} = await import('/lib/session.js');
  const until = async (what, condition) => {
    const end = Date.now() + 10_000;
    while (!condition() && Date.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 2));
    }
    condition() || failures.push(`never: ${what}`);
  };
  const fileOf = size => ({size, type: '', slice: (from, to) => ({size: to - from}), arrayBuffer: async () => new ArrayBuffer(size)});
  /** Uploads to a node that answers as told: by the name of what is asked, `(count, ...given) => answer`. */
  const uploading = (answers, session = {headers: {}, isOutdated: async () => false, whenBegun: async () => {}}) => {
    const asked = [];
    const normal = {head: null, beginParts: 'id', completeParts: null, abortParts: null, put: {status: 200, eTag: '"e"', text: ''}};
    const ask = name => async (...given) => {
      asked.push(name);
      const answer = await answers[name]?.(asked.filter(other => other === name).length, ...given);
      return answer === undefined ? normal[name] : answer;
    };
    const s3 = {head: ask('head'), bytes: ask('bytes'), beginParts: ask('beginParts'), completeParts: ask('completeParts'), abortParts: ask('abortParts')};
    const uploads = new Uploads(s3, session, async () => 3, () => {}, {send: ask('put'), firstPauseMillis: 1, patienceMillis: 300});
    const add = (name, size) => {
      uploads.add('b', '', [{name, file: fileOf(size)}]);
      return [...uploads.items.values()].at(-1);
    };
    return {uploads, add, asked, count: name => asked.filter(other => other === name).length, settled: () => until('uploads settled', () => !uploads.isBusy)};
  };
  const fail = (status, code) => {
    throw new S3Problem(status, code, code);
  };
  const refusal = (status, code) => ({status, eTag: null, text: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`});
  {
    const conditions = [];
    const {uploads, add, settled} = uploading({put: (count, url, blob, headers) => {
      conditions.push(headers['If-None-Match'] ?? null);
      return count === 1 ? refusal(503, 'SlowDown') : count === 2 ? refusal(412, 'PreconditionFailed') : undefined;
    }});
    const item = add('a', 5);
    await settled();
    same('another came meanwhile', item.state, 'exists');
    uploads.retry(item);
    await settled();
    same('replaced when told to', [item.state, item.copies, conditions], ['done', 3, ['*', '*', null]]);
  }
  for (const [what, stored, state] of [['ours', new Uint8Array(5), 'done'], ['of somebody else', Uint8Array.of(1, 2, 3, 4, 5), 'exists'], ['longer', new Uint8Array(6), 'exists']]) {
    const {add, settled} = uploading({
      put: count => count === 1 ? Promise.reject(new TypeError('no answer')) : refusal(412, 'PreconditionFailed'),
      head: count => count === 1 ? null : {size: stored.length}, bytes: () => stored
    });
    const item = add('a', 5);
    await settled();
    same(`the answer was lost, what is there is ${what}`, item.state, state);
  }
  {
    const open = [];
    const {uploads, add, count, settled} = uploading({put: (number, url, blob, headers, signal) => new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      open.push(() => resolve({status: 200, eTag: 'e', text: ''}));
    })});
    const first = add('large', 60 * MIB);
    await until('three parts on their way', () => count('put') === 3);
    const second = add('waits for a slot', 5);
    await until('the second is to be sent', () => second.state === 'sending');
    uploads.drop(second);
    open.splice(0).forEach(answer => answer());
    await until('the last part on its way', () => count('put') === 4);
    open.splice(0).forEach(answer => answer());
    await settled();
    same('cancelled before it was sent', [first.state, count('put'), count('completeParts'), uploads.items.size], ['done', 4, 1, 1]);
  }
  {
    let isDown = true;
    const parts = [];
    const {uploads, add, count, settled} = uploading({
      put: (number, url) => {
        const part = Number(new URL(url, location).searchParams.get('partNumber'));
        parts.push(part);
        return part === 2 && isDown ? refusal(503, 'ServiceUnavailable') : undefined;
      },
      completeParts: (number, bucket, key, id, eTags) => number === 1 ? fail(503, 'ServiceUnavailable') : number === 2 ? fail(200, 'InternalError') : eTags.length === 3 ? undefined : fail(400, 'InvalidPart')
    });
    const item = add('large', 40 * MIB);
    await settled();
    same('parts are kept where a node is down', [item.state, count('abortParts'), count('completeParts')], ['failed', 0, 0]);
    isDown = false;
    const before = parts.length;
    uploads.retry(item);
    await settled();
    same('goes on where it was', [item.state, parts.slice(before).includes(2), parts.slice(before).includes(1), count('beginParts'), count('completeParts'), count('abortParts'), item.sent],
      ['done', true, false, 1, 3, 0, 40 * MIB]);
  }
  {
    const {add, count, settled} = uploading({put: () => refusal(400, 'EntityTooLarge'), abortParts: number => number < 3 ? fail(503, 'SlowDown') : undefined});
    const item = add('large', 40 * MIB);
    await settled();
    await until('parts given up', () => count('abortParts') === 3);
    same('refused for good', [item.state, item.problem.code, item.sent, item.uploadId], ['failed', 'EntityTooLarge', 0, null]);
  }
  {
    const {uploads, add, count, settled} = uploading({put: (number, url, blob, headers, signal) => new Promise((resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))});
    const item = add('large', 40 * MIB);
    await until('parts on their way', () => count('put') === 3);
    uploads.drop(item);
    await settled();
    await until('parts given up', () => count('abortParts') === 1);
    same('nothing is left of what was cancelled', [uploads.items.size, count('completeParts')], [0, 0]);
  }
  {
    let begin;
    const begun = new Promise(resolve => begin = resolve);
    let isOut = true;
    const {uploads, add, settled} = uploading({head: () => {
      if (isOut) {
        throw new SignedOut();
      }
    }}, {headers: {}, isOutdated: async () => false, whenBegun: () => begun});
    const dropped = [add('a', 5), add('b', 5)];
    await until('both wait', () => dropped.every(item => item.isRunning));
    dropped.forEach(item => uploads.drop(item));
    await settled();
    const kept = add('c', 5);
    await until('it waits', () => kept.isRunning);
    isOut = false;
    begin();
    await settled();
    same('goes on after the sign-in', [kept.state, uploads.items.size], ['done', 1]);
  }
  {
    const {uploads, settled} = uploading({head: () => ({size: 1})});
    uploads.add('b', '', Array.from({length: 700}, (each, i) => ({name: `${i}`, file: fileOf(1)})));
    await settled();
    same('what is kept of many is bounded', [uploads.items.size, uploads.forgotten], [500, 200]);
  }
  {
    const pageFetch = window.fetch;
    let loads = 0;
    let csrf = 'old';
    let goes = () => {};
    const answer = (status, body) => new Response(JSON.stringify(body), {status});
    window.fetch = async (path, options = {}) => {
      if (path !== '/v1/session') {
        return pageFetch(path, options);
      }
      if (options.method === 'DELETE') {
        return answer(503, {detail: 'not now'});
      }
      loads++;
      await new Promise(resolve => goes = resolve);
      return answer(200, {accessKey: 'root', csrf, expires: Date.now() - 1});
    };
    try {
      const session = new Session(() => {});
      const first = session.load();
      goes();
      await first;
      same('a clock that is wrong ends nothing', [session.isBegun, session.tick(), session.isBegun], [true, undefined, true]);
      const sent = session.headers;
      csrf = 'new';
      const outdated = [1, 2, 3].map(() => session.isOutdated(403, sent));
      goes();
      same('all lanes hear of another token', [await Promise.all(outdated), loads], [[true, true, true], 2]);
      same('late answers to an older token', [await session.isOutdated(403, sent), await session.isOutdated(401, sent), session.isBegun, loads], [true, true, true, 2]);
      same('no success of signing out', [await session.end().catch(problem => problem.message), session.isBegun], ['not now', true]);
      same('the session is over', [await session.isOutdated(401, session.headers), session.isBegun, session.isOver], [false, false, true]);
    } finally {
      window.fetch = pageFetch;
    }
  }

  {
    const pageFetch = window.fetch;
    const asked = [];
    let key = 'one';
    const answer = (status, body) => new Response(JSON.stringify(body), {status});
    window.fetch = async (path, {headers} = {}) => {
      if (path === '/v1/session') {
        return answer(200, {accessKey: key, csrf: `of ${key}`, expires: Date.now() + 9e6});
      }
      asked.push(headers['x-chordata-csrf']);
      return answer(asked.at(-1) === `of ${key}` ? 200 : 403, {});
    };
    try {
      const session = new Session(() => {});
      await session.load();
      const begun = session.ofPresentKey;
      same('by the key that began it', [(await begun.fetch('/s3/b', {method: 'POST'})).status, asked.splice(0)], [200, ['of one']]);
      key = 'two';
      same('another signed in in another tab', [await begun.fetch('/s3/b', {method: 'POST'}).catch(cause => cause.constructor.name), asked.splice(0)], ['SignedOut', ['of one']]);
      same('who signed in goes on', [(await session.fetch('/s3/b', {method: 'POST'})).status, asked], [200, ['of two']]);
    } finally {
      window.fetch = pageFetch;
    }
  }

  const {AccessView} = await import('/views/access-view.js');
  {
    const root = document.createElement('div');
    const session = {accessKey: 'root', expires: 0, isBegun: true, ask: async (path, options) => options === undefined ? [] : {accessKey: 'made', secretKey: 'shown once', note: ''}};
    const view = new AccessView(root, null, {session});
    root.querySelector('form').dispatchEvent(new Event('submit', {cancelable: true}));
    await until('the secret is shown', () => root.textContent.includes('shown once'));
    Object.assign(session, {accessKey: null, isBegun: false});
    view.onSession();
    same('nothing of it is left', root.textContent.includes('shown once'), false);
  }
  const {ObjectsView} = await import('/views/objects-view.js');
  {
    const {hash} = location;
    const answers = [];
    const pending = () => new Promise((resolve, reject) => answers.push({resolve, reject}));
    const view = new ObjectsView(document.createElement('div'), {here: null}, {s3: {buckets: pending, list: pending}, uploads: {items: new Map(), forgotten: 0}});
    view.go({});
    view.go({bucket: 'b'});
    view.go({});
    await until('all asked', () => answers.length === 4);
    view.close();
    answers.forEach(({resolve, reject}, i) => i === 1 ? reject(new TypeError('no answer')) : resolve([{name: 'other'}]));
    await new Promise(resolve => setTimeout(resolve, 20));
    same('a closed view leads nowhere', [location.hash, answers.length], [hash, 4]);
  }

  const {element, isTypedInto} = await import('/lib/dom.js');
  same('what letters are for', [...['text', 'checkbox', 'radio'].map(type => element('input', {type})), element('input'), element('select'), element('a'), document].map(isTypedInto),
    [true, false, false, true, true, false, false]);
  const {Share} = await import('/views/share.js');
  {
    const {render} = await import('/lib/dom.js');
    const root = document.createElement('div');
    const asked = [];
    const share = new Share({share: async (bucket, key, seconds) => asked.push(seconds) && {url: 'u', expires: 0}}, () => render(root, share.content()));
    share.toggle();
    const span = root.querySelector('select');
    let isMoved = false;
    const observer = new MutationObserver(records => isMoved ||= records.some(({removedNodes}) => [...removedNodes].includes(span)));
    observer.observe(root, {childList: true, subtree: true});
    span.value = '3600';
    span.dispatchEvent(new Event('change'));
    await share.make('b', 'k');
    await new Promise(resolve => setTimeout(resolve));
    observer.disconnect();
    same('the choice stays where it is while the panel is drawn anew', [isMoved, root.querySelector('select') === span, span.value, asked], [false, true, '3600', [3_600]]);
  }

  const {exactName, lastPart} = await import('/views/names.js');
  for (const name of ['<img src=x>', ' a  b ', 'rtl\u202egnp.exe', 'line\nbreak', '\u200b', 'ü 😀']) {
    same('name', exactName(name).textContent, name);
  }
  same('what cannot be seen', [...exactName('a\u202eb c\n').querySelectorAll('.unseen')].map(box => box.dataset.code), ['202e', '0a']);
  const unseen = [0x00, 0x85, 0xa0, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x180b, 0x180e, 0x2003, 0x200b, 0x2028, 0x2029, 0x202e, 0x2060, 0x3000, 0x3164, 0xd800, 0xfe0f, 0xfeff, 0xffa0, 0xe0041];
  same('each that cannot be seen', unseen.filter(code => exactName(String.fromCodePoint(code)).querySelector('.unseen') === null), []);
  same('last part', ['a/b', 'a/b/', 'a', '/', 'a//'].map(lastPart), ['b', 'b/', 'a', '/', '/']);

  const {copiesInFlight, flowOf, links, peaks, runs, summary, sumsByKind, volumes} = await import('/lib/flows.js');
  {
    const told = {
      nodes: [{node: 'a', requests: 2.4, failed: 1, bytesReceived: 20, bytesSent: 4, p99Micros: 900}, {node: 'b', requests: 0, failed: 0, bytesReceived: 0, bytesSent: 0, p99Micros: null}],
      operations: [{name: 'GetObject', requests: 0.4, p50Micros: 1, p99Micros: 900}, {name: 'PutObject', requests: 2, p50Micros: 100, p99Micros: 800}],
      links: [{from: 'a', to: 'b', kind: 'replication', bytes: 10}, {from: 'b', to: 'a', kind: 'movement', bytes: 30}, {from: 'a', to: 'gone', kind: 'repair', bytes: 99}], linksLeftOut: 0, unanswered: []
    };
    const now = summary(told);
    same('sums', [now.requests, now.failed, now.bytesReceived, now.bytesSent, now.p99Micros, now.operations.map(operation => operation.name)], [2.4, 1, 20, 4, 900, ['PutObject', 'GetObject']]);
    same('nothing told', [summary(null).isKnown, summary(null).p99Micros], [false, 0]);
    const [a, b] = [{id: 'a'}, {id: 'b'}];
    const model = {byId: new Map([['a', a], ['b', b]]), partitions: [{leader: a, arriving: [b]}, {leader: b, arriving: [a]}]};
    const all = links(told, model);
    same('links, the most first', all.map(link => [link.from.id, link.to.id, link.kind, link.bytes, link.partitions]), [['b', 'a', 'movement', 30, 1], ['a', 'b', 'replication', 10, 0], ['a', 'b', 'movement', 0, 1]]);
    same('of one node', [flowOf(told, 'a'), flowOf(told, 'c'), flowOf(null, 'a')], [{requests: 2.4, p99Micros: 900, sent: 113}, null, null]);
    same('sums of links', [sumsByKind(all), now.replication, now.repair, now.movement], [{replication: 10, repair: 0, movement: 30}, 10, 99, 30]);
    const {widthOf} = await import('/views/flows-picture.js');
    const widths = [0, 1 << 16, 1 << 18, 1 << 20, 1 << 30].map(widthOf);
    same('width is the rate', widths, [1.5, 3, 5, 7.6, 10]);
  }
  const sample = (time, requests) => ({time, requests});
  const flow = (time, repair, movement) => ({time, replication: 0, repair, movement});
  same('what went between nodes', volumes([flow(5_000, 900, 900), flow(7_000, 10, 0), flow(9_000, 10, 5), flow(99_000, 1, 0)]), {replication: 0, repair: 50, movement: 10});
  same('nothing went between nodes', volumes([]), {replication: 0, repair: 0, movement: 0});
  same('stretches of time in which the page asked', runs([sample(0, 1), sample(10_000, 1), sample(20_001, 1)]).map(run => run.length), [2, 1]);
  same('peaks', peaks([sample(0, 1), sample(1, 7), sample(25, 2), sample(99, 1)], 'requests', 0, 30, 3), [7, null, 2]);
  same('copies by pair', copiesInFlight([{leader: {id: 'a'}, arriving: [{id: 'b'}]}, {leader: {id: 'a'}, arriving: [{id: 'b'}]}, {leader: null, arriving: [{id: 'b'}]}])
    .map(pair => [pair.from.id, pair.to.id, pair.partitions]), [['a', 'b', 2]]);

  {
    const {fold, newsOf, Timeline, together} = await import('/views/timeline.js');
    const missed = count => ({id: `m${count}`, type: 'warning', about: 'missed', missed: count, detail: 'of a program, for a program', time: Date.now()});
    const events = [missed(null), missed(2), {id: 'w', type: 'warning', about: 'ring', detail: 'cut', time: Date.now()}];
    const line = new Timeline({at: null, past: {first: null}, model: {partitions: [], byId: new Map()}, history: []}, () => {}, () => '#');
    line.update({events, openedAt: Date.now(), flowSamples: []});
    same('what is missing is told to whoever reads', [...line.root.querySelectorAll('.news p span')].map(told => told.textContent),
      ['cut', '2 events of before are missing here: this page was away for longer than the node keeps them.', 'The node began anew: some of what happened before is missing here.']);
    const {findings} = await import('/views/findings.js');
    same('and is no matter of health', findings({model: cluster(well, []), feed: {ring: null, events}}).map(finding => finding.title), ['cut']);
    const scrubbed = [];
    const track = new Timeline({at: null, past: {first: 1_000, step: () => null}}, time => scrubbed.push(time)).root.querySelector('.track');
    ['Home', 'End', 'Home', 'End'].flatMap(key => new Array(50).fill(key)).forEach(key => track.dispatchEvent(Object.assign(new Event('keydown'), {key})));
    await until('the first of many moments is shown', () => scrubbed.length > 0);
    ['End', 'Home'].forEach(key => track.dispatchEvent(Object.assign(new Event('keydown'), {key})));
    await until('the last, too', () => scrubbed.length > 1);
    same('many moments in a row are few', scrubbed, [null, 1_000]);
    const mark = (time, change, name) => ({time, change, name, state: 'alive', text: `${name} ${change}`});
    same('marks in one place name all', together([mark(0, 'joined', 'a'), mark(1, 'down', 'x'), mark(5, 'joined', 'b'), mark(6, 'down', 'y'), mark(7, 'down', 'z'), mark(30, 'joined', 'c')], 10).map(event => [event.time, event.text]),
      [[0, 'a and b joined'], [1, '3 nodes are down'], [30, 'c joined']]);
    const node = (change, state, of = 'n') => ({type: 'node', change, state, node: of});
    same('news of nodes', newsOf([node('joined', 'joining'), node('changed', 'joining'), node('joined', 'joining', 'm'), node('changed', 'alive'), node('suspect', 'suspect'), node('changed', 'suspect'), node('alive_again', 'alive'),
      node('changed', 'alive'), node('changed', 'draining'), {type: 'move'}]).map(event => `${event.node ?? ''} ${event.change ?? event.type} ${event.state ?? ''}`.trim()),
    ['n joined joining', 'm joined joining', 'n suspect suspect', 'n alive_again alive', 'n changed draining', 'move']);
    const told = (types, step) => [...types].map((type, i) => ({id: i, type: {n: 'node', w: 'warning', l: 'leader', m: 'move'}[type], time: i * step, text: `${i}`, partition: i % 3}));
    const folded = (types, step = 1_000) => fold(told(types, step)).map(event => event.text);
    same('bursts', ['', 'n', 'mm', 'nmlml', 'nmlmlmn'].map(types => folded(types)), [[], ['0'], ['0', '1'], ['0', '1', '2', '3', '4'], ['0', '2', '4', '3 partitions moved, in 3 steps', '6']]);
    same('a join is not pushed out by what comes of it', folded('n' + 'ml'.repeat(500)), ['0', '3 partitions moved, in 500 steps', '3 partitions with new leaders']);
    same('what is far apart is told apart', folded('mmm', 60_000), ['0', '1', '2']);
    const {bounded} = await import('/lib/feed.js');
    const kept = bounded([{type: 'node'}, ...Array.from({length: 3_000}, () => ({type: 'move'}))]);
    same('what is kept of events', [kept.length, kept[0].type], [2_001, 'node']);
  }

  const {History} = await import('/lib/history.js');
  const past = new History();
  const seen = (state, bytes, version = 1) => ({
    cluster: {}, nodes: [{id: 'n0', state}], ring: {version, positions: []},
    partitions: [0, 1].map(partition => ({partition, voters: ['n0'], learners: [], desired: ['n0'], leader: 'n0', state: 'healthy', bytes: partition * bytes}))
  });
  past.note({...seen('alive', 1), partitions: null}, 500);
  same('nothing kept', [past.first, past.at(500)], [null, null]);
  past.note(seen('alive', 1), 1_000);
  past.note(seen('alive', 2), 2_000);
  past.note(seen('down', 2), 3_000);
  same('moments', [0, 1_000, 2_500, 3_000, 9_000].map(time => past.at(time).nodes[0].state), ['alive', 'alive', 'alive', 'down', 'down']);
  same('steps', [past.step(3_000, -1), past.step(1_000, -1), past.step(1_000, 1), past.step(3_000, 1)], [1_000, null, 3_000, null]);
  same('what is equal is kept once', [0, 1].map(i => past.at(3_000).partitions[i] === past.at(1_000).partitions[i]), [true, false]);
  past.note(seen('down', 2), 3_604_000);
  same('an hour is kept', past.first, 3_000);
  const {NodeHistory} = await import('/lib/node-history.js');
  const pieces = [
    {time: 3_000, nodes: [{id: 'n0', state: 'alive', positions: ['8'.repeat(32)]}], gone: [], partitions: []},
    {time: 3_000, nodes: [{id: 'n1', state: 'alive', positions: []}], gone: [], partitions: [1, 0].map(partition => ({partition, voters: ['n0', 'n1'], learners: [], desired: ['n0', 'n1'], leader: 'n1', term: 2, state: 'healthy'}))},
    {time: 8_000, nodes: [{id: 'n1', state: 'down', positions: []}], gone: [], partitions: []},
    {time: 9_000, nodes: [], gone: ['n1'], partitions: [{partition: 0, voters: ['n0'], learners: [], desired: ['n0'], leader: 'n0', term: 3, state: 'healthy'}]}
  ];
  const history = new NodeHistory({moments: pieces});
  same('before the node looked', history.at(2_999), null);
  same('nodes that the node saw', [3_000, 8_500, 9_000].map(time => history.at(time).nodes.map(node => node.state)), [['alive', 'alive'], ['alive', 'down'], ['alive']]);
  same('partitions that the node saw', history.at(9_999).partitions.map(({partition, leader, point}) => [partition, leader, point.slice(0, 2)]), [[0, 'n0', '00'], [1, 'n1', '80']]);
  same('positions that the node saw', history.at(9_999).ring.positions.map(({id, node}) => [id.length, node]), [[32, 'n0']]);
  same('a moment looked at twice is the same', history.at(8_100) === history.at(8_200), true);
  same('how partitions stood', history.counts().map(({time, healthy, short}) => [time, healthy, short]), [[3_000, 2, 0], [8_000, 0, 2], [9_000, 2, 0]]);
  const anew = (...pieces) => new NodeHistory({moments: pieces}, history);
  const restarted = {time: 3_608_500, nodes: [{id: 'n2', state: 'alive', positions: []}], gone: [], partitions: []};
  const joined = anew(restarted);
  same('a node that began anew goes on behind what it told, for an hour', [joined.times, [8_500, 9_000, 3_608_500].map(time => joined.at(time).nodes.map(({id, state}) => `${id} ${state}`))],
    [[8_000, 9_000, 3_608_500], [['n0 alive', 'n1 down'], ['n0 alive'], ['n2 alive']]]);
  same('what it tells of the same time takes its place', [anew({...restarted, time: 9_000}).times, anew().times], [[9_000], []]);
  const both = new History();
  both.load(history);
  same('known by the node alone', [both.first, both.at(0).time, both.at(8_500).time], [3_000, 3_000, 8_000]);
  both.note(seen('alive', 1), 8_600);
  same('the newer of what the node and the page saw', [8_500, 8_600, 8_999, 9_000].map(time => both.at(time).time), [8_000, 8_600, 8_600, 9_000]);
  same('steps over both', [both.step(8_600, -1), both.step(8_600, 1), both.step(3_000, -1), both.step(9_000, 1)], [8_000, 9_000, null, null]);
  both.note(seen('alive', 2), 3_605_000);
  same('what was when the hour began', [both.first, both.at(both.first).time], [5_000, 3_000]);

  return failures;
}
