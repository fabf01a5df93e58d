/** As much of a document as a page is built of: elements with attributes, children and texts, and nothing that shows them. */
class Element {
  constructor(name) {
    Object.assign(this, { name, attributes: new Map(), children: [], heard: [] });
  }

  setAttribute(name, value) { this.attributes.set(name, `${value}`); }

  getAttribute(name) { return this.attributes.get(name) ?? null; }

  append(...children) { this.children.push(...children.map(child => (child instanceof Element ? child : `${child}`))); }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  addEventListener(name, work) { this.heard.push([name, work]); }

  get textContent() { return this.children.map(child => (child instanceof Element ? child.textContent : child)).join(''); }

  /** All elements of this name within. */
  all(name) {
    const within = this.children.filter(child => child instanceof Element);
    return within.flatMap(child => [...(child.name === name ? [child] : []), ...child.all(name)]);
  }
}

globalThis.document = { createElement: name => new Element(name), createElementNS: (_, name) => new Element(name) };
