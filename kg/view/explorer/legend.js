// The legend names the kinds, counts them, and hides or shows each.

function showLegend() {
  const focused = [...$('legend').children].indexOf(document.activeElement);
  $('legend').replaceChildren(...kinds.map((kind) => {
    const members = countOf(kind);
    const name = words(capital((members === 1 ? one : many)(kind)));
    const pressed = String(!state.off.has(kind));
    return button({ 'aria-pressed': pressed, onclick: () => toggle(kind) }, mark(kind), name, tally(members));
  }));
  $('legend').children[focused]?.focus();
}

function toggle(kind) {
  const off = new Set(state.off);
  if (!off.delete(kind)) off.add(kind);
  choose({ without: kinds.filter((each) => off.has(each)).join(',') });
  say(`${capital(many(kind))} ${off.has(kind) ? 'hidden' : 'shown'}.`);
}
