// The names on the map: of communities while they are small enough to be seen whole, then of what is in them.

const MOST_NAMES = 140;
const LARGE = 240; // radius of a community on the screen from which its middle belongs to what is in it
const nameCache = new Map();

/** Return the names that find room, the weightiest first; no two of them touch. */
function namesOnMap(shown) {
  const [taken, marks] = [new Boxes(), new Boxes()];
  const placed = [];
  for (const node of shown) if (half(node) > 5 && !isHanging(node)) marks.add(markBox(node));
  const candidates = [...shown.filter(isTold).sort(byWeight).map(nodeName), ...regionNames(), ...nodeNames(shown)];
  for (const { key, name, boxes } of candidates) {
    if (placed.length >= MOST_NAMES) break;
    const box = boxes.find((each) => within(stage, each) && !taken.meet(padded(each)) && (key.region || !marks.meet(each, key.node)));
    if (!box) continue;
    taken.add(box);
    placed.push({ ...key, ...name, ...box });
  }
  return placed;
}

function markBox(node) {
  const [{ x, y }, r] = [toScreen(node), half(node)];
  return { node, x: x - r, y: y - r, width: 2 * r, height: 2 * r };
}

const padded = ({ x, y, width, height }) => ({ x: x - 4, y: y - 1, width: width + 8, height: height + 2 });

function nameOf(text, letters, lines, size, weight) {
  const key = [size, weight, letters, lines, text].join('|');
  if (!nameCache.has(key)) nameCache.set(key, measured(balanced(text, letters, lines), size, weight));
  return nameCache.get(key);
}

function* regionNames() {
  for (const region of regionsInView()) {
    const radius = region.radius * camera.scale;
    if (!isRegionNamed(region, radius)) continue;
    yield regionName(region, radius);
    if (topicsOf(region, radius)) yield topicsLine(region, radius);
  }
}

/** Tell whether a community is named: those outermost always, others when they are large, none when it is all there is. */
function isRegionNamed(region, radius) {
  if (radius > 0.75 * Math.max(stage.width, stage.height)) return false;
  if (region.parts.length && radius > 300) return false;
  return !region.above || region.above.radius * camera.scale > 300;
}

function regionName(region, radius) {
  const size = Math.round(Math.max(12, Math.min(region.above ? 14 : 18, radius / 5)));
  const longest = Math.max(...region.name.split(/\s+/).map((word) => word.length));
  const letters = Math.max(9, longest, Math.min(22, Math.floor((1.7 * radius) / (0.58 * size))));
  const name = nameOf(capital(region.name), letters, 3, size, 700);
  const at = toScreen(region);
  const lift = topicsOf(region, radius) ? topicsOf(region, radius).height / 2 : 0;
  return { key: { region }, name, boxes: placesFor(name, at, radius, lift) };
}

/** Return where the name of a community may stand: in its middle, a little above or below it, at last outside. */
function placesFor(name, at, radius, lift) {
  const { width, height } = name;
  const box = (x, y) => ({ x: x - width / 2, y: y - height / 2, width, height, align: 'center' });
  const middle = [-lift, 0, -height, height, -2 * height, 2 * height];
  const rim = [height / 2 + 8 - radius, radius - height / 2 - 8, -radius, radius];
  if (radius > LARGE) return inside(box, at, radius, rim); // a large one is looked into
  const beside = [1, -1].map((side) => box(at.x + side * (radius + width / 2 + 3), at.y));
  const corners = [1, 2, 3].flatMap((rows) => [-1, 1].flatMap((dx) => [-1, 1].map((dy) => (
    box(at.x + (dx * (radius + width)) / 2, at.y + dy * (radius + rows * height))))));
  return [...[...middle, ...rim].map((dy) => box(at.x, at.y + dy)), ...beside, ...corners];
}

/** Return places for a name within a disc of which a part may lie outside the window. */
function inside(box, at, radius, rim) {
  const clamp = (value, most) => Math.min(most - 20, Math.max(20, value));
  const x = Math.min(stage.width - 90, Math.max(90, at.x));
  const heights = [at.y + rim[0], at.y + rim[1], clamp(at.y - radius / 2, stage.height), clamp(at.y + radius / 2, stage.height)];
  return heights.filter((y) => Math.hypot(x - at.x, y - at.y) < radius - 30).map((y) => box(x, y));
}

function topicsOf(region, radius) {
  if (radius <= 62 || radius > LARGE || !region.topics.length) return null;
  return nameOf(region.topics.join(' · '), Math.max(14, Math.floor((1.6 * radius) / 6)), 3, 12, 400);
}

function topicsLine(region, radius) {
  const name = topicsOf(region, radius);
  const at = toScreen(region);
  const below = regionName(region, radius).name.height / 2 + 2;
  const { width, height } = name;
  const box = { x: at.x - width / 2, y: at.y + below - height / 2, width, height, align: 'center' };
  return { key: { region, isQuiet: true }, name, boxes: [box] };
}

function* nodeNames(shown) {
  if (camera.scale < FULL && regions.length > 1) return; // the names of the communities tell more
  const wanted = shown.filter((node) => !isTold(node) && !isFaded(node) && half(node) >= (isHanging(node) ? 5.5 : 3.2));
  for (const node of wanted.sort(byWeight).slice(0, 4 * MOST_NAMES)) yield nodeName(node);
}

function nodeName(node) {
  const isLoud = isTold(node) || isArticle(node);
  const name = nameOf(node.label, isLoud ? 24 : 20, isTold(node) ? 4 : 2, node.articles > 5 ? 13 : 12, isLoud ? 600 : 400);
  const at = toScreen(node);
  return { key: { node }, name, boxes: [0, 1, -1, 2].map((side) => boxBeside(name, at, half(node) + 4, side)) };
}

const weightOf = (node) => (node === state.hover ? 4000 : node === state.node ? 3000 : 0)
  + (isArticle(node) ? 3 * Math.sqrt(node.links.length) : 4 * node.articles);
const byWeight = (a, b) => weightOf(b) - weightOf(a) || a.id - b.id;

function drawNames(ctx, names) {
  for (const name of names) {
    ctx.globalAlpha = name.region ? (name.region.kept && (!state.region || isWithin(name.region, state.region)) ? 1 : 0.45) : isFaded(name.node) ? 0.4 : 1;
    drawRows(ctx, name, name.isQuiet ? colours.soft : name.node && isArticle(name.node) ? colours.article : colours.ink);
  }
  ctx.globalAlpha = 1;
}
