// A scene lies over the map, which fades behind it: what is around one thing, a path, two things compared.

const overlay = make('canvas', { className: 'scene', hidden: true });
const onStage = { scene: null, names: [], places: new Map() };

function startScene() {
  $('map').append(overlay);
  overlay.addEventListener('click', (event) => open(sceneHit({ x: event.offsetX, y: event.offsetY })));
  overlay.addEventListener('pointermove', (event) => scenePoint(sceneHit({ x: event.offsetX, y: event.offsetY })));
  overlay.addEventListener('pointerleave', () => scenePoint(null));
  new ResizeObserver(showScene).observe($('map'));
}

/** Return what the state asks for as a scene, null where it asks for the map itself. */
function staged() {
  const size = screenSize();
  if (state.node && state.around) return radial(state.node, state.around, size);
  if (state.rivals) return rivals(state.rivals, size);
  const found = state.route && route(...state.route);
  return found ? chain(found, size) : null;
}

const screenSize = () => ({ width: $('map').clientWidth, height: $('map').clientHeight });

function showScene() {
  onStage.scene = staged();
  overlay.hidden = !onStage.scene;
  $('map').classList.toggle('staged', Boolean(onStage.scene));
  $('hint').hidden = !onStage.scene?.hidden;
  for (const id of ['closer', 'farther', 'fit']) $(id).disabled = Boolean(onStage.scene); // a scene fills the window
  if (!onStage.scene) return;
  onStage.places = new Map(onStage.scene.items.map((item) => [item.node, item]));
  $('hint').textContent = `${count(onStage.scene.hidden, 'more', 'more')} in the panel`;
  paintScene();
}

function paintScene() {
  const { width, height } = screenSize();
  const ratio = Math.min(2, devicePixelRatio || 1);
  Object.assign(overlay, { width: width * ratio, height: height * ratio });
  const ctx = overlay.getContext('2d');
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawScene(ctx);
}

function drawScene(ctx) {
  const { scene } = onStage;
  for (const edge of scene.edges) drawTie(ctx, edge, scene.isTold);
  onStage.names = sceneNames(scene);
  for (const item of scene.items) drawItem(ctx, item);
  for (const name of onStage.names) drawRows(ctx, name, name.node && isArticle(name.node) ? colours.article : name.node ? colours.ink : colours.soft);
}

const sizeOf = ({ node, depth }) => (depth ? (isArticle(node) ? 7 : 6) : 12);

function drawItem(ctx, item) {
  const rim = item.node === state.hover || item.node === state.node ? colours.ink : colours.paper;
  drawMarkAt(ctx, item.node.group, item.x, item.y, sizeOf(item), { rim });
}

function drawTie(ctx, edge, isPath) {
  const [a, b] = [edge.source, edge.target].map((node) => onStage.places.get(node));
  const isLit = isPath || state.hover === edge.source || state.hover === edge.target;
  const isMain = !a.depth || !b.depth;
  ctx.strokeStyle = colours[styleOf((a.depth > b.depth ? edge.source : edge.target).group)];
  Object.assign(ctx, { globalAlpha: isLit ? 0.9 : (isMain ? 0.4 : 0.1) * (isWeak(edge) ? 0.6 : 1), lineWidth: isLit ? 1.8 : 1.1 });
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  ctx.lineTo(b.x, b.y);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Place the names of a scene, the inner ones first; on a path, the words of each step as well. */
function sceneNames(scene) {
  const taken = new Boxes();
  const placed = [];
  const put = (key, name, boxes) => {
    const box = boxes.find((each) => within(screenSize(), each) && !taken.meet(each));
    if (!box) return false;
    taken.add(box);
    return placed.push({ ...key, ...name, ...box });
  };
  for (const item of scene.items) taken.add({ x: item.x - 5, y: item.y - 5, width: 10, height: 10 });
  const ranked = scene.items.toSorted((a, b) => (b.node === state.hover) - (a.node === state.hover) || a.depth - b.depth);
  for (const item of ranked) putItem(item, put);
  if (scene.isTold) for (const edge of scene.edges) putRelation(edge, put);
  return placed;
}

function putItem(item, put) {
  const { node, side, depth } = item;
  const isLoud = !depth || node === state.hover;
  const [size, weight] = [isLoud ? 14 : 12, isLoud || isArticle(node) ? 600 : 400];
  const isOuter = depth === 1;
  const room = isOuter ? (side > 0 ? screenSize().width - item.x : item.x) - 16 : depth ? 140 : 200;
  const letters = Math.max(8, Math.min(isLoud ? 24 : 38, Math.floor(room / (size * (weight > 400 ? 0.6 : 0.54)))));
  for (const lines of isLoud ? [4, 1] : isOuter ? [2, 1] : [3, 1]) {
    const name = measured(balanced(node.label, letters, lines), size, weight);
    const sides = isOuter ? [side] : depth ? [side, 0, 2, -side] : [side, 0, 2, 1, -1];
    if (put({ node }, name, sides.map((each) => boxBeside(name, item, sizeOf(item) + 5, each)))) return;
  }
}

function putRelation(edge, put) {
  const [a, b] = [edge.source, edge.target].map((node) => onStage.places.get(node));
  const name = measured([edge.relation], 12, 400);
  const { width, height } = name;
  put({ edge }, name, [{ x: (a.x + b.x - width) / 2, y: (a.y + b.y - height) / 2, width, height, align: 'center' }]);
}

function sceneHit(point) {
  const name = onStage.names.find((box) => box.node && overlap(box, { ...point, width: 1, height: 1 }));
  if (name) return name.node;
  const near = onStage.scene.items.find((item) => Math.hypot(item.x - point.x, item.y - point.y) < sizeOf(item) + 4);
  return near?.node ?? tieAt(point);
}

function tieAt({ x, y }) {
  const away = ({ source, target }) => {
    const [a, b] = [source, target].map((node) => onStage.places.get(node));
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const t = Math.min(1, Math.max(0, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / length ** 2));
    return Math.hypot(a.x + t * (b.x - a.x) - x, a.y + t * (b.y - a.y) - y);
  };
  return onStage.scene.edges.find((edge) => away(edge) < 5) ?? null;
}

function scenePoint(found) {
  $('map').classList.toggle('pointing', found !== null);
  const node = found?.links ? found : null;
  if (node === state.hover) return;
  state.hover = node;
  paintScene();
}
