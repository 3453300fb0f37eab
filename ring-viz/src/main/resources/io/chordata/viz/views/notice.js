import {element, render} from '../lib/dom.js';
import {clock} from '../lib/format.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';

const SILENT_MILLIS = 3_000;
const OTHERS_MAX = 5;

/** Says that the node does not answer, or not to us, and leads to the same view at the others. */
export function showNotice(target, live) {
  const {feed} = live;
  if (feed.silentSince !== null && Date.now() - feed.silentSince > SILENT_MILLIS) {
    const since = feed.answeredAt === null ? null : clock(feed.answeredAt);
    const others = live.others.slice(0, OTHERS_MAX);
    render(target, element('div', {class: 'notice-in lost'},
      element('p', {}, element('b', {}, words.silent(live.hereName)), ' ', words.silentDetail(since)),
      others.length === 0 ? null : element('p', {class: 'others'}, element('span', {}, words.silentOthers),
        others.map(node => element('a', {class: 'btn', href: `${location.protocol}//${node.admin}/${location.hash}`}, chip(node, 12), node.name)))));
  } else {
    render(target);
  }
}
