// The pages of the panel: all of it, a theme, a thing, a link, a path, a comparison.

function homePage() {
  if (!nodes.length) return [heading('This graph is empty'), make('p', {}, 'No article has been added yet.')];
  const shown = kinds.filter((kind) => !state.off.has(kind));
  const held = shown.map((kind) => count(countOf(kind), one(kind), many(kind))).join(', ');
  return [
    heading(state.isFiltered ? 'What fits the filters' : 'What this graph holds'),
    make('p', { className: 'quiet' }, words(`${held}, joined by ${count(joints(), 'link')}.`)),
    ...(regions.some(({ page: part }) => part) ? [make('p', { className: 'quiet' }, 'An overview of the most linked. Each theme has a page that holds all of it.')] : []),
    ...themes('Themes', regions.filter((region) => !region.above && region.kept).sort((a, b) => b.articles - a.articles)),
    ...mostLinked(kept(ofKind('topic')).sort(byReach).slice(0, 12)),
    make('h3', {}, 'Everything, by kind'),
    ...shown.map((kind) => everything(kind, kept(ofKind(kind)))),
  ];
}

const kept = (members) => members.filter((node) => node.isKept);
const joints = () => edges.filter(({ source, target }) => source.isKept && target.isKept).length;
const byReach = (a, b) => b.articles - a.articles || byLinks(a, b);

function themes(title, found) {
  if (found.length < 2) return [];
  return [make('h3', {}, title), longList('themes', found, (region) => [theme(region)])];
}

function theme(region) {
  const about = make('span', { className: 'quiet' }, words(region.topics.join(' · ')));
  return button({ className: 'thing theme', onclick: () => open(region) },
    make('span', {}, words(capital(region.name)), ' ', about), tally(state.isFiltered ? kept(membersOf(region)).filter(isArticle).length : region.articles || region.size));
}

function mostLinked(topics) {
  if (topics.length < 2) return [];
  return [make('h3', {}, 'Most frequent topics'), list('chips', topics.map((node) => [thing(node)]))];
}

function everything(kind, members) {
  const made = make('details', {}, make('summary', {}, mark(kind), words(capital(many(kind))), tally(members.length)));
  const fill = () => { if (made.childElementCount < 2) made.append(longList('', members.sort(byLabel), (node) => [thing(node)])); };
  made.addEventListener('toggle', fill);
  if (kind === 'article' && members.length < 30) {
    made.open = true;
    fill();
  }
  return made;
}

function regionPage(region) {
  const members = kept(membersOf(region));
  const held = kinds.map((kind) => [kind, members.filter((node) => node.group === kind)]).filter(([, found]) => found.length);
  return [
    back(),
    make('p', { className: 'kind' }, words(region.above ? `Theme in ${capital(region.above.name)}` : 'Theme')),
    heading(words(capital(region.name))),
    make('p', { className: 'quiet', hidden: !region.topics.length }, words(region.topics.join(' · '))),
    ...onward(region, 'Open all of this theme'),
    ...themes('Within it', region.parts),
    ...themes('Next to it', neighboursOf(region)),
    ...mostLinked(members.filter((node) => node.group === 'topic').sort(byReach).slice(0, 12)),
    make('h3', {}, 'All of it, by kind'),
    ...held.map(([kind, found]) => everything(kind, found)),
  ];
}

/** Return a link to another page of a graph that has several. */
const onward = ({ page }, text) => (page ? [make('p', {}, make('a', { href: page }, text))] : []);

/** Return the communities that share most with one. */
function neighboursOf(region) {
  const own = allRoads.filter(({ ends }) => ends.includes(region));
  return own.slice(0, 5).map(({ ends }) => ends.find((end) => end !== region));
}

function nodePage(node) {
  return [
    back(),
    make('p', { className: 'kind' }, mark(node.group), words([capital(one(node.group)), capital(node.level), node.date].filter(Boolean).join(' · '))),
    heading(words(node.label)),
    make('p', { className: 'note', hidden: !node.note }, words(node.note)),
    ...otherNames(node.alt),
    ...(isWeb(node.url) ? [make('p', {}, outward(node.url, node.url.replace(/^https?:\/\//i, '')))] : []),
    ...onward(node, 'Open all that is linked to it'),
    ways(node),
    ...relations(node),
  ];
}

function otherNames(names) {
  if (names.length < 8) return [make('p', { className: 'quiet', hidden: !names.length }, 'Also called ', words(names.join(' · ')))];
  const first = make('summary', {}, make('span', {}, 'Also called ', words(names.slice(0, 5).join(' · ')), ' …'), tally(names.length));
  return [make('details', { className: 'alts' }, first, words(names.slice(5).join(' · ')))];
}

/** Return the buttons that say how else to look at a thing. */
function ways(node) {
  const around = [1, 2, 3].map((steps) => button({
    'aria-pressed': String(state.around === steps), 'aria-label': `Show what is ${count(steps, 'step')} around it`,
    onclick: () => look({ node: node.iri, around: state.around === steps ? '' : String(steps) }),
  }, String(steps)));
  const name = Object.keys(FACETS).find((each) => each === node.group);
  return make('div', { className: 'ways' },
    make('span', { className: 'steps', role: 'group', 'aria-label': 'Steps around it' }, 'Around it', ...around),
    button({ onclick: () => ask({ what: 'path', from: node }) }, 'Path to …'),
    button({ onclick: () => ask({ what: 'compare', from: node }) }, 'Compare …'),
    ...(name ? [button({ onclick: () => choose({ [name]: state.choice[name] === node.iri ? '' : node.iri }) },
      state.choice[name] === node.iri ? 'All articles' : 'Only its articles')] : []));
}

function edgePage(edge) {
  const { source, relation, target } = edge;
  return [
    back(),
    make('p', { className: 'kind' }, 'Link'),
    heading(words(source.label), ' ', make('em', {}, words(relation)), ' ', words(target.label)),
    list('', [[thing(source)], [thing(target)]]),
    make('h3', {}, count(edge.quotes.length, 'sentence')),
    ...quotations(edge),
  ];
}

function routePage(from, to) {
  const found = route(from, to);
  if (!found) return [back(), heading('No path'), make('p', {}, words(from.label), ' and ', words(to.label), ' are not joined.')];
  const steps = found.nodes.map((node, at) => [thing(node), ...stepFrom(node, found.edges[at])]);
  return [
    back(),
    make('p', { className: 'kind' }, 'Path'),
    heading(words(from.label), ' ', make('em', {}, 'to'), ' ', words(to.label)),
    make('p', { className: 'quiet' }, count(found.edges.length, 'step')),
    make('ol', { className: 'route' }, ...steps.map((step) => make('li', {}, ...step))),
  ];
}

function stepFrom(node, edge) {
  if (!edge) return [];
  const says = edge.source === node ? edge.relation : INVERSE[edge.relation] ?? `is what “${edge.relation}” is said of by`;
  const more = edge.quotes.length > 2 ? proof(edge, otherEnd(edge, node)) : [];
  return [make('p', { className: 'quiet' }, words(says)), ...quotations({ quotes: edge.quotes.slice(0, 2) }), ...more];
}

function rivalsPage(a, b) {
  const { both, left, right } = compared(a, b);
  const group = (title, found) => [make('h3', {}, ...title, ' ', tally(found.length)), longList('pairs', found, shared)];
  const shared = ({ node, edges: links }) => [thing(node), ...links.flatMap((edge) => proof(edge, otherEnd(edge, node)))];
  return [
    back(),
    make('p', { className: 'kind' }, 'Comparison'),
    heading(words(a.label), ' ', make('em', {}, 'and'), ' ', words(b.label)),
    list('', [[thing(a)], [thing(b)]]),
    ...group(['Both'], both),
    ...group(['Only ', words(a.label)], left),
    ...group(['Only ', words(b.label)], right),
  ];
}
