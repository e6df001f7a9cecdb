// The address alone decides what is seen: every choice can be linked to, taken back and repeated.

// Each way to look: the names of its parts in the address.
const LOOKS = ['node', 'around', 'from', 'relation', 'to', 'path', 'compare', 'with', 'theme'];
const CHOICES = ['without', 'role', 'source', 'field', 'level', 'since', 'until'];

const parts = () => new URLSearchParams(location.hash.slice(1));

/** Look at something else; what is filtered stays. */
function look(wanted) {
  const next = parts();
  for (const name of LOOKS) next.delete(name);
  write(next, wanted);
}

/** Filter something else; what is looked at stays. */
const choose = (wanted) => write(parts(), wanted);

function write(params, wanted) {
  for (const [name, value] of Object.entries(wanted)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const text = String(params);
  if (text !== String(parts())) location.hash = text;
}

function open(found) {
  if (found?.links && state.asking) pick(found);
  else if (!found) clear();
  else if (found.links) look({ node: found.iri, around: state.around && String(state.around) });
  else if (found.relation) look({ from: found.source.iri, relation: found.relation, to: found.target.iri });
  else look({ theme: found.name });
}

const clear = () => look({});

/** Read the address into the state, and show it. A link that leads nowhere shows everything. */
function follow() {
  const said = parts();
  const thing = (name) => byIri.get(said.get(name)) ?? null;
  const [from, to] = [thing('from'), thing('to')];
  state.node = thing('node');
  state.edge = from?.links.find((edge) => edge.source === from && edge.target === to && edge.relation === said.get('relation')) ?? null;
  state.region = regions.find((region) => region.name === said.get('theme')) ?? null;
  state.route = pair(thing('path'), to);
  state.rivals = pair(thing('compare'), thing('with'));
  state.around = state.node ? Math.min(3, Number.parseInt(said.get('around') ?? '0', 10) || 0) : 0;
  state.near = new Set(state.node?.links.map((edge) => otherEnd(edge, state.node)));
  state.asking = null;
  readChoices(said);
  showAll();
}

const pair = (one, other) => (one && other && one !== other ? [one, other] : null);

function readChoices(said) {
  state.off = new Set((said.get('without') ?? '').split(',').filter((kind) => kinds.includes(kind)));
  state.choice = Object.fromEntries(CHOICES.slice(1).map((name) => [name, said.get(name) ?? '']));
  for (const node of [state.node, state.edge?.source, state.edge?.target]) state.off.delete(node?.group);
  keep();
}

function showAll() {
  showLegend();
  showFilters();
  view.paint();
  showScene();
  showPanel();
  if (state.node && !state.around) view.reveal(state.node);
  if (state.region) view.revealRegion(state.region);
}
