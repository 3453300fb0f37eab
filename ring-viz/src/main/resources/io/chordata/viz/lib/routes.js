/**
 * Deep links, all in the part behind `#`, so that any node serves them and none of it reaches a server:
 * `#/ring?node=1b9390&position=d9ed`, `#/lookup?key=a%2Fb&via=fingers`. What is not known is the first view.
 */
export function parseRoute(hash, views) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const view = views.includes(path) ? path : views[0];
  return {view, parameters: Object.fromEntries(new URLSearchParams(query))};
}

export function formatRoute(view, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const query = new URLSearchParams(given).toString();
  return `#/${view}${query === '' ? '' : '?' + query}`;
}
