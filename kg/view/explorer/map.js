// The map: marks and lines, drawn by vis-network; what a pointer hits.

const timing = {};
let network, visNodes, visEdges, colours;

function drawMap() {
  const large = edges.length > 3000;
  visNodes = new vis.DataSet(nodes.map((node, id) => (
    { id, x: node.x, y: node.y, shape: 'custom', chosen: false, ctxRenderer: renderer(node) })));
  visEdges = new vis.DataSet(edges.map((edge) => ({ id: edge.id, from: edge.from, to: edge.to, ...bend(edge) })));
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
  const [wing, other] = [source, target].map((node) => node.side || Math.sign(node.x));
  const withinWing = source.part === target.part || isLone ? wing && wing === other : false;
  return withinWing ? arc((target.y > source.y) !== (wing > 0), 0.3) : {}; // away from the names
}

const arc = (clockwise, roundness) => ({ smooth: { type: clockwise ? 'curvedCW' : 'curvedCCW', roundness } });

function paint() { // all that selection, filter, theme and scale can change
  state.near = new Set(state.node?.links.map((edge) => otherEnd(edge, state.node)));
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
