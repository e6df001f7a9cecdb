// The panel says in words what the map shows, and is its list for those who do not see it. This file: its parts.

const heading = (...content) => make('h2', { tabIndex: -1 }, ...content);
const back = () => button({ className: 'back', onclick: clear }, '← Overview');

function showPanel() {
  const panel = $('panel');
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(...page());
  panel.scrollTop = 0;
  if (hadFocus) panel.querySelector('h2').focus({ preventScroll: true });
  say(spoken());
}

function page() {
  const { node, edge, region } = state;
  if (node) return nodePage(node);
  if (edge) return edgePage(edge);
  if (state.route) return routePage(...state.route);
  if (state.rivals) return rivalsPage(...state.rivals);
  return region ? regionPage(region) : homePage();
}

function spoken() {
  const { node, edge, region } = state;
  if (node) return `${capital(one(node.group))}: ${node.label}. ${count(node.links.length, 'link')}.`;
  if (edge) return `${edge.source.label} ${edge.relation} ${edge.target.label}.`;
  if (state.route || state.rivals) return $('panel').querySelector('h2').textContent;
  return region ? `Theme: ${region.name}. ${count(region.articles, 'article')}.` : 'Nothing selected.';
}

/** Return the sentences behind a link, made when they are first shown. */
function proof(edge, other) {
  if (!edge.quotes.length) return [];
  const sentences = count(edge.quotes.length, 'sentence');
  const summary = make('summary', { 'aria-label': `${sentences}: ${other.label}` }, sentences);
  const details = make('details', {}, summary);
  const go = { from: edge.source.iri, relation: edge.relation, to: edge.target.iri };
  const show = button({ className: 'show', onclick: () => look(go) }, 'Show this link on the map');
  details.addEventListener('toggle', () => { if (details.childElementCount < 2) details.append(...quotations(edge), show); });
  return [details];
}

const quotations = (edge) => (evidence.ready ? edge.quotes.map(quotation) : [make('p', { className: 'quiet' }, 'Loading …')]);

function quotation(number) {
  const quote = quoteOf(number);
  const { exact, section, title, article, file, start, end } = quote;
  const publishers = article?.links.filter((edge) => edge.relation === 'published by').map((edge) => edge.target.label) ?? [];
  const said = [title, section, ...publishers, article?.date].filter(Boolean).join(' · ');
  return make('figure', {},
    make('blockquote', {}, words(exact)),
    make('figcaption', {}, words(said), make('br'), make('code', {}, words(`${file}:${start}–${end}`)), ...place(quote)));
}

/** Return a link to the very words in the article, where it is on the web. */
function place({ article, exact }) {
  if (!article || !isWeb(article.url)) return [];
  const pieces = exact.trim().split(/\s+/);
  const ends = pieces.length > 8 ? [pieces.slice(0, 4), pieces.slice(-4)] : [pieces];
  const encoded = ends.map((some) => encodeURIComponent(some.join(' ')).replace(/-/g, '%2D'));
  const href = `${article.url.split('#')[0]}#:~:text=${encoded.join(',')}`;
  return [' ', outward(href, 'read there')];
}

const isWeb = (text) => /^https?:\/\//i.test(text) && URL.canParse(text); // never javascript:, data: or file:
const outward = (href, text) => make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, words(text));

/** Return links under what they say, each group as a list. */
function relations(node) {
  const groups = new Map();
  for (const edge of node.links.slice().sort(inOrderFrom(node))) {
    const inverse = INVERSE[edge.relation] ?? `“${edge.relation}” is said of it by`;
    const title = edge.source === node ? edge.relation : inverse;
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(edge);
  }
  const item = (edge) => [thing(otherEnd(edge, node)), ...proof(edge, otherEnd(edge, node))];
  return [...groups].flatMap(([title, group]) => [make('h3', {}, words(title), ' ', tally(group.length)), longList('links', group, item)]);
}

function inOrderFrom(node) { // by kind and name; then what is of the same kind as the node itself; mere mentions last
  const rank = ({ group }) => (group === node.group ? kinds.length : kinds.indexOf(group));
  return (...both) => {
    const [a, b] = both.map((edge) => otherEnd(edge, node));
    return isWeak(both[0]) - isWeak(both[1]) || rank(a) - rank(b) || byLabel(a, b);
  };
}
