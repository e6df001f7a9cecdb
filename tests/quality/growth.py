"""`python -m tests.quality.growth [FILE]`: what many articles speak of and no vocabulary knows.

FILE (default: ../shared/corpus/scale.jsonl.gz beside this checkout) has one record a line, with a `source`, a `title`
and a `text` in Markdown. A phrase is two or three words between function words and marks. What counts is how many
publishers use it, then how often it stands in a heading: a term of one publisher alone is its own. An editor picks.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from kg.model import Kind
from kg.vocab import load, normal_form
from tests.quality.gold import SCALE

LONGEST: Final = 3
"""Words in a phrase; longer ones are rarely terms."""

FEWEST: Final = 5
"""Publishers that must use a phrase."""

SHOWN: Final = 200
_HIDDEN: Final = re.compile(r"```.*?```|`[^`\n]*`|<[^>]*>|https?://\S+|\]\([^)]*\)", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z][\w+#’'-]*|[^\w\s]|\n")
_HEADING: Final = re.compile(r"^#+ .*", re.MULTILINE)
_FUNCTION_WORD: Final = re.compile(
    r"a|about|after|all|also|an|and|any|are|as|at|be|been|before|being|between|both|but|by|can|could|did|"
    r"do|does|each|few|for|from|get|had|has|have|here|how|i|if|in|into|is|it|its|just|like|made|make|many|"
    r"may|more|most|much|must|new|no|not|now|of|on|one|only|or|other|our|out|over|own|same|see|should|so|"
    r"some|such|than|that|the|their|them|then|there|these|they|this|those|through|to|too|two|under|up|use|"
    r"used|using|very|was|we|well|were|what|when|where|which|while|who|why|will|with|would|you|your"
)


@dataclass(slots=True)
class Seen:
    """Where a phrase was seen."""

    words: str
    articles: int = 0
    headings: int = 0
    publishers: set[str] = field(default_factory=set)

    @property
    def weight(self) -> tuple[int, int]:
        """What orders phrases: how many publishers and headings, then articles."""
        return (len(self.publishers) * (1 + self.headings), self.articles)


def phrases(text: str) -> Iterator[str]:
    """Yield the phrases of two words and more, lower case.

    >>> list(phrases("The error handling of Rust, in short"))
    ['error handling']
    """
    run: list[str] = []
    for word in [*_WORD.findall(text.lower()), "\n"]:
        if word[0].isalpha() and not _FUNCTION_WORD.fullmatch(word):
            run.append(word)
            yield from (" ".join(run[-n:]) for n in range(2, LONGEST + 1) if n <= len(run))
        else:
            run.clear()


def count(records: Iterable[dict[str, str]], known: frozenset[str]) -> list[Seen]:
    """Return the unknown phrases that enough publishers use, the weightiest first.

    `known` holds normal forms of labels.
    """
    seen: defaultdict[str, Seen] = defaultdict(lambda: Seen(""))
    for record in records:
        text = _HIDDEN.sub(" . ", record["text"])
        headed = set(phrases("\n".join([record["title"], *_HEADING.findall(text)])))
        for phrase in set(phrases(text)):
            of = seen[phrase]
            of.words, of.articles, of.headings = phrase, of.articles + 1, of.headings + (phrase in headed)
            of.publishers.add(record["source"])
    found = (of for of in seen.values() if len(of.publishers) >= FEWEST and normal_form(of.words) not in known)
    return sorted(found, key=lambda of: (*(-w for w in of.weight), of.words))


def records(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(path: Path = SCALE) -> None:
    """Print the weightiest phrases."""
    if not path.is_file():
        sys.exit(f"{path} is missing: name a gzipped file of JSON lines with source, title and text")
    vocabulary = load()
    known = frozenset(normal_form(x) for k in (Kind.TOPIC, Kind.ROLE) for c in vocabulary.of(k) for x in c.labels)
    table = Table("phrase", "publishers", "headings", "articles")
    for of in count(records(path), known)[:SHOWN]:
        table.add_row(of.words, str(len(of.publishers)), str(of.headings), str(of.articles))
    Console().print(table)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
