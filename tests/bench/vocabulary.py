"""`python -m tests.bench.vocabulary [LABELS]`: what a vocabulary of so many labels (default: a million) costs.

A SKOS file of that size is made up, always the same: labels of one to four words, two for each concept, some words of
our topics, most invented. Each row of the table is a fresh process that makes its labels ready and then finds them in
articles, twice: those of ../shared/corpus as our reader gives them, else the sample ones. Memory is what the process
holds more than at its start, when its labels are ready and at its peak until then. The peers get the labels as a list,
normal forms from our own functions, and give back places only; what they do not do costs them nothing here.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import ahocorasick_rs
from rich.console import Console
from rich.table import Table

from kg.model import Kind, Page
from kg.read import File, Limits, find, read_pages
from kg.vocab import load
from kg.vocab.forms import Forms
from tests.quality.gold import SCALE

ROOT: Final = Path(__file__).parent.parent.parent
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OPENINGS: Final = ("b", "br", "d", "f", "gl", "k", "l", "m", "pr", "s", "st", "t", "v")
_ENDINGS: Final = ("a", "al", "e", "en", "er", "i", "in", "o", "or", "u")
_LENGTHS: Final = (1, 2, 2, 2, 2, 3, 3, 3, 4, 4)
"""Words of a label: one label in ten is a single word, as in large thesauri."""

_EVERY: Final = 4
"""One record of the corpus in so many is read: some 7 MB of text."""

Seek = Callable[[str], int]
"""Counts the labels found in a text."""


def words(count: int, dice: random.Random) -> tuple[list[str], int]:
    """Return so many words, first those of our topics in any order and then invented ones, and how many are ours."""
    ours = sorted(
        {w for c in load().of(Kind.TOPIC) for label in c.labels for w in label.lower().split() if w.isalpha()}
    )
    known = dict.fromkeys(ours)
    while len(known) < count:
        known["".join(dice.choice(_OPENINGS) + dice.choice(_ENDINGS) for _ in range(dice.randint(2, 4)))] = None
    shuffled = ours[:]
    dice.shuffle(shuffled)
    return [*shuffled, *list(known)[len(ours) :]], len(ours)


def labels(count: int) -> Iterator[str]:
    """Yield different labels; the n-th word is in them about as often as 1/n, as in any language.

    A label of one word is an invented one: in a thesaurus these are words that few articles have.
    """
    dice = random.Random(count)  # noqa: S311 - the same labels every time
    known, ours = words(count // 4 + 10_000, dice)
    seen: set[str] = set()
    while len(seen) < count:
        length = dice.choice(_LENGTHS)
        picked = (known[int(len(known) ** dice.random()) - 1] for _ in range(length))
        label = " ".join(picked) if length > 1 else known[dice.randrange(ours, len(known))]
        if label not in seen:
            seen.add(label)
            yield label


def write_skos(folder: Path, count: int) -> None:
    """Write the vocabulary as N-Triples, and its labels one on each line."""
    dice, made = random.Random(1), labels(count)  # noqa: S311
    with (
        (folder / "big.nt").open("w", encoding="utf-8") as out,
        (folder / "labels").open("w", encoding="utf-8") as all_,
    ):
        for number, pair in enumerate(zip(made, made, strict=False)):
            concept = f"<https://example.org/id/{number}>"
            out.write(f"{concept} <{_TYPE}> <{_SKOS}Concept> .\n")
            out.write(f"{concept} <{_SKOS}broader> <https://example.org/id/{dice.randint(0, number)}> .\n")
            for name, label in zip(("prefLabel", "altLabel"), pair, strict=True):
                out.write(f'{concept} <{_SKOS}{name}> "{label}"@en .\n')
                all_.write(f"{label}\n")


def write_texts(folder: Path) -> None:
    """Write the texts of articles, one on each line, in JSON."""
    files: Iterable[File] = find([ROOT / "data" / "articles"]).files
    if SCALE.exists():
        part = folder / "part.jsonl"
        with gzip.open(SCALE) as packed, part.open("wb") as out:
            out.writelines(line for number, line in enumerate(packed) if number % _EVERY == 0)
        files = [File(part.name, part, part.name)]
    pages = (page for file in files for page in read_pages(file, Limits()) if isinstance(page, Page))
    with (folder / "texts").open("w", encoding="ascii") as out:
        out.writelines(json.dumps("\n".join(b.span.cut(p.text) for b in p.blocks)) + "\n" for p in pages)


def ours(folder: Path, tell: Callable[[str], None]) -> Seek:
    """Load the SKOS file and make a matcher for it."""
    vocabulary = load(vocabularies=[folder / "big.nt"])
    tell("read")
    matcher = vocabulary.matcher("en", Kind.TOPIC, Kind.ROLE)
    assert vocabulary.same, "some of our concepts give way"
    return lambda text: sum(1 for _ in matcher.find(text))


def trie(folder: Path, tell: Callable[[str], None]) -> Seek:
    """Make a trie of dictionaries, a word at each step."""
    fold, forms = _Folded(), Forms("en")
    root: dict[str, Any] = {}
    for label in _labels(folder):
        node = root
        for word in forms.words(label):
            node = node.setdefault(fold[word], {})
        node[""] = True
    tell("read")

    def seek(text: str) -> int:
        found = at = 0
        text_words = [fold[word] for word in forms.words(text)]
        while at < len(text_words):
            node: dict[str, Any] | None = root
            end, longest = at, 0
            while end < len(text_words) and (node := node.get(text_words[end]) if node else None):
                end += 1
                longest = end - at if "" in node else longest
            found += longest > 0
            at += longest or 1
        return found

    return seek


def plain(folder: Path, tell: Callable[[str], None]) -> Seek:
    """Make an automaton of the same library over normal forms as text, each word between two spaces."""
    fold, forms = _Folded(), Forms("en")

    def padded(text: str) -> str:
        return "".join([f" {fold[word]} " for word in forms.words(text)])

    patterns = sorted(set(map(padded, _labels(folder))))
    tell("read")
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    automaton = ahocorasick_rs.AhoCorasick(patterns, matchkind=longest, store_patterns=False)
    return lambda text: len(automaton.find_matches_as_indexes(padded(text)))


class _Folded(dict[str, str]):
    """Words in normal form, remembered."""

    def __missing__(self, word: str) -> str:
        folded = self[word] = Forms("en").fold(word) if word else "|"
        return folded


def _labels(folder: Path) -> Iterator[str]:
    with (folder / "labels").open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n") for line in lines)


_ROWS: Final = {
    "ours: SKOS file to matches with concepts": ours,
    "dictionary trie: list of labels to places": trie,
    "ahocorasick_rs over text: list of labels to places": plain,
}


def child(name: str, folder: Path) -> None:
    """Do one row and print its figures."""
    texts = [json.loads(line) for line in (folder / "texts").open(encoding="ascii")]
    size, before, marks = sum(len(text.encode()) for text in texts) / 1e6, _resident(), [time.process_time()]
    seek = _ROWS[name](folder, lambda _: marks.append(time.process_time()))
    marks.append(time.process_time())
    memory = _resident() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    found = 0
    for _ in range(2):
        found = sum(map(seek, texts))
        marks.append(time.process_time())
    read, build, first, again = (later - earlier for earlier, later in pairwise(marks))
    sys.stdout.write(json.dumps([read, build, *memory, size / first, size / again, found / size]))


def _resident() -> float:
    """Return the megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    """Make up the vocabulary, measure each row, and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    columns = ("what", "read s", "ready s", "MB more", "at peak", "MB/s", "again MB/s", "found in a MB")
    table = Table(*columns, box=None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_skos(folder, count)
        write_texts(folder)
        for row in _ROWS:
            command = [sys.executable, "-m", "tests.bench.vocabulary", "--child", row, name]
            told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
            *figures, found = json.loads(told)
            table.add_row(row, *(f"{figure:.1f}" for figure in figures), f"{found:,.0f}")
    Console(width=160).print(table)
    Console(width=160).print(f"{count:,} labels; seconds are of one processor")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
