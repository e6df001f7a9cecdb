"""The dataset as files: the same graph gives the same bytes, in every format, whatever order it was built in."""

from kg.publish.formats import FORMATS, serialise, suffix_of, write
from kg.publish.graphs import GRAPH_FORMATS, write_graph

__all__ = ["FORMATS", "GRAPH_FORMATS", "serialise", "suffix_of", "write", "write_graph"]
