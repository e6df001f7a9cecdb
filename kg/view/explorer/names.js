// Names as they are drawn: broken into rows, measured, put where they meet no other.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const ruler = document.createElement('canvas').getContext('2d');

/** Break a name into at most so many rows of about so many letters. */
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

/** Break a name into no more rows than it takes, and these as even as the words allow. */
function balanced(label, most, lines) {
  const rows = wrap(label, most, lines);
  if (lines === 1 || rows.at(-1)?.endsWith('…')) return rows;
  for (let letters = 9; letters < most; letters += 1) {
    const even = wrap(label, letters, lines + 1);
    if (even.length <= rows.length && !even.some((row) => row.endsWith('…'))) return even;
  }
  return rows;
}

function measured(rows, size, weight) {
  const font = `${weight} ${size}px ${FONT}`;
  const row = Math.max(13, size + 1);
  ruler.font = font;
  const width = Math.ceil(Math.max(0, ...rows.map((text) => ruler.measureText(text).width)));
  return { rows, font, row, width, height: rows.length * row };
}

/** Return the box of a name beside a mark: to the left (-1), below (0), to the right (1) or above (2). */
function boxBeside({ width, height }, { x, y }, away, side) {
  if (side === 1) return { x: x + away, y: y - height / 2, width, height, align: 'left' };
  if (side === -1) return { x: x - away - width, y: y - height / 2, width, height, align: 'right' };
  return { x: x - width / 2, y: side ? y - away - height : y + away - 2, width, height, align: 'center' };
}

/** Draw a name that has a box, with a rim of paper so that no line crosses its letters. */
function drawRows(ctx, { rows, row, font, x, y, width, align }, colour) {
  const at = { left: x, center: x + width / 2, right: x + width }[align];
  Object.assign(ctx, { font, textAlign: align, textBaseline: 'middle', lineJoin: 'round', lineWidth: 3.5 });
  Object.assign(ctx, { strokeStyle: colours.paper, fillStyle: colour });
  rows.forEach((text, index) => {
    for (const draw of ['strokeText', 'fillText']) ctx[draw](text, at, y + row * (index + 0.5));
  });
}
