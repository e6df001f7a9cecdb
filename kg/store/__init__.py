"""The RDF dataset on disk, and the folder in which a finished build becomes visible all at once."""

from kg.store.builds import DERIVED, FORMAT, NAMES, OPENED, Build, Draft, Output, open_build
from kg.store.concepts import classes
from kg.store.dataset import BATCH, Store
from kg.store.ledger import Leaf, Ledger, Untold
from kg.store.quads import quad

__all__ = [
    "BATCH",
    "DERIVED",
    "FORMAT",
    "NAMES",
    "OPENED",
    "Build",
    "Draft",
    "Leaf",
    "Ledger",
    "Output",
    "Store",
    "Untold",
    "classes",
    "open_build",
    "quad",
]
