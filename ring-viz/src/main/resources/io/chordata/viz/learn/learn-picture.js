import {svg} from '../lib/dom.js';
import {arc, chord, cross, point, R, round, spoke, xy} from '../ring/geometry.js';
import {superscript} from '../lib/format.js';
import {SPACE, BITS} from './chord.js';

const RIM = 430;
const NEXT = 412;
const BEFORE = 398;
const CHORDS = 384;

export const hex = id => id.toString(16).padStart(4, '0');
const turnOf = id => id / SPACE;

/** What is drawn of a simulated ring. `look`: `selected` id, `act` of the last turn, `path` of a lookup and its `key`. */
export function learnShapes(chordRing, flaws, look) {
  const members = [...chordRing.members.values()];
  return [
    svg('circle', {class: 'learn-frame', r: 538}), svg('circle', {class: 'learn-rim', r: RIM}),
    pointers(chordRing, members, flaws), fingersOf(chordRing, look.selected), acts(look), lookups(look), dots(members, flaws, look)
  ].flat(3);
}

/** From each to its successor, clockwise, and back to its predecessor; those that are not right stand out. */
function pointers(chordRing, members, flaws) {
  const d = {next: '', nextWrong: '', before: '', beforeWrong: ''};
  for (const member of members.filter(each => each.isAlive)) {
    const at = turnOf(member.id);
    const first = member.successors[0];
    const isRight = !flaws.successors.has(member.id);
    if (first !== null && first !== undefined && first !== member.id) {
      d[isRight ? 'next' : 'nextWrong'] += curve(isRight ? NEXT : NEXT - 4, at, turnOf(first));
    }
    if (member.predecessor !== member.id) {
      const isGood = !flaws.predecessors.has(member.id);
      d[isGood ? 'before' : 'beforeWrong'] += curve(isGood ? BEFORE : BEFORE - 4, turnOf(member.predecessor), at);
    }
  }
  return Object.entries(d).map(([name, path]) => svg('path', {'data-key': name, class: `pointer ${name}`, d: path}));
}

function curve(radius, from, to) {
  const end = to < from ? to + 1 : to;
  const gap = Math.min(0.0016, (end - from) / 5);
  return arc(radius, from + gap, end - gap);
}

function fingersOf(chordRing, selected) {
  const member = chordRing.members.get(selected);
  if (member === undefined || !member.isAlive) {
    return [];
  }
  const shown = new Map();
  member.fingers.forEach((id, i) => id !== undefined && id !== selected && shown.set(id, i));
  return [...shown].flatMap(([id, i]) => {
    const isDead = !chordRing.isAlive(id);
    const [x, y] = xy(CHORDS - 26, turnOf(id) + 0.006);
    return [svg('path', {'data-key': `f${selected}-${id}`, class: `finger n1${isDead ? ' unknown' : ''}`, 'stroke-width': (1.2 + 2 * i / BITS).toFixed(1),
      pathLength: isDead ? null : 1, d: chord(turnOf(selected), turnOf(id), CHORDS)}),
    i < BITS - 5 ? null : svg('text', {'data-key': `l${i}`, class: 'finger-label', x: round(x), y: round(y), dy: '.35em'}, `2${superscript(i)}`)];
  });
}

/** Whom the last one whose turn it was asked. */
function acts({act}) {
  return act === null ? [] : act.asked.filter(id => id !== null && id !== undefined && id !== act.actor).map((id, i) =>
    svg('path', {'data-key': `q${act.number}-${i}`, class: 'asks', pathLength: 1, style: {'animation-delay': `${i * 200}ms`}, d: chord(turnOf(act.actor), turnOf(id), CHORDS - 4)}));
}

function lookups({path, key, run}) {
  if (path === null) {
    return [];
  }
  const at = turnOf(key);
  const [x, y] = xy(R.hex - 14, at);
  const isRight = Math.sin(at * 2 * Math.PI) >= 0;
  return [svg('path', {class: 'needle', d: spoke(CHORDS, R.hex - 20, at)}), svg('circle', {class: 'needle-head', cx: round(x), cy: round(y), r: 4}),
    svg('text', {class: 'needle-text', x: round(x + (isRight ? 10 : -10)), y: round(y), dy: '.35em', 'text-anchor': isRight ? 'start' : 'end'}, hex(key)),
    path.slice(1).map((id, i) => svg('path', {'data-key': `p${run}-${i}`, class: 'hop', pathLength: 1, style: {'animation-delay': `${i * 420}ms`},
      d: chord(turnOf(path[i]), turnOf(id), CHORDS - 8)}))];
}

function dots(members, flaws, look) {
  const size = members.length > 40 ? 6 : 8;
  const named = new Set([look.selected, look.act?.actor, ...(look.path ?? [])]);
  return members.map(({id, isAlive}) => {
    const isNew = isAlive && look.newcomers.has(id);
    const [x, y] = xy(isNew ? RIM + 26 : RIM, turnOf(id));
    const name = `sim-node${id === look.selected ? ' chosen' : ''}${id === look.act?.actor ? ' actor' : ''}${isNew ? ' newcomer' : ''}`;
    return svg('g', {'data-key': hex(id)}, isNew ? svg('path', {class: 'sim-stalk', d: `M${point(RIM, turnOf(id))}L${point(RIM + 26 - size, turnOf(id))}`}) : null,
      isAlive ? svg('circle', {class: name, cx: round(x), cy: round(y), r: id === look.selected || id === look.act?.actor ? size + 3 : size})
        : svg('path', {class: 'sim-dead', d: cross(x, y, 5)}),
      named.has(id) || members.length <= 16 ? label(id) : null);
  });
}

function label(id) {
  const at = turnOf(id);
  const [x, y] = xy(RIM + 48, at);
  return svg('text', {class: 'sim-label', x: round(x), y: round(y), dy: '.35em'}, hex(id));
}

/** The member that is drawn nearest there; undefined where none is near. */
export function memberAt(chordRing, {turn, radius}) {
  if (radius < BEFORE - 20 || radius > R.hex) {
    return undefined;
  }
  const off = id => Math.min(Math.abs(turnOf(id) - turn), 1 - Math.abs(turnOf(id) - turn));
  const [nearest] = [...chordRing.members.keys()].sort((a, b) => off(a) - off(b));
  return nearest !== undefined && off(nearest) < 0.02 ? nearest : undefined;
}
