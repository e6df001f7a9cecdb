"""The RDF dataset on disk, and the folder in which a finished build becomes visible all at once."""

from kg.store.builds import FORMAT, NAMES, Build, Output, open_build
from kg.store.dataset import Store

__all__ = ["FORMAT", "NAMES", "Build", "Output", "Store", "open_build"]
