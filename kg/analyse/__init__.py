"""The dataset as networkx graphs: all with its exact words for people to explore, and lean ones for graph questions.

`graph` gives every thing and every link with its evidence. `Links` is what the graph questions start from; each says
in its docstring which nodes, edges and weights it looks at. The same store gives the same answers, in the same order.
"""

from kg.analyse.central import central
from kg.analyse.communities import communities
from kg.analyse.gaps import gaps
from kg.analyse.kin import related
from kg.analyse.links import Links
from kg.analyse.paths import path
from kg.analyse.reading import reading_path
from kg.analyse.results import Central, Community, Gap, Kin, Link, ReadingPath, Related, Stop
from kg.analyse.together import together
from kg.analyse.whole import graph

__all__ = [
    "Central",
    "Community",
    "Gap",
    "Kin",
    "Link",
    "Links",
    "ReadingPath",
    "Related",
    "Stop",
    "central",
    "communities",
    "gaps",
    "graph",
    "path",
    "reading_path",
    "related",
    "together",
]
