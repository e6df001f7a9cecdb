"""A build as one object to ask from Python: `kg.open("output")`."""

from kg.collection.collection import Collection, open_collection
from kg.collection.explorer import Explorer
from kg.collection.results import Advice, Concept, Document, Origin, Route, Step

__all__ = ["Advice", "Collection", "Concept", "Document", "Explorer", "Origin", "Route", "Step", "open_collection"]
