// The address (#node=…, #edge=…) alone decides what is selected: every choice can be linked to and taken back.

function open(found) {
  if (!found) clear();
  else if (found.links) go('node', found.iri);
  else go('edge', found.key);
}

function go(what, key) {
  location.hash = `#${what}=${encodeURIComponent(key)}`;
}

function clear() {
  if (location.hash) location.hash = '';
}

function address() {
  const [, what, key = ''] = /^#(node|edge)=(.*)$/.exec(location.hash) ?? [];
  try {
    return [what, decodeURIComponent(key)];
  } catch {
    return []; // somebody's broken link: nothing is selected
  }
}

function follow() {
  const [what, key] = address();
  state.node = (what === 'node' && byIri.get(key)) || null;
  state.edge = (what === 'edge' && byKey.get(key)) || null;
  const ends = [state.node, state.edge?.source, state.edge?.target].filter(Boolean);
  if (ends.filter((node) => state.off.delete(node.group)).length) showLegend();
  showDistance();
  paint();
  showPanel();
  if (state.node) reveal(state.node);
}
