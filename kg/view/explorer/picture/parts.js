// How the parts of the picture look: who is drawn at which scale, how big a mark is, how loud a line.

const FAR = 0.6; // below this scale, only articles and what they share are drawn
const NEAR = 1.5; // from this scale on, the quiet clusters have names
const isLone = !nodes.some(({ part }) => part !== 'hub' && part !== 'leaf'); // one article: a mind map
const few = nodes.length < 60;
const small = nodes.length < 120 ? 12 : 11;
const map = { scale: 1, far: false, main: new Set(), names: [], moved: false };

// The size of a mark at scale 1, and of its name: letters in a row, rows, size, weight.
const PARTS = {
  hub: { size: (links) => Math.min(13, 4.5 + 1.5 * Math.sqrt(links)) + 2, name: [21, 3, isLone && few ? 13 : 12, 600] },
  leaf: { size: (links) => Math.min(13, 4.5 + 1.5 * Math.sqrt(links)), name: few ? [27, 2, 13, 400] : [31, 1, 11, 400] },
  own: { size: (links) => Math.min(6, 4 + 0.7 * Math.sqrt(links)), name: [34, 1, small, 400] },
  shared: { size: (links, articles) => Math.min(14, 5 + 1.1 * articles), name: [19, 2, small, 400] },
  bead: { size: () => 4, name: [31, 1, 11, 400] },
  band: { size: () => 5.5, name: [23, 2, small, 400] },
};
const WIDELY = { name: [17, 2, 13, 500] }; // what many articles share is told first
const AFAR = { name: [36, 2, 12, 600] }; // an article seen from afar: its name reads outward
const AFAR_NARROW = { name: [14, 3, 11, 600] };

const isFar = (node) => map.far && node.part === 'hub';
const isShown = (node) => !state.off.has(node.group);
const isOffered = (node) => isShown(node) && (!map.far || node.part === 'hub' || map.main.has(node));
const isWanted = (node) => isTold(node) || (state.near.has(node) && node.part === 'shared');
const isDrawn = (node) => isOffered(node) || (isShown(node) && isWanted(node));
const isTold = (node) => node === state.hover || node === state.node || (state.edge !== null && !isFaded(node));
const isNamed = (node) => node.part !== 'bead' || map.scale >= NEAR || isTold(node);

function styleOfName(node) {
  if (isFar(node)) return ($('map').clientWidth < 700 ? AFAR_NARROW : AFAR).name;
  return (node.part === 'shared' && node.articles > 3 ? WIDELY : PARTS[node.part]).name;
}

const sideOf = (node) => (isFar(node) ? Math.sign(node.x) || 1 : node.side);
const radius = (node, scale) => node.size * Math.sqrt(scale); // on the screen: marks grow slower than the map
const isLit = (edge) => edge === state.edge || edge.source === state.node || edge.target === state.node;

function loudness({ source, target }) { // of a line while nothing is selected
  const ends = [source.part, target.part];
  if (isLone) return 0.36;
  if (ends.includes('bead') || ends.includes('band')) return 0;
  return ends.includes('own') ? 0.4 : 0.2;
}

function opacityOf(edge) {
  const rest = loudness(edge) * (isWeak(edge) ? 0.6 : 1);
  if (isLit(edge)) return isWeak(edge) ? 0.6 : 0.9;
  return state.node || state.edge ? rest / 5 : rest;
}

function chooseMain() { // what is drawn from afar: as much of what most articles share as the window has room for
  const { width, height } = screenSize();
  const shared = nodes.filter((node) => isShown(node) && node.part === 'shared');
  shared.sort((a, b) => b.articles - a.articles || byLinks(a, b));
  map.main = new Set(shared.slice(0, Math.floor((width * height) / 10000)));
}

function measureMarks() {
  for (const node of nodes) {
    node.size = PARTS[node.part].size(node.links.length, node.articles);
  }
}

measureMarks();
