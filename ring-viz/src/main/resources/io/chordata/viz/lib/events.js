/**
 * Reads server-sent events (WHATWG HTML 9.2), with lines that end as \n or \r\n, from chunks of text as they come. EventSource cannot be told where to go on
 * after it was closed, and a page in the background should hold no connection.
 */
export class EventParser {
  #rest = '';
  #event = {type: 'message', data: []};
  #id;

  /** Of the last event that was read to its end, for `Last-Event-ID`; null before the first. */
  lastId;

  /** @param lastId of the connection before */
  constructor(lastId = null) {
    this.lastId = lastId;
    this.#id = lastId;
  }

  /** The events that this text completes: `[{id, type, data}]`, data as text. */
  push(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    return lines.map(line => this.#line(line.replace(/\r$/, ''))).filter(event => event !== null);
  }

  #line(line) {
    if (line === '') {
      return this.#complete();
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#event.data.push(value);
    } else if (field === 'event') {
      this.#event.type = value;
    } else if (field === 'id') {
      this.#id = value;
    }
    return null;
  }

  #complete() {
    const {type, data} = this.#event;
    this.#event = {type: 'message', data: []};
    this.lastId = this.#id;
    return data.length === 0 ? null : {id: this.lastId, type, data: data.join('\n')};
  }
}

/** The events of a node, from one connection to the next without a gap. */
export class EventStream {
  #lastId = null;

  /**
   * Reads until the connection ends, or fails with it. A piece of an event that is cut off is forgotten, as the next connection tells
   * that event as a whole.
   *
   * @param take called with events as they come: `[{id, type, ...}]` with what their data say
   */
  async read(signal, take) {
    const headers = this.#lastId === null ? {} : {'Last-Event-ID': this.#lastId};
    const response = await fetch(this.#lastId === null ? '/v1/events?past' : '/v1/events', {headers, cache: 'no-store', signal});
    if (response.status !== 200) {
      return;
    }
    const parser = new EventParser(this.#lastId);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        const events = parser.push(chunk.value).map(parsed).filter(event => event !== null);
        this.#lastId = parser.lastId;
        take(events);
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  }
}

/** Null for what cannot be read: it must not take those behind it along. */
function parsed({id, type, data}) {
  try {
    return {id, type, ...JSON.parse(data)};
  } catch {
    return null;
  }
}
