// Rectangles on the screen: which of them overlap, found without comparing each with each.

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function within(screen, { x, y, width, height }) {
  return x >= 0 && y >= 0 && x + width <= screen.width && y + height <= screen.height;
}

function around(boxes) {
  const least = (measure) => boxes.reduce((value, box) => Math.min(value, measure(box)), Infinity);
  const [x, y] = [least((box) => box.x), least((box) => box.y)];
  return { x, y, width: -least((box) => -box.x - box.width) - x, height: -least((box) => -box.y - box.height) - y };
}

class Boxes { // kept by the cells of the screen that they touch
  cells = new Map();

  * touched({ x, y, width, height }) {
    for (let i = Math.floor(x / 80); i <= (x + width) / 80; i += 1) {
      for (let j = Math.floor(y / 40); j <= (y + height) / 40; j += 1) yield `${i},${j}`;
    }
  }

  add(box) {
    for (const cell of this.touched(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  meet(box, but = null) {
    const hits = (other) => other.node !== but && overlap(box, other);
    return [...this.touched(box)].some((cell) => this.cells.get(cell)?.some(hits));
  }
}
