"""The dataset as files: the same graph gives the same bytes, in every format, whatever order it was built in."""

from kg.publish.formats import FORMATS, write

__all__ = ["FORMATS", "write"]
