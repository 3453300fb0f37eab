import {element} from '../lib/dom.js';

/** What has no look of its own, or turns the text around it: controls, marks of direction, fillers, line ends, spaces but the one. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** A name as it is, to the last character: what could not be seen, or would mislead, is a small box with its number. */
export function exactName(name, attributes = {}) {
  const runs = [];
  let run = '';
  for (const character of name) {
    if (UNSEEN.test(character)) {
      runs.push(run, element('bdi', {class: 'unseen', 'data-code': character.codePointAt(0).toString(16).padStart(2, '0')}, character));
      run = '';
    } else {
      run += character;
    }
  }
  return element('bdi', {class: 'exact', ...attributes}, runs.filter(part => part !== ''), run);
}

/** The part behind the last slash but one at the end. */
export const lastPart = key => key.length < 2 ? key : key.slice(key.lastIndexOf('/', key.length - 2) + 1);
