import {element} from '../lib/dom.js';
import {moment} from '../lib/format.js';
import {SignedOut} from '../lib/session.js';
import {words} from '../words.js';

const text = words.share;
const HOUR_SECONDS = 3_600;
/** A week is the longest that S3 allows. */
const SPANS = [1, 12, 24, 168];
const USUAL_SPAN = 24;

/**
 * Makes a link by which anybody can read an object for a while. The node signs it, since this page has no secret; it is kept in
 * memory only, and gone with the object that is shown.
 */
export class Share {
  #s3;
  #onChange;
  #isOpen = false;
  #isAsking = false;
  #link = null;
  #problem = null;
  #hasCopied = false;
  #run = 0;
  #seconds = USUAL_SPAN * HOUR_SECONDS;

  /** @param onChange called when there is something else to show */
  constructor(s3, onChange) {
    this.#s3 = s3;
    this.#onChange = onChange;
  }

  get isOpen() {
    return this.#isOpen;
  }

  toggle() {
    this.#isOpen = !this.#isOpen;
    this.#forget();
  }

  close() {
    this.#isOpen = false;
    this.#forget();
  }

  #forget() {
    this.#run++;
    this.#isAsking = false;
    this.#link = null;
    this.#problem = null;
    this.#hasCopied = false;
    this.#onChange();
  }

  async make(bucket, key) {
    this.#forget();
    const run = this.#run;
    this.#isAsking = true;
    this.#onChange();
    try {
      const link = await this.#s3.share(bucket, key, this.#seconds);
      this.#link = run === this.#run ? link : this.#link;
    } catch (failure) {
      this.#problem = run === this.#run && !(failure instanceof SignedOut) ? text.problem(failure.message) : this.#problem;
    }
    if (run === this.#run) {
      this.#isAsking = false;
      this.#onChange();
    }
  }

  /** Pages of plain HTTP have no clipboard but by what is selected. */
  async copy(field) {
    field.select();
    try {
      await navigator.clipboard.writeText(this.#link.url);
      this.#hasCopied = true;
    } catch {
      this.#hasCopied = document.execCommand('copy');
    }
    this.#onChange();
  }

  content() {
    if (!this.#isOpen) {
      return null;
    }
    return element('section', {class: 'share', 'aria-label': text.title}, element('h3', {}, text.title),
      element('p', {class: 'share-row'}, element('label', {for: 'share-span'}, text.good), this.#span(),
        element('button', {class: 'btn', 'data-do': 'link', disabled: this.#isAsking}, this.#link === null ? text.make : text.another)),
      this.#problem === null ? null : element('p', {class: 'says', role: 'alert'}, this.#problem),
      this.#link === null ? element('p', {class: 'note faint'}, text.lead) : this.#made());
  }

  /** Made anew like all that is rendered, as whoever chooses keeps the one that is there: moving it would take focus and list away. */
  #span() {
    const span = element('select', {id: 'share-span'}, SPANS.map(hours => hours * HOUR_SECONDS)
      .map(seconds => element('option', {value: seconds, selected: seconds === this.#seconds}, text.span(seconds / HOUR_SECONDS))));
    span.addEventListener('change', ({target}) => {
      this.#seconds = Number(target.value);
      this.#forget();
    });
    return span;
  }

  #made() {
    const {url, expires} = this.#link;
    return element('div', {class: 'share-made', role: 'status'},
      element('p', {class: 'share-row'}, element('input', {class: 'mono', id: 'share-url', readonly: true, value: url, 'aria-label': text.url}), element('button', {class: 'btn primary', 'data-do': 'copy'}, this.#hasCopied ? text.copied : text.copy)),
      element('p', {class: 'note faint'}, text.until(moment(expires))));
  }
}
