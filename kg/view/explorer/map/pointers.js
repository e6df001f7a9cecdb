// Fingers and mouse on the map: drag to pan, wheel or pinch to zoom, click to open, rest to see a name.

const fingers = new Map(); // where each pointer that is down was last seen
const gesture = { way: 0 };

function listenToPointers() {
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', (event) => (fingers.size ? drag(event) : rest(event)));
  for (const event of ['pointerup', 'pointercancel']) canvas.addEventListener(event, up);
  canvas.addEventListener('pointerleave', () => { if (!fingers.size) point(null); });
  canvas.addEventListener('wheel', wheel, { passive: false });
}

function down(event) {
  if (!fingers.size) gesture.way = 0;
  fingers.set(event.pointerId, spot(event));
  canvas.setPointerCapture(event.pointerId);
}

const spot = ({ offsetX: x, offsetY: y }) => ({ x, y });

function drag(event) {
  const before = fingers.get(event.pointerId);
  if (!before) return;
  const now = spot(event);
  gesture.way += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
  if (fingers.size === 2) pinch(event.pointerId, before, now);
  else if (gesture.way > 3) shift(now.x - before.x, now.y - before.y);
  fingers.set(event.pointerId, now);
}

function pinch(moving, before, now) {
  const [, other] = [...fingers].find(([id]) => id !== moving);
  const apart = (at) => Math.max(1, Math.hypot(at.x - other.x, at.y - other.y));
  zoomAt(apart(now) / apart(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
}

function up(event) {
  const isClick = event.type === 'pointerup' && fingers.size === 1 && gesture.way <= 6;
  fingers.delete(event.pointerId);
  if (isClick) open(view.hit(spot(event)));
}

function rest(event) {
  const found = view.hit(spot(event));
  point(found?.links ? found : null);
  $('map').classList.toggle('pointing', found !== null);
}

function point(node) {
  if (node === state.hover) return;
  state.hover = node;
  redraw();
}

function wheel(event) {
  event.preventDefault();
  const pixels = event.deltaY * [1, 16, 400][event.deltaMode];
  zoomAt(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)), spot(event));
}
