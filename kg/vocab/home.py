"""Where ontology/ is: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from kg.errors import BuildError

_PACKAGE = Path(__file__).parent.parent


def ontology_dir() -> Path:
    """Return the folder with kg.ttl, the vocabularies and queries/.

    Raises BuildError when the installation has lost it.

    >>> (ontology_dir() / "kg.ttl").is_file()
    True
    """
    for folder in (_PACKAGE / "ontology", _PACKAGE.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise BuildError(str(_PACKAGE), "the ontology folder is missing from this installation", "install article-kg again")
