import {element, render} from '../lib/dom.js';
import {clock} from '../lib/format.js';
import {chip} from '../ring/picture.js';
import {words} from '../words.js';

const SILENT_MILLIS = 3_000;
const LEAVE_MILLIS = 15_000;
/** Between two looks at the clock; whoever's page or machine slept longer has not seen the seconds go by. */
const GAP_MILLIS = 3_000;
const OTHERS_MAX = 5;

/**
 * Says that the node does not answer, and leads to the same view at the others: by itself after some seconds, which are counted
 * in sight, unless somebody stays.
 */
export class Notice {
  #root;
  #live;
  #mayLeave;
  #leave;
  #isStaying = false;
  #leavesAt = null;
  #lookedAt = 0;

  /** @param mayLeave whether nothing would be lost; @param leave called with the link that the page goes to */
  constructor(root, live, mayLeave, leave) {
    this.#root = root;
    this.#live = live;
    this.#mayLeave = mayLeave;
    this.#leave = leave;
    root.addEventListener('click', event => {
      if (event.target.closest('[data-do=stay]') !== null) {
        this.#isStaying = true;
        this.update();
        root.querySelector('a.btn')?.focus();
      }
    });
  }

  /** To be called every second. */
  update(now = Date.now()) {
    const {silentSince} = this.#live.feed;
    if (silentSince === null || now - silentSince <= SILENT_MILLIS) {
      this.#isStaying = silentSince !== null && this.#isStaying;
      this.#leavesAt = null;
      render(this.#root);
      return;
    }
    const others = this.#live.others.slice(0, OTHERS_MAX);
    this.#count(now, others);
    render(this.#root, this.#content(now, others));
    if (this.#leavesAt !== null && now >= this.#leavesAt) {
      this.#isStaying = true;
      this.#leave(linkTo(others[0]));
    }
  }

  #count(now, others) {
    if (this.#isStaying || others.length === 0 || !this.#mayLeave()) {
      this.#leavesAt = null;
    } else if (this.#leavesAt === null || now - this.#lookedAt > GAP_MILLIS) {
      this.#leavesAt = now + LEAVE_MILLIS;
    }
    this.#lookedAt = now;
  }

  #content(now, others) {
    const {feed, hereName} = this.#live;
    const since = feed.answeredAt === null ? null : clock(feed.answeredAt);
    return element('div', {class: 'notice-in lost'},
      element('p', {}, element('b', {}, words.silent(hereName)), ' ', words.silentDetail(since)),
      others.length === 0 ? null : element('div', {class: 'others'}, this.#leavesAt === null ? null : leaving(others[0], this.#leavesAt - now),
        element('span', {}, words.silentOthers), others.map(node => element('a', {class: 'btn', href: linkTo(node)}, chip(node, 12), node.name))));
  }
}

/** Told aloud once, not each second. */
const leaving = (node, millis) => [element('span', {class: 'leaving', 'aria-live': 'off'}, words.leaving(node.name, Math.max(0, Math.ceil(millis / 1000)))),
  element('button', {class: 'btn', 'data-do': 'stay'}, words.stay)];

/** The same view there; where it stands is behind the `#`, and nothing of a sign-in goes along. */
const linkTo = node => `${location.protocol}//${node.admin}/${location.hash}`;
