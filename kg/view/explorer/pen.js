// A pen that draws as a canvas context does, but writes SVG: what is seen can be saved as lines and letters.

const SVG = 'http://www.w3.org/2000/svg';
const round = (number) => Math.round(number * 100) / 100;
const escape = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

class SvgPen {
  constructor(width, height) {
    Object.assign(this, { width, height, parts: [], path: '', kept: [], at: [1, 0, 0] });
    Object.assign(this, { globalAlpha: 1, fillStyle: '#000', strokeStyle: '#000', lineWidth: 1, font: '', textAlign: 'left' });
  }

  save() {
    const { at, globalAlpha, fillStyle, strokeStyle, lineWidth, font, textAlign } = this;
    this.kept.push({ at, globalAlpha, fillStyle, strokeStyle, lineWidth, font, textAlign });
  }

  restore() { Object.assign(this, this.kept.pop()); }

  translate(x, y) { const [k, dx, dy] = this.at; this.at = [k, dx + k * x, dy + k * y]; }

  scale(factor) { const [k, dx, dy] = this.at; this.at = [k * factor, dx, dy]; }

  beginPath() { this.path = ''; }

  moveTo(x, y) { this.path += `M${this.place(x, y)}`; }

  lineTo(x, y) { this.path += `L${this.place(x, y)}`; }

  rect(x, y, width, height) {
    const [[left, above], [right, below]] = [this.place(x, y), this.place(x + width, y + height)];
    this.path += `M${left} ${above}H${right}V${below}H${left}Z`;
  }

  arc(x, y, radius, from, to) { // in two halves, since SVG cannot draw a full circle in one
    const point = (angle) => this.place(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const r = round(radius * this.at[0]);
    const [start, middle, end] = [from, (from + to) / 2, to].map(point);
    this.path += `M${start}A${r} ${r} 0 0 1 ${middle}A${r} ${r} 0 0 1 ${end}`;
  }

  place(x, y) { const [k, dx, dy] = this.at; return [round(k * x + dx), round(k * y + dy)]; }

  fill(shape) { this.draw(shape, `fill="${this.fillStyle}" fill-rule="evenodd"`); }

  stroke(shape) { this.draw(shape, `fill="none" stroke="${this.strokeStyle}" stroke-width="${round(this.lineWidth * this.at[0])}"`); }

  draw(shape, style) {
    const [k, dx, dy] = this.at.map(round);
    const where = shape ? ` transform="translate(${dx} ${dy}) scale(${k})"` : '';
    const width = shape ? style.replace(/stroke-width="[^"]*"/, `stroke-width="${round(this.lineWidth)}"`) : style;
    this.parts.push(`<path d="${shape?.d ?? this.path}" ${width}${where}${this.alpha()}/>`);
  }

  alpha() { return this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : ''; }

  fillRect(x, y, width, height) { this.parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${this.fillStyle}"/>`); }

  strokeText(text, x, y) { this.write(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`); }

  fillText(text, x, y) { this.write(text, x, y, `fill="${this.fillStyle}"`); }

  write(text, x, y, style) {
    const anchor = { left: 'start', center: 'middle', right: 'end' }[this.textAlign];
    const place = this.place(x, y);
    const font = escape(this.font);
    this.parts.push(`<text x="${place[0]}" y="${place[1]}" dy=".35em" text-anchor="${anchor}" style="font:${font}" ${style}${this.alpha()}>${escape(text)}</text>`);
  }

  toString() {
    const { width, height } = this;
    return `<svg xmlns="${SVG}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${this.parts.join('')}</svg>\n`;
  }
}

/** A shape for canvas and SVG alike: Path2D that remembers its words. */
const shapes = new Map();

function shapeOf(kind) {
  if (!shapes.has(kind)) shapes.set(kind, Object.assign(new Path2D(path(kind)), { d: path(kind) }));
  return shapes.get(kind);
}

/** Draw the mark of a kind, so many pixels from its middle to its rim. */
function drawMarkAt(ctx, kind, x, y, half, { alpha = 1, rim = colours.paper, line = 3 } = {}) {
  const shape = shapeOf(kind);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(half / 10, half / 10);
  Object.assign(ctx, { strokeStyle: rim, lineWidth: line, globalAlpha: 1 });
  ctx.stroke(shape);
  ctx.fillStyle = colours.paper; // no line shines through a faded mark
  ctx.fill(shape);
  Object.assign(ctx, { globalAlpha: alpha, fillStyle: colours[styleOf(kind)] });
  ctx.fill(shape);
  ctx.restore();
}
