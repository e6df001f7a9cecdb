// Saving what is seen: the picture as PNG or SVG, its things and links as a table or as Turtle, or on paper.

const FADED = 0.07; // how much of the map shows behind a scene, as in explorer.css
const SAVES = {
  png: ['image/png', () => new Promise((done) => { composed().toBlob(done); })],
  svg: ['image/svg+xml', () => drawing()],
  csv: ['text/csv', () => table()],
  ttl: ['text/turtle', () => turtle()],
};

/** Hand a file to the reader; nothing leaves the page in any other way. */
async function save(format) {
  const [type, content] = SAVES[format];
  hand(`${fileName()}.${format}`, type, await content());
  say(`Saved as ${format.toUpperCase()}.`);
}

function hand(download, type, content) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  make('a', { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}

const fileName = () => document.title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'graph';

/** Return the map, faded where a scene lies over it, as one canvas. */
function composed() {
  const below = view.canvas();
  const sheet = Object.assign(document.createElement('canvas'), { width: below.width, height: below.height });
  const on = sheet.getContext('2d');
  on.fillStyle = colours.paper;
  on.fillRect(0, 0, sheet.width, sheet.height);
  on.globalAlpha = onStage.scene ? FADED : 1;
  on.drawImage(below, 0, 0);
  on.globalAlpha = 1;
  if (onStage.scene) on.drawImage(overlay, 0, 0, sheet.width, sheet.height);
  return sheet;
}

function drawing() {
  const { width, height } = screenSize();
  const pen = new SvgPen(width, height);
  if (!onStage.scene) view.trace(pen);
  else {
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, width, height);
    drawScene(pen);
  }
  return String(pen);
}

/** Return the things that are seen: those of the scene, or those in the window that no filter leaves out. */
function seen() {
  return onStage.scene ? onStage.scene.items.map(({ node }) => node) : view.seen();
}

function linksSeen() {
  const inside = new Set(seen());
  return edges.filter(({ source, target }) => inside.has(source) && inside.has(target));
}

function table() {
  const titles = ['from', 'kind', 'relation', 'to', 'kind', 'sentence', 'article', 'section', 'file', 'start', 'end', 'from IRI', 'to IRI'];
  const rows = linksSeen().flatMap((edge) => (edge.quotes.length ? edge.quotes.map((number) => row(edge, quoteOf(number))) : [row(edge, {})]));
  return asCsv([titles, ...rows]);
}

const asCsv = (lines) => `\ufeff${lines.map((cells) => cells.map((each) => cell(each)).join(',')).join('\r\n')}\r\n`;

function row({ source, relation, target }, { exact, title, section, file, start, end }) {
  return [source.label, source.group, relation, target.label, target.group, exact, title, section, file, start, end, source.iri, target.iri];
}

function cell(value = '') { // what begins like a formula would be run by a spreadsheet
  const text = String(value);
  return `"${(/^[=+\-@\t\r]/.test(text) && typeof value !== 'number' ? `'${text}` : text).replace(/"/g, '""')}"`;
}

function turtle() {
  const lines = seen().filter((node) => isIri(node.iri)).map(described);
  const joints = linksSeen().filter((edge) => isIri(edge.source.iri) && isIri(edge.target.iri)).flatMap(stated);
  return [...lines, ...joints, ''].join('\n');
}

const isIri = (text) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(text);
const literal = (text) => JSON.stringify(text).replace(/[\u2028\u2029\u007f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

function described(node) {
  const [type, label] = terms.kinds[node.group] ?? terms.kinds.other;
  return `<${node.iri}> ${type ? `a <${type}> ; ` : ''}<${label}> ${literal(node.label)} .`;
}

function stated({ source, relation, target, quotes }) {
  const term = terms.relations[relation];
  if (!term) return [];
  const [from, to] = term.startsWith('^') ? [target, source] : [source, target];
  const proofs = quotes.map(quoteOf).map(({ exact, file, start, end }) => `#   ${literal(exact)} ${literal(`${file}:${start}-${end}`)}`);
  return [`<${from.iri}> <${term.replace('^', '')}> <${to.iri}> .`, ...proofs];
}
