// The search page of a static site: looks the words of the address up in THINGS, and lists what it finds as text.
"use strict";

const MOST = 100;

/** Return a text in small letters without accents. */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Return the things of whose words each word that was typed begins one, the most used first. */
function found(typed) {
  const wanted = plain(typed).match(/[\p{L}\p{N}_]+/gu) ?? [];
  const fits = ([, , label]) => {
    const words = plain(label).match(/[\p{L}\p{N}_]+/gu) ?? [];
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  };
  const better = (a, b) => b[3] - a[3] || a[2].length - b[2].length || (a[0] < b[0] ? -1 : 1);
  return wanted.length ? THINGS.filter(fits).sort(better) : [];
}

/** Return the line of a list for a thing. */
function line([path, kind, label, uses, day, note]) {
  const link = document.createElement("a");
  link.className = `ref ${kind}`;
  link.href = path.split("/").map(encodeURIComponent).join("/") + ".html";
  link.append(Object.assign(document.createElement("bdi"), { textContent: label }));
  const beside = kind === "article" ? [note, day].filter(Boolean).join(", ") : uses > 0 ? uses : "";
  const item = document.createElement("li");
  item.append(link, " ", Object.assign(document.createElement("span"), { className: "quiet", textContent: beside }));
  return item;
}

const typed = new URLSearchParams(location.search).get("q") ?? "";
const things = found(typed);
const first = things.length > MOST ? `, of which these are the first ${MOST}` : "";
document.querySelector(".search input").value = typed;
document.getElementById("found").textContent = typed ? `${things.length} found for “${typed}”${first}` : "Type some words of a label.";
document.getElementById("results").replaceChildren(...things.slice(0, MOST).map(line));
