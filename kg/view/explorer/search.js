// The search box: an editable combobox with a list of matches. It also asks for the other end of a path or comparison.

const ASKED = { path: 'Path to …', compare: 'Compare with …' };
let ranked = null; // all things, the most linked first, with their names folded: made when first needed

function fullyRanked() {
  ranked ??= nodes.toSorted((a, b) => b.links.length - a.links.length || a.id - b.id);
  for (const node of ranked) node.folded ||= fold([node.label, ...node.alt].join('\n'));
  return ranked;
}

/** Return up to twelve matches: those that begin with the words, then those with a word that does, then the others. */
function matches(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [[], [], []];
  for (const node of fullyRanked()) {
    const at = node.folded.indexOf(wanted);
    if (at < 0 || node === state.asking?.from) continue;
    const group = found[at === 0 ? 0 : /[\s\p{P}]/u.test(node.folded[at - 1]) ? 1 : 2];
    if (group.length < 12) group.push(node);
    if (found[0].length === 12) break;
  }
  return found.flat().slice(0, 12);
}

function search() {
  const began = performance.now();
  const found = matches($('search').value);
  timing.search = performance.now() - began;
  $('results').replaceChildren(...found.map(result));
  showResults(found.length);
  activate(0);
  if ($('search').value.trim()) say(count(found.length, 'match', 'matches'));
}

function result(node, at) {
  const accept = (event) => { event.preventDefault(); take(node); }; // before the search box loses the focus
  const kind = make('span', { className: 'quiet' }, words(one(node.group)));
  const properties = { role: 'option', id: `result-${at}`, onpointerdown: accept };
  return Object.assign(make('li', properties, mark(node.group), words(node.label), kind), { node });
}

function showResults(visible) {
  $('results').hidden = !visible;
  $('search').setAttribute('aria-expanded', String(Boolean(visible)));
  if (!visible) $('search').removeAttribute('aria-activedescendant');
}

const active = () => $('results').querySelector('[aria-selected=true]');

function activate(at) {
  const found = [...$('results').children];
  const next = found.at(at % found.length);
  for (const option of found) option.setAttribute('aria-selected', String(option === next));
  if (!next) return;
  next.scrollIntoView({ block: 'nearest' });
  $('search').setAttribute('aria-activedescendant', next.id);
}

const step = (by) => activate([...$('results').children].indexOf(active()) + by);

function leaveSearch() {
  $('search').value = '';
  $('results').replaceChildren();
  showResults(false);
  ask(null);
  $('map').focus();
}

/** Ask for the other end of a path or of a comparison; null asks for nothing more. */
function ask(asking) {
  state.asking = asking;
  $('search').placeholder = asking ? ASKED[asking.what] : 'Search';
  $('search').setAttribute('aria-label', asking ? `${ASKED[asking.what]} (from ${asking.from.label})` : 'Search by name');
  if (!asking) return;
  $('search').focus();
  say(`${ASKED[asking.what]} Type a name.`);
}

function take(node) {
  if (!node) return;
  const { asking } = state;
  leaveSearch();
  pick(node, asking);
}

/** Go to a thing; when the other end of a path or comparison is asked for, it is that. */
function pick(node, asking = state.asking) {
  ask(null);
  if (asking?.what === 'path') look({ path: asking.from.iri, to: node.iri });
  else if (asking?.what === 'compare') look({ compare: asking.from.iri, with: node.iri });
  else open(node);
}
