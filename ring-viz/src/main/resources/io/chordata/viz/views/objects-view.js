import {element, render} from '../lib/dom.js';
import {formatRoute} from '../lib/routes.js';
import {SignedOut} from '../lib/session.js';
import {words} from '../words.js';
import {Chosen} from './chosen.js';
import {droppedFiles, plainFiles} from './dropped.js';
import {searchIcon, upIcon} from './icons.js';
import {exactName} from './names.js';
import {ObjectList} from './object-list.js';
import {ObjectPanel} from './object-panel.js';
import {UploadTray} from './upload-tray.js';

const PAGE = 200;
const TYPING_MILLIS = 250;
const AGAIN_MILLIS = 3_000;
const STORED_MILLIS = 1_000;
const text = words.objects;

/**
 * Buckets and what is in them, a page at a time: what is shown is in the route, and a bucket of a million objects costs this
 * page what one of two hundred does.
 */
export class ObjectsView {
  static needsKey = true;

  #live;
  #s3;
  #uploads;
  #buckets = null;
  #place = {bucket: null, prefix: '', page: null, key: null};
  #find = '';
  #listing = null;
  #listed = '';
  #problem = null;
  #run = 0;
  /** The pages that led here, by their tokens; the first has none. */
  #trail = [null];
  #isLeaving = false;
  #typing = null;
  #again = null;
  #stored = null;
  #isClosed = false;
  #drawn = {};
  #dragged = 0;

  #side = element('div', {class: 'side'});
  #bucketName = element('input', {type: 'text', 'aria-label': text.bucketName, placeholder: text.newBucket, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', minlength: 3, maxlength: 63, required: true});
  #bucketForm = element('form', {class: 'new-bucket'}, element('span', {class: 'field'}, this.#bucketName), element('button', {class: 'btn'}, text.create));
  #crumbs = element('nav', {class: 'crumbs', 'aria-label': text.path});
  #filter = element('input', {type: 'text', placeholder: text.begins, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off', 'aria-keyshortcuts': '/'});
  #files = element('input', {type: 'file', multiple: true, class: 'hidden', tabindex: -1, 'aria-hidden': 'true'});
  #upload = element('button', {class: 'btn primary'}, upIcon(), text.upload);
  #bar = element('div', {class: 'bar'}, this.#crumbs, element('label', {class: 'field filter'}, searchIcon(), this.#filter, element('kbd', {'aria-hidden': 'true'}, '/')), this.#upload, this.#files);
  #says = element('div');
  #chosen;
  #list;
  #pager = element('nav', {class: 'pager', 'aria-label': text.pages});
  #dropping = element('div', {class: 'dropping', hidden: true, 'aria-hidden': 'true'});
  #tray;
  #panel;
  #root;

  constructor(root, live, {s3, uploads}) {
    this.#root = root;
    this.#live = live;
    this.#s3 = s3;
    this.#uploads = uploads;
    this.#tray = new UploadTray(uploads);
    this.#chosen = new Chosen(s3, () => this.#onChosen(), () => this.#onDeleted());
    this.#list = new ObjectList(this.#chosen);
    this.#panel = new ObjectPanel(live, s3, () => this.#onDeleted());
    root.append(element('div', {class: 'objects-side'}, this.#side, this.#bucketForm, element('div', {class: 'endpoint'})),
      element('section', {class: 'browser', 'aria-label': text.browser}, this.#bar, this.#says, this.#list.root, this.#chosen.root, this.#pager, this.#tray.root, this.#dropping), this.#panel.root);
    this.#bucketForm.addEventListener('submit', event => {
      event.preventDefault();
      this.#createBucket();
    });
    this.#filter.addEventListener('input', () => this.#onTyping());
    this.#filter.addEventListener('keydown', event => this.#onFilterKey(event));
    this.#upload.addEventListener('click', () => this.#files.click());
    this.#files.addEventListener('change', () => {
      this.#add(plainFiles(this.#files.files));
      this.#files.value = '';
    });
    this.#list.root.addEventListener('click', event => this.#onAct(event.target.closest('button')?.dataset.do));
    ['dragenter', 'dragover', 'dragleave', 'drop'].forEach(type => root.addEventListener(type, event => this.#onDrag(event)));
  }

  go({bucket = null, prefix = '', page = null, key = null}) {
    const isElsewhere = bucket !== this.#place.bucket || prefix !== this.#place.prefix;
    if (isElsewhere || page !== this.#place.page) {
      this.#chosen.clear(bucket);
    }
    this.#place = {bucket, prefix, page, key};
    this.#isLeaving = false;
    if (isElsewhere) {
      this.#find = '';
      this.#filter.value = '';
      this.#trail = [null];
    }
    if (!this.#trail.includes(page)) {
      this.#trail = [page];
    }
    this.#panel.show(bucket, key, this.#link({key: null}));
    if (this.#buckets === null || bucket === null) {
      this.#loadBuckets();
    }
    if (this.#listed === this.#wanted) {
      this.#drawList();
    } else {
      this.#load();
    }
  }

  /** What is asked for still must not lead back here. */
  close() {
    this.#isClosed = true;
    this.#chosen.close();
    [this.#again, this.#typing, this.#stored].forEach(clearTimeout);
  }

  /** Somebody else is signed in, or the same again, or nobody. */
  onSession() {
    this.#buckets = null;
    this.#listing = null;
    this.#listed = '';
    this.#panel.forget();
    this.#chosen.clear(this.#place.bucket);
    this.update();
    this.#drawList();
  }

  /**
   * Lists anew, once a second at most.
   *
   * @param item that was stored
   */
  onStored(item) {
    const {bucket, prefix, key} = this.#place;
    if (item.bucket === bucket && item.key.startsWith(prefix)) {
      this.#stored ??= setTimeout(() => {
        this.#stored = null;
        this.#load();
      }, STORED_MILLIS);
      if (item.key === key) {
        this.#panel.refresh();
      }
    }
  }

  onKey(event) {
    if (event.key === '/' && this.#place.bucket !== null) {
      this.#filter.focus();
      return true;
    }
    if (event.key === 'Escape' && this.#chosen.count > 0) {
      this.#chosen.clear(this.#place.bucket);
      this.#onChosen();
      return true;
    }
    if (event.key === 'Escape' && this.#panel.isOpen) {
      location.hash = this.#link({key: null});
      return true;
    }
    return false;
  }

  #link(more) {
    return formatRoute('objects', {...this.#place, ...more});
  }

  get #wanted() {
    const {bucket, prefix, page} = this.#place;
    return JSON.stringify([bucket, prefix, page, this.#find]);
  }

  async #loadBuckets() {
    try {
      this.#buckets = await this.#s3.buckets();
      if (!this.#isClosed && this.#place.bucket === null && this.#buckets.length > 0) {
        location.replace(formatRoute('objects', {bucket: this.#buckets[0].name}));
      }
    } catch (failure) {
      this.#fail(failure, () => {
        this.#loadBuckets();
        this.#load();
      });
    }
    this.update();
    this.#drawList();
  }

  async #load() {
    const run = ++this.#run;
    const wanted = this.#wanted;
    const {bucket, prefix, page} = this.#place;
    if (JSON.parse(this.#listed || '[]')[0] !== bucket) {
      this.#listing = null;
    }
    if (bucket === null) {
      this.#drawList();
      return;
    }
    this.#list.root.setAttribute('aria-busy', 'true');
    try {
      const listing = await this.#s3.list(bucket, {prefix: prefix + this.#find, token: page, max: PAGE});
      if (run !== this.#run || this.#isClosed) {
        return;
      }
      this.#listing = listing;
      this.#listed = wanted;
      this.#problem = null;
    } catch (failure) {
      if (run !== this.#run || this.#isClosed) {
        return;
      }
      this.#listing = null;
      this.#listed = '';
      this.#fail(failure, () => run === this.#run && this.#load());
    }
    this.#list.root.removeAttribute('aria-busy');
    this.#drawList();
    this.update();
  }

  /** What the node cannot do now it may do soon. */
  #fail(failure, again = null) {
    clearTimeout(this.#again);
    if (this.#isClosed) {
      return;
    }
    const isPassing = !(failure instanceof SignedOut) && !(failure.status < 500);
    this.#again = again !== null && isPassing ? setTimeout(again, AGAIN_MILLIS) : null;
    this.#problem = failure instanceof SignedOut ? null : failure.code === 'NoSuchBucket' ? text.noSuch : text.problem(failure.message);
  }

  get #where() {
    return `${this.#place.bucket}/${this.#place.prefix}`;
  }

  #named() {
    return exactName(this.#where);
  }

  #drawList() {
    const {bucket, prefix} = this.#place;
    const {prefixes, objects} = this.#listing ?? {prefixes: [], objects: []};
    if (bucket === null && this.#buckets !== null && this.#buckets.length === 0) {
      this.#list.say(element('div', {class: 'nothing'}, element('h2', {}, text.noBuckets), element('p', {}, text.noBucketsLead)));
    } else if (this.#listing === null) {
      this.#list.say(element('p', {class: 'nothing faint'}, this.#problem === null ? text.asking : ''));
    } else if (prefixes.length + objects.length > 0) {
      this.#list.draw(this.#listing, this.#place);
    } else {
      this.#list.say(element('div', {class: 'nothing'}, element('p', {}, prefix + this.#find === '' ? text.empty : text.emptyPrefix),
        element('p', {class: 'faint'}, text.drop(this.#named())), prefix + this.#find === '' ? this.#bucketActs(bucket) : null));
    }
    this.#drawPager(prefixes.length + objects.length);
  }

  #bucketActs(bucket) {
    return element('p', {class: 'acts'}, this.#isLeaving
      ? [element('span', {}, text.sureBucket(bucket)), element('button', {class: 'btn danger', 'data-do': 'delete'}, text.delete), element('button', {class: 'btn', 'data-do': 'keep'}, text.keep)]
      : element('button', {class: 'btn', 'data-do': 'ask'}, text.deleteBucket));
  }

  #drawPager(count) {
    const at = this.#trail.indexOf(this.#place.page);
    const isKnown = this.#trail[0] === null;
    const next = this.#listing?.next ?? null;
    if (next !== null && this.#trail[at + 1] !== next) {
      this.#trail = [...this.#trail.slice(0, at + 1), next];
    }
    const step = (page, label) => element('a', {class: 'btn', href: this.#link({page, key: null})}, label);
    const isPaged = next !== null || this.#place.page !== null;
    render(this.#pager, this.#listing === null ? [] : [element('span', {class: 'faint'}, count === 0 ? '' : isPaged && isKnown ? text.entries(at * PAGE + 1, at * PAGE + count) : text.some(count)),
      count === 0 && !isPaged ? null : element('span', {class: 'faint hint'}, text.drop(this.#named())),
      !isPaged ? null : element('span', {class: 'steps'}, this.#place.page === null ? null : at > 0 ? step(this.#trail[at - 1], text.previous) : step(null, text.first),
        next === null ? null : step(next, text.next))]);
  }

  update() {
    if (this.#isClosed) {
      return;
    }
    const {bucket, prefix, key} = this.#place;
    this.#root.classList.toggle('with-object', key !== null && bucket !== null);
    this.#drawBuckets(bucket);
    const s3 = this.#live.here?.s3;
    render(this.#root.querySelector('.endpoint'), s3 === undefined ? [] : [element('h2', {}, text.endpoint), element('p', {class: 'mono'}, s3)]);
    this.#bar.hidden = bucket === null;
    render(this.#crumbs, bucket === null ? [] : crumbs(bucket, prefix));
    this.#filter.setAttribute('aria-label', text.beginsLabel(this.#where));
    render(this.#says, this.#problem === null ? [] : element('p', {class: 'says', role: 'alert'}, this.#problem));
    render(this.#dropping, element('span', {}, upIcon(), text.dropNow(this.#named())));
    this.#tray.update();
    this.#panel.update();
  }

  /** There may be thousands, so they are drawn when they are others. */
  #drawBuckets(current) {
    const buckets = this.#buckets;
    if (this.#drawn.buckets === buckets && this.#drawn.current === current) {
      return;
    }
    this.#drawn = {buckets, current};
    render(this.#side, element('header', {}, element('h1', {}, words.views.objects), element('p', {class: 'sub'}, buckets === null ? text.asking : text.buckets(buckets.length))),
      element('nav', {class: 'buckets', 'aria-label': text.list}, (buckets ?? []).map(({name}) => element('a', {
        href: formatRoute('objects', {bucket: name}), 'aria-current': name === current ? 'true' : null, 'data-key': name
      }, name))));
  }

  #onTyping() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#search(), TYPING_MILLIS);
  }

  #search() {
    clearTimeout(this.#typing);
    if (this.#filter.value === this.#find) {
      return;
    }
    this.#find = this.#filter.value;
    this.#chosen.clear(this.#place.bucket);
    this.#trail = [null];
    if (this.#place.page === null) {
      this.#load();
    } else {
      location.hash = this.#link({page: null, key: null});
    }
  }

  /** What ends in a slash is a folder to go to. */
  #onFilterKey(event) {
    if (event.key === 'Enter' && this.#filter.value.endsWith('/')) {
      location.hash = formatRoute('objects', {bucket: this.#place.bucket, prefix: this.#place.prefix + this.#filter.value});
    } else if (event.key === 'Enter') {
      this.#search();
    } else if (event.key === 'ArrowDown') {
      this.#list.root.querySelector('tbody a')?.focus();
    } else if (event.key === 'Escape') {
      this.#filter.value = '';
      this.#filter.blur();
      this.#search();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  }

  async #createBucket() {
    const name = this.#bucketName.value;
    try {
      await this.#s3.createBucket(name);
      this.#bucketName.value = '';
      this.#problem = null;
      await this.#loadBuckets();
      if (!this.#isClosed) {
        location.hash = formatRoute('objects', {bucket: name});
      }
    } catch (failure) {
      this.#fail(failure);
    }
    this.update();
  }

  #onAct(what) {
    const acts = {ask: () => this.#isLeaving = true, keep: () => this.#isLeaving = false, delete: () => this.#deleteBucket()};
    if (what !== undefined) {
      acts[what]();
      this.#drawList();
    }
  }

  async #deleteBucket() {
    this.#isLeaving = false;
    try {
      await this.#s3.deleteBucket(this.#place.bucket);
      this.#buckets = null;
      if (!this.#isClosed) {
        location.replace(formatRoute('objects'));
      }
    } catch (failure) {
      this.#fail(failure);
      this.update();
    }
  }

  #onDeleted() {
    if (this.#isClosed) {
      return;
    }
    location.replace(this.#link({key: null}));
    this.#load();
  }

  #onChosen() {
    this.#drawList();
    this.#chosen.update();
    this.#root.classList.toggle('choosing', this.#chosen.count > 0);
  }

  #onDrag(event) {
    if (this.#place.bucket === null || !event.dataTransfer?.types.includes('Files')) {
      return;
    }
    event.preventDefault();
    const steps = {dragenter: 1, dragleave: -1, dragover: 0, drop: -this.#dragged};
    this.#dragged += steps[event.type];
    this.#dropping.hidden = this.#dragged <= 0;
    if (event.type === 'drop') {
      const {bucket, prefix} = this.#place;
      droppedFiles(event.dataTransfer).then(files => this.#add(files, bucket, prefix), failure => {
        this.#fail(failure);
        this.update();
      });
    }
  }

  #add(files, bucket = this.#place.bucket, prefix = this.#place.prefix) {
    this.#uploads.add(bucket, prefix, files);
    this.update();
  }
}

function crumbs(bucket, prefix) {
  const parts = prefix.split('/').slice(0, -1);
  const steps = parts.map((part, i) => ({name: part, prefix: parts.slice(0, i + 1).join('/') + '/'}));
  const rest = prefix.slice(prefix.lastIndexOf('/') + 1);
  const all = [{name: bucket, prefix: ''}, ...steps];
  return [all.map((step, i) => [i === all.length - 1 ? exactName(step.name, {class: 'exact here'}) : element('a', {href: formatRoute('objects', {bucket, prefix: step.prefix})}, exactName(step.name)),
    element('i', {}, '/')]), rest === '' ? null : exactName(rest, {class: 'exact here'})];
}
