/* The explorer: a map drawn by vis-network, a panel that says the same in words, and the address (#node=…), which
   alone decides what is selected. The texts of the graph reach the page as text, never as markup. */
'use strict';
(() => {
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
    'published by': 'published',
    'curated by': 'curated',
    cites: 'is cited in',
    'filed under': 'holds',
    states: 'is stated in',
    'applies to': 'should heed',
    concerns: 'is a concern of',
    'refers to': 'is referred to by',
    'related to': 'related to',
  };
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

  const $ = (id) => document.getElementById(id);
  const collate = new Intl.Collator('en', { numeric: true }).compare;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const { nodes, edges, quotes, options } = JSON.parse($('graph').textContent);
  const byIri = new Map(nodes.map((node) => [node.iri, node]));
  const byKey = new Map(edges.map((edge) => [edge.key, edge]));
  const kinds = kindsInOrder();
  const few = nodes.length < 60;
  const textSize = few ? 13 : 11; // of names on the map, in screen pixels whatever the zoom
  const lineHeight = few ? 14 : 13;
  const state = { node: null, edge: null, near: new Set(), hover: null, off: new Set(), names: [], moved: false };
  const timing = {};
  let network, visNodes, visEdges, colours;

  // ------------------------------------------------------------------------------------------------------- the graph

  function prepare() {
    for (const node of nodes) node.links = [];
    edges.forEach((edge, id) => {
      Object.assign(edge, { id, source: nodes[edge.from], target: nodes[edge.to] });
      for (const end of new Set([edge.source, edge.target])) end.links.push(edge);
    });
    for (const node of nodes) {
      node.size = Math.min(13, 4.5 + 1.5 * Math.sqrt(node.links.length)) + (isArticle(node) ? 2 : 0);
      node.folded = fold([node.label, ...node.alt].join('\n'));
    }
  }

  function kindsInOrder() {
    const found = new Set(nodes.map((node) => node.group));
    const known = Object.keys(KINDS).filter((kind) => found.delete(kind));
    return [...known, ...[...found].sort(collate)];
  }

  const [one, many, path] = [0, 1, 2].map((part) => (kind) => (KINDS[kind] ?? [kind, kind, OTHER])[part]);
  const styleOf = (kind) => (kind in KINDS ? kind : 'other');
  const ofKind = (kind) => nodes.filter((node) => node.group === kind);
  const isArticle = (node) => node.group === 'article';
  const isShown = (node) => !state.off.has(node.group);
  const otherEnd = (edge, node) => (edge.source === node ? edge.target : edge.source);
  const byLabel = (a, b) => collate(a.label, b.label);
  const byLinks = (a, b) => b.links.length - a.links.length || byLabel(a, b);
  const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const count = (n, singular, plural = `${singular}s`) => `${n.toLocaleString('en')} ${n === 1 ? singular : plural}`;

  // -------------------------------------------------------------------------------------------------------- elements

  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const words = (text) => make('bdi', {}, text);
  const button = (properties, ...children) => make('button', { type: 'button', ...properties }, ...children);
  const list = (className, items) => make('ul', { className }, ...items.map((item) => make('li', {}, ...item)));

  function mark(kind) {
    const [svg, shape] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
    const attributes = { viewBox: '-11 -11 22 22', class: `mark ${styleOf(kind)}`, 'aria-hidden': 'true' };
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
    shape.setAttribute('d', path(kind));
    svg.append(shape);
    return svg;
  }

  function thing(node) {
    return button({ className: 'thing', onclick: () => go('node', node.iri) }, mark(node.group), words(node.label));
  }

  // ------------------------------------------------------------------------------------------------------------- map

  function drawMap() {
    const large = edges.length > 3000;
    visNodes = new vis.DataSet(nodes.map((node, id) => (
      { id, x: node.x, y: node.y, shape: 'custom', chosen: false, ctxRenderer: renderer(node) })));
    visEdges = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, ...bend(edge) })));
    network = new vis.Network($('map'), { nodes: visNodes, edges: visEdges }, {
      ...options, interaction: { ...options.interaction, hideEdgesOnDrag: large, hideEdgesOnZoom: large },
    });
    $('map').firstChild.removeAttribute('tabindex'); // one stop for the keyboard: the map itself
    network.on('afterDrawing', drawNames);
    network.on('click', ({ pointer }) => open(hit(pointer.DOM)));
    network.on('resize', () => { if (!state.moved) fit(false); });
    for (const event of ['dragStart', 'zoom']) network.on(event, () => { state.moved = true; });
    for (const event of ['pointermove', 'pointerleave']) $('map').addEventListener(event, hover);
  }

  function renderer(node) {
    const shape = new Path2D(path(node.group));
    return ({ ctx, x, y }) => {
      const half = radius(node, network.getScale()) / network.getScale();
      const drawNode = () => {
        ctx.save();
        ctx.translate(x, y);
        ctx.scale(half / 10, half / 10);
        drawMark(ctx, node, shape);
        ctx.restore();
      };
      return { drawNode, nodeDimensions: { width: 2 * half, height: 2 * half } };
    };
  }

  function drawMark(ctx, node, shape) {
    ctx.strokeStyle = node === state.node ? colours.ink : colours.paper;
    ctx.lineWidth = node === state.node ? 4 : 3;
    ctx.stroke(shape);
    ctx.fillStyle = colours.paper; // no line shines through a faded mark
    ctx.fill(shape);
    ctx.globalAlpha = isFaded(node) ? 0.22 : 1;
    ctx.fillStyle = colours[styleOf(node.group)];
    ctx.fill(shape);
  }

  function bend({ id, source, target }) {
    const parallel = source.links.filter((other) => otherEnd(other, source) === target);
    const rank = parallel.findIndex((other) => other.id === id);
    if (rank) return arc(rank % 2, 0.12 * Math.ceil(rank / 2)); // parallel lines part, so that each can be clicked
    const withinWing = source.side && source.side === target.side;
    return withinWing ? arc((target.y > source.y) !== (source.side > 0), 0.3) : {}; // away from the names
  }

  const arc = (clockwise, roundness) => ({ smooth: { type: clockwise ? 'curvedCW' : 'curvedCCW', roundness } });
  const radius = (node, scale) => node.size * Math.sqrt(scale); // on the screen: marks grow slower than the map
  const isLit = (edge) => edge === state.edge || edge.source === state.node || edge.target === state.node;

  function isFaded(node) {
    if (state.edge) return node !== state.edge.source && node !== state.edge.target;
    return state.node !== null && node !== state.node && !state.near.has(node);
  }

  function paint() { // all that selection, filter and theme can change
    state.near = new Set(state.node?.links.map((edge) => otherEnd(edge, state.node)));
    visNodes.update(nodes.map((node, id) => ({ id, hidden: !isShown(node) })));
    visEdges.update(edges.map(({ id, source, target }) => {
      const lit = isLit(edges[id]);
      const color = colours[styleOf((isArticle(target) ? source : target).group)];
      const opacity = lit ? 0.9 : state.node || state.edge ? 0.07 : 0.36;
      return { id, hidden: !isShown(source) || !isShown(target), width: lit ? 1.8 : 1, color: { color, opacity } };
    }));
  }

  // ---------------------------------------------------------------------------------------------------- names on it

  function wrap(label, width, lines) {
    const rows = [''];
    const pieces = lines > 1 ? /\s*(?:[^\s/]*\/|[^\s/]+)/g : /\s*\S+/g; // a path may break after its slashes
    for (const piece of label.slice(0, 400).match(pieces) ?? []) {
      if ((rows.at(-1) + piece).length <= width) rows.push(rows.pop() + piece);
      else rows.push(piece);
    }
    const kept = rows.map((row) => row.trim()).filter(Boolean);
    if (kept.length > lines) kept[lines - 1] += ' …';
    return kept.slice(0, lines).map((row) => (row.length > width + 2 ? `${row.slice(0, width)}…` : row));
  }

  function nameOf(node, whole = false) {
    const key = whole ? 'wholeName' : 'name';
    if (node[key]) return node[key];
    const bold = isArticle(node) || whole;
    const rows = wrap(node.label, ...roomFor(node, whole));
    const font = `${bold ? 600 : 400} ${textSize}px ${FONT}`;
    const ctx = $('map').querySelector('canvas').getContext('2d');
    ctx.font = font;
    const width = Math.ceil(Math.max(0, ...rows.map((row) => ctx.measureText(row).width)));
    node[key] = { rows, font, width, height: rows.length * lineHeight };
    return node[key];
  }

  function roomFor(node, whole) { // letters and lines
    if (whole) return [node.side ? 32 : 21, 6];
    if (node.side) return [few ? 27 : isArticle(node) ? 25 : 31, few ? 2 : 1];
    return isArticle(node) ? [21, 3] : [19, 2];
  }

  function nameBox(node, name, side, scale, { x, y }) { // to the left (-1), below (0), to the right (1) or above (2)
    const { width, height } = name;
    const away = radius(node, scale) + 4;
    if (side === 1) return { x: x + away, y: y - height / 2, width, height, align: 'left' };
    if (side === -1) return { x: x - away - width, y: y - height / 2, width, height, align: 'right' };
    return { x: x - width / 2, y: side ? y - away - height : y + away - 2, width, height, align: 'center' };
  }

  function markBox(node, scale, { x, y }) {
    const half = radius(node, scale);
    return { node, x: x - half, y: y - half, width: 2 * half, height: 2 * half };
  }

  const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  class Boxes { // found by the cells of the screen that they touch
    cells = new Map();

    * touched({ x, y, width, height }) {
      for (let i = Math.floor(x / 80); i <= (x + width) / 80; i += 1) {
        for (let j = Math.floor(y / 40); j <= (y + height) / 40; j += 1) yield `${i},${j}`;
      }
    }

    add(box) {
      for (const cell of this.touched(box)) {
        if (!this.cells.has(cell)) this.cells.set(cell, []);
        this.cells.get(cell).push(box);
      }
    }

    meet(box, but = null) {
      const hits = (other) => other.node !== but && overlap(box, other);
      return [...this.touched(box)].some((cell) => this.cells.get(cell)?.some(hits));
    }
  }

  function weight(node) {
    if (node === state.hover) return 5000;
    if (node === state.node || (state.edge && !isFaded(node))) return 4000;
    return (state.near.has(node) ? 2000 : 0) + (isArticle(node) ? 1000 : 0) + node.links.length;
  }

  function placeNames() { // the weightiest first, each where it meets no other name
    const scale = network.getScale();
    const screen = screenSize();
    const [marks, names, shown] = [new Boxes(), new Boxes(), nodes.filter(isShown)];
    for (const node of shown) marks.add(markBox(node, scale, network.canvasToDOM(node)));
    state.names = [];
    for (const node of shown.sort((a, b) => weight(b) - weight(a))) {
      const name = nameOf(node, node === state.hover);
      const at = network.canvasToDOM(node);
      const places = [node.side, -node.side, 0, 2].map((side) => nameBox(node, name, side, scale, at));
      const mayCover = (place) => weight(node) >= 1000 && place === places[0]; // marks, but only where it belongs
      const box = places.find((place) => (
        within(screen, place) && !names.meet(place) && (mayCover(place) || !marks.meet(place, node))));
      if (!box) continue;
      names.add(box);
      state.names.push({ node, rows: name.rows, font: name.font, ...box });
    }
  }

  const screenSize = () => ({ width: $('map').clientWidth, height: $('map').clientHeight });

  function within(screen, { x, y, width, height }) {
    return x >= 0 && y >= 0 && x + width <= screen.width && y + height <= screen.height;
  }

  function drawNames(ctx) {
    placeNames();
    const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    Object.assign(ctx, { textBaseline: 'middle', lineJoin: 'round', lineWidth: 3.5, strokeStyle: colours.paper });
    for (const name of state.names) drawName(ctx, name);
    ctx.restore();
    timing.firstView ??= performance.now();
  }

  function drawName(ctx, { node, rows, font, x, y, width, align }) {
    const at = { left: x, center: x + width / 2, right: x + width }[align];
    ctx.font = font;
    ctx.textAlign = align;
    ctx.globalAlpha = isFaded(node) ? 0.4 : 1;
    ctx.fillStyle = isArticle(node) ? colours.article : colours.ink;
    rows.forEach((row, index) => {
      for (const draw of ['strokeText', 'fillText']) ctx[draw](row, at, y + lineHeight * (index + 0.5));
    });
  }

  // ------------------------------------------------------------------------------------------------ moving the view

  function fit(animated = true) {
    const shown = nodes.filter(isShown);
    if (!shown.length) return;
    const inner = { width: screenSize().width - 24, height: screenSize().height - 24 };
    const fits = (names) => (scale) => within(inner, { ...extent(shown, scale, names), x: 0, y: 0 });
    const [named, bare] = [largestScale(fits(true)), largestScale(fits(false))];
    const scale = named > 0.45 * bare ? named : 0.95 * bare; // a narrow window shows all marks, and the names that fit
    const { x, y, width, height } = extent(shown, scale, true);
    state.moved = false;
    move({ position: { x: (x + width / 2) / scale, y: (y + height / 2) / scale }, scale }, animated);
  }

  function largestScale(suits) { // names keep their size, so no formula tells: halve
    let [low, high] = [0.02, 1.6];
    for (let round = 0; round < 20; round += 1) {
      const middle = (low + high) / 2;
      if (suits(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  function extent(shown, scale, named) {
    const boxes = shown.flatMap((node) => {
      const at = { x: node.x * scale, y: node.y * scale };
      const mark = markBox(node, scale, at);
      return named ? [mark, nameBox(node, nameOf(node), node.side, scale, at)] : [mark];
    });
    const least = (measure) => boxes.reduce((value, box) => Math.min(value, measure(box)), Infinity);
    const [x, y] = [least((box) => box.x), least((box) => box.y)];
    return { x, y, width: -least((box) => -box.x - box.width) - x, height: -least((box) => -box.y - box.height) - y };
  }

  function move(view, animated = true) {
    const animation = animated && !calm.matches && { duration: 250, easingFunction: 'easeInOutQuad' };
    network.moveTo({ ...view, animation });
  }

  function zoom(factor) {
    state.moved = true;
    move({ scale: Math.min(8, Math.max(0.02, network.getScale() * factor)) });
  }

  function pan(dx, dy) {
    const { x, y } = network.getViewPosition();
    const step = 80 / network.getScale();
    state.moved = true;
    move({ position: { x: x + dx * step, y: y + dy * step } }, false);
  }

  function reveal(node) { // the map stays where it is unless the node would be out of sight
    const { x, y } = network.canvasToDOM(node);
    if (within(screenSize(), { x: x - 20, y: y - 20, width: 40, height: 40 })) return;
    state.moved = true;
    move({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.6) });
  }

  // --------------------------------------------------------------------------------------------------------- choosing

  function hit(point) { // a name, a mark or a line
    const name = state.names.find((box) => overlap(box, { ...point, width: 1, height: 1 }));
    return name?.node ?? nodes[network.getNodeAt(point)] ?? edges[network.getEdgeAt(point)] ?? null;
  }

  function hover({ type, offsetX, offsetY }) {
    const found = type === 'pointermove' ? hit({ x: offsetX, y: offsetY }) : null;
    const node = found?.links ? found : null;
    $('map').classList.toggle('pointing', found !== null);
    if (node === state.hover) return;
    state.hover = node;
    network.redraw();
  }

  function open(found) {
    if (!found) clear();
    else if (found.links) go('node', found.iri);
    else go('edge', found.key);
  }

  function go(what, key) {
    location.hash = `#${what}=${encodeURIComponent(key)}`;
  }

  function clear() {
    if (location.hash) location.hash = '';
  }

  function address() {
    const [, what, key = ''] = /^#(node|edge)=(.*)$/.exec(location.hash) ?? [];
    try {
      return [what, decodeURIComponent(key)];
    } catch {
      return []; // somebody's broken link: nothing is selected
    }
  }

  function follow() {
    const [what, key] = address();
    state.node = (what === 'node' && byIri.get(key)) || null;
    state.edge = (what === 'edge' && byKey.get(key)) || null;
    const ends = [state.node, state.edge?.source, state.edge?.target].filter(Boolean);
    if (ends.filter((node) => state.off.delete(node.group)).length) showLegend();
    paint();
    showPanel();
    if (state.node) reveal(state.node);
  }

  // ----------------------------------------------------------------------------------------------------------- panel

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

  const say = (text) => { $('status').textContent = text; };
  const heading = (...content) => make('h2', { tabIndex: -1 }, ...content);
  const back = () => button({ className: 'back', onclick: clear }, '← Overview');
  const tally = (number) => make('span', { className: 'count' }, number.toLocaleString('en'));

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

  function inOrderFrom(node) { // by kind and name; what is of the same kind as the node itself comes last
    const place = ({ group }) => (group === node.group ? kinds.length : kinds.indexOf(group));
    return (...pair) => {
      const [a, b] = pair.map((edge) => otherEnd(edge, node));
      return place(a) - place(b) || byLabel(a, b);
    };
  }

  function proof(edge, other) {
    if (!edge.quotes.length) return [];
    const sentences = count(edge.quotes.length, 'sentence');
    const summary = make('summary', { 'aria-label': `${sentences}: ${other.label}` }, sentences);
    return [make('details', {}, summary, ...edge.quotes.map(quotation))];
  }

  function quotation(index) {
    const { exact, section, article, path: file, start, end } = quotes[index];
    const place = make('code', {}, words(`${file}:${start}–${end}`));
    return make('figure', {},
      make('blockquote', {}, words(exact)),
      make('figcaption', {}, words(section), ' · ', words(article), make('br'), place));
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

  // ----------------------------------------------------------------------------------------------- legend and search

  function showLegend() {
    $('legend').replaceChildren(...kinds.map((kind) => {
      const members = ofKind(kind).length;
      const name = words(capital((members === 1 ? one : many)(kind)));
      const pressed = String(!state.off.has(kind));
      return button({ 'aria-pressed': pressed, onclick: () => toggle(kind) }, mark(kind), name, tally(members));
    }));
  }

  function toggle(kind) {
    if (!state.off.delete(kind)) state.off.add(kind);
    showLegend();
    $('legend').children[kinds.indexOf(kind)].focus();
    paint();
    say(`${capital(many(kind))} ${state.off.has(kind) ? 'hidden' : 'shown'}.`);
  }

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

  // -------------------------------------------------------------------------------------------------- theme and keys

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    $('theme').setAttribute('aria-pressed', String(theme === 'dark'));
    const style = getComputedStyle(document.documentElement);
    const names = ['ink', 'paper', 'other', ...Object.keys(KINDS)];
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

  prepare();
  setTheme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  showLegend();
  drawMap();
  listen();
  fit(false);
  follow();

  window.kgExplorer = { // for tests, and for the curious at the console
    timing,
    labels: () => state.names.map(({ node, rows, x, y, width, height }) => (
      { iri: node.iri, text: rows.join(' '), x, y, width, height })),
    point: (iri) => network.canvasToDOM(byIri.get(iri)),
    scale: () => network.getScale(),
  };
})();
