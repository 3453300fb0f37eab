import {element, render} from '../lib/dom.js';
import {words} from '../words.js';

const text = words.signIn;
const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
const isOpen = location.protocol === 'http:' && !isLocal;

/** Asks for an access key, where the view that needs one will be. */
export class SignIn {
  #session;
  #problem = null;
  #isAsking = false;

  #lead = element('div', {class: 'lead'});
  #key = element('input', {id: 'sign-in-key', name: 'accessKey', type: 'text', autocomplete: 'username', spellcheck: 'false', autocapitalize: 'off', required: true});
  #secret = element('input', {id: 'sign-in-secret', name: 'secretKey', type: 'password', autocomplete: 'current-password', required: true});
  #says = element('p', {class: 'says', role: 'alert'});
  #button = element('button', {class: 'btn primary'}, text.go);
  #form = element('form', {class: 'sign-in', method: 'post', 'aria-labelledby': 'sign-in-title'}, this.#lead,
    element('label', {for: 'sign-in-key'}, text.accessKey), this.#key, element('label', {for: 'sign-in-secret'}, text.secretKey), this.#secret,
    this.#says, this.#button, element('p', {class: 'note faint'}, text.kept), isOpen ? element('p', {class: 'note open'}, text.open) : null);

  /** @param root hidden while nobody needs to sign in */
  constructor(root, session) {
    this.#session = session;
    root.append(this.#form);
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#begin();
    });
  }

  update() {
    const isOver = this.#session.isOver;
    render(this.#lead, element('h1', {id: 'sign-in-title'}, isOver ? text.over : text.title), element('p', {class: 'sub'}, isOver ? text.overLead : text.lead));
    render(this.#says, this.#problem ?? '');
    this.#button.disabled = this.#isAsking;
  }

  focus() {
    (this.#key.value === '' ? this.#key : this.#secret).focus();
  }

  async #begin() {
    this.#isAsking = true;
    this.#problem = null;
    this.update();
    try {
      await this.#session.begin(this.#key.value.trim(), this.#secret.value);
    } catch (failure) {
      this.#problem = failure.status === 401 ? text.wrong : text.failed(failure.message);
    }
    this.#secret.value = '';
    this.#isAsking = false;
    this.update();
    if (this.#problem !== null) {
      this.focus();
    }
  }
}
