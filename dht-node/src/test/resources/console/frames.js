async ([kind, given]) => {
  const FRAMES = 130;
  const frames = {ring, learn};
  const box = Object.assign(document.createElement('main'), {className: `view frames ${kind}-view`});
  box.style.cssText = 'position:fixed;inset:0;z-index:9;background:var(--paper)';
  document.body.append(box);
  return frames[kind]();

  /** From the answers of a node to what is laid out. */
  async function millis(draw) {
    const took = [];
    for (let number = 0; number < FRAMES; number++) {
      await new Promise(requestAnimationFrame);
      const begun = performance.now();
      draw(number);
      box.getBoundingClientRect();
      took.push(performance.now() - begun);
    }
    took.sort((a, b) => a - b);
    const at = share => Math.round(10 * took[Math.floor(share * (took.length - 1))]) / 10;
    return {median: at(0.5), p90: at(0.9), max: at(1)};
  }

  /** The whole view as it stands in the page: list, picture, panel and line of time, of a node that is selected. */
  async function ring() {
    const {Feed} = await import('/lib/feed.js');
    const {Live} = await import('/lib/live.js');
    const {RingView} = await import('/views/ring-view.js');
    const moments = typeof given === 'string' ? JSON.parse(given) : synthetic(given);
    const pageFetch = window.fetch;
    const fingers = JSON.stringify({fingers: moments[0].ring.positions.map(({id}) => ({id})), positions: []});
    window.fetch = (path, options) => path.startsWith('/v1/ring?node=') ? Promise.resolve(new Response(fingers)) : pageFetch(path, options);
    const feed = Object.assign(new Feed(() => {}), {cluster: {clusterId: 'frames', self: moments[0].nodes[0].id, version: 1}});
    const live = new Live(feed);
    const view = new RingView(box, live);
    const seen = {nodes: 0, positions: 0, down: 0, short: 0, listed: 0};
    view.go({node: moments[0].nodes.at(-1).name});
    const took = await millis(number => {
      const {nodes = feed.nodes, ...others} = moments[number % moments.length];
      Object.assign(feed, others, {nodes: [...nodes], answeredAt: Date.now()});
      live.renew();
      view.update();
      const {model} = live;
      seen.nodes = Math.max(seen.nodes, model.nodes.length);
      seen.positions = Math.max(seen.positions, model.positions.length);
      seen.down = Math.max(seen.down, model.nodes.filter(node => node.state === 'down').length);
      seen.short = Math.max(seen.short, model.counts.short);
      seen.listed = Math.max(seen.listed, box.querySelectorAll('.nodes li').length);
    });
    view.close();
    window.fetch = pageFetch;
    return {seen, millis: took};
  }

  /** So many turns of a simulated ring, with a crash and a newcomer now and then. */
  async function learn() {
    const {LearnView} = await import('/views/learn-view.js');
    const view = new LearnView(box);
    view.go({nodes: String(given.nodes)});
    const took = await millis(number => ['s', ...number % 20 === 0 ? ['ArrowRight', 'c', 'j'] : []].forEach(key => view.onKey({key})));
    view.close();
    return {seen: {nodes: Number(box.querySelector('.c.hero').textContent)}, millis: took};
  }

  /** A ring too large to be simulated here, some nodes of which are down in turn. */
  function synthetic({nodes, positions}) {
    const TURNS = 4;
    let state = 7;
    const word = () => {
      state = Math.imul(state, 1664525) + 1013904223 >>> 0;
      return state.toString(16).padStart(8, '0');
    };
    const id = () => word() + word() + word() + word();
    const all = Array.from({length: nodes}, (_, i) => ({
      id: id(), name: `node-${i}`, zone: `zone-${i % 5}`, state: 'alive', s3: '', admin: `10.0.${i >> 8}.${i % 256}:9001`, version: '1',
      blocks: i, bytesUsed: 1e9, bytesFree: 1e9, load: 0.5
    }));
    const sorted = all.flatMap(node => Array.from({length: positions}, () => ({id: id(), node: node.id}))).sort((a, b) => a.id < b.id ? -1 : 1);
    const at = i => sorted[(i + sorted.length) % sorted.length];
    const ringOf = {version: 1, unanswered: [], positions: sorted.map((position, i) => ({
      ...position, predecessor: at(i - 1).id, successors: [1, 2, 3, 4, 5, 6, 7, 8].map(step => at(i + step).id)
    }))};
    const desired = Array.from({length: 256}, (_, number) => {
      const point = number.toString(16).padStart(2, '0');
      const found = new Set();
      for (let i = sorted.findIndex(position => position.id >= point); found.size < 3; i++) {
        found.add(at(i).node);
      }
      return [...found];
    });
    const partitions = down => desired.map((voters, partition) => ({
      partition, point: partition.toString(16).padStart(2, '0').padEnd(32, '0'), desired: voters, voters, learners: [],
      leader: voters.find(node => !down.has(node)) ?? null, term: 1, commitIndex: 1, state: 'healthy'
    }));
    return Array.from({length: TURNS}, (_, step) => {
      const down = new Set(all.filter((node, i) => i % 200 === step).map(node => node.id));
      return {nodes: all.map(node => down.has(node.id) ? {...node, state: 'down'} : node), partitions: partitions(down), ...step === 0 ? {ring: ringOf} : {}};
    });
  }
}
