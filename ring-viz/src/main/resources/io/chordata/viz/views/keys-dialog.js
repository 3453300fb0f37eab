import {element} from '../lib/dom.js';
import {words} from '../words.js';

/** Lists the keys. */
export class KeysDialog {
  root = element('dialog', {class: 'keys', 'aria-labelledby': 'keys-title'},
    element('h2', {id: 'keys-title'}, words.keys.title),
    element('dl', {}, words.keys.rows.map(([key, what]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, what)])),
    element('form', {method: 'dialog'}, element('button', {class: 'btn'}, words.keys.close)));

  get isOpen() {
    return this.root.open;
  }

  open() {
    this.root.showModal();
  }
}
