// What is found in the graph: the shortest path between two things, what lies around one, what two have in common.

const HUBS = new Set(['role', 'source', 'field']); // nearly everything is one step from these: they join nothing

/** Return the shortest path as { nodes, edges }, null where there is none; weak links only where no strong ones lead. */
function route(from, to) {
  return walked(from, to, (edge) => !isWeak(edge)) ?? walked(from, to, () => true);
}

function walked(from, to, isOpen) {
  const came = new Int32Array(nodes.length).fill(-1); // the link by which each thing was reached
  let front = [from];
  while (front.length && came[to.id] < 0) {
    const next = [];
    for (const node of front) {
      if (node !== from && HUBS.has(node.group)) continue;
      for (const edge of node.links) {
        const other = otherEnd(edge, node);
        if (came[other.id] >= 0 || other === from || !isOpen(edge)) continue;
        came[other.id] = edge.id;
        next.push(other);
      }
    }
    front = next;
  }
  return came[to.id] < 0 ? null : traced(from, to, came);
}

function traced(from, to, came) {
  const found = { nodes: [to], edges: [] };
  for (let node = to; node !== from;) {
    const edge = edges[came[node.id]];
    node = otherEnd(edge, node);
    found.nodes.unshift(node);
    found.edges.unshift(edge);
  }
  return found;
}

/** Return the neighbours of a thing, once each, with the strongest link to it: what tells most comes first. */
function neighbours(node) {
  const found = new Map();
  for (const edge of node.links) {
    const other = otherEnd(edge, node);
    if (other === node) continue;
    if (!found.has(other) || isWeak(found.get(other))) found.set(other, edge);
  }
  return [...found].map(([other, edge]) => ({ node: other, edge })).sort(telling);
}

function telling(a, b) {
  return isWeak(a.edge) - isWeak(b.edge) || b.edge.quotes.length - a.edge.quotes.length || byLinks(a.node, b.node);
}

/** Return what two things are both linked to, and what only one of them is. */
function compared(a, b) {
  const [left, right] = [a, b].map((node) => new Map(neighbours(node).map((each) => [each.node, each.edge])));
  const both = [...left].filter(([node]) => right.has(node) && node !== a && node !== b);
  const only = (mine, other, rival) => [...mine].filter(([node]) => !other.has(node) && node !== rival);
  return {
    both: both.map(([node, edge]) => ({ node, edges: [edge, right.get(node)] })),
    left: only(left, right, b).map(([node, edge]) => ({ node, edges: [edge] })),
    right: only(right, left, a).map(([node, edge]) => ({ node, edges: [edge] })),
  };
}
