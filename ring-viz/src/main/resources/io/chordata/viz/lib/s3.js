/** Why S3 did not do it, by its code. */
export class S3Problem extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const CRC32 = Uint32Array.from({length: 256}, (each, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? 0xEDB88320 ^ value >>> 1 : value >>> 1;
  }
  return value;
});

/** Base64 of the checksum of a text in UTF-8, which browsers compute for no page of plain HTTP. */
export function crc32(value) {
  const crc = ~new TextEncoder().encode(value).reduce((sum, byte) => CRC32[(sum ^ byte) & 0xFF] ^ sum >>> 8, ~0);
  return btoa(String.fromCharCode(crc >>> 24, crc >>> 16 & 0xFF, crc >>> 8 & 0xFF, crc & 0xFF));
}

/** Characters that no document may hold, however they are written (XML 1.0, 2.2). */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const PASSING = new Set(['InternalError', 'RequestTimeout', 'ServiceUnavailable', 'SlowDown']);
const NOT_IMPLEMENTED = 501;

/** True if the same may go better later. The code counts, too: what comes late is told of in the document of a 200. */
export const isPassing = failure => !(failure instanceof S3Problem)
  || PASSING.has(failure.code) || failure.status >= 500 && failure.status !== NOT_IMPLEMENTED;

/** A key's place at this node: one segment of the path, as browsers would resolve dots between slashes. */
export const objectUrl = (bucket, key) => `/s3/${encodeURIComponent(`${bucket}/${key}`)}`;

const bucketUrl = (bucket, query = {}) => `/s3/${encodeURIComponent(bucket)}${queryOf(query)}`;

export const queryOf = query => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
};

const children = (parent, name) => [...parent.children].filter(child => child.localName === name);
const text = (parent, name) => children(parent, name)[0]?.textContent ?? '';

/** The root of a document; throws the problem that it tells of, or that it is none. */
export function documentOf(status, body) {
  const root = new DOMParser().parseFromString(body, 'application/xml').documentElement;
  if (root.localName === 'Error') {
    throw new S3Problem(status, text(root, 'Code'), text(root, 'Message'));
  }
  if (status >= 300 || root.localName === 'parsererror') {
    throw new S3Problem(status, `status ${status}`, detailOf(body) ?? `status ${status}`);
  }
  return root;
}

/** What the admin port itself says of a refusal. */
function detailOf(body) {
  try {
    return JSON.parse(body).detail;
  } catch {
    return undefined;
  }
}

export const escapeXml = value => value.replace(/[&<>"'\t\n\r]/g, character => `&#${character.codePointAt(0)};`);

/** Headers are bytes, in which names are written in UTF-8. */
export function headerText(value) {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(Uint8Array.from(value, character => character.charCodeAt(0)));
  } catch {
    return value;
  }
}

/** Buckets and objects, by the session of this page. Methods throw {@link S3Problem}, or SignedOut. */
export class S3 {
  #session;

  constructor(session) {
    this.#session = session;
  }

  /** The same, by whoever is signed in now and by no other who signs in later. */
  get ofPresentKey() {
    return new S3(this.#session.ofPresentKey);
  }

  async #document(path, options) {
    const response = await this.#session.fetch(path, options);
    return documentOf(response.status, await response.text());
  }

  async #done(path, options) {
    const response = await this.#session.fetch(path, options);
    if (response.status >= 300) {
      documentOf(response.status, await response.text());
    }
    return response;
  }

  /** `[{name, created}]`, by name. */
  async buckets() {
    const root = await this.#document('/s3/');
    return children(children(root, 'Buckets')[0], 'Bucket').map(bucket => ({name: text(bucket, 'Name'), created: Date.parse(text(bucket, 'CreationDate'))}));
  }

  /**
   * A page of what begins with the prefix, up to the next slash unless `isDeep`: `{prefixes, objects: [{key, size, modified}], next}`;
   * no next for the last.
   */
  async list(bucket, {prefix = '', token = null, max, isDeep = false}) {
    const root = await this.#document(bucketUrl(bucket, {
      'list-type': '2', 'encoding-type': 'url', ...(isDeep ? {} : {delimiter: '/'}), 'max-keys': String(max), prefix, ...(token === null ? {} : {'continuation-token': token})
    }));
    const next = text(root, 'NextContinuationToken');
    return {
      prefixes: children(root, 'CommonPrefixes').map(common => decodeURIComponent(text(common, 'Prefix'))),
      objects: children(root, 'Contents').map(object => ({
        key: decodeURIComponent(text(object, 'Key')), size: Number(text(object, 'Size')), modified: Date.parse(text(object, 'LastModified'))
      })),
      next: next === '' ? null : next
    };
  }

  /** `{url, expires}`: a link by which anybody can read the object for so many seconds. The node signs it; throws a Problem. */
  share(bucket, key, seconds) {
    return this.#session.ask('/v1/objects/share', {method: 'POST', body: {bucket, key, seconds}});
  }

  createBucket(bucket) {
    return this.#done(bucketUrl(bucket), {method: 'PUT'});
  }

  deleteBucket(bucket) {
    return this.#done(bucketUrl(bucket), {method: 'DELETE'});
  }

  /** `{size, type, modified, eTag, checksum, headers, user}`, null if there is none. */
  async head(bucket, key) {
    const response = await this.#session.fetch(objectUrl(bucket, key), {method: 'HEAD', headers: {'x-amz-checksum-mode': 'ENABLED'}});
    if (response.status === 404) {
      return null;
    }
    if (response.status !== 200) {
      throw new S3Problem(response.status, `status ${response.status}`, `status ${response.status}`);
    }
    const get = name => response.headers.get(name);
    const all = [...response.headers].map(([name, value]) => [name, headerText(value)]);
    const checksum = all.find(([name]) => /^x-amz-checksum-(?!type$)/.test(name));
    return {
      size: Number(get('content-length')), type: get('content-type') ?? '', modified: Date.parse(get('last-modified')), eTag: (get('etag') ?? '').replaceAll('"', ''),
      checksum: checksum === undefined ? null : `${checksum[0].slice('x-amz-checksum-'.length).toUpperCase()} ${checksum[1]}`,
      headers: all.filter(([name]) => /^(content-(disposition|encoding|language)|cache-control|expires)$/.test(name)),
      user: all.filter(([name]) => name.startsWith('x-amz-meta-')).map(([name, value]) => [name.slice('x-amz-meta-'.length), value])
    };
  }

  /** All of a small object. */
  async bytes(bucket, key) {
    return new Uint8Array(await (await this.#done(objectUrl(bucket, key))).arrayBuffer());
  }

  /** The begin of an object as text; what is no UTF-8 in it is shown as such. */
  async beginning(bucket, key, count) {
    const response = await this.#done(objectUrl(bucket, key), {headers: {Range: `bytes=0-${count - 1}`}});
    return new TextDecoder().decode(await response.arrayBuffer());
  }

  remove(bucket, key) {
    return this.#done(objectUrl(bucket, key), {method: 'DELETE'});
  }

  /** Of at most a thousand; completes with `[{key, message}]` of those that are there still. */
  async removeMany(bucket, keys) {
    const plain = keys.filter(key => !NOT_IN_XML.test(key));
    const failed = await Promise.all(keys.filter(key => NOT_IN_XML.test(key)).map(key => this.remove(bucket, key).then(() => [], ({message}) => [{key, message}])));
    if (plain.length === 0) {
      return failed.flat();
    }
    const objects = plain.map(key => `<Object><Key>${escapeXml(key)}</Key></Object>`).join('');
    const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects}</Delete>`;
    const root = await this.#document(bucketUrl(bucket, {delete: ''}), {method: 'POST', headers: {'x-amz-checksum-crc32': crc32(body)}, body});
    return [...failed.flat(), ...children(root, 'Error').map(error => ({key: text(error, 'Key'), message: text(error, 'Message') || text(error, 'Code')}))];
  }

  /** Completes with the id of an upload in parts. */
  async beginParts(bucket, key, type) {
    return text(await this.#document(`${objectUrl(bucket, key)}?uploads`, {method: 'POST', headers: {'Content-Type': type}}), 'UploadId');
  }

  /** @param eTags of all parts, in order */
  completeParts(bucket, key, uploadId, eTags, headers) {
    const parts = eTags.map((eTag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escapeXml(eTag)}</ETag></Part>`).join('');
    const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts}</CompleteMultipartUpload>`;
    return this.#document(objectUrl(bucket, key) + queryOf({uploadId}), {method: 'POST', headers, body});
  }

  abortParts(bucket, key, uploadId) {
    return this.#done(objectUrl(bucket, key) + queryOf({uploadId}), {method: 'DELETE'});
  }
}
