/**
 * Sends a file or a part of one, and tells meanwhile how much went out, as fetch does not. Completes with `{status, eTag, text}`
 * whatever the status is; fails where there is no answer, and at once where the signal is.
 */
export function put(url, blob, headers, signal, onSent) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const onAbort = () => request.abort();
    signal.addEventListener('abort', onAbort, {once: true});
    request.addEventListener('loadend', () => signal.removeEventListener('abort', onAbort));
    request.upload.addEventListener('progress', event => onSent(event.loaded));
    request.addEventListener('load', () => resolve({status: request.status, eTag: request.getResponseHeader('ETag'), text: request.responseText}));
    request.addEventListener('error', () => reject(new TypeError('no answer')));
    request.addEventListener('abort', () => reject(signal.reason ?? new TypeError('aborted')));
    request.open('PUT', url);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.send(blob);
  });
}
