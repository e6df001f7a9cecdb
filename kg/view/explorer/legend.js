// The legend names the kinds, counts them, and hides or shows each.

function showLegend() {
  $('legend').replaceChildren(...kinds.map((kind) => {
    const members = ofKind(kind).length;
    const name = words(capital((members === 1 ? one : many)(kind)));
    const pressed = String(!state.off.has(kind));
    return button({ 'aria-pressed': pressed, onclick: () => toggle(kind) }, mark(kind), name, tally(members));
  }));
}

function toggle(kind) {
  if (!state.off.delete(kind)) state.off.add(kind);
  showLegend();
  $('legend').children[kinds.indexOf(kind)].focus();
  paint();
  say(`${capital(many(kind))} ${state.off.has(kind) ? 'hidden' : 'shown'}.`);
}
