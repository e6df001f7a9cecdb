"""Choose what a client gets by what its Accept header says (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

_Offer = TypeVar("_Offer")

RESULTS: Final = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""The formats of rows and booleans by the media types that ask for them; the first of a format is what is answered."""

GRAPHS: Final = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
    "application/trig": ".trig",
    "application/n-quads": ".nq",
    "application/x-turtle": ".ttl",
    "application/json": ".jsonld",
    "application/xml": ".rdf",
    "text/plain": ".nt",
}
"""The same for graphs: the suffix of each format."""


def chosen(accept: str, offers: Mapping[str, _Offer]) -> _Offer | None:
    """Return the offer that an Accept header likes best, the earlier of equals, None where it accepts none.

    >>> chosen("text/csv;q=0.5, application/*", RESULTS), chosen("", RESULTS), chosen("image/png", RESULTS)
    ('json', 'json', None)
    """
    ranges = dict(_ranges(accept)) or {"*/*": 1.0}
    best = max(offers, key=lambda media: _quality(media, ranges))
    return offers[best] if _quality(best, ranges) > 0 else None


def media_type(format_: str, offers: Mapping[str, str]) -> str:
    """Return the media type that a format is answered with.

    >>> media_type("json", RESULTS)
    'application/sparql-results+json'
    """
    return next(media for media, known in offers.items() if known == format_)


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Yield the media ranges of an Accept header and how much each is liked, from 0 to 1."""
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media:
            weights = [value for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"]
            yield media, _weight(weights[0]) if weights else 1.0


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(media: str, ranges: Mapping[str, float]) -> float:
    """Return how much a media type is liked: what the most specific range that covers it says."""
    kind = media.partition("/")[0]
    return next((ranges[r] for r in (media, f"{kind}/*", "*/*") if r in ranges), 0.0)
