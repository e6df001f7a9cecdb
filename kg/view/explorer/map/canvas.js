// The map as a picture: discs for communities, marks for things, lines for links. Far away a community is one disc
// with a ring that shows its kinds; coming nearer, articles and what they share appear first, the rest after.

const RIM = { article: 1.25, other: 0.38 }; // half the size of a mark, in units of the map
const LINES = 2500; // more lines than these in one window say nothing
const SHAPED = 2.4; // half the size from which a mark has its shape
const camera = { x: 0, y: 0, scale: 1 };
const stage = { width: 0, height: 0, fit: 1 };

const toScreen = ({ x, y }) => ({
  x: (x - camera.x) * camera.scale + stage.width / 2, y: (y - camera.y) * camera.scale + stage.height / 2,
});
const ramp = (value, from, to) => Math.min(1, Math.max(0, (value - from) / (to - from)));
const isHanging = (node) => !isArticle(node) && node.links.length > 0 && node.articles < 2;
const isOn = (node) => node.x !== null && !state.off.has(node.group);

/** Return half the size of the mark of a thing on the screen. */
function half(node) {
  const units = isArticle(node) ? RIM.article : isHanging(node) ? RIM.other : RIM.other + 0.1 * Math.sqrt(node.articles);
  const most = isArticle(node) ? 11 : isHanging(node) ? 7 : 10;
  return Math.min(most, Math.max(isHanging(node) ? 0.9 : 1.6, units * camera.scale));
}

/** Return how much of a thing shows at this distance, from 0 to 1. */
function presence(node) {
  if (isTold(node)) return 1;
  return isHanging(node) ? ramp(camera.scale, BARE, FULL) : 0.45 * ramp(camera.scale, BARE / 2.2, FULL / 2.2) + 0.55 * ramp(camera.scale, BARE, FULL);
}

const isTold = (node) => node === state.hover || node === state.node || state.near.has(node)
  || (state.edge !== null && (node === state.edge.source || node === state.edge.target));

function inView({ x, y }, reach) {
  const at = toScreen({ x, y });
  return at.x > -reach && at.y > -reach && at.x < stage.width + reach && at.y < stage.height + reach;
}

const regionsInView = () => regions.filter((region) => inView(region, region.radius * camera.scale));

/** Return what is drawn of the innermost communities in the window, in the order in which it is drawn. */
function nodesInView() {
  const found = [];
  for (const region of regionsInView()) {
    for (const node of region.nodes) if (isOn(node) && presence(node) > 0 && inView(node, 12)) found.push(node);
  }
  return found;
}

function drawMapOn(ctx) {
  Object.assign(ctx, { globalAlpha: 1, fillStyle: colours.paper });
  ctx.fillRect(0, 0, stage.width, stage.height);
  const seen = regionsInView();
  const near = ramp(camera.scale, BARE, FULL);
  drawRoads(ctx, 1 - 0.7 * near);
  for (const region of seen) drawDisc(ctx, region);
  for (const region of seen.filter(({ above }) => !above)) drawRing(ctx, region, 0.85 - 0.6 * near);
  const shown = nodesInView();
  drawLinks(ctx, shown);
  drawMarks(ctx, shown);
}

function drawRoads(ctx, alpha) {
  const most = allRoads[0]?.links ?? 1;
  ctx.strokeStyle = colours.soft;
  for (const { ends, links } of shownRoads) {
    const [a, b] = ends.map(toScreen);
    const isLit = !state.region || ends.includes(outermost(state.region));
    ctx.globalAlpha = alpha * (isLit ? 0.26 : 0.05) * Math.sqrt(links / most);
    ctx.lineWidth = 1 + 7 * (links / most);
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

const isDim = (region) => (state.region !== null && !isWithin(region, state.region)) || !region.kept;

function drawDisc(ctx, region) {
  const { x, y } = toScreen(region);
  const radius = region.radius * camera.scale;
  if (region.above && radius < 24) return;
  ctx.globalAlpha = isDim(region) ? 0.35 : 1;
  ctx.fillStyle = region.above ? colours.paper : colours.wash;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** Draw the kinds of a community as a ring, each as long as its share. */
function drawRing(ctx, region, alpha) {
  const [{ x, y }, { counts, size }] = [toScreen(region), region];
  const radius = region.radius * camera.scale;
  const width = Math.max(2, Math.min(5, radius / 16));
  let from = -Math.PI / 2;
  Object.assign(ctx, { globalAlpha: isDim(region) ? 0.35 * alpha : alpha, lineWidth: width });
  kinds.forEach((kind, at) => {
    const to = from + (2 * Math.PI * counts[at]) / size;
    if (to === from) return;
    ctx.strokeStyle = colours[styleOf(kind)];
    ctx.beginPath();
    ctx.arc(x, y, radius - width / 2, from, to);
    ctx.stroke();
    from = to;
  });
  ctx.globalAlpha = 1;
}

/** Draw the links of what is looked at; else those between articles and what they share, when one is near enough. */
function drawLinks(ctx, shown) {
  const chosen = state.edge ? [state.edge] : state.node ? state.node.links : null;
  const quiet = ramp(camera.scale, FULL * 0.8, FULL * 1.6);
  if (!chosen && !quiet) return;
  const wanted = chosen ?? shown.filter(isArticle).flatMap((node) => node.links.filter((edge) => !isWeak(edge) && isShared(edge)));
  Object.assign(ctx, { globalAlpha: chosen ? 0.75 : 0.22 * quiet, strokeStyle: colours.soft, lineWidth: chosen ? 1.3 : 1 });
  ctx.beginPath();
  for (const { source, target } of wanted.slice(0, LINES)) {
    if (!isOn(source) || !isOn(target) || (!chosen && !(source.isKept && target.isKept))) continue;
    const [a, b] = [source, target].map(toScreen);
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

const isShared = ({ source, target }) => target.region === source.region && !isHanging(target);

function drawMarks(ctx, shown) {
  const told = shown.filter(isTold);
  for (const kind of kinds) {
    for (const [faded, alpha] of [[true, 0.13], [false, 1]]) {
      const group = shown.filter((node) => node.group === kind && isFaded(node) === faded && !isTold(node));
      for (const hanging of [true, false]) drawGroup(ctx, kind, group.filter((node) => isHanging(node) === hanging), alpha);
    }
  }
  for (const node of told) {
    const { x, y } = toScreen(node);
    const rim = node === state.node || node === state.hover ? colours.ink : colours.paper;
    drawMarkAt(ctx, node.group, x, y, Math.max(5, half(node)), { rim });
  }
}

/** Draw marks of one kind that are equally loud: as dots while they are too small to have a shape. */
function drawGroup(ctx, kind, group, alpha) {
  if (!group.length) return;
  Object.assign(ctx, { globalAlpha: alpha * presence(group[0]), fillStyle: colours[styleOf(kind)] });
  if (group.some((node) => half(node) >= SHAPED)) return group.forEach((node) => drawShape(ctx, node));
  ctx.beginPath();
  for (const node of group) {
    const [{ x, y }, r] = [toScreen(node), half(node)];
    ctx.rect(x - r, y - r, 2 * r, 2 * r);
  }
  return ctx.fill();
}

function drawShape(ctx, node) {
  const { x, y } = toScreen(node);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(half(node) / 10, half(node) / 10);
  ctx.fill(shapeOf(node.group));
  ctx.restore();
}
