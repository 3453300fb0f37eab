async () => {
  const {RingPicture} = await import('/ring/picture.js');
  const {buildModel} = await import('/lib/model.js');
  const {judge} = await import('/lib/verdict.js');
  const NODES = 50;
  const POSITIONS = 32;
  const PARTITIONS = 256;
  const FRAMES = 120;
  let state = 1;
  const random = () => state = state * 48271 % 2147483647;
  const id = () => Array.from({length: 4}, () => random().toString(16).padStart(8, '0')).join('');
  const nodes = Array.from({length: NODES}, (_, i) => ({id: id(), name: `node-${i}`, zone: `z${i % 5}`, state: 'alive', bytesUsed: 1, bytesFree: 1}));
  const positions = nodes.flatMap(node => Array.from({length: POSITIONS}, () => ({id: id(), node: node.id, predecessor: null, successors: null})));
  const ring = {positions};
  const order = nodes.map(node => node.id);
  const members = number => [0, 1, 2].map(i => nodes[(number * 7 + i * 13) % NODES]);
  const box = document.createElement('div');
  box.className = 'frames';
  document.body.append(box);
  box.style.cssText = 'position:fixed;inset:0;z-index:9;background:var(--paper)';
  const picture = new RingPicture();
  picture.root.style.cssText = 'width:100%;height:100%';
  box.append(picture.root);
  const frame = number => {
    const churning = nodes.map((node, i) => i % 5 === 0 && (number + i) % 3 === 0 ? {...node, state: i % 2 === 0 ? 'down' : 'suspect'} : node);
    const gone = new Set(churning.filter(node => node.state === 'down').map(node => node.id));
    const partitions = Array.from({length: PARTITIONS}, (_, partition) => {
      const ids = members(partition).map(node => node.id);
      const here = ids.filter(each => !gone.has(each)).length;
      return {partition, point: partition.toString(16).padStart(2, '0').padEnd(32, '0'), desired: ids, voters: ids, learners: [], leader: ids[0], term: 1,
        commitIndex: number, state: here === 3 ? 'healthy' : here === 2 ? 'short' : 'unavailable', moves: []};
    });
    const feed = {nodes: churning, partitions, ring, cluster: null, problem: null};
    const model = buildModel(feed, order);
    const selected = model.nodes[7];
    const focus = model.positions.find(position => position.node === selected);
    const table = new Set(model.positions.map(position => position.id));
    picture.draw(model, {selected, focus, table, partition: null, lit: null, cursor: null, verdict: judge(feed, model)});
    return picture.root.getBoundingClientRect().width;
  };
  const took = [];
  for (let number = 0; number < FRAMES; number++) {
    await new Promise(requestAnimationFrame);
    const begun = performance.now();
    frame(number);
    took.push(performance.now() - begun);
  }
  took.sort((a, b) => a - b);
  const at = share => Math.round(10 * took[Math.floor(share * (took.length - 1))]) / 10;
  return {median: at(0.5), p90: at(0.9), max: at(1)};
}
