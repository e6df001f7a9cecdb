// The search box: an editable combobox with a list of matches.

function matches(query) {
  const wanted = fold(query.trim());
  const score = ({ folded }) => { // where it begins: with the name, with a word, or within one
    const at = folded.indexOf(wanted);
    if (at <= 0) return at === 0 ? 3 : 0;
    return /[\s\p{P}]/u.test(folded[at - 1]) ? 2 : 1;
  };
  if (!wanted) return [];
  return nodes.filter(score).sort((a, b) => score(b) - score(a) || byLinks(a, b)).slice(0, 12);
}

function search() {
  const found = matches($('search').value);
  $('results').replaceChildren(...found.map(result));
  showResults(found.length);
  activate(0);
  if ($('search').value.trim()) say(count(found.length, 'match', 'matches'));
}

function result(node, at) {
  const choice = (event) => { event.preventDefault(); choose(node); }; // before the search box loses the focus
  const kind = make('span', { className: 'quiet' }, words(one(node.group)));
  const properties = { role: 'option', id: `result-${at}`, onpointerdown: choice };
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
  $('map').focus();
}

function choose(node) {
  if (!node) return;
  leaveSearch();
  go('node', node.iri);
}
