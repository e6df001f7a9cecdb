// Facets: the reader chooses articles by role, source, field, level and date; what they do not touch fades.

const FACETS = { // each: what to call it, and how an article is linked to it
  role: ['Role', new Set(['is for', 'is likely for'])],
  source: ['Source', new Set(['published by', 'curated by', 'written by'])],
  field: ['Field', new Set(['filed under', 'is likely filed under'])],
};
const OFFERED = 300; // more choices than these are found by searching, and chosen in the panel

const valuesOf = (article, name) => article.links.filter(({ relation }) => FACETS[name][1].has(relation)).map((edge) => otherEnd(edge, article));

/** Tell of everything whether the choice keeps it: articles that fit, and all that they are linked to. */
function keep() {
  const { choice } = state;
  state.isFiltered = Object.values(choice).some(Boolean);
  const fits = (article) => Object.keys(FACETS).every((name) => !choice[name] || valuesOf(article, name).some(({ iri }) => iri === choice[name]))
    && (!choice.level || article.level === choice.level)
    && (!choice.since || (article.date && article.date >= choice.since))
    && (!choice.until || (article.date && article.date <= choice.until));
  for (const node of nodes) node.isKept = !state.isFiltered;
  if (state.isFiltered) nodes.filter((node) => isArticle(node) && fits(node)).forEach(keepWithLinks);
  for (const region of regions) region.kept = !state.isFiltered;
  if (state.isFiltered) for (const { region } of nodes.filter((node) => isArticle(node) && node.isKept)) keepRegion(region);
}

function keepWithLinks(article) {
  article.isKept = true;
  for (const edge of article.links) {
    const other = otherEnd(edge, article);
    if (!isArticle(other)) other.isKept = true;
  }
}

function keepRegion(region) {
  for (let at = region; at; at = at.above) at.kept = true;
}

/** Return what a facet offers, with the number of articles, the most frequent first. */
function offers(name) {
  const found = new Map();
  for (const article of nodes.filter(isArticle)) {
    for (const node of new Set(valuesOf(article, name))) found.set(node, (found.get(node) ?? 0) + 1);
  }
  return [...found].sort(([a, m], [b, n]) => n - m || byLabel(a, b)).slice(0, OFFERED).map(([node, n]) => [node.iri, node.label, n]);
}

function levels() {
  const found = new Map();
  for (const { level } of nodes.filter((node) => node.level)) found.set(level, (found.get(level) ?? 0) + 1);
  return [...found].sort(([a], [b]) => collate(a, b)).map(([level, n]) => [level, capital(level), n]);
}

function startFilters() {
  const rows = [...Object.entries(FACETS).map(([name, [title]]) => [name, title, offers(name)]), ['level', 'Level', levels()]];
  const offered = rows.filter(([, , found]) => found.length > 1).map(([name, title, found]) => facet(name, title, found));
  const dates = nodes.map((node) => node.date).filter(Boolean).sort();
  if (dates.length > 1) offered.push(day('since', 'From', dates), day('until', 'To', dates));
  $('facets').prepend(...offered);
  $('filters').hidden = !offered.length;
  $('unfilter').addEventListener('click', () => choose(Object.fromEntries(CHOICES.map((name) => [name, '']))));
}

function facet(name, title, found) {
  const choices = found.map(([value, label, n]) => make('option', { value }, `${label} (${n.toLocaleString('en')})`));
  const onchange = (event) => choose({ [name]: event.target.value });
  return make('label', {}, title, make('select', { id: `facet-${name}`, onchange }, make('option', { value: '' }, 'all'), ...choices));
}

function day(name, title, dates) {
  const onchange = (event) => choose({ [name]: event.target.value });
  return make('label', {}, title, make('input', { type: 'date', id: `facet-${name}`, min: dates[0], max: dates.at(-1), onchange }));
}

function showFilters() {
  for (const [name, value] of Object.entries(state.choice)) showChoice($(`facet-${name}`), value);
  const kept = nodes.filter((node) => isArticle(node) && node.isKept).length;
  $('filtered').textContent = state.isFiltered ? count(kept, 'article') : '';
  $('unfilter').hidden = !state.isFiltered && !state.off.size;
}

function showChoice(control, value) {
  if (!control) return;
  const isUnlisted = control.options && ![...control.options].some((option) => option.value === value);
  if (isUnlisted) control.append(make('option', { value }, byIri.get(value)?.label ?? value));
  control.value = value;
}
