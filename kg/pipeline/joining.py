"""Join the pages that show one article together: read them again, all files once, and make one record of each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from kg.model import Iri, Page, Record
from kg.pipeline.articles import Made, joined
from kg.pipeline.options import Options
from kg.pipeline.workers import run
from kg.read import Unread, Where, group, pages_at

Tell = Callable[[str, int, int, int], None]
"""Hears how far a build is: the stage, how many steps of it are done, how many there are, and the articles by now."""


def one_for_each(made: Sequence[Made], where: Where, options: Options, tell: Tell) -> tuple[list[Record], list[Unread]]:
    """Return one record for each article, sorted, and the pages that changed while they were read."""
    first = {one.path: one for one in made}
    groups = group({path: one.identity for path, one in first.items()})
    records, several = _told_apart([first[paths[0]].record for paths in groups if len(paths) == 1])
    several += [paths for paths in groups if len(paths) > 1]
    unread: list[Unread] = []
    while several:
        whole, changed = _read_again(several, first, where, options)
        unread += changed
        work = run(partial(joined, options=options), whole, options.processes(len(whole)))
        again: list[Record] = []
        for done, outcome in enumerate(work, 1):
            tell("joining", done, len(whole), len(records) + done)
            if isinstance(outcome, Record):
                again.append(outcome)
            else:
                unread += outcome
        records, several = _told_apart([*records, *again])
    return sorted(records, key=lambda r: r.iri), unread


def _told_apart(records: Sequence[Record]) -> tuple[list[Record], list[tuple[str, ...]]]:
    """Return the records whose name no other has, and the paths of the others: to have one IRI is to be one article."""
    named: defaultdict[Iri, list[Record]] = defaultdict(list)
    for record in records:
        named[record.iri].append(record)
    alone = [same[0] for same in named.values() if len(same) == 1]
    return alone, [tuple(sorted(p for r in same for p, _ in r.files)) for same in named.values() if len(same) > 1]


def _read_again(
    groups: Sequence[tuple[str, ...]], first: dict[str, Made], where: Where, options: Options
) -> tuple[list[tuple[Page, ...]], list[Unread]]:
    """Return the pages of each group, and those that are not what they were when their file was read first."""
    digests = {path: sha256 for paths in groups for path in paths for _, sha256 in first[path].record.files}
    pages = {page.path: page for page in pages_at(digests, where, options.limits)}
    good = {path: page for path, page in pages.items() if page.sha256 == digests[path]}
    changed = [Unread(p, "changed while it was read", "build again") for p in sorted(digests.keys() - good.keys())]
    whole = (tuple(good[path] for path in paths if path in good) for paths in groups)
    return [pages_ for pages_ in whole if pages_], changed
