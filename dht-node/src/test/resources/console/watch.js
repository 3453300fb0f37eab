name => {
  const seen = {listed: [], told: [], drawn: [], elections: 0};
  const note = (states, state) => state !== undefined && state !== states.at(-1) && states.push(state);
  const look = () => {
    const row = [...document.querySelectorAll('.nodes [data-node]')].find(each => each.querySelector('.name').textContent === name);
    const listed = row?.querySelector('.meta span:last-child');
    note(seen.listed, listed?.className);
    note(seen.told, listed?.textContent);
    note(seen.drawn, document.querySelector(`.marks [data-key="mark${row?.dataset.node}"]`)?.getAttribute('class').split(' ')[2]);
  };
  new MutationObserver(changes => {
    look();
    seen.elections += changes.flatMap(change => [...change.addedNodes]).filter(node => node.classList?.contains('election')).length;
  }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  look();
  window.watched = seen;
}
