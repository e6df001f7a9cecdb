"""What a sentence is by itself: its form, who speaks, what its cues show, and the heading that it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.extract.gist.cues import cues
from kg.extract.text import Sentence

_LENGTHS: Final = (6, 11, 16, 31, 46)
_ENDS: Final = {"?": "question", ":": "colon"}
_CLOSED: Final = '.!?:"”’)'
_WE: Final = frozenset({"we", "our", "us"})
_HEADINGS: Final = {
    "heading sums up": (
        "conclusion conclusions summary overall closing final result results finding findings lesson lessons takeaway"
        " takeaways tl;dr tldr outcome outcomes impact"
    ),
    "heading opens": "overview introduction about what why background motivation goal goals purpose context problem",
    "heading aside": (
        "thank thanks acknowledgements acknowledgments references reference contribute contributing contributors"
        " involved further more link links contact feedback questions resources related installation example examples"
        " step steps faq next"
    ),
}
_OF_HEADING: Final = {word: name for name, words in _HEADINGS.items() for word in words.split()}


def marks(sentence: Sentence) -> Iterator[str]:
    """Yield the names of what is to be seen in a sentence."""
    yield f"is {sentence.kind.value}"
    if sentence.passage.name:
        yield f"in {sentence.passage.name}"
    yield from _of_section(sentence.passage.section)
    yield from _form(sentence)
    if not _WE.isdisjoint(sentence.lowers):
        yield "we"
    yield from (f"cue {name}" for name in cues(sentence.lowers))


def _form(sentence: Sentence) -> Iterator[str]:
    """Yield how long a sentence is, and how it ends where it is no whole statement."""
    yield f"words below {next((most for most in _LENGTHS if sentence.size < most), 'all')}"
    end = sentence.text[-1:]
    if name := _ENDS.get(end, "" if end in _CLOSED else "no end"):
        yield name


@lru_cache(1000)
def _of_section(heading: str) -> tuple[str, ...]:
    """Return what a heading tells of the sentences under it."""
    words = (word.strip("?!:.,") for word in heading.casefold().split())
    return tuple(sorted({_OF_HEADING[word] for word in words if word in _OF_HEADING}))
