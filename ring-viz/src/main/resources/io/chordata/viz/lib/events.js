/**
 * Reads server-sent events (WHATWG HTML 9.2), with lines that end as \n or \r\n, from chunks of text as they come. EventSource cannot be told where to go on
 * after it was closed, and a page in the background should hold no connection.
 */
export class EventParser {
  #rest = '';
  #event = {type: 'message', data: []};

  /** The last id that was read, for `Last-Event-ID`; null before the first. */
  lastId = null;

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
      this.lastId = value;
    }
    return null;
  }

  #complete() {
    const {type, data} = this.#event;
    this.#event = {type: 'message', data: []};
    return data.length === 0 ? null : {id: this.lastId, type, data: data.join('\n')};
  }
}
