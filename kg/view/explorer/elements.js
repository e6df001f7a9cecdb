// Parts of the page. The texts of the graph reach it as text, never as markup.

const calm = matchMedia('(prefers-reduced-motion: reduce)');
let colours = {}; // of the theme, by name

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
  return button({ className: 'thing', onclick: () => pick(node) }, mark(node.group), words(node.label));
}

/** Return a list of which only the beginning is made; the rest is made when it is asked for. */
function longList(className, items, item, first = 40) {
  const made = list(className, items.slice(0, first).map(item));
  if (items.length <= first) return made;
  const more = button({ className: 'more', onclick: extend }, `Show ${count(items.length - first, 'more', 'more')}`);
  const last = make('li', {}, more);
  function extend() {
    const next = items.slice(made.childElementCount - 1, made.childElementCount + 199);
    last.before(...next.map((each) => make('li', {}, ...item(each))));
    const left = items.length - (made.childElementCount - 1);
    more.textContent = `Show ${count(left, 'more', 'more')}`;
    made.children[made.childElementCount - 1 - next.length].querySelector('button')?.focus();
    if (left <= 0) last.remove();
  }
  made.append(last);
  return made;
}
