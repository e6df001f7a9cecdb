"""SPARQL inside the page: the dataset, the questions, and Oxigraph compiled to WebAssembly, all in the one file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from kg.view import inline

_EXPORT: Final = "\nglobalThis.kgOxigraph = { initSync, Store };\n"


@dataclass(frozen=True, slots=True)
class Console:
    """What can be asked: the dataset as N-Quads, questions as (English, SPARQL), and the prefixes that are known."""

    nquads: str
    questions: Sequence[tuple[str, str]]
    prefixes: Mapping[str, str]

    def asked(self) -> dict[str, object]:
        """Return the questions and prefixes as the page reads them.

        >>> Console("", [("Which topics?", "SELECT …")], {"kg": "https://example.org/"}).asked()["prefixes"]
        'PREFIX kg: <https://example.org/> '
        """
        prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in sorted(self.prefixes.items()))
        return {"questions": [list(question) for question in self.questions], "prefixes": prefixes}


def engine() -> tuple[str, str]:
    """Return the engine: its script, a module that leaves it in `kgOxigraph`, and its machine code as base64 of gzip.

    >>> script, code = engine()
    >>> "export class Store" in script, len(code) < 2_000_000
    (True, True)
    """
    code = files("kg.view").joinpath("assets/oxigraph.wasm.gz").read_bytes()
    return inline.text("assets/oxigraph.js") + _EXPORT, base64.b64encode(code).decode()
