"""The same pages as files that open from disk and need no server. The same build gives the same bytes."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from kg.errors import KgError
from kg.model import Kind, Page
from kg.serve.guard import POLICY
from kg.serve.live import Live, Means, Opened
from kg.serve.pages.entries import LISTED, Entry
from kg.serve.pages.paths import Links
from kg.serve.pages.render import PLURALS, Pages, part_path
from kg.serve.pages.text import files

_SUFFIX: Final = ".html"
_MARK: Final = ".kg-site"
"""A file by which a folder is known to be ours to write anew."""

_ASSETS: Final = ("pages.css", "search.js")
_THINGS: Final = "assets/things.js"
_POLICY: Final = POLICY.partition("; frame-ancestors")[0]
"""What the pages themselves forbid: all but the last, which only a server can say."""


def write_site(output: Path, folder: Path, means: Means) -> int:
    """Write the pages of the newest build of an output folder as files, and return how many pages there are.

    They appear all at once. Raises KgError for a folder that holds something else, BuildError where there is no build.
    """
    if folder.exists() and not (folder / _MARK).exists() and (folder.is_file() or any(folder.iterdir())):
        raise KgError(str(folder), "holds something else, which would be lost", "name a folder that is new or empty")
    live = Live(output, means)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        count = _write(live.opened, draft)
        draft.chmod(0o755)  # a temporary folder is for its owner only; a site is for readers
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        live.close()
        shutil.rmtree(draft, ignore_errors=True)
    return count


def _links(path: str) -> Links:
    """Return what writes the links of a page: up to the site's root first."""
    return Links("../" * path.count("/"), _SUFFIX)


def _write(opened: Opened, folder: Path) -> int:
    (folder / "assets").mkdir()
    for name in _ASSETS:
        (folder / "assets" / name).write_bytes((resources("kg.serve") / "assets" / name).read_bytes())
    shutil.copyfile(opened.map, folder / "graph.html")
    (folder / _THINGS).write_text(_things(opened), encoding="ascii")
    (folder / _MARK).touch()
    count = 0
    for path, page in _pages(opened):
        file = folder / f"{path}{_SUFFIX}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8")
        count += 1
    return count


def _pages(opened: Opened) -> Iterator[tuple[str, str]]:
    """Yield the path of every page, and the page."""
    pages = Pages(opened.catalogue, _links, policy=_POLICY)
    yield "index", pages.home()
    yield "search", pages.search_by_script((_THINGS, "assets/search.js"))
    for kind in LISTED:
        for number in range(1, pages.parts(kind) + 1):
            yield part_path(PLURALS[kind][0], number), pages.listing(kind, number)
    for entry in opened.catalogue.index.each():
        yield entry.path, pages.thing(entry)
    for entry, found in _texts(opened):
        yield f"{entry.path}/text", pages.text(entry, files(opened.catalogue, entry.iri, found))


def _texts(opened: Opened) -> Iterator[tuple[Entry, list[Page]]]:
    """Yield every article with the pages read of it now; each file is read once, however many articles it holds."""
    paths = opened.catalogue.files
    owner = {path: article for article, of_article in paths.items() for path in of_article}
    read: defaultdict[str, list[Page]] = defaultdict(list, {article: [] for article in paths})
    for page in opened.read(owner):
        article = owner[page.path]
        read[article].append(page)
        if len(read[article]) == len(paths[article]):
            yield from _text(opened, article, read.pop(article))
    for article, pages in read.items():  # of these, not all can be read any more
        yield from _text(opened, article, pages)


def _text(opened: Opened, article: str, pages: list[Page]) -> Iterator[tuple[Entry, list[Page]]]:
    entry = opened.catalogue.index.of(article)
    if entry is not None:
        yield entry, pages


def _things(opened: Opened) -> str:
    """Return the script that holds what the search page looks things up in: all but principles, which are too many."""
    rows = [
        [entry.path, entry.kind, entry.label, entry.uses, entry.day, entry.note]
        for entry in opened.catalogue.index.each()
        if entry.kind != Kind.PRINCIPLE
    ]
    return f"const THINGS = {json.dumps(rows, separators=(',', ':'))};\n"
