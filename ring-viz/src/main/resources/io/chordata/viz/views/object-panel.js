import {element, render} from '../lib/dom.js';
import {ask} from '../lib/feed.js';
import {bytes, moment} from '../lib/format.js';
import {formatRoute} from '../lib/routes.js';
import {objectUrl} from '../lib/s3.js';
import {SignedOut} from '../lib/session.js';
import {words} from '../words.js';
import {exactName, lastPart} from './names.js';
import {placePicture} from './place-picture.js';
import {Share} from './share.js';

const MIB = 1 << 20;
const IMAGE_BYTES_MAX = 32 * MIB;
const TEXT_BYTES = 16 << 10;
const TEXT_TYPES = /^(text\/|application\/(json|xml|yaml|x-yaml|toml|sql|x-sh|javascript|x-ndjson)\b)/;
const TEXT_NAMES = /\.(txt|md|csv|tsv|json|ndjson|xml|ya?ml|toml|ini|conf|log|sql|sh|py|java|js|css|html?)$/i;
const text = words.objects;

export const locate = (bucket, key) => ask(`/v1/objects/locate?${new URLSearchParams({bucket, key})}`);

/** One object: how it looks, what is kept with it, where it lies, and what can be done with it. */
export class ObjectPanel {
  root = element('aside', {class: 'panel object', 'aria-label': text.object, hidden: true}, element('div', {class: 'body'}));

  #live;
  #s3;
  #onGone;
  #shown = null;
  #found = null;
  #run = 0;
  #isLeaving = false;
  #share;

  /** @param onGone called when the object was deleted */
  constructor(live, s3, onGone) {
    this.#live = live;
    this.#s3 = s3;
    this.#onGone = onGone;
    this.#share = new Share(s3, () => this.update());
    this.root.addEventListener('click', event => this.#onClick(event));
    this.root.addEventListener('error', event => event.target.closest('figure') !== null && this.#onNoImage(), true);
  }

  get isOpen() {
    return this.#shown !== null;
  }

  /** @param close where the link that closes it leads */
  show(bucket, key, close) {
    const isSame = this.#shown?.bucket === bucket && this.#shown?.key === key;
    this.#shown = bucket === null || key === null ? null : {bucket, key, close};
    this.root.hidden = this.#shown === null;
    if (!isSame) {
      this.#found = null;
      this.#isLeaving = false;
      this.#share.close();
      this.root.firstChild.scrollTop = 0;
      this.refresh();
    }
    this.update();
  }

  /** What is shown next is asked for anew. */
  forget() {
    this.#shown = null;
    this.#share.close();
  }

  async refresh() {
    const run = ++this.#run;
    if (this.#shown === null) {
      return;
    }
    const {bucket, key} = this.#shown;
    const found = await this.#ask(bucket, key);
    if (run === this.#run) {
      this.#found = found;
      this.update();
    }
  }

  /** The browser cannot show what says that it is an image: once is enough. */
  #onNoImage() {
    this.#found = {...this.#found, isNoImage: true};
    this.update();
  }

  async #ask(bucket, key) {
    try {
      const [head, place] = await Promise.all([this.#s3.head(bucket, key), locate(bucket, key).catch(() => null)]);
      const isText = head !== null && head.size > 0 && (TEXT_TYPES.test(head.type) || TEXT_NAMES.test(key));
      return {head, place, beginning: isText ? await this.#s3.beginning(bucket, key, TEXT_BYTES) : null};
    } catch (failure) {
      return {failure: failure instanceof SignedOut ? null : failure.message};
    }
  }

  update() {
    render(this.root.firstChild, this.#shown === null ? [] : this.#content());
  }

  #content() {
    const {bucket, key, close} = this.#shown;
    const found = this.#found;
    const title = [element('div', {class: 'title'}, element('h2', {}, exactName(lastPart(key))), element('a', {class: 'link close', href: close, 'aria-label': text.close}, '✕'))];
    if (found === null) {
      return [...title, element('p', {class: 'faint'}, text.asking)];
    }
    if (found.failure !== undefined || found.head === null) {
      return [...title, element('p', {class: 'says', role: 'alert'}, found.failure === undefined ? text.gone : found.failure ?? '')];
    }
    const {head, place, beginning, isNoImage = false} = found;
    const isImage = !isNoImage && head.type.startsWith('image/') && head.size <= IMAGE_BYTES_MAX && head.size > 0;
    return [
      isImage ? element('figure', {class: 'preview', 'data-key': head.eTag}, element('img', {src: `${objectUrl(bucket, key)}#${head.eTag}`, alt: text.preview(lastPart(key))})) : null,
      element('div', {}, ...title, element('p', {class: 'id-line'}, [bytes(head.size), head.type, moment(head.modified)].join(' · '))),
      this.#acts(bucket, key),
      this.#share.content(),
      place === null ? null : element('section', {}, element('h3', {}, text.lies, element('a', {class: 'link', href: formatRoute('lookup', {key: `${bucket}/${key}`})}, text.follow)),
        placePicture(this.#live.model, place)),
      record(key, head),
      beginning === null ? null : element('section', {}, element('h3', {}, text.beginning, element('span', {}, head.size > TEXT_BYTES ? text.firstBytes(bytes(TEXT_BYTES)) : text.whole)),
        element('pre', {class: 'beginning', tabindex: 0}, beginning))
    ];
  }

  #acts(bucket, key) {
    if (this.#isLeaving) {
      return element('div', {class: 'acts sure'}, element('p', {}, text.sure),
        element('button', {class: 'btn danger', 'data-do': 'delete'}, text.delete), element('button', {class: 'btn', 'data-do': 'keep'}, text.keep));
    }
    return element('div', {class: 'acts'}, element('a', {class: 'btn primary', 'data-do': 'download', href: objectUrl(bucket, key), download: fileName(key)}, text.download),
      element('button', {class: 'btn', 'data-do': 'share', 'aria-expanded': String(this.#share.isOpen)}, words.share.open), element('button', {class: 'btn danger', 'data-do': 'ask'}, text.delete));
  }

  #onClick(event) {
    const acts = {
      share: () => this.#share.toggle(), link: () => this.#share.make(this.#shown.bucket, this.#shown.key), copy: () => this.#share.copy(this.root.querySelector('#share-url')),
      ask: () => this.#isLeaving = true, keep: () => this.#isLeaving = false, delete: () => this.#delete(),
      download: () => {
        event.preventDefault();
        this.#download();
      }
    };
    const what = event.target.closest('[data-do]')?.dataset.do;
    if (what !== undefined) {
      acts[what]();
      this.update();
    }
  }

  /** A refusal would be saved as if it were the object, so it is asked for first. */
  async #download() {
    const {bucket, key} = this.#shown;
    try {
      if (await this.#s3.head(bucket, key) !== null) {
        element('a', {href: objectUrl(bucket, key), download: fileName(key)}).click();
        return;
      }
      this.#found = {head: null};
    } catch (failure) {
      this.#found = failure instanceof SignedOut ? this.#found : {failure: failure.message};
    }
    this.update();
  }

  async #delete() {
    const {bucket, key} = this.#shown;
    this.#isLeaving = false;
    try {
      await this.#s3.remove(bucket, key);
      this.#onGone();
    } catch (failure) {
      this.#found = failure instanceof SignedOut ? this.#found : {failure: failure.message};
      this.update();
    }
  }
}

const fileName = key => lastPart(key).replace(/\/$/, '') || 'object';

function record(key, head) {
  const row = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));
  return element('section', {}, element('h3', {}, text.record), element('dl', {class: 'facts'},
    row(text.key, exactName(key, {class: 'exact whole'})), row('ETag', element('span', {class: 'mono'}, head.eTag)),
    head.checksum === null ? null : row(text.checksum, element('span', {class: 'mono'}, head.checksum)),
    head.headers.map(([name, value]) => row(name, exactName(value, {class: 'exact whole'}))),
    head.user.map(([name, value]) => row(name, exactName(value, {class: 'exact whole'})))));
}
