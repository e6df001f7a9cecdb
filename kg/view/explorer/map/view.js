// The map and the reader: drawing it when something changed, moving it, and what a pointer hits. While it moves and a
// picture takes too long to draw, the last picture is moved instead.

const QUICK = 12; // milliseconds that a picture may take to be drawn anew while the map moves
const canvas = make('canvas', { className: 'picture' });
const ctx = canvas.getContext('2d', { alpha: false });
const still = { picture: document.createElement('canvas'), camera: null };
const drawn = { names: [], cost: 0, frame: 0, settle: 0, moves: false };

const view = {
  start() {
    $('map').prepend(canvas);
    new ResizeObserver(resize).observe($('map'));
    resize();
    listenToPointers();
  },
  paint: redraw,
  flush: draw,
  fit(animated = true) { move(whole(), animated); },
  zoom(factor) { zoomAt(factor, { x: stage.width / 2, y: stage.height / 2 }); },
  pan(dx, dy) { shift(-80 * dx, -80 * dy); },
  reveal(node) {
    if (node.x === null) return reveals(node);
    const at = toScreen(node);
    const isSeen = within(stage, { x: at.x - 60, y: at.y - 30, width: 120, height: 60 }) && camera.scale > FULL / 2;
    return isSeen ? undefined : move({ x: node.x, y: node.y, scale: Math.max(camera.scale, FULL * 1.6) });
  },
  revealRegion({ x, y, radius }) { move({ x, y, scale: Math.min(stage.width, stage.height) / (2.3 * radius) }); },
  hit(point) {
    const name = drawn.names.find((box) => overlap(box, { ...point, width: 1, height: 1 }));
    return name?.node ?? name?.region ?? nodeAt(point) ?? regionAt(point);
  },
  point: (node) => (node.x === null ? null : toScreen(node)),
  canvas: () => canvas,
  names: () => drawn.names,
  marks: () => nodesInView().map(markBox),
  trace(pen) { drawMapOn(pen); drawNames(pen, namesOnMap(nodesInView())); },
  seen: () => nodesInView().filter((node) => node.isKept),
  scale: () => camera.scale,
};

function resize() {
  const { clientWidth: width, clientHeight: height } = $('map');
  const isFitted = !stage.width || Math.abs(camera.scale - stage.fit) < 1e-9;
  Object.assign(stage, { width, height });
  const ratio = Math.min(2, devicePixelRatio || 1);
  for (const each of [canvas, still.picture]) Object.assign(each, { width: width * ratio, height: height * ratio });
  Object.assign(camera, isFitted ? whole() : {});
  draw();
}

function whole() {
  const boxes = outer.map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }));
  const { x, y, width, height } = around(boxes);
  stage.fit = Math.min((stage.width - 24) / width, (stage.height - 24) / height);
  return { x: x + width / 2, y: y + height / 2, scale: stage.fit };
}

function redraw() {
  drawn.frame ||= requestAnimationFrame(() => {
    drawn.frame = 0;
    if (drawn.moves && drawn.cost > QUICK && isNear()) slide();
    else draw();
  });
}

function draw() {
  const began = performance.now();
  const ratio = canvas.width / stage.width;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawMapOn(ctx);
  drawn.names = namesOnMap(nodesInView());
  drawNames(ctx, drawn.names);
  Object.assign(still, { camera: null, drawnAt: { ...camera } });
  drawn.cost = performance.now() - began;
  timing.firstView ??= performance.now();
}

/** Tell whether the last picture still covers most of the window, and is not too coarse. */
function isNear() {
  const { x, y, scale } = still.drawnAt;
  const k = camera.scale / scale;
  return k > 0.6 && k < 2 && Math.max(Math.abs(x - camera.x), Math.abs(y - camera.y)) * camera.scale < stage.width / 3;
}

/** Move the last picture to where the camera is. */
function slide() {
  const copy = still.picture.getContext('2d', { alpha: false });
  if (!still.camera) {
    copy.drawImage(canvas, 0, 0);
    still.camera = still.drawnAt;
  }
  const [from, k] = [still.camera, camera.scale / still.camera.scale];
  const ratio = canvas.width / stage.width;
  const x = (from.x - camera.x) * camera.scale + (1 - k) * (stage.width / 2);
  const y = (from.y - camera.y) * camera.scale + (1 - k) * (stage.height / 2);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(still.picture, x * ratio, y * ratio, canvas.width * k, canvas.height * k);
}

function moved() {
  drawn.moves = true;
  clearTimeout(drawn.settle);
  drawn.settle = setTimeout(() => { drawn.moves = false; redraw(); }, 110);
  redraw();
}

function shift(dx, dy) {
  Object.assign(camera, { x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale });
  moved();
}

function zoomAt(factor, { x, y }) {
  const scale = Math.min(60, Math.max(0.6 * stage.fit, camera.scale * factor));
  const [dx, dy] = [x - stage.width / 2, y - stage.height / 2];
  const k = 1 / camera.scale - 1 / scale;
  Object.assign(camera, { x: camera.x + dx * k, y: camera.y + dy * k, scale });
  moved();
}

/** Go to a view, gliding there unless the reader asked for less motion. */
function move(to, animated = true) {
  const from = { ...camera };
  const began = performance.now();
  const step = () => {
    const t = animated && !calm.matches ? Math.min(1, (performance.now() - began) / 280) : 1;
    const eased = t * t * (3 - 2 * t);
    const scale = from.scale * (to.scale / from.scale) ** eased;
    Object.assign(camera, { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased, scale });
    moved();
    if (t < 1) requestAnimationFrame(step);
  };
  step();
}

/** A facet has no place of its own: show all that it touches. */
function reveals(node) {
  const touched = [...state.near].filter((each) => each.x !== null);
  if (!touched.length) return;
  const { x, y, width, height } = around(touched.map((each) => ({ x: each.x, y: each.y, width: 0, height: 0 })));
  const scale = Math.min(FULL * 2, Math.min(stage.width / (width + 8), stage.height / (height + 8)));
  move({ x: x + width / 2, y: y + height / 2, scale });
}

function nodeAt({ x, y }) {
  let [best, least] = [null, 12];
  for (const node of nodesInView()) {
    const at = toScreen(node);
    const away = Math.hypot(at.x - x, at.y - y) - half(node);
    if (away < least) [best, least] = [node, away];
  }
  return least < Math.max(2, Math.min(6, camera.scale / 2)) ? best : null;
}

function regionAt({ x, y }) {
  const inside = regions.filter((region) => {
    const at = toScreen(region);
    return Math.hypot(at.x - x, at.y - y) < region.radius * camera.scale && isRegionOffered(region);
  });
  return inside.at(-1) ?? null; // the outer stand before the inner
}

const isRegionOffered = (region) => isRegionNamed(region, region.radius * camera.scale);
