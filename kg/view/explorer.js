// The explorer begins here, after all the parts of it in explorer/: theme, keys, start. See network.py for their order.

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $('theme').setAttribute('aria-pressed', String(theme === 'dark'));
  const style = getComputedStyle(document.documentElement);
  const names = ['ink', 'soft', 'paper', 'other', ...Object.keys(KINDS)];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function switchTheme() {
  setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  paint();
}

function walk(dx, dy) { // to the neighbour that lies nearest that way; without a selection, pan
  if (!state.node) return pan(dx, dy);
  const ahead = (node) => {
    const [x, y] = [node.x - state.node.x, node.y - state.node.y];
    const along = x * dx + y * dy;
    return along > 0 ? Math.hypot(x, y) * (1 + (2 * Math.abs(x * dy - y * dx)) / along) : Infinity;
  };
  const candidates = [...state.near].filter((node) => isShown(node) && ahead(node) < Infinity);
  const [next] = candidates.sort((a, b) => ahead(a) - ahead(b));
  return next ? go('node', next.iri) : say('No neighbour that way.');
}

function enter() { // into the panel; without a selection, to the most linked article
  if (state.node || state.edge) return $('panel').querySelector('h2').focus();
  const [first] = nodes.filter(isShown).sort((a, b) => isArticle(b) - isArticle(a) || byLinks(a, b));
  return first && go('node', first.iri);
}

const ON_MAP = {
  __proto__: null,
  ArrowLeft: () => walk(-1, 0),
  ArrowRight: () => walk(1, 0),
  ArrowUp: () => walk(0, -1),
  ArrowDown: () => walk(0, 1),
  Enter: enter,
};
const IN_SEARCH = {
  __proto__: null,
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => choose(active()?.node),
  Escape: leaveSearch,
};
const ANYWHERE = {
  __proto__: null,
  '/': () => $('search').focus(),
  '+': () => zoom(1.3),
  '=': () => zoom(1.3),
  '-': () => zoom(1 / 1.3),
  f: () => fit(),
  d: switchTheme,
  '?': () => $('keys').showModal(),
  Escape: clear,
};

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $('keys').open) return;
  const here = event.target === $('search') ? IN_SEARCH : $('map').contains(event.target) ? ON_MAP : {};
  const act = here[event.key] ?? (here === IN_SEARCH ? null : ANYWHERE[event.key]);
  if (!act) return;
  event.preventDefault();
  act();
}

function listen() {
  const buttons = { theme: 'd', help: '?', fit: 'f', closer: '+', farther: '-' };
  for (const [id, key] of Object.entries(buttons)) $(id).addEventListener('click', ANYWHERE[key]);
  $('search').addEventListener('input', search);
  $('search').addEventListener('blur', () => showResults(false));
  document.addEventListener('keydown', press);
  addEventListener('hashchange', follow);
}

setTheme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
showLegend();
drawMap();
watchCamera();
listen();
fit(false);
follow();

window.kgExplorer = { // for tests, and for the curious at the console
  timing,
  labels: () => map.names.map(({ node, rows, x, y, width, height }) => (
    { iri: node.iri, text: rows.join(' '), x, y, width, height })),
  marks: () => marksOnMap().map(({ node, ...box }) => ({ iri: node.iri, ...box })),
  point: (iri) => network.canvasToDOM(byIri.get(iri)),
  scale: () => network.getScale(),
};
