import {element, render, svg} from '../lib/dom.js';
import {formatRoute} from '../lib/routes.js';
import {Chord, SPACE} from '../learn/chord.js';
import {hex, learnShapes, memberAt} from '../learn/learn-picture.js';
import {polar, R} from '../ring/geometry.js';
import {bezel} from '../ring/layers.js';
import {centre} from '../ring/picture.js';
import {words} from '../words.js';

const SIZES = [8, 16, 64];
const RUN_MILLIS = 160;
const STORY_MAX = 9;
const SIDE = 2 * R.outer;
const text = words.learn;

/** A ring to play with, in this page: nothing of it is the cluster's, and it says so. */
export class LearnView {
  #chord = new Chord(64, 1);
  #size = 64;
  #seed = 1;
  #selected = null;
  #newcomers = new Set();
  #act = null;
  #acts = [];
  #number = 0;
  #path = null;
  #timer = null;

  #picture = svg('svg', {viewBox: `${-R.outer} ${-R.outer} ${SIDE} ${SIDE}`, role: 'img'});
  #box = element('div', {class: 'ringbox', tabindex: 0, role: 'application', 'aria-label': text.label}, this.#picture);
  #controls = element('div', {class: 'controls'});
  #body = element('div', {class: 'body'});

  constructor(root) {
    root.append(
      element('div', {class: 'stage'}, element('div', {class: 'side'},
        element('header', {}, element('h1', {}, words.views.learn), element('p', {class: 'sub'}, text.sub)), this.#controls), this.#box),
      element('aside', {class: 'panel', 'aria-label': text.panel}, this.#body));
    this.#controls.addEventListener('click', event => this.#onControl(event.target.closest('button')));
    this.#box.addEventListener('click', event => this.#onClick(event));
    this.#box.addEventListener('keydown', event => this.#onKey(event));
  }

  go({nodes, seed, node}) {
    const size = SIZES.find(each => String(each) === nodes) ?? 64;
    const wantedSeed = Math.max(1, Number.parseInt(seed ?? '1', 10) || 1);
    if (size !== this.#size || wantedSeed !== this.#seed) {
      this.#size = size;
      this.#seed = wantedSeed;
      this.#begin();
    }
    const id = /^[0-9a-f]{4}$/.test(node ?? '') ? Number.parseInt(node, 16) : null;
    this.#selected = this.#chord.members.has(id) ? id : null;
    this.#draw();
  }

  #begin() {
    this.#stop();
    this.#chord = new Chord(this.#size, this.#seed);
    this.#newcomers.clear();
    this.#act = null;
    this.#acts = [];
    this.#path = null;
  }

  onKey(event) {
    const names = {s: 'step', r: 'round', j: 'join', l: 'leave', c: 'crash', k: 'lookup', p: 'run', Escape: 'release'};
    if (event.key in names) {
      this.#do(names[event.key]);
    }
    return event.key in names || this.#walk(event.key);
  }

  #onKey(event) {
    if (this.#walk(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #walk(key) {
    const ids = this.#chord.alive();
    const steps = {ArrowRight: 1, ArrowLeft: -1};
    if (key in steps && ids.length > 0) {
      const at = ids.indexOf(this.#selected);
      this.#choose(ids[at < 0 ? 0 : (at + steps[key] + ids.length) % ids.length]);
    }
    return key in steps;
  }

  #onClick(event) {
    const box = this.#picture.getBoundingClientRect();
    const unit = SIDE / Math.min(box.width, box.height);
    const place = polar((event.clientX - box.left - box.width / 2) * unit, (event.clientY - box.top - box.height / 2) * unit);
    const id = memberAt(this.#chord, place);
    if (id !== undefined) {
      this.#choose(id === this.#selected ? null : id);
    }
  }

  #choose(id) {
    history.replaceState(null, '', formatRoute('learn', {
      nodes: this.#size === 64 ? null : this.#size, seed: this.#seed === 1 ? null : this.#seed, node: id === null ? null : hex(id)
    }));
    this.#selected = id;
    this.#draw();
  }

  #onControl(button) {
    if (button !== null && !button.disabled) {
      this.#do(button.dataset.do, button.dataset.size);
    }
  }

  #do(name, size) {
    const hasChosen = this.#chord.isAlive(this.#selected);
    const acts = {
      step: () => this.#step(), round: () => this.#round(), run: () => this.#run(), join: () => this.#join(), lookup: () => this.#lookup(),
      leave: () => hasChosen && this.#tell(this.#chord.leave(this.#selected)), crash: () => hasChosen && this.#tell(this.#chord.crash(this.#selected)),
      release: () => this.#choose(null), size: () => location.hash = formatRoute('learn', {nodes: size}),
      shuffle: () => location.hash = formatRoute('learn', {nodes: this.#size, seed: this.#seed + 1})
    };
    acts[name]?.();
    this.#draw();
  }

  #tell(act) {
    if (act === null) {
      return;
    }
    this.#path = null;
    this.#act = {...act, number: ++this.#number};
    if (act.kind !== 'quiet' || this.#acts[0]?.kind !== 'quiet') {
      this.#acts = [this.#act, ...this.#acts].slice(0, STORY_MAX);
    } else {
      this.#acts = [this.#act, ...this.#acts.slice(1)];
    }
    this.#settle();
  }

  /** A newcomer is one until its predecessor knows it. */
  #settle() {
    for (const id of this.#newcomers) {
      const isKnown = [...this.#chord.members.values()].some(member => member.isAlive && member.successors[0] === id && member.id !== id);
      if (isKnown || !this.#chord.isAlive(id)) {
        this.#newcomers.delete(id);
      }
    }
  }

  #step() {
    this.#tell(this.#chord.step());
  }

  #round() {
    for (let turns = this.#chord.alive().length; turns > 0; turns--) {
      this.#step();
    }
  }

  #join() {
    const act = this.#chord.join();
    if (this.#chord.isAlive(act.actor)) {
      this.#newcomers.add(act.actor);
    }
    this.#tell(act);
  }

  #lookup() {
    const from = this.#chord.isAlive(this.#selected) ? this.#selected : this.#chord.alive()[0];
    if (from === undefined) {
      return;
    }
    const key = (from + Math.floor(SPACE * (0.35 + 0.6 * ((this.#number * 0.618) % 1)))) % SPACE;
    const {path, isFound} = this.#chord.lookup(from, key);
    this.#tell({kind: isFound ? 'found' : 'stopped', actor: from, asked: [], key, hops: path.length - 1, end: path.at(-1)});
    this.#path = {path, key, run: this.#number};
  }

  #run() {
    if (this.#timer !== null) {
      this.#stop();
    } else {
      this.#timer = setInterval(() => {
        this.#step();
        this.#draw();
      }, RUN_MILLIS);
    }
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = null;
  }

  update() {}

  #draw() {
    const flaws = this.#chord.flaws();
    const shown = this.#verdict(flaws);
    render(this.#picture, svg('g', {}, bezel()),
      svg('g', {}, learnShapes(this.#chord, flaws, {
        selected: this.#selected, act: this.#act, newcomers: this.#newcomers, path: this.#path?.path ?? null, key: this.#path?.key, run: this.#path?.run
      })), svg('g', {}, centre(shown)));
    this.#picture.setAttribute('aria-label', `${text.simulation}: ${shown.hero} ${shown.lead}, ${shown.detail}`);
    render(this.#controls, this.#buttons());
    render(this.#body, this.#story(), this.#member());
  }

  #verdict(flaws) {
    const wrong = flaws.successors.size + flaws.predecessors.size;
    const {count, outside} = this.#chord.rings();
    return {
      level: 'plain', top: text.simulation, hero: String(this.#chord.alive().length), lead: text.rings(count, outside),
      detail: wrong === 0 ? text.settled(flaws.lists, flaws.fingers) : text.wrong(flaws.successors.size, flaws.predecessors.size),
      more: text.cost(this.#chord.turns, this.#chord.messages), headline: '', sentence: ''
    };
  }

  #buttons() {
    const hasChosen = this.#chord.isAlive(this.#selected);
    const button = (name, {isPrimary = false, isDisabled = false, label = text.do[name]} = {}) => element('button', {
      class: `btn${isPrimary ? ' primary' : ''}`, type: 'button', 'data-key': name, 'data-do': name, disabled: isDisabled
    }, label, text.keys[name] ? element('kbd', {'aria-hidden': 'true'}, text.keys[name]) : null);
    return [
      element('div', {class: 'group'}, element('h2', {}, text.time), button('step', {isPrimary: true}), button('round'),
        button('run', {label: this.#timer === null ? text.do.run : text.do.pause})),
      element('div', {class: 'group'}, element('h2', {}, text.change), button('join'), button('leave', {isDisabled: !hasChosen}), button('crash', {isDisabled: !hasChosen}),
        button('lookup')),
      hasChosen ? null : element('p', {class: 'faint'}, text.choose),
      element('div', {class: 'group sizes'}, element('h2', {}, text.ring), SIZES.map(size => element('button', {
        class: 'btn', type: 'button', 'data-key': `size${size}`, 'data-do': 'size', 'data-size': size, 'aria-pressed': size === this.#size ? 'true' : 'false'
      }, text.size(size))), button('shuffle')),
      element('ul', {class: 'key legend'}, text.legend.map(([name, what]) => element('li', {},
        svg('svg', {class: 'legend-sign', viewBox: '0 0 16 14', width: 16, height: 14, 'aria-hidden': 'true'}, svg('path', {class: `pointer ${name}`, d: 'M0 7h16'})), what)))
    ];
  }

  #story() {
    return element('section', {}, element('h3', {}, text.story, element('span', {}, text.simulation)),
      this.#acts.length === 0 ? element('p', {class: 'faint'}, text.intro) : element('ol', {class: 'story'},
        this.#acts.map(act => element('li', {'data-key': act.number}, text.acts[act.kind](hex(act.actor), act.asked.map(id => id === null ? '–' : hex(id)),
          act.key === undefined ? null : {key: hex(act.key), hops: act.hops, end: hex(act.end)})))));
  }

  #member() {
    const member = this.#chord.members.get(this.#selected);
    if (member === undefined) {
      return element('section', {}, element('h3', {}, text.rulesTitle), element('ol', {class: 'rules'}, text.rules.map(rule => element('li', {}, rule))));
    }
    const name = id => id === null || id === undefined ? words.notKnown : element('span', {class: `mono${this.#chord.isAlive(id) ? '' : ' dead'}`}, hex(id));
    const groups = [];
    member.fingers.forEach((id, i) => groups.at(-1)?.id === id ? groups.at(-1).to = i : groups.push({id, from: i, to: i}));
    return [element('section', {}, element('h3', {}, text.node, element('span', {class: 'mono'}, hex(member.id))), element('ul', {class: 'steps'},
      element('li', {}, element('span', {}, text.predecessor), name(member.predecessor)),
      element('li', {}, element('span', {}, text.successors), element('span', {class: 'ids'}, member.successors.map(name))))),
    element('section', {}, element('h3', {}, text.fingers), groups.length === 0 ? element('p', {class: 'faint'}, text.noFingers) : element('ul', {class: 'steps'},
      groups.map(({id, from, to}) => element('li', {}, element('span', {}, '2', element('sup', {}, String(from)), from === to ? '' : [' – 2', element('sup', {}, String(to))]), name(id)))))];
  }

  close() {
    this.#stop();
  }
}
