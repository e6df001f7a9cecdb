/* The explorer: a map drawn by vis-network, a panel that says the same in words, and the address (#node=…) as the
   one place where the selection lives. Texts of the graph reach the page as text only, never as markup. */
'use strict';
(() => {
  const KINDS = { __proto__: null, // words, and the mark: one path in a box from -10 to 10, drawn on the map and in the panel alike
    article: ['article', 'articles', 'M-6-9H6A3 3 0 0 1 9-6V6A3 3 0 0 1 6 9H-6A3 3 0 0 1-9 6V-6A3 3 0 0 1-6-9Z'],
    topic: ['topic', 'topics', 'M-8 0A8 8 0 1 1 8 0A8 8 0 1 1-8 0Z'],
    principle: ['principle', 'principles', 'M0-10L9 0L0 10L-9 0Z'],
    role: ['role', 'roles', 'M0-9L9.5 8H-9.5Z'],
    field: ['field', 'fields', 'M0-10L2.6-3.4L9.6-3L4.1 1.4L6 8.2L0 4.4L-6 8.2L-4.1 1.4L-9.6-3L-2.6-3.4Z'],
    source: ['source', 'sources', 'M-5-8.5H5L9.5 0L5 8.5H-5L-9.5 0Z'],
    code: ['code reference', 'code references', 'M-9-7H9V-2.5H-9ZM-9 2.5H9V7H-9Z'],
  };
  const OTHER = 'M-8-8H8V8H-8ZM-4-4V4H4V-4Z'; // a hollow square for kinds this page was not told about
  const INVERSE = { __proto__: null, // how a relation reads from its target
    'is about': 'is the subject of', mentions: 'is mentioned in', 'is for': 'is addressed by', 'published by': 'published',
    'curated by': 'curated', cites: 'is cited in', 'filed under': 'holds', states: 'is stated in',
    'applies to': 'should heed', concerns: 'is a concern of', 'refers to': 'is referred to by', 'related to': 'related to',
  };
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const collate = new Intl.Collator('en', { numeric: true }).compare;
  const $ = (id) => document.getElementById(id);

  const { nodes, edges, quotes, options } = JSON.parse($('graph').textContent);
  const byIri = new Map(nodes.map((node) => [node.iri, node]));
  const byKey = new Map(edges.map((edge) => [edge.key, edge]));
  const kinds = orderedKinds();
  const few = nodes.length < 60;
  const text = few ? 13 : 11; // height of names on the map, in screen pixels
  const line = text + 2;
  const state = { node: null, edge: null, hover: null, off: new Set(), drawn: [], moved: false };
  const timing = { script: performance.now() };
  let network, visNodes, visEdges, colours;

  // ---------------------------------------------------------------------------------------------------- the graph

  function prepare() {
    for (const node of nodes) node.links = [];
    edges.forEach((edge, id) => {
      Object.assign(edge, { id, source: nodes[edge.from], target: nodes[edge.to] });
      edge.source.links.push(edge);
      if (edge.target !== edge.source) edge.target.links.push(edge);
    });
    for (const node of nodes) {
      node.size = Math.min(13, 4.5 + 1.5 * Math.sqrt(node.links.length)) + (node.group === 'article' ? 2 : 0);
      node.folded = fold([node.label, ...node.alt].join('\n'));
    }
  }

  function orderedKinds() {
    const found = new Set(nodes.map((node) => node.group));
    const known = Object.keys(KINDS).filter((kind) => found.delete(kind));
    return [...known, ...[...found].sort(collate)];
  }

  const [one, many, path] = [0, 1, 2].map((part) => (kind) => (KINDS[kind] ?? [kind, kind, OTHER])[part]);
  const ofKind = (kind) => nodes.filter((node) => node.group === kind);
  const otherEnd = (edge, node) => (edge.source === node ? edge.target : edge.source);
  const neighbours = (node) => new Set(node.links.map((edge) => otherEnd(edge, node)));
  const isShown = (node) => !state.off.has(node.group);
  const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const counted = (count, singular, plural = `${singular}s`) => `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;

  // ------------------------------------------------------------------------------------------------------ elements

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

  function mark(kind) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', '-11 -11 22 22');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', `mark ${kind in KINDS ? kind : 'other'}`);
    shape.setAttribute('d', path(kind));
    shape.setAttribute('fill-rule', 'evenodd');
    svg.append(shape);
    return svg;
  }

  function nodeButton(node) {
    return make('button', { type: 'button', className: 'thing', onclick: () => go('node', node.iri) }, mark(node.group), words(node.label));
  }

  // ----------------------------------------------------------------------------------------------------------- map

  function drawMap() {
    visNodes = new vis.DataSet(nodes.map(({ x, y }, id) => ({ id, x, y, shape: 'custom', ctxRenderer: renderer(nodes[id]) })));
    visEdges = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, ...bend(edge) })));
    network = new vis.Network($('map'), { nodes: visNodes, edges: visEdges }, { ...options, nodes: { chosen: false } });
    $('map').firstChild.removeAttribute('tabindex'); // one stop for the keyboard: the map itself
    network.on('afterDrawing', drawNames);
    network.on('click', ({ pointer }) => open(hit(pointer.DOM)));
    network.on('dragStart', () => { state.moved = true; });
    network.on('zoom', () => { state.moved = true; });
    network.on('resize', () => { if (!state.moved) fit(false); });
    $('map').addEventListener('pointermove', (event) => hover(event));
    $('map').addEventListener('pointerleave', () => hover(null));
  }

  function renderer(node) {
    const shape = new Path2D(path(node.group));
    return ({ ctx, x, y }) => {
      const half = radius(node) / network.getScale();
      return { drawNode, nodeDimensions: { width: 2 * half, height: 2 * half } };
      function drawNode() {
        ctx.save();
        ctx.translate(x, y);
        ctx.scale(half / 10, half / 10);
        ctx.strokeStyle = node === state.node ? colours.ink : colours.paper;
        ctx.lineWidth = node === state.node ? 4 : 3;
        ctx.stroke(shape);
        ctx.fillStyle = colours.paper; // so that no line shines through a faded mark
        ctx.fill(shape);
        ctx.globalAlpha = isFaded(node) ? 0.22 : 1;
        ctx.fillStyle = colour(node.group);
        ctx.fill(shape, 'evenodd');
        ctx.restore();
      }
    };
  }

  const radius = (node, scale = network.getScale()) => node.size * Math.sqrt(scale); // marks grow slower than the map

  function bend({ source, target, ...edge }) {
    const rank = source.links.filter((other) => otherEnd(other, source) === target).findIndex((other) => other.id === edge.id);
    if (rank) return arc(rank % 2 > 0, 0.12 * Math.ceil(rank / 2)); // parallel edges part, so that each can be clicked
    if (source.side && source.side === target.side) return arc((target.y > source.y) !== (source.side > 0), 0.3); // within a wing: inward
    return {};
  }

  const arc = (clockwise, roundness) => ({ smooth: { type: clockwise ? 'curvedCW' : 'curvedCCW', roundness } });

  const colour = (kind) => colours[kind in KINDS ? kind : 'other'];

  function isFaded(node) {
    if (state.edge) return node !== state.edge.source && node !== state.edge.target;
    return state.node !== null && node !== state.node && !state.near.has(node);
  }

  function isLit(edge) {
    return edge === state.edge || edge.source === state.node || edge.target === state.node;
  }

  function paint() { // everything that selection, filter or theme can change
    state.near = state.node ? neighbours(state.node) : new Set();
    const chosen = state.node || state.edge;
    visNodes.update(nodes.map((node, id) => ({ id, hidden: !isShown(node) })));
    visEdges.update(edges.map((edge) => {
      const tint = colour(edge.target.group === 'article' ? edge.source.group : edge.target.group);
      const opacity = isLit(edge) ? 0.9 : chosen ? 0.07 : colours.quiet;
      return {
        id: edge.id, hidden: !isShown(edge.source) || !isShown(edge.target), width: isLit(edge) ? 1.8 : 1,
        color: { color: tint, opacity, inherit: false },
      };
    }));
  }

  // --------------------------------------------------------------------------------------------------- names on it

  function wrap(label, width, lines) {
    const rows = [''];
    for (const piece of label.slice(0, 400).match(/\s*(?:[^\s/]*\/|[^\s/]+)/g) ?? []) {
      if ((rows.at(-1) + piece).length <= width) rows.push(rows.pop() + piece);
      else rows.push(piece);
    }
    const kept = rows.map((row) => row.trim()).filter(Boolean);
    if (kept.length > lines) kept[lines - 1] += ' …';
    return kept.slice(0, lines).map((row) => (row.length > width + 2 ? `${row.slice(0, width)}…` : row));
  }

  function nameOf(node, full) {
    const key = full ? 'fullName' : 'name';
    if (node[key]) return node[key];
    const bold = node.group === 'article' || full;
    const font = `${bold ? 600 : 400} ${bold ? text + 0.5 : text}px ${FONT}`;
    const [width, lines] = node.side ? [few ? 27 : bold ? 25 : 31, few ? 2 : 1] : bold ? [21, 3] : [19, 2];
    const rows = wrap(node.label, width, full ? 6 : lines);
    const ctx = $('map').querySelector('canvas').getContext('2d');
    ctx.font = font;
    const widths = rows.map((row) => ctx.measureText(row).width);
    return (node[key] = { rows, font, width: Math.ceil(Math.max(...widths)), height: rows.length * line });
  }

  function boxAt(node, name, side, scale) { // where a name stands: left, below, right or above its mark
    const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    const away = radius(node, scale) + 4;
    const { width, height } = name;
    if (side === 1) return { x: x + away, y: y - height / 2, width, height, align: 'left' };
    if (side === -1) return { x: x - away - width, y: y - height / 2, width, height, align: 'right' };
    return { x: x - width / 2, y: side ? y - away - height : y + away - 2, width, height, align: 'center' };
  }

  class Taken { // boxes already on the screen, found by the cells they touch
    constructor() { this.cells = new Map(); }

    * near(box) {
      for (let i = Math.floor(box.x / 80); i <= (box.x + box.width) / 80; i += 1) {
        for (let j = Math.floor(box.y / 40); j <= (box.y + box.height) / 40; j += 1) yield `${i},${j}`;
      }
    }

    add(box) {
      for (const cell of this.near(box)) {
        if (this.cells.has(cell)) this.cells.get(cell).push(box);
        else this.cells.set(cell, [box]);
      }
    }

    meets(box, but = null) {
      return [...this.near(box)].some((cell) => this.cells.get(cell)?.some((other) => other.node !== but && overlap(box, other)));
    }
  }

  const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

  function rank(node) {
    if (node === state.hover) return 5000;
    if (node === state.node || (state.edge && !isFaded(node))) return 4000;
    return (state.near.has(node) ? 2000 : 0) + (node.group === 'article' ? 1000 : 0) + node.links.length;
  }

  function placeNames() {
    const scale = network.getScale();
    const { clientWidth: width, clientHeight: height } = $('map');
    const inside = (box) => box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
    const marks = new Taken();
    const names = new Taken();
    const shown = nodes.filter(isShown);
    for (const node of shown) marks.add(markBox(node, scale));
    state.drawn = [];
    for (const node of shown.sort((a, b) => rank(b) - rank(a))) {
      const name = nameOf(node, node === state.hover);
      const must = rank(node) >= 1000; // an important name may cover marks where it belongs, but not elsewhere
      const box = [node.side, -node.side, 0, 2].map((side) => boxAt(node, name, side, scale)).find((place, at) => (
        inside(place) && !names.meets(place) && ((must && at === 0) || !marks.meets(place, node))));
      if (!box) continue;
      names.add(box);
      state.drawn.push({ node, name, ...box });
    }
  }

  function markBox(node, scale) {
    const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    const half = radius(node, scale);
    return { node, x: x - half, y: y - half, width: 2 * half, height: 2 * half };
  }

  function drawNames(ctx) {
    placeNames();
    const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = 'middle';
    ctx.lineJoin = 'round';
    for (const box of state.drawn.slice().reverse()) drawName(ctx, box);
    ctx.restore();
    timing.firstView ??= performance.now();
  }

  function drawName(ctx, { node, name, x, y, width, align }) {
    const edge = { left: x, center: x + width / 2, right: x + width }[align];
    ctx.font = name.font;
    ctx.textAlign = align;
    ctx.globalAlpha = isFaded(node) ? 0.4 : 1;
    ctx.strokeStyle = colours.paper;
    ctx.lineWidth = 3.5;
    ctx.fillStyle = node.group === 'article' ? colours.article : colours.ink;
    name.rows.forEach((row, index) => {
      const at = [row, edge, y + line * (index + 0.5)];
      ctx.strokeText(...at);
      ctx.fillText(...at);
    });
  }

  // ---------------------------------------------------------------------------------------------- moving the view

  function fit(animated = true) { // names keep their size on the screen, so the scale is found by halving
    const shown = nodes.filter(isShown);
    if (!shown.length) return;
    const fits = (scale, named) => {
      const { width, height } = extent(shown, scale, named);
      return width <= $('map').clientWidth - 24 && height <= $('map').clientHeight - 24;
    };
    const [named, bare] = [true, false].map((names) => largest((at) => fits(at, names)));
    const scale = named > 0.8 * bare ? named : 0.95 * bare; // a narrow window shows the marks, and the names that fit
    const { x, y } = extent(shown, scale, true);
    state.moved = false;
    move({ position: { x: x / scale, y: y / scale }, scale }, animated);
  }

  function largest(suits) {
    let [low, high] = [0.02, 1.6];
    for (let round = 0; round < 24; round += 1) {
      const middle = (low + high) / 2;
      if (suits(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  function extent(shown, scale, named) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const node of shown) {
      const { width, height } = named ? nameOf(node) : { width: 0, height: 0 };
      const mark = radius(node, scale) + 4;
      const [x, y] = [node.x * scale, node.y * scale];
      box[0] = Math.min(box[0], x - Math.max(mark, node.side < 0 ? mark + width : node.side ? 0 : width / 2));
      box[1] = Math.min(box[1], y - mark);
      box[2] = Math.max(box[2], x + Math.max(mark, node.side > 0 ? mark + width : node.side ? 0 : width / 2));
      box[3] = Math.max(box[3], y + mark + (node.side ? 0 : height));
    }
    return { width: box[2] - box[0], height: box[3] - box[1], x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 };
  }

  function move(view, animated = true) {
    const animation = animated && !calm.matches ? { duration: 250, easingFunction: 'easeInOutQuad' } : false;
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
    const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    const { clientWidth, clientHeight } = $('map');
    if (x > 40 && y > 40 && x < clientWidth - 40 && y < clientHeight - 40) return;
    move({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.6) });
  }

  // ------------------------------------------------------------------------------------------- pointing and choosing

  function hit({ x, y }) {
    const name = state.drawn.find((box) => overlap(box, { x, y, width: 1, height: 1 }));
    if (name) return name.node;
    const id = network.getNodeAt({ x, y });
    if (id !== undefined) return nodes[id];
    return edges[network.getEdgeAt({ x, y })] ?? null;
  }

  function hover(event) {
    const found = event && event.target.tagName === 'CANVAS' ? hit({ x: event.offsetX, y: event.offsetY }) : null;
    $('map').classList.toggle('pointing', found !== null);
    const node = found && found.links ? found : null;
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
    const hash = `#${what}=${encodeURIComponent(key)}`;
    if (location.hash === hash) route();
    else location.hash = hash;
  }

  function clear() {
    if (location.hash) location.hash = '';
  }

  function address() {
    const [, what, key] = /^#(node|edge)=(.*)$/.exec(location.hash) ?? [];
    try {
      return [what, decodeURIComponent(key ?? '')];
    } catch {
      return [];
    }
  }

  function route() {
    const [what, key] = address();
    state.node = what === 'node' ? byIri.get(key) ?? null : null;
    state.edge = what === 'edge' ? byKey.get(key) ?? null : null;
    for (const node of state.edge ? [state.edge.source, state.edge.target] : [state.node]) if (node) unhide(node);
    paint();
    showPanel();
    if (state.node) reveal(state.node);
  }

  function unhide(node) {
    if (state.off.delete(node.group)) showLegend();
  }

  // --------------------------------------------------------------------------------------------------------- panel

  function showPanel() {
    const panel = $('panel');
    const hadFocus = panel.contains(document.activeElement);
    panel.replaceChildren(...(state.node ? nodePage(state.node) : state.edge ? edgePage(state.edge) : homePage()));
    panel.scrollTop = 0;
    if (hadFocus) panel.querySelector('h2').focus({ preventScroll: true });
    say(state.node ? `${capital(one(state.node.group))}: ${state.node.label}. ${counted(state.node.links.length, 'link')}.`
      : state.edge ? sentence(state.edge) : 'Nothing selected.');
  }

  const sentence = (edge) => `${edge.source.label} ${edge.relation} ${edge.target.label}. ${counted(edge.quotes.length, 'sentence')}.`;
  const say = (text) => { $('status').textContent = text; };
  const heading = (...content) => make('h2', { tabIndex: -1 }, ...content);

  function backButton() {
    return make('button', { type: 'button', className: 'back', onclick: clear }, '← Overview');
  }

  function homePage() {
    if (!nodes.length) return [heading('This graph is empty'), make('p', {}, 'No article has been added yet.')];
    const counts = kinds.map((kind) => counted(ofKind(kind).length, one(kind), many(kind)));
    return [
      heading('What this graph holds'),
      make('p', { className: 'quiet' }, words(`${counts.join(', ')}, joined by ${counted(edges.length, 'link')}.`)),
      ...leaders(),
      make('h3', {}, 'Everything, by kind'),
      ...kinds.map(kindList),
    ];
  }

  function leaders() {
    const topics = ofKind('topic').sort((a, b) => b.links.length - a.links.length || collate(a.label, b.label)).slice(0, 8);
    if (topics.length < 2) return [];
    return [make('h3', {}, 'Most linked topics'), make('ul', { className: 'chips' }, ...topics.map((node) => make('li', {}, nodeButton(node))))];
  }

  function kindList(kind) {
    const members = ofKind(kind).sort((a, b) => collate(a.label, b.label));
    const summary = make('summary', {}, mark(kind), words(capital(many(kind))), make('span', { className: 'count' }, String(members.length)));
    return make('details', { open: kind === 'article' && members.length < 30 }, summary, make('ul', {}, ...members.map((node) => make('li', {}, nodeButton(node)))));
  }

  function nodePage(node) {
    return [
      backButton(),
      make('p', { className: 'kind' }, mark(node.group), words(capital(one(node.group)))),
      heading(words(node.label)),
      ...(node.note ? [make('p', { className: 'note' }, words(node.note))] : []),
      ...(node.alt.length ? [make('p', { className: 'quiet' }, 'Also called ', ...node.alt.flatMap((name, at) => (at ? [', ', words(name)] : [words(name)])))] : []),
      ...link(node.url),
      ...relations(node),
    ];
  }

  function link(text) {
    let url;
    try { url = new URL(text); } catch { return []; }
    if (!['http:', 'https:'].includes(url.protocol)) return [];
    const anchor = make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, words(url.href.replace(/^https?:\/\//, '')));
    return [make('p', { className: 'link' }, anchor)];
  }

  function relations(node) {
    const groups = new Map();
    const order = (edge) => kinds.indexOf(otherEnd(edge, node).group) + (otherEnd(edge, node).group === 'article' ? 99 : 0);
    const sorted = node.links.slice().sort((a, b) => order(a) - order(b) || collate(otherEnd(a, node).label, otherEnd(b, node).label));
    for (const edge of sorted) {
      const title = edge.source === node ? edge.relation : INVERSE[edge.relation] ?? `is what the following “${edge.relation}”`;
      groups.set(title, [...(groups.get(title) ?? []), edge]);
    }
    return [...groups].flatMap(([title, group]) => [
      make('h3', {}, words(title)),
      make('ul', { className: 'links' }, ...group.map((edge) => make('li', {}, nodeButton(otherEnd(edge, node)), ...proof(edge)))),
    ]);
  }

  function proof(edge) {
    if (!edge.quotes.length) return [];
    return [make('details', {}, make('summary', {}, counted(edge.quotes.length, 'sentence')), ...edge.quotes.map(quotation))];
  }

  function quotation(index) {
    const { exact, section, article, path: file, start, end } = quotes[index];
    return make('figure', {},
      make('blockquote', {}, words(exact)),
      make('figcaption', {}, words(section), ' · ', words(article), make('br'), make('code', {}, words(`${file}:${start}–${end}`))));
  }

  function edgePage(edge) {
    return [
      backButton(),
      make('p', { className: 'kind' }, 'Link'),
      heading(words(edge.source.label), ' ', make('em', {}, words(edge.relation)), ' ', words(edge.target.label)),
      make('ul', {}, ...[edge.source, edge.target].map((node) => make('li', {}, nodeButton(node)))),
      make('h3', {}, counted(edge.quotes.length, 'sentence')),
      ...edge.quotes.map(quotation),
    ];
  }

  // --------------------------------------------------------------------------------------------- legend and search

  function showLegend() {
    $('legend').replaceChildren(...kinds.map((kind) => {
      const members = ofKind(kind).length;
      return make('button', { type: 'button', 'aria-pressed': String(!state.off.has(kind)), onclick: () => toggle(kind) },
        mark(kind), words(capital(members === 1 ? one(kind) : many(kind))), make('span', { className: 'count' }, String(members)));
    }));
  }

  function toggle(kind) {
    if (!state.off.delete(kind)) state.off.add(kind);
    const at = kinds.indexOf(kind);
    showLegend();
    $('legend').children[at].focus();
    paint();
    say(`${capital(many(kind))} ${state.off.has(kind) ? 'hidden' : 'shown'}.`);
  }

  function matches(query) {
    const wanted = fold(query.trim());
    if (!wanted) return [];
    const found = nodes.map((node) => [node, score(node, wanted)]).filter(([, points]) => points);
    return found.sort((a, b) => b[1] - a[1] || collate(a[0].label, b[0].label)).slice(0, 12).map(([node]) => node);
  }

  function score(node, wanted) {
    const at = node.folded.indexOf(wanted);
    if (at < 0) return 0;
    return (at === 0 ? 300 : /[\s\p{P}]/u.test(node.folded[at - 1]) ? 200 : 100) + Math.min(99, node.links.length);
  }

  function search() {
    const found = matches($('search').value);
    $('results').replaceChildren(...found.map((node, at) => make('li',
      { role: 'option', id: `result-${at}`, 'aria-selected': String(at === 0), onpointerdown: (event) => { event.preventDefault(); choose(node); } },
      mark(node.group), words(node.label), make('span', { className: 'quiet' }, words(one(node.group))))));
    $('results').nodes = found;
    showResults(found.length > 0);
    if ($('search').value.trim()) say(counted(found.length, 'match', 'matches'));
  }

  function showResults(visible) {
    $('results').hidden = !visible;
    $('search').setAttribute('aria-expanded', String(visible));
    if (visible) $('search').setAttribute('aria-activedescendant', 'result-0');
    else $('search').removeAttribute('aria-activedescendant');
  }

  const active = () => [...$('results').children].findIndex((option) => option.getAttribute('aria-selected') === 'true');

  function step(by) {
    const found = [...$('results').children];
    if (!found.length) return;
    const next = (active() + by + found.length) % found.length;
    found.forEach((option, at) => option.setAttribute('aria-selected', String(at === next)));
    found[next].scrollIntoView({ block: 'nearest' });
    $('search').setAttribute('aria-activedescendant', `result-${next}`);
  }

  function choose(node) {
    if (!node) return;
    $('search').value = '';
    showResults(false);
    go('node', node.iri);
    $('map').focus();
  }

  function searchKey(event) {
    const act = {
      ArrowDown: () => step(1), ArrowUp: () => step(-1),
      Enter: () => choose($('results').nodes?.[active()]),
      Escape: () => { $('search').value = ''; showResults(false); $('map').focus(); },
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // ------------------------------------------------------------------------------------------------ theme and keys

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    $('theme').setAttribute('aria-pressed', String(dark));
    const style = getComputedStyle(document.documentElement);
    colours = Object.fromEntries(['ink', 'paper', 'other', ...Object.keys(KINDS)].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    colours.quiet = dark ? 0.38 : 0.34;
  }

  function switchTheme() {
    setTheme(document.documentElement.dataset.theme !== 'dark');
    paint();
  }

  function walk(dx, dy) { // to the neighbour that lies most nearly that way
    if (!state.node) return pan(dx, dy);
    const ahead = (node) => {
      const [x, y] = [node.x - state.node.x, node.y - state.node.y];
      const along = x * dx + y * dy;
      return along <= 0 ? Infinity : Math.hypot(x, y) * (1 + 2 * Math.abs(x * dy - y * dx) / along);
    };
    const [next] = [...state.near].filter((node) => isShown(node) && ahead(node) < Infinity).sort((a, b) => ahead(a) - ahead(b));
    if (next) go('node', next.iri);
    else say('No neighbour that way.');
  }

  function enter() {
    if (state.node || state.edge) return $('panel').querySelector('h2').focus();
    const shown = nodes.filter(isShown);
    const first = shown.sort((a, b) => (b.group === 'article') - (a.group === 'article') || b.links.length - a.links.length)[0];
    if (first) go('node', first.iri);
  }

  const MAP_KEYS = {
    ArrowLeft: () => walk(-1, 0), ArrowRight: () => walk(1, 0), ArrowUp: () => walk(0, -1), ArrowDown: () => walk(0, 1), Enter: enter,
  };
  const KEYS = {
    '/': () => $('search').focus(), '+': () => zoom(1.3), '=': () => zoom(1.3), '-': () => zoom(1 / 1.3),
    f: () => fit(), d: switchTheme, '?': () => $('keys').showModal(), Escape: clear,
  };

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || $('keys').open || event.target.tagName === 'INPUT') return;
    const table = $('map').contains(document.activeElement) && Object.hasOwn(MAP_KEYS, event.key) ? MAP_KEYS : KEYS;
    if (!Object.hasOwn(table, event.key)) return;
    event.preventDefault();
    table[event.key]();
  }

  function listen() {
    const clicks = { theme: switchTheme, help: KEYS['?'], fit: () => fit(), closer: () => zoom(1.3), farther: () => zoom(1 / 1.3) };
    for (const [id, act] of Object.entries(clicks)) $(id).addEventListener('click', act);
    $('search').addEventListener('input', search);
    $('search').addEventListener('keydown', searchKey);
    $('search').addEventListener('blur', () => showResults(false));
    document.addEventListener('keydown', key);
    addEventListener('hashchange', route);
  }

  prepare();
  setTheme(matchMedia('(prefers-color-scheme: dark)').matches);
  showLegend();
  drawMap();
  listen();
  route();
  fit(false);

  window.kgExplorer = {
    timing,
    labels: () => state.drawn.map(({ node, name, x, y, width, height }) => ({ iri: node.iri, text: name.rows.join(' '), x, y, width, height })),
    point: (iri) => network.canvasToDOM(byIri.get(iri)),
    scale: () => network.getScale(),
  };
})();
