"""`python -m tests.quality.train.frequencies`: make kg/extract/language/frequencies.txt.

Of each word: in how many articles of ../shared/corpus/scale.jsonl.gz that have 200 words or more it stands at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.extract import language
from kg.extract.language.words import words
from kg.model import Article, Page
from kg.read import File, article_on, read_pages, table
from tests.quality.gold import SHARED

HOME: Final = Path(language.__file__).parent
_FEWEST: Final = 4
_SHORTEST: Final = 200


def corpus() -> Iterator[Article]:
    """Yield the articles of the corpus as the program reads them."""
    home = SHARED / "corpus" / "scale.jsonl.gz"
    for found in read_pages(File("scale.jsonl.gz", home, "scale.jsonl.gz")):
        if isinstance(found, Page):
            yield article_on(found, table())


def main() -> None:
    """Count, and write the file."""
    counted: Counter[str] = Counter()
    articles = 0
    for article in corpus():
        said = [w for place in article.prose for w in words(article.pages[place.page].text, place.span)]
        if len(said) >= _SHORTEST:
            articles += 1
            counted.update({w.lower for w in said if w.lower[0].isalpha() and w.tag != "K"})
    lines = [f"{word} {count}" for word, count in sorted(counted.items()) if count >= _FEWEST]
    head = (
        f"# word, in how many of {articles} openly licensed articles for professionals it stands; those in fewer than"
        f" {_FEWEST} are left out.\n# Made by tests/quality/train/frequencies.py.\n#articles {articles}\n"
    )
    (HOME / "frequencies.txt").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
