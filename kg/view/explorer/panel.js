// The panel says in words what the map shows: everything by kind, a thing with its links, a link with its sentences.

function showPanel() {
  const panel = $('panel');
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(...(state.node ? nodePage(state.node) : state.edge ? edgePage(state.edge) : homePage()));
  panel.scrollTop = 0;
  if (hadFocus) panel.querySelector('h2').focus({ preventScroll: true });
  say(spoken());
}

function spoken() {
  const { node, edge } = state;
  if (node) return `${capital(one(node.group))}: ${node.label}. ${count(node.links.length, 'link')}.`;
  if (edge) return `${edge.source.label} ${edge.relation} ${edge.target.label}.`;
  return 'Nothing selected.';
}

const heading = (...content) => make('h2', { tabIndex: -1 }, ...content);
const back = () => button({ className: 'back', onclick: clear }, '← Overview');

function homePage() {
  if (!nodes.length) return [heading('This graph is empty'), make('p', {}, 'No article has been added yet.')];
  const held = kinds.map((kind) => count(ofKind(kind).length, one(kind), many(kind))).join(', ');
  return [
    heading('What this graph holds'),
    make('p', { className: 'quiet' }, words(`${held}, joined by ${count(edges.length, 'link')}.`)),
    ...mostLinked(ofKind('topic').sort(byLinks).slice(0, 8)),
    make('h3', {}, 'Everything, by kind'),
    ...kinds.map(everything),
  ];
}

function mostLinked(topics) {
  if (topics.length < 2) return [];
  return [make('h3', {}, 'Most linked topics'), list('chips', topics.map((node) => [thing(node)]))];
}

function everything(kind) {
  const members = ofKind(kind).sort(byLabel);
  return make('details', { open: kind === 'article' && members.length < 30 },
    make('summary', {}, mark(kind), words(capital(many(kind))), tally(members.length)),
    list('', members.map((node) => [thing(node)])));
}

function nodePage(node) {
  return [
    back(),
    make('p', { className: 'kind' }, mark(node.group), words(capital(one(node.group)))),
    heading(words(node.label)),
    make('p', { className: 'note', hidden: !node.note }, words(node.note)),
    make('p', { className: 'quiet', hidden: !node.alt.length }, 'Also called ', words(node.alt.join(' · '))),
    ...link(node.url),
    ...relations(node),
  ];
}

function link(text) { // only the web: never javascript:, data: or file:
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return [];
  const shown = words(text.replace(/^https?:\/\//i, ''));
  return [make('p', {}, make('a', { href: text, target: '_blank', rel: 'noopener noreferrer' }, shown))];
}

function relations(node) {
  const groups = new Map();
  for (const edge of node.links.slice().sort(inOrderFrom(node))) {
    const inverse = INVERSE[edge.relation] ?? `“${edge.relation}” is said of it by`;
    const title = edge.source === node ? edge.relation : inverse;
    groups.set(title, [...(groups.get(title) ?? []), edge]);
  }
  return [...groups].flatMap(([title, group]) => [
    make('h3', {}, words(title)),
    list('links', group.map((edge) => [thing(otherEnd(edge, node)), ...proof(edge, otherEnd(edge, node))])),
  ]);
}

function inOrderFrom(node) { // by kind and name; then what is of the same kind as the node itself; mere mentions last
  const place = ({ group }) => (group === node.group ? kinds.length : kinds.indexOf(group));
  return (...pair) => {
    const [a, b] = pair.map((edge) => otherEnd(edge, node));
    return isWeak(pair[0]) - isWeak(pair[1]) || place(a) - place(b) || byLabel(a, b);
  };
}

function proof(edge, other) {
  if (!edge.quotes.length) return [];
  const sentences = count(edge.quotes.length, 'sentence');
  const summary = make('summary', { 'aria-label': `${sentences}: ${other.label}` }, sentences);
  const show = button({ className: 'show', onclick: () => go('edge', edge.key) }, 'Show this link on the map');
  return [make('details', {}, summary, ...edge.quotes.map(quotation), show)];
}

function quotation(index) {
  const { exact, section, article, path: file, start, end } = quotes[index];
  const place = make('code', {}, words(`${file}:${start}–${end}`));
  return make('figure', {},
    make('blockquote', {}, words(exact)),
    make('figcaption', {}, words([section, article].filter(Boolean).join(' · ')), make('br'), place));
}

function edgePage({ source, relation, target, quotes: proofs }) {
  return [
    back(),
    make('p', { className: 'kind' }, 'Link'),
    heading(words(source.label), ' ', make('em', {}, words(relation)), ' ', words(target.label)),
    list('', [[thing(source)], [thing(target)]]),
    make('h3', {}, count(proofs.length, 'sentence')),
    ...proofs.map(quotation),
  ];
}
