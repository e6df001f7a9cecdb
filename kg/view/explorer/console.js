// SPARQL inside the page: Oxigraph as WebAssembly answers from the dataset that lies beside it. Nothing leaves the page.

const ROWS = 500; // more rows than these are counted, and saved, but not shown
const asked = { store: null, columns: [], rows: [] };

function startConsole() {
  if (!questions) return;
  $('ask').hidden = false;
  $('ask').addEventListener('click', openConsole);
  $('question').append(...questions.questions.map(([english], at) => make('option', { value: String(at) }, english)));
  $('question').addEventListener('change', fillIn);
  $('run').addEventListener('click', run);
  $('sparql').addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(); });
  $('save-answer').addEventListener('click', saveAnswer);
}

function openConsole() {
  if (!$('sparql').value) fillIn();
  $('console').showModal();
}

function fillIn() {
  [, $('sparql').value] = questions.questions[Number($('question').value)];
}

/** Load the engine and the dataset when they are first needed. */
async function store() {
  if (asked.store) return asked.store;
  const [code, quads] = await Promise.all([inflated('engine', 'gzip'), inflated('quads', 'deflate')]);
  kgOxigraph.initSync({ module: new WebAssembly.Module(await code.arrayBuffer()) });
  const made = new kgOxigraph.Store();
  made.load(await quads.text(), { format: 'application/n-quads' });
  asked.store = made;
  return made;
}

async function run() {
  answer('Asking …', []);
  const began = performance.now();
  try {
    const found = (await store()).query(questions.prefixes + $('sparql').value, { use_default_graph_as_union: true });
    readAnswer(found);
    const took = `${Math.round(performance.now() - began).toLocaleString('en')} ms`;
    answer(`${count(asked.rows.length, 'row')} in ${took}`, asked.rows.length ? [answerTable()] : []);
  } catch (error) {
    answer(String(error.message ?? error), []);
  }
}

function readAnswer(found) {
  if (typeof found === 'boolean') Object.assign(asked, { columns: ['answer'], rows: [[{ value: found ? 'yes' : 'no' }]] });
  else if (found[0]?.termType === 'Quad') {
    asked.columns = ['subject', 'predicate', 'object'];
    asked.rows = found.map((quad) => asked.columns.map((part) => quad[part]));
  } else {
    asked.columns = [...new Set(found.flatMap((solution) => [...solution.keys()]))];
    asked.rows = found.map((solution) => asked.columns.map((name) => solution.get(name)));
  }
}

function answer(text, content) {
  $('answered').textContent = text;
  $('answer').replaceChildren(...content);
  $('save-answer').hidden = !content.length;
}

function answerTable() {
  const head = make('tr', {}, ...asked.columns.map((name) => make('th', { scope: 'col' }, words(name))));
  const body = asked.rows.slice(0, ROWS).map((values) => make('tr', {}, ...values.map((term) => make('td', {}, ...told(term)))));
  return make('table', {}, make('thead', {}, head), make('tbody', {}, ...body));
}

/** Return a term of an answer; one that the map holds leads there. */
function told(term) {
  const node = byIri.get(term?.value);
  if (!node) return [words(term?.value ?? '')];
  return [button({ className: 'thing', onclick: () => { $('console').close(); pick(node); } }, mark(node.group), words(node.label))];
}

function saveAnswer() {
  const lines = [asked.columns, ...asked.rows.map((values) => values.map((term) => term?.value ?? ''))];
  hand(`${fileName()}-answer.csv`, 'text/csv', asCsv(lines));
}
