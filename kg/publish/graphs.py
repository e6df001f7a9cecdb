"""Write the networkx graph of a dataset for programs that draw graphs (GraphML, GEXF), and its links as a table (CSV).

Those formats hold one plain value under a name, so what an edge shows as evidence is put together into one text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from kg.files import replacing
from kg.publish.suffixes import known

if TYPE_CHECKING:
    import networkx as nx

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATED: Final = re.compile(rb"\s*<meta .*?</meta>", re.DOTALL)
"""What networkx says of itself and the day. The same graph must give the same bytes."""

_COLUMNS: Final = (
    "subject", "subject label", "subject kind", "relation", "object", "object label", "object kind",
    "article", "words", "file", "section", "start", "end",
)  # fmt: skip
_EVIDENCE: Final = ("article", "exact", "path", "section", "start", "end")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate: text of articles must never become a formula."""


def write_graph(made: nx.MultiDiGraph[str], path: Path) -> None:
    """Write a graph as `kg.analyse.graph` makes it, in the format of the file's suffix; whole or not at all.

    Raises KgError for a suffix that no format has, and when the file cannot be written.
    """
    serialise = GRAPH_FORMATS[known(path, GRAPH_FORMATS)]
    with replacing(path) as file:
        serialise(made, file)


def _graphml(made: nx.MultiDiGraph[str], file: IO[bytes]) -> None:
    from networkx import write_graphml  # noqa: PLC0415 - takes longer to load than adding an article takes

    write_graphml(_plain(made), file)


def _gexf(made: nx.MultiDiGraph[str], file: IO[bytes]) -> None:
    from networkx import write_gexf  # noqa: PLC0415

    text = BytesIO()
    write_gexf(_plain(made), text)
    file.write(_DATED.sub(b"", text.getvalue(), count=1))


def _plain(made: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return the graph with texts and numbers only: an edge's weight is the number of sentences that say it."""
    plain = type(made)()
    for iri, data in made.nodes(data=True):
        texts = {name: "; ".join(value) if name == "alt" else value for name, value in data.items()}
        plain.add_node(iri, **{name: _xml(text) for name, text in texts.items()})
    for source, target, key, data in made.edges(keys=True, data=True):
        words = _xml("\n".join(one["exact"] for one in data["evidence"]))
        weight = len(data["evidence"])
        plain.add_edge(source, target, key, label=data["relation"], weight=weight, words=words)
    return plain


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def _csv(made: nx.MultiDiGraph[str], file: IO[bytes]) -> None:
    """Write one row for each sentence behind each link, one without words where no sentence says it.

    The byte order mark is for spreadsheets, which would take the file for another encoding.
    """
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(value) for value in row] for row in _rows(made))
    text.detach()


def _rows(made: nx.MultiDiGraph[str]) -> Iterator[list[Any]]:
    for source, target, data in made.edges(data=True):
        ends = [[iri, made.nodes[iri]["label"], made.nodes[iri]["kind"]] for iri in (source, target)]
        for one in data["evidence"] or [{}]:
            yield [*ends[0], data["relation"], *ends[1], *(one.get(name, "") for name in _EVIDENCE)]


def _cell(value: Any) -> Any:  # noqa: ANN401 - a text or a number
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


GRAPH_FORMATS: Final[dict[str, Callable[[nx.MultiDiGraph[str], IO[bytes]], None]]] = {
    ".csv": _csv,
    ".gexf": _gexf,
    ".graphml": _graphml,
}
"""By suffix, what writes a graph to a file."""
