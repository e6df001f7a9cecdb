// The graph as the page holds it, what each kind is called and looks like, and what the reader has chosen.

// Each kind: one, many, and its mark, a path in a box from -10 to 10 that map, legend and lists all draw.
const KINDS = {
  __proto__: null,
  article: ['article', 'articles', 'M-6-9H6A3 3 0 0 1 9-6V6A3 3 0 0 1 6 9H-6A3 3 0 0 1-9 6V-6A3 3 0 0 1-6-9Z'],
  topic: ['topic', 'topics', 'M-8 0A8 8 0 1 1 8 0A8 8 0 1 1-8 0Z'],
  principle: ['principle', 'principles', 'M0-10L9 0L0 10L-9 0Z'],
  role: ['role', 'roles', 'M0-9L9.5 8H-9.5Z'],
  field: ['field', 'fields', 'M0-10L2.6-3.4L9.6-3L4.1 1.4L6 8.2L0 4.4L-6 8.2L-4.1 1.4L-9.6-3L-2.6-3.4Z'],
  source: ['source', 'sources', 'M-5-8.5H5L9.5 0L5 8.5H-5L-9.5 0Z'],
  code: ['code reference', 'code references', 'M-9-7H9V-2.5H-9ZM-9 2.5H9V7H-9Z'],
};
const OTHER = 'M-8-8H8V8H-8ZM-4-4V4H4V-4Z'; // a hollow square, for kinds that this page was not told about
const INVERSE = { // how a relation reads from its target
  __proto__: null,
  'is about': 'is the subject of',
  mentions: 'is mentioned in',
  'is for': 'is addressed by',
  'is likely for': 'is likely addressed by',
  'published by': 'published',
  'curated by': 'curated',
  'written by': 'wrote',
  cites: 'is cited in',
  'filed under': 'holds',
  'is likely filed under': 'likely holds',
  'is part of': 'includes',
  states: 'is stated in',
  'applies to': 'should heed',
  concerns: 'is a concern of',
  'refers to': 'is referred to by',
  'related to': 'related to',
};

const $ = (id) => document.getElementById(id);
const { nodes, edges, quotes, options } = JSON.parse($('graph').textContent);
const byIri = new Map(nodes.map((node) => [node.iri, node]));
const byKey = new Map(edges.map((edge) => [edge.key, edge]));
const state = { node: null, edge: null, near: new Set(), hover: null, off: new Set() };

const [one, many, path] = [0, 1, 2].map((part) => (kind) => (KINDS[kind] ?? [kind, kind, OTHER])[part]);
const styleOf = (kind) => (kind in KINDS ? kind : 'other');
const kinds = kindsInOrder();
const ofKind = (kind) => nodes.filter((node) => node.group === kind);
const isArticle = (node) => node.group === 'article';
const isWeak = (edge) => edge.relation === 'mentions'; // a passage speaks of it; the article is not about it
const otherEnd = (edge, node) => (edge.source === node ? edge.target : edge.source);

const collate = new Intl.Collator('en', { numeric: true }).compare;
const byLabel = (a, b) => collate(a.label, b.label);
const byLinks = (a, b) => b.links.length - a.links.length || byLabel(a, b);
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const count = (n, singular, plural = `${singular}s`) => `${n.toLocaleString('en')} ${n === 1 ? singular : plural}`;

function kindsInOrder() {
  const found = new Set(nodes.map((node) => node.group));
  const known = Object.keys(KINDS).filter((kind) => found.delete(kind));
  return [...known, ...[...found].sort()];
}

function joinEnds() {
  nodes.forEach((node, id) => {
    Object.assign(node, { id, links: [], folded: fold([node.label, ...node.alt].join('\n')) });
  });
  edges.forEach((edge, id) => {
    Object.assign(edge, { id, source: nodes[edge.from], target: nodes[edge.to] });
    for (const end of new Set([edge.source, edge.target])) end.links.push(edge);
  });
}

function isFaded(node) { // it has nothing to do with what is selected
  if (state.edge) return node !== state.edge.source && node !== state.edge.target;
  return state.node !== null && node !== state.node && !state.near.has(node);
}

joinEnds();
