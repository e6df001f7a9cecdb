// Where things stand in a scene: a few of them, laid out for this window alone, instead of scattered over the map.

const ROOM = 15; // from one name to the next, in a column or round a ring
const MARGIN = 24; // between the outermost things and the rim of the window
const NAMED = 230; // room for the names beside them

/** One thing in the middle, its neighbours round it in sectors by kind, and theirs behind them, so many steps out. */
function radial(centre, steps, { width, height }) {
  const most = Math.floor((2 * (height - 40)) / ROOM);
  const tree = grown(centre, steps, most);
  const reach = { x: Math.max(width / 5, width / 2 - NAMED), y: height / 2 - MARGIN };
  const scene = { items: [{ node: centre, x: width / 2, y: height / 2, side: 0, depth: 0 }], edges: [], hidden: tree.hidden };
  const leaves = tree.rings.at(-1)?.length ? tree.order : [];
  leaves.forEach((each, at) => { each.turn = (at + 0.5) / leaves.length; });
  for (const ring of tree.rings.toReversed()) ring.forEach(centreOver);
  tree.rings.forEach((ring, at) => ring.forEach((each) => {
    scene.items.push(onRing(each, (at + 1) / steps, reach, { width, height }));
  }));
  scene.edges = linksAmong(scene.items.map(({ node }) => node));
  return scene;
}

/** Return the neighbours of a thing, ring by ring, in one order all round: by kind, and behind what they hang on. */
function grown(centre, steps, most) {
  const seen = new Set([centre]);
  const rings = [];
  let [front, hidden, room] = [[{ node: centre }], 0, Math.max(12, Math.floor(most / [1, 2.2, 3][steps - 1]))];
  for (let step = 0; step < steps; step += 1) {
    const each = step ? Math.max(1, Math.min(5, Math.floor(most / Math.max(1, front.length)))) : room;
    const ring = [];
    for (const parent of front) {
      const next = neighbours(parent.node).filter(({ node }) => !seen.has(node) && !state.off.has(node.group) && node.isKept
        && (!step || !HUBS.has(node.group)));
      const taken = step ? next.slice(0, each) : fairly(next, each);
      hidden += step ? 0 : next.length - taken.length;
      for (const { node } of taken) seen.add(node);
      parent.children = taken.sort((a, b) => kinds.indexOf(a.node.group) - kinds.indexOf(b.node.group)).map(({ node }) => ({ node }));
      ring.push(...parent.children);
    }
    rings.push(ring);
    front = ring;
  }
  return { rings, hidden, order: ends(rings[0] ?? []) };
}

const ends = (branch) => branch.flatMap((each) => (each.children?.length ? ends(each.children) : [each]));

/** Take so many of a list that every kind has a share, as large as its part of all. */
function fairly(found, most) {
  if (found.length <= most) return found;
  const groups = kinds.map((kind) => found.filter(({ node }) => node.group === kind)).filter((group) => group.length);
  const share = (group) => Math.max(2, Math.floor((most * group.length) / found.length));
  return groups.flatMap((group) => group.slice(0, share(group))).slice(0, most);
}

function centreOver(each) {
  if (!each.children?.length) return;
  const turns = each.children.map((child) => child.turn);
  each.turn = (turns[0] + turns.at(-1)) / 2;
}

/** Return the place of a turn on a ring: evenly from top to bottom on the right, and up again on the left. */
function onRing({ node, turn }, share, reach, { width, height }) {
  const isRight = turn < 0.5;
  const down = isRight ? 4 * turn - 1 : 3 - 4 * turn; // from -1 at the top to 1 at the foot
  const out = Math.sqrt(Math.max(0, 1 - (0.92 * down) ** 2));
  const x = width / 2 + (isRight ? 1 : -1) * reach.x * share * (0.25 + 0.75 * out);
  return { node, x, y: height / 2 + reach.y * down * (0.35 + 0.65 * share), side: isRight ? 1 : -1, depth: share };
}

/** The steps of a path, from left to right; where the window is narrow, from top to bottom. */
function chain(found, { width, height }) {
  const isTall = width < 130 * found.nodes.length;
  const along = (at, length) => ((at + 0.5) / found.nodes.length) * length;
  const items = found.nodes.map((node, at) => (isTall
    ? { node, x: width / 2 - Math.min(120, width / 4), y: along(at, height), side: 1, depth: 0 }
    : { node, x: along(at, width), y: height / 2 + (at % 2 ? 46 : -46), side: at % 2 ? 0 : 2, depth: 0 }));
  return { items, edges: found.edges, hidden: 0, isTold: true };
}

/** Two things, what both are linked to between them, what only one is linked to on its outer side. */
function rivals([a, b], { width, height }) {
  const found = compared(a, b);
  const most = Math.floor((height - 60) / ROOM);
  const columns = { left: 0.24, both: 0.46, right: 0.76 };
  const items = [
    { node: a, x: width * 0.36, y: height / 2, side: 0, depth: 0 }, { node: b, x: width * 0.66, y: height / 2, side: 0, depth: 0 },
  ];
  let hidden = 0;
  for (const [part, share] of Object.entries(columns)) {
    const told = fairly(found[part].filter(({ node }) => !state.off.has(node.group) && node.isKept), most);
    hidden += found[part].length - told.length;
    told.forEach(({ node }, at) => items.push({
      node, x: width * share, y: 30 + ((at + 0.5) / told.length) * (height - 60), side: part === 'left' ? -1 : 1, depth: 1,
    }));
  }
  return { items, edges: linksAmong(items.map(({ node }) => node)), hidden };
}

/** Return the links among some things, one for each pair: the one that says most. */
function linksAmong(members) {
  const inside = new Set(members);
  const found = new Map();
  for (const node of members) {
    for (const edge of node.links) {
      if (edge.source !== node || !inside.has(edge.target) || edge.target === node) continue;
      const key = `${edge.source.id} ${edge.target.id}`;
      if (!found.has(key) || isWeak(found.get(key))) found.set(key, edge);
    }
  }
  return [...found.values()];
}
