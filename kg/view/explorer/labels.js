// The names on the map: broken into rows, placed so that none lies on another or on a mark, drawn.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const nameCache = new Map();

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

function balanced(label, most, lines) { // no more rows than it takes, and these as even as the words allow
  const rows = wrap(label, most, lines);
  if (lines === 1 || rows.at(-1)?.endsWith('…')) return rows;
  for (let letters = 9; letters < most; letters += 1) {
    const even = wrap(label, letters, lines + 1);
    if (even.length <= rows.length && !even.some((row) => row.endsWith('…'))) return even;
  }
  return rows;
}

function wholeName(node) { // of what the pointer is on, and of a principle that is selected
  return [sideOf(node) ? 32 : 21, 6, styleOfName(node)[2], 600];
}

function measured(rows, size, weight) {
  const font = `${weight} ${size}px ${FONT}`;
  const row = Math.max(13, size + 1);
  const ctx = $('map').querySelector('canvas').getContext('2d');
  ctx.font = font;
  const width = Math.ceil(Math.max(0, ...rows.map((text) => ctx.measureText(text).width)));
  return { rows, font, row, width, height: rows.length * row };
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
  Object.assign(ctx, { textBaseline: 'middle', lineJoin: 'round', lineWidth: 3.5, strokeStyle: colours.paper });
  for (const name of map.names) drawName(ctx, name);
  ctx.restore();
}

function drawName(ctx, { node, rows, row, font, x, y, width, align }) {
  const at = { left: x, center: x + width / 2, right: x + width }[align];
  ctx.font = font;
  ctx.textAlign = align;
  ctx.globalAlpha = isFaded(node) ? 0.4 : 1;
  ctx.fillStyle = isArticle(node) ? colours.article : colours[node.part === 'band' ? 'soft' : 'ink'];
  rows.forEach((text, index) => {
    for (const draw of ['strokeText', 'fillText']) ctx[draw](text, at, y + row * (index + 0.5));
  });
}
