"""`python -m tests.quality.train.frequencies`: make kg/extract/language/frequencies.txt.

Of each word: in how many articles of ../shared/corpus/scale.jsonl.gz that have 200 words or more it stands at all.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from kg.extract import language
from kg.extract.language.words import words
from tests.quality.gold import corpus

HOME: Final = Path(language.__file__).parent
_FEWEST: Final = 4
_SHORTEST: Final = 200


def main() -> None:
    """Count, and write the file."""
    counted: Counter[str] = Counter()
    articles = 0
    for _, article in corpus():
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
