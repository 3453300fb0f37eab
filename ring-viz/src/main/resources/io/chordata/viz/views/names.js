import {element} from '../lib/dom.js';

/** What has no look of its own, or turns the text around it: controls, marks of direction, what has no width, odd line ends. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/;

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
