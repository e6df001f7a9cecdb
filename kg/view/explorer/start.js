// The explorer begins here, after all its other parts. See scripts.py for their order.

setTheme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
readChoices(parts());
startFilters();
view.start();
startScene();
startConsole();
listen();
follow();

window.kgExplorer = { // for tests, and for the curious at the console
  timing,
  state,
  edges,
  nodes,
  quote: quoteOf,
  route: (from, to) => route(byIri.get(from), byIri.get(to)),
  labels: () => (onStage.scene ? onStage.names : view.names()).map(({ node, region, rows, x, y, width, height }) => (
    { iri: node?.iri ?? null, theme: region?.name ?? null, text: rows.join(' '), x, y, width, height })),
  marks: () => view.marks().map(({ node, ...box }) => ({ iri: node.iri, ...box })),
  seen: () => seen().map((node) => node.iri),
  point: (iri) => { const { x, y } = spotOf(byIri.get(iri)); return { x, y }; },
  scale: view.scale,
  view,
  show: (iri, steps) => { // at once, as the address would a moment later
    Object.assign(state, { node: byIri.get(iri), around: steps });
    showAll();
  },
};

requestAnimationFrame(() => setTimeout(async () => {
  await loadEvidence();
  showPanel();
}));
