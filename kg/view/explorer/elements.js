// Parts of the page. The texts of the graph reach it as text, never as markup.

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const words = (text) => make('bdi', {}, text);
const button = (properties, ...children) => make('button', { type: 'button', ...properties }, ...children);
const list = (className, items) => make('ul', { className }, ...items.map((item) => make('li', {}, ...item)));
const tally = (number) => make('span', { className: 'count' }, number.toLocaleString('en'));
const say = (text) => { $('status').textContent = text; };

function mark(kind) {
  const [svg, shape] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  const attributes = { viewBox: '-11 -11 22 22', class: `mark ${styleOf(kind)}`, 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  shape.setAttribute('d', path(kind));
  svg.append(shape);
  return svg;
}

function thing(node) {
  return button({ className: 'thing', onclick: () => go('node', node.iri) }, mark(node.group), words(node.label));
}
