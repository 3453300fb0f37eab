import {svg} from '../lib/dom.js';

const dot = (cx, cy, r = 1.6) => svg('circle', {class: 'solid', cx, cy, r});
const line = d => svg('path', {d});

const VIEWS = {
  ring: () => [svg('circle', {cx: 10, cy: 10, r: 7.5}), dot(10, 2.5), dot(16.5, 13.7), dot(3.5, 13.7)],
  lookup: () => [line('M3 14c1-7 8-8 13-4'), line('M12.5 11.5 16.2 10l-.8-3.8'), svg('circle', {cx: 3, cy: 16, r: 1.4})],
  flows: () => [line('M2 6c6 0 9 8 16 8M2 14c6 0 9-8 16-8')],
  objects: () => [line('M3 6.5 10 3l7 3.500v7L10 17l-7-3.500zM3 6.500l7 3.500 7-3.500M10 10v7')],
  access: () => [svg('circle', {cx: 6.5, cy: 10, r: 3.5}), line('M10 10h8M15.500 10v3')],
  health: () => [line('M2 10h4l2-5 4 10 2-5h4')],
  learn: () => [line('M2 7.5 10 4l8 3.5-8 3.5zM5.5 9.3V14c2.500 2 6.500 2 9 0V9.300')]
};

export const viewIcon = name => svg('svg', {viewBox: '0 0 20 20', 'aria-hidden': 'true'}, VIEWS[name]());

export const logo = () => svg('svg', {viewBox: '0 0 30 30', 'aria-hidden': 'true'},
  svg('circle', {cx: 15, cy: 15, r: 11.5, 'stroke-width': 2.2}),
  svg('path', {d: 'M15 3.500Q19 15 7 23.300M15 3.500Q23 9 24.600 20', 'stroke-width': 1.4}), dot(15, 3.5, 3));

export const searchIcon = () => svg('svg', {class: 'icon', viewBox: '0 0 14 14', 'aria-hidden': 'true'},
  svg('circle', {cx: 6, cy: 6, r: 4.2}), line('m9.200 9.200 3.300 3.300'));

const STATES = {
  alive: () => line('M1 4.800 3.600 7.300 8 1.800'),
  joining: () => [svg('circle', {cx: 4.5, cy: 4.5, r: 3.6}), svg('path', {class: 'solid', d: 'M4.500.9a3.600 3.600 0 0 0 0 7.200z'})],
  suspect: () => svg('circle', {cx: 4.5, cy: 4.5, r: 3.6, 'stroke-dasharray': '2 1.600'}),
  down: () => line('M1.500 1.500l6 6m0-6l-6 6')
};

const TONES = {alive: 'ok', joining: 'moving', draining: 'moving', drained: '', suspect: 'short', down: 'lost'};

/** Sign and tone of a node's state. */
export function stateTag(state, text) {
  const tag = document.createElement('span');
  tag.className = `tag ${TONES[state] ?? ''}`;
  const sign = STATES[state === 'draining' || state === 'drained' ? 'joining' : state];
  if (sign !== undefined) {
    tag.append(svg('svg', {viewBox: '0 0 9 9', 'aria-hidden': 'true'}, sign()));
  }
  tag.append(text);
  return tag;
}

/** The sign of a partition's state, as its cell on the ring is drawn. */
export function cellSign(state) {
  const rect = (name, x, y, width, height, more = {}) => svg('rect', {class: `cell ${name}`, x, y, width, height, ...more});
  const drawn = {
    healthy: () => rect('healthy', 4, 0, 7, 14),
    moving: () => [rect('bed', 4, 0.7, 7, 12.6), rect('moving', 6, 5.5, 3, 6)],
    short: () => [rect('short', 4, 5, 7, 9, {fill: 'url(#hatch-short)'}), rect('missing', 4.5, 0.7, 6, 3)],
    unavailable: () => rect('unavailable', 4, -1, 7, 19)
  };
  return svg('svg', {class: 'cell-sign', viewBox: '0 0 16 14', width: 16, height: 14, 'aria-hidden': 'true'}, drawn[state]());
}

export const crossIcon = () => svg('svg', {class: 'icon', viewBox: '0 0 14 14', 'aria-hidden': 'true'}, line('m4 4 6 6m0-6-6 6'));
export const upIcon = () => svg('svg', {class: 'icon', viewBox: '0 0 14 14', 'aria-hidden': 'true'}, line('M7 11V3M3.500 6.500 7 3l3.500 3.500'));

const KINDS = {
  folder: () => line('M2 4.500V11h10V5H7L5.500 3H2z'),
  image: () => [svg('rect', {x: 2, y: 3, width: 10, height: 8, rx: 1}), line('m2 10 3-3 2.500 2.500L9.500 7 12 9.500')],
  film: () => [svg('rect', {x: 2, y: 3, width: 10, height: 8, rx: 1}), line('M6 5.500v3L8.500 7z')],
  table: () => [svg('rect', {x: 2, y: 3, width: 10, height: 8, rx: 1}), line('M2 6h10M2 8.500h10M6 3v8')],
  other: () => line('M3.500 2h5l2.500 2.500V12h-7.500zM5.500 7h4M5.500 9.500h3')
};
const ENDS = {image: /\.(jpe?g|png|gif|webp|avif|svg|tiff?|bmp|ico|heic)$/i, film: /\.(mp4|mov|mkv|webm|avi|mp3|wav|flac|ogg)$/i, table: /\.(csv|tsv|parquet|xlsx?|ndjson|avro|orc)$/i};

/** Of a name; what ends in a slash is a folder. */
export function kindIcon(name) {
  const kind = name.endsWith('/') ? 'folder' : Object.keys(ENDS).find(each => ENDS[each].test(name)) ?? 'other';
  return svg('svg', {class: 'icon', viewBox: '0 0 14 14', 'aria-hidden': 'true'}, KINDS[kind]());
}
