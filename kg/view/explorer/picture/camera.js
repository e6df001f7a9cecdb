// Moving the view: fit, zoom, pan. From afar the map shows less, and shows that well.

function watchCamera() {
  network.on('resize', () => { if (!map.moved) fit(false); });
  for (const event of ['dragStart', 'zoom']) network.on(event, () => { map.moved = true; });
  network.on('zoom', ({ scale }) => setDistance(scale));
}

function setDistance(scale) {
  const far = scale < FAR && !isLone;
  if (far === map.far) return;
  map.far = far;
  showDistance();
  paint();
}

function showDistance() {
  chooseMain();
}

function fit(animated = true) { // all names if that is legible; else the articles, what they share, and all marks
  if (!nodes.some(isShown)) return;
  map.far = false;
  const named = largestScale(true);
  const bare = largestScale(false);
  map.far = !isLone && named < FAR;
  showDistance();
  const scale = map.far ? Math.min(0.99 * FAR, largestScale(true)) : named > 0.45 * bare ? named : 0.95 * bare;
  const { x, y, width, height } = extent(scale, true);
  map.moved = false;
  paint();
  move({ position: { x: (x + width / 2) / scale, y: (y + height / 2) / scale }, scale }, animated);
}

function largestScale(named) { // names keep their size, so no formula tells: halve
  const inner = { width: screenSize().width - 24, height: screenSize().height - (map.far ? 54 : 24) };
  let [low, high] = [0.02, 1.6];
  for (let round = 0; round < 20; round += 1) {
    const middle = (low + high) / 2;
    if (within(inner, { ...extent(middle, named), x: 0, y: 0 })) low = middle;
    else high = middle;
  }
  return low;
}

function extent(scale, named) {
  return around(nodes.filter(isOffered).flatMap((node) => {
    const at = { x: node.x * scale, y: node.y * scale };
    const mark = markBox(node, scale, at);
    return named && node.part !== 'bead' ? [mark, nameBox(node, nameOf(node), sideOf(node), scale, at)] : [mark];
  }));
}

function move(view, animated = true) {
  const animation = animated && !calm.matches && { duration: 250, easingFunction: 'easeInOutQuad' };
  if (view.scale) setDistance(view.scale);
  network.moveTo({ ...view, animation });
}

function zoom(factor) {
  map.moved = true;
  move({ scale: Math.min(8, Math.max(0.02, network.getScale() * factor)) });
}

function pan(dx, dy) {
  const { x, y } = network.getViewPosition();
  const step = 80 / network.getScale();
  map.moved = true;
  move({ position: { x: x + dx * step, y: y + dy * step } }, false);
}

function reveal(node) { // the map stays where it is unless the node is out of sight, or too small to be drawn
  const { x, y } = network.canvasToDOM(node);
  if (isOffered(node) && within(screenSize(), { x: x - 20, y: y - 20, width: 40, height: 40 })) return;
  map.moved = true;
  move({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), isOffered(node) ? 0 : 1.2 * FAR) });
}
