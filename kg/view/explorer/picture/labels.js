// The names in the picture: placed so that none lies on another or on a mark.

const nameCache = new Map();

function nameOf(node, whole = false) {
  const [letters, lines, size, weight] = whole ? wholeName(node) : styleOfName(node);
  const key = [node.id, letters, lines, size, weight].join(' ');
  if (!nameCache.has(key)) {
    const rows = (isLone ? wrap : node.part === 'band' ? narrow : balanced)(node.label, letters, lines);
    nameCache.set(key, measured(rows, size, weight));
  }
  return nameCache.get(key);
}

function narrow(label, most, lines) { // as narrow as the words allow
  let letters = 10;
  while (letters < most && wrap(label, letters, lines + 1).length > lines) letters += 1;
  return wrap(label, letters, lines);
}

function wholeName(node) { // of what the pointer is on, and of a principle that is selected
  return [sideOf(node) ? 32 : 21, 6, styleOfName(node)[2], 600];
}

function nameBox(node, name, side, scale, at) {
  return boxBeside(name, at, radius(node, scale) + 4, side);
}

function markBox(node, scale, { x, y }) {
  const half = radius(node, scale);
  return { node, x: x - half, y: y - half, width: 2 * half, height: 2 * half };
}

function weight(node) {
  if (node === state.hover) return 5000;
  if (node === state.node || (state.edge && !isFaded(node))) return 4000;
  return (state.near.has(node) ? 2000 : 0) + (isArticle(node) ? 1000 : 0) + node.links.length;
}

const onScreen = (node) => network.canvasToDOM(node);
const marksOnMap = () => nodes.filter(isDrawn).map((node) => markBox(node, map.scale, onScreen(node)));

function placeNames() { // the weightiest first, each where it meets no other name
  const [marks, names] = [new Boxes(), new Boxes()];
  marksOnMap().forEach((box) => marks.add(box));
  map.names = [];
  for (const node of nodes.filter((each) => isDrawn(each) && isNamed(each)).sort((a, b) => weight(b) - weight(a))) {
    const name = nameOf(node, node === state.hover || (node.part === 'bead' && isTold(node)));
    const box = freePlace(node, name, marks, names);
    if (!box) continue;
    names.add(box);
    map.names.push({ node, ...name, ...box });
  }
}

function freePlace(node, name, marks, names) {
  const side = sideOf(node);
  const keepsEdge = isFar(node) || (node.part === 'own' && !isTold(node)); // names of a list begin where the list does
  const sides = keepsEdge ? [side] : side ? [side, -side, 0, 2] : [0, 1, -1, 2];
  const boxes = sides.map((each) => nameBox(node, name, each, map.scale, onScreen(node)));
  const apart = boxes.filter((box) => within(screenSize(), box) && !names.meet(box));
  return apart.find((box) => !marks.meet(box, node)) ?? (isTold(node) || state.near.has(node) ? apart[0] : null);
}

function drawNames(ctx) {
  placeNames();
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  writeNames(ctx);
  ctx.restore();
}

function writeNames(ctx) {
  for (const name of map.names) {
    const { node } = name;
    ctx.globalAlpha = isFaded(node) ? 0.4 : 1;
    drawRows(ctx, name, isArticle(node) ? colours.article : colours[node.part === 'band' ? 'soft' : 'ink']);
  }
  ctx.globalAlpha = 1;
}
