async text => {
  const {RingPicture} = await import('/ring/picture.js');
  const {buildModel} = await import('/lib/model.js');
  const {judge} = await import('/lib/verdict.js');
  const ROUNDS = 3.5;
  const moments = JSON.parse(text);
  const order = moments[0].nodes.map(node => node.id);
  const box = document.createElement('div');
  box.className = 'frames';
  document.body.append(box);
  box.style.cssText = 'position:fixed;inset:0;z-index:9;background:var(--paper)';
  const picture = new RingPicture();
  picture.root.style.cssText = 'width:100%;height:100%';
  box.append(picture.root);
  const seen = {nodes: 0, positions: 0, down: 0, short: 0};
  const feed = {cluster: null, problem: null};
  const frame = number => {
    Object.assign(feed, moments[number % moments.length]);
    const model = buildModel(feed, order);
    const selected = model.nodes.at(-1);
    const focus = model.positions.find(position => position.node === selected);
    const table = new Set(model.positions.map(position => position.id));
    picture.draw(model, {selected, focus, table, partition: null, lit: null, cursor: null, verdict: judge(feed, model)});
    seen.nodes = Math.max(seen.nodes, model.nodes.length);
    seen.positions = Math.max(seen.positions, model.positions.length);
    seen.down = Math.max(seen.down, model.nodes.filter(node => node.state === 'down').length);
    seen.short = Math.max(seen.short, model.counts.short);
    return picture.root.getBoundingClientRect().width;
  };
  const took = [];
  for (let number = 0; number < ROUNDS * moments.length; number++) {
    await new Promise(requestAnimationFrame);
    const begun = performance.now();
    frame(number);
    took.push(performance.now() - begun);
  }
  took.sort((a, b) => a - b);
  const at = share => Math.round(10 * took[Math.floor(share * (took.length - 1))]) / 10;
  return {seen, millis: {median: at(0.5), p90: at(0.9), max: at(1)}};
}
