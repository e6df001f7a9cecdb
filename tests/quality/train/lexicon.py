"""`python -m tests.quality.train.lexicon [FOLDER]`: make kg/extract/language/{classes,irregular}.txt from WordNet 3.0.

FOLDER (default: /usr/share/wordnet, where Debian's package wordnet-base puts it) holds index.*, *.exc and cntlist.rev.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.extract import language

HOME: Final = Path(language.__file__).parent
_CLASSES: Final = {"noun": 0, "verb": 1, "adj": 2, "adv": 3}
_OF_NUMBER: Final = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 2}
_WORD: Final = re.compile(r"[a-z][a-z'-]*")
_MOST: Final = 9


def notice(folder: Path) -> Iterator[str]:
    """Yield the licence of WordNet, as comment lines."""
    for line in (folder / "index.verb").read_text(encoding="ascii").splitlines():
        if not line.startswith("  "):
            return
        yield f"# {line.strip().partition(' ')[2]}".rstrip()


def counts(folder: Path) -> dict[str, list[int]]:
    """Return how often each single word was counted as noun, verb, adjective and adverb; 1 more where it can be one."""
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for name, at in _CLASSES.items():
        for line in (folder / f"index.{name}").read_text(encoding="ascii").splitlines():
            word = line.partition(" ")[0]
            if _WORD.fullmatch(word):
                found[word][at] = 1
    for line in (folder / "cntlist.rev").read_text(encoding="ascii").splitlines():
        key, _, count = line.split()
        word, _, rest = key.partition("%")
        if _WORD.fullmatch(word):
            found[word][_OF_NUMBER[rest[0]]] += int(count)
    return found


def classes(folder: Path) -> Iterator[str]:
    """Yield a line for each word that can be anything but a noun: one digit for each class, log2 of its count."""
    for word, row in sorted(counts(folder).items()):
        if any(row[1:]):
            yield f"{word} {''.join(str(min(n.bit_length(), _MOST)) for n in row)}"


def irregular(folder: Path) -> Iterator[str]:
    """Yield the irregular forms of verbs and nouns, with the class and the base form of each."""
    rows = set()
    for name in ("noun", "verb"):
        for line in (folder / f"{name}.exc").read_text(encoding="ascii").splitlines():
            form, base, *_ = line.split()
            if _WORD.fullmatch(form) and _WORD.fullmatch(base) and form != base:
                rows.add(f"{form} {name[0]} {base}")
    yield from sorted(rows)


def main() -> None:
    """Write both files."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
    made = "# Made by tests/quality/train/lexicon.py from WordNet 3.0, whose licence is:\n#"
    heads = {
        "classes": "# word, then how often it is noun, verb, adjective, adverb: 0 never, else 1 + log2 of a count;\n"
        "# words that are only nouns, or not known, are left out.",
        "irregular": "# irregular form, class (n, v), base form",
    }
    for name, lines in (("classes", classes(folder)), ("irregular", irregular(folder))):
        text = "\n".join([heads[name], made, *notice(folder), *lines])
        (HOME / f"{name}.txt").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
