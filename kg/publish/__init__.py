"""The dataset as files: the same graph gives the same bytes, in every format, whatever order it was built in."""

from kg.publish.formats import FORMATS, suffix_of, turtle, write
from kg.publish.graphs import GRAPH_FORMATS, write_graph

__all__ = ["FORMATS", "GRAPH_FORMATS", "suffix_of", "turtle", "write", "write_graph"]
