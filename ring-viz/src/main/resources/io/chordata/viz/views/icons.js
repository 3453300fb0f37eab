import {svg} from '../lib/dom.js';

const dot = (cx, cy, r = 1.6) => svg('circle', {class: 'solid', cx, cy, r});
const line = d => svg('path', {d});

const VIEWS = {
  ring: () => [svg('circle', {cx: 10, cy: 10, r: 7.5}), dot(10, 2.5), dot(16.5, 13.7), dot(3.5, 13.7)],
  lookup: () => [line('M3 14c1-7 8-8 13-4'), line('M12.5 11.5 16.2 10l-.8-3.8'), svg('circle', {cx: 3, cy: 16, r: 1.4})],
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

const TONES = {alive: 'ok', joining: 'moving', draining: 'moving', suspect: 'short', down: 'lost', decommissioned: 'lost'};

/** Sign and tone of a node's state. */
export function stateTag(state, text) {
  const tag = document.createElement('span');
  tag.className = `tag ${TONES[state] ?? ''}`;
  const sign = STATES[state === 'draining' ? 'joining' : state === 'decommissioned' ? 'down' : state];
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
