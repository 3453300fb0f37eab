const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with attributes and children; texts are texts, never markup. Attributes that are null or false are left away;
 * `style` is an object, since the page's policy forbids style attributes.
 */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'style') {
      Object.entries(value).forEach(([property, text]) => made.style.setProperty(property, text));
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...flat(children));
  return made;
}

function flat(children) {
  return children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
}

const TYPED = 'input:not([type=checkbox], [type=radio]), textarea, select';

/** Whether letters are for what has the focus. */
export const isTypedInto = target => (target.closest?.(TYPED) ?? null) !== null;

/** Makes the children of `target` those given and keeps what is the same, so that focus, scroll and transitions stay. */
export function render(target, ...children) {
  patch(target, flat(children).map(child => child instanceof Node ? child : document.createTextNode(child)));
}

function patch(target, wanted) {
  wanted.forEach((next, i) => {
    const now = target.childNodes[i];
    if (now === undefined) {
      target.append(next);
    } else if (isSame(now, next)) {
      update(now, next);
    } else {
      now.replaceWith(next);
    }
  });
  while (target.childNodes.length > wanted.length) {
    target.lastChild.remove();
  }
}

function isSame(now, next) {
  return now.nodeName === next.nodeName
    && (now.nodeType !== Node.ELEMENT_NODE || now.getAttribute('data-key') === next.getAttribute('data-key'));
}

function update(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) {
      now.data = next.data;
    }
    return;
  }
  for (const {name, value} of [...next.attributes]) {
    if (name !== 'style' && now.getAttribute(name) !== value) {
      now.setAttribute(name, value);
    }
  }
  for (const {name} of [...now.attributes]) {
    if (!next.hasAttribute(name)) {
      now.removeAttribute(name);
    }
  }
  if (now.style.cssText !== next.style.cssText) {
    now.style.cssText = next.style.cssText;
  }
  patch(now, [...next.childNodes]);
}
