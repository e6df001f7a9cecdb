// Theme and keys.

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $('theme').setAttribute('aria-pressed', String(theme === 'dark'));
  const style = getComputedStyle(document.documentElement);
  const names = ['ink', 'soft', 'paper', 'wash', 'other', ...Object.keys(KINDS)];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function switchTheme() {
  setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  view.paint();
  showScene();
}

/** Go to the neighbour that lies nearest that way; without a selection, pan. */
function walk(dx, dy) {
  if (!state.node) return view.pan(dx, dy);
  const from = spotOf(state.node);
  const ahead = (node) => {
    const at = spotOf(node);
    const [x, y] = from && at ? [at.x - from.x, at.y - from.y] : [0, 0];
    const along = x * dx + y * dy;
    return along > 0 ? Math.hypot(x, y) * (1 + (2 * Math.abs(x * dy - y * dx)) / along) : Infinity;
  };
  const candidates = [...state.near].filter((node) => !state.off.has(node.group) && ahead(node) < Infinity);
  const [next] = candidates.sort((a, b) => ahead(a) - ahead(b));
  return next ? open(next) : say('No neighbour that way.');
}

const spotOf = (node) => (onStage.scene ? onStage.places.get(node) : view.point(node));

/** Go into the panel; without a selection, to the most linked article. */
function enter() {
  if (location.hash.length > 1 && isLooking()) return $('panel').querySelector('h2').focus();
  const [first] = nodes.filter((node) => node.isKept && !state.off.has(node.group)).sort((a, b) => isArticle(b) - isArticle(a) || byLinks(a, b));
  return first && open(first);
}

const isLooking = () => state.node || state.edge || state.region || state.route || state.rivals;

/** Show one step more around what is selected, or the map again. */
function wider() {
  if (!state.node) return say('Select something first.');
  return look({ node: state.node.iri, around: state.around === 3 ? '' : String(state.around + 1) });
}

const onMap = (act) => (onStage.scene ? say('Esc leads back to the map.') : act());

const askFor = (what) => (state.node ? ask({ what, from: state.node }) : say('Select something first.'));

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
  Enter: () => take(active()?.node),
  Escape: leaveSearch,
};
const ANYWHERE = {
  __proto__: null,
  '/': () => $('search').focus(),
  '+': () => onMap(() => view.zoom(1.3)),
  '=': () => onMap(() => view.zoom(1.3)),
  '-': () => onMap(() => view.zoom(1 / 1.3)),
  f: () => onMap(() => view.fit()),
  d: switchTheme,
  o: wider,
  p: () => askFor('path'),
  c: () => askFor('compare'),
  s: () => openMenu('saves'),
  t: () => openMenu('filters'),
  '?': () => $('keys').showModal(),
  Escape: leave,
};

/** Close what is open, else give up the selection. */
function leave() {
  const [menu] = document.querySelectorAll('details.menu[open]');
  if (!menu) return clear();
  menu.open = false;
  return menu.querySelector('summary').focus();
}

function openMenu(id) {
  $(id).open = !$(id).open;
  $(id).querySelector('summary').focus();
}

function press(event) {
  if (event.target.matches('select, textarea, input:not(#search)') && event.key !== 'Escape') return;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
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
  $('search').addEventListener('focus', fullyRanked, { once: true });
  $('search').addEventListener('blur', () => showResults(false));
  for (const format of Object.keys(SAVES)) $(`save-${format}`).addEventListener('click', () => save(format));
  $('print').addEventListener('click', () => print());
  document.addEventListener('keydown', press);
  document.addEventListener('pointerdown', closeMenus);
  addEventListener('hashchange', follow);
  addEventListener('beforeprint', printLight);
}

/** Paper is light: draw at once as there, and return to the reader's theme afterwards. */
function printLight() {
  if (document.documentElement.dataset.theme === 'light') return;
  switchTheme();
  view.flush();
  addEventListener('afterprint', switchTheme, { once: true });
}

function closeMenus({ target }) {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(target)) menu.open = false;
}
