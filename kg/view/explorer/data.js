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
const timing = {};
const { nodes, edges, regions, options, terms, questions } = joined(await unpack('graph'));
const byIri = new Map(nodes.map((node) => [node.iri, node]));
const evidence = { ready: false }; // the columns of all quotations, once they are unpacked
const state = {
  node: null, edge: null, region: null, route: null, rivals: null, around: 0, // what is looked at
  off: new Set(), choice: {}, isFiltered: false, // what is left out
  near: new Set(), hover: null, asking: null,
};

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

/** Decompress a block of data. */
async function inflated(id, format) {
  const letters = atob($(id).textContent);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)));
}

async function unpack(id) {
  return JSON.parse(await (await inflated(id, 'deflate')).text());
}

/** Turn columns into things that know each other: nodes with their links, edges with their ends, regions with their parts. */
function joined({ nodes: things, edges: links, regions: areas, ...more }) {
  const discs = areas.map((area, id) => ({ ...area, id, parts: [], nodes: [], above: null }));
  const made = Array.from({ length: things.length }, (_, id) => nodeOf(things, id, discs));
  const joints = Array.from({ length: links.length }, (_, id) => edgeOf(links, id, made));
  for (const disc of discs) {
    disc.above = discs[disc.up] ?? null;
    disc.above?.parts.push(disc);
  }
  return { nodes: made, edges: joints, regions: discs, ...more };
}

function nodeOf(table, id, discs) {
  const [region, alt] = [discs[table.region?.[id]] ?? null, table.alt?.[id] ?? []];
  const text = (name) => table[name]?.[id] ?? '';
  const node = {
    id, region, alt, links: [], iri: table.iri[id], label: table.label[id], group: table.groups[table.group[id]],
    note: text('note'), url: text('url'), date: text('date'), level: text('level'), page: text('page'),
    x: table.x?.[id] ?? null, y: table.y?.[id] ?? null, side: table.side?.[id] ?? 0, part: text('part'),
    isKept: true, folded: '', articles: 0,
  };
  region?.nodes.push(node);
  return node;
}

function edgeOf(table, id, made) {
  const edge = {
    id, source: made[table.from[id]], target: made[table.to[id]],
    relation: table.relations[table.relation[id]], quotes: table.quotes?.[id] ?? [],
  };
  edge.source.links.push(edge);
  if (edge.source !== edge.target) edge.target.links.push(edge);
  return edge;
}

function kindsInOrder() {
  const found = new Set(nodes.map((node) => node.group));
  const known = Object.keys(KINDS).filter((kind) => found.delete(kind));
  return [...known, ...[...found].sort()];
}

/** Unpack the sentences after the first view: most of the page are they. */
async function loadEvidence() {
  Object.assign(evidence, await unpack('quotes'), { ready: true });
  timing.evidence = performance.now();
}

/** Return a quotation by its number; its article is a node, or a title where the graph does not hold it. */
function quoteOf(number) {
  const of = evidence.article[number];
  return {
    exact: evidence.exact[number],
    section: evidence.sections[evidence.section[number]],
    article: typeof of === 'number' ? nodes[of] : null,
    title: typeof of === 'number' ? nodes[of].label : of,
    file: evidence.paths[evidence.path[number]],
    start: evidence.start[number],
    end: evidence.end[number],
  };
}

/** Tell whether a thing has nothing to do with what is looked at, or was filtered out. */
function isFaded(node) {
  if (!node.isKept) return true;
  if (state.edge) return node !== state.edge.source && node !== state.edge.target;
  if (state.region) return !isWithin(node.region, state.region);
  return state.node !== null && node !== state.node && !state.near.has(node);
}

/** Return how many things of a kind there are: an overview shows only the most linked of them. */
function countOf(kind) {
  const whole = regions.reduce((sum, { held }) => sum + (held?.[kind] ?? 0), 0);
  return state.isFiltered || !whole ? ofKind(kind).filter((node) => node.isKept).length : whole;
}

function isWithin(region, outer) {
  for (let at = region; at; at = at.above) if (at === outer) return true;
  return false;
}

for (const node of nodes) node.articles = new Set(node.links.map((edge) => otherEnd(edge, node)).filter(isArticle)).size;
