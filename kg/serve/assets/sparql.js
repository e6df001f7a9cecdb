// The SPARQL page: asks the endpoint it stands at, and shows rows as a table whose things lead to their pages.
// Everything that comes back is put in as text, never as markup.
"use strict";

const SHOWN = 1000; // rows; the files have all
const FILES = { CSV: "text/csv", JSON: "application/sparql-results+json", Turtle: "text/turtle" };
const NUMBERS = /#(integer|decimal|double|float|int|long)$/;

const form = document.getElementById("ask");
const query = document.getElementById("query");
const told = document.getElementById("told");
const answer = document.getElementById("answer");
const saves = document.getElementById("saves");

/** Return a new element with some properties and children. */
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Send the query and return the answer in one of the media types. */
function send(accept) {
  const body = new URLSearchParams({ query: query.value });
  return fetch(form.action, { method: "POST", body, headers: { Accept: accept } });
}

/** Return what a term shows: a thing of this collection as a link to its page. */
function shown(term) {
  const base = form.dataset.base;
  if (term.type !== "uri" || !term.value.startsWith(base)) return make("bdi", { textContent: term.value });
  const path = term.value.slice(base.length);
  return make("a", { href: "/" + path.split("/").map(encodeURIComponent).join("/") }, make("bdi", { textContent: path }));
}

/** Return a cell for a term, or an empty one where a row has none. */
function cell(term) {
  if (!term) return make("td");
  return make("td", { className: NUMBERS.test(term.datatype ?? "") ? "number" : "" }, shown(term));
}

/** Show rows as a table. */
function showRows({ head, results }) {
  const header = make("tr", {}, ...head.vars.map((name) => make("th", { scope: "col", textContent: name })));
  const rows = results.bindings.slice(0, SHOWN).map((row) => make("tr", {}, ...head.vars.map((name) => cell(row[name]))));
  answer.replaceChildren(make("table", {}, make("thead", {}, header), make("tbody", {}, ...rows)));
  const count = results.bindings.length;
  const first = count > SHOWN ? `, of which these are the first ${SHOWN}` : "";
  told.textContent = `${count} ${count === 1 ? "row" : "rows"}${first}`;
}

/** Offer the whole answer as a file in the formats that can hold it. */
function offerFiles(names) {
  const buttons = names.map((name) => make("button", { type: "button", textContent: name, onclick: () => save(name) }));
  saves.replaceChildren("· save as ", ...buttons.flatMap((button) => [button, " "]));
}

/** Save the answer as a file. */
async function save(name) {
  const address = URL.createObjectURL(await (await send(FILES[name])).blob());
  make("a", { href: address, download: `answer.${name.toLowerCase()}` }).click();
  URL.revokeObjectURL(address);
}

/** Tell what is wrong, and put the cursor to the line and column that the endpoint names. */
function complain(message) {
  told.textContent = message;
  told.classList.add("wrong");
  const place = /line (\d+), column (\d+)/.exec(message);
  if (!place) return;
  const before = query.value.split("\n").slice(0, place[1] - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const at = Math.min(before + Number(place[2]) - 1, query.value.length);
  query.focus();
  query.setSelectionRange(at, Math.min(at + 1, query.value.length));
}

/** Ask, and show what comes back. */
async function ask(event) {
  event?.preventDefault();
  told.classList.remove("wrong");
  told.textContent = "Asking …";
  answer.replaceChildren();
  saves.replaceChildren();
  const response = await send("application/sparql-results+json, text/turtle;q=0.9").catch(() => null);
  if (!response) return complain("The server does not answer. Is it still running?");
  if (!response.ok) return complain((await response.text()).trim());
  if (!response.headers.get("content-type").includes("json")) {
    answer.replaceChildren(make("pre", { textContent: await response.text() }));
    told.textContent = "A graph";
    return offerFiles(["Turtle"]);
  }
  const data = await response.json();
  if ("boolean" in data) told.textContent = data.boolean ? "Yes" : "No";
  else showRows(data);
  offerFiles(["CSV", "JSON"]);
}

/** Take up the query that the address holds, as in #query=SELECT… */
function takeUp() {
  const given = decodeURIComponent(location.hash.replace(/^#query=/, ""));
  if (given) query.value = given;
}

form.addEventListener("submit", ask);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask(event);
});
document.getElementById("begin").addEventListener("change", (event) => {
  if (event.target.value) query.value = event.target.value;
});
addEventListener("hashchange", takeUp);
takeUp();
