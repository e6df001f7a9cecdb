// The picture and the reader: marks and lines, drawn by vis-network; what a pointer hits.

let network, visNodes, visEdges;

const view = {
  start() {
    drawMap();
    watchCamera();
    fit(false);
  },
  paint() { showDistance(); paint(); },
  flush() { network.redraw(); },
  fit,
  zoom,
  pan,
  reveal,
  revealRegion() {}, // a picture has none
  hit,
  point: (node) => network.canvasToDOM(node),
  canvas: () => $('map').querySelector('canvas'),
  names: () => map.names,
  marks: () => marksOnMap(),
  trace,
  seen: () => nodes.filter((node) => isDrawn(node) && node.isKept),
  scale: () => network.getScale(),
};

function drawMap() {
  const large = edges.length > 3000;
  visNodes = new vis.DataSet(nodes.map((node, id) => (
    { id, x: node.x, y: node.y, shape: 'custom', chosen: false, ctxRenderer: renderer(node) })));
  visEdges = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.source.id, to: edge.target.id, ...bend(edge) })));
  network = new vis.Network($('map'), { nodes: visNodes, edges: visEdges }, {
    ...options, interaction: { ...options.interaction, hideEdgesOnDrag: large, hideEdgesOnZoom: large },
  });
  $('map').firstChild.removeAttribute('tabindex'); // one stop for the keyboard: the map itself
  network.on('beforeDrawing', () => { map.scale = network.getScale(); });
  network.on('afterDrawing', drawNames);
  network.on('afterDrawing', () => { timing.firstView ??= performance.now(); });
  network.on('click', ({ pointer }) => open(hit(pointer.DOM)));
  for (const event of ['pointermove', 'pointerleave']) $('map').addEventListener(event, hover);
}

function renderer(node) {
  return ({ ctx, x, y }) => {
    const half = radius(node, network.getScale()) / network.getScale();
    return { drawNode: () => drawMark(ctx, node, x, y, half), nodeDimensions: { width: 2 * half, height: 2 * half } };
  };
}

function drawMark(ctx, node, x, y, half) {
  const isChosen = node === state.node;
  const look = { alpha: isFaded(node) ? 0.22 : 1, rim: isChosen ? colours.ink : colours.paper, line: isChosen ? 4 : 3 };
  drawMarkAt(ctx, node.group, x, y, half, look);
}

function bend({ id, source, target }) {
  const parallel = source.links.filter((other) => otherEnd(other, source) === target);
  const rank = parallel.findIndex((other) => other.id === id);
  if (rank) return arc(rank % 2, 0.12 * Math.ceil(rank / 2)); // parallel lines part, so that each can be clicked
  const [wing, other] = [source, target].map((node) => node.side || Math.sign(node.x));
  const withinWing = source.part === target.part || isLone ? wing && wing === other : false;
  return withinWing ? arc((target.y > source.y) !== (wing > 0), 0.3) : {}; // away from the names
}

const arc = (clockwise, roundness) => ({ smooth: { type: clockwise ? 'curvedCW' : 'curvedCCW', roundness } });

function paint() { // all that selection, filter, theme and scale can change
  visNodes.update(nodes.map((node, id) => ({ id, hidden: !isDrawn(node) })));
  visEdges.update(edges.map((edge) => {
    const { id, source, target } = edge;
    const color = colours[styleOf((isArticle(target) ? source : target).group)];
    const opacity = opacityOf(edge);
    const width = (isLit(edge) ? 1.8 : 1) * (isWeak(edge) ? 0.7 : 1);
    return { id, hidden: !opacity || !isDrawn(source) || !isDrawn(target), width, color: { color, opacity } };
  }));
}

function hit(point) { // a name, a mark or a line
  const name = map.names.find((box) => overlap(box, { ...point, width: 1, height: 1 }));
  return name?.node ?? nodes[network.getNodeAt(point)] ?? lineAt(point) ?? null;
}

function lineAt({ x, y }) { // vis-network takes lines up to ten units of the map away, which from afar is a hair
  const reach = map.scale < 0.8 ? [0, -5, 5] : [0];
  const probes = reach.flatMap((dx) => reach.map((dy) => ({ x: x + dx, y: y + dy })));
  return probes.map((probe) => edges[network.getEdgeAt(probe)]).find(Boolean);
}

function hover({ type, offsetX, offsetY }) {
  const found = type === 'pointermove' ? hit({ x: offsetX, y: offsetY }) : null;
  const node = found?.links ? found : null;
  $('map').classList.toggle('pointing', found !== null);
  if (node === state.hover) return;
  state.hover = node;
  network.redraw();
}

/** Draw what is seen with another pen; lines are straight there. */
function trace(pen) {
  Object.assign(pen, { fillStyle: colours.paper });
  pen.fillRect(0, 0, pen.width, pen.height);
  for (const edge of edges) if (opacityOf(edge) && isDrawn(edge.source) && isDrawn(edge.target)) traceLine(pen, edge);
  for (const node of nodes.filter(isDrawn)) {
    const { x, y } = onScreen(node);
    drawMark(pen, node, x, y, radius(node, map.scale));
  }
  writeNames(pen);
}

function traceLine(pen, edge) {
  const [a, b] = [edge.source, edge.target].map(onScreen);
  const colour = colours[styleOf((isArticle(edge.target) ? edge.source : edge.target).group)];
  Object.assign(pen, { globalAlpha: opacityOf(edge), strokeStyle: colour, lineWidth: isLit(edge) ? 1.8 : 1 });
  pen.beginPath();
  pen.moveTo(a.x, a.y);
  pen.lineTo(b.x, b.y);
  pen.stroke();
  pen.globalAlpha = 1;
}
