"""Change what a build holds: forget pages, read files, and find out anew which pages show one article together.

What comes out is a pure function of the pages that are there in the end, whatever was there before and in whatever
order pages came and went. So a collection that was changed is, byte for byte, one that is built from nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from kg.derive import Decision, Derivation
from kg.errors import InputError
from kg.model import Iri, Page
from kg.pipeline.articles import Job, Kept, Lost, Made, Outcome, Told, joined, page_key
from kg.pipeline.options import Options, Tell
from kg.pipeline.reading import read
from kg.pipeline.workers import run
from kg.read import Identity, Skipped, Unread, Where, group, pages_at
from kg.store import BATCH, Leaf, Store, Untold
from kg.vocab import Vocabulary, derived_graph


@dataclass
class Revision:
    """One change of a store: any number of pages forgotten and files read, then settled."""

    store: Store
    derivation: Derivation
    decisions: Sequence[Decision]
    vocabulary: Vocabulary
    options: Options
    where: Where
    tell: Tell
    is_strict: bool = False
    """Whether a page that is not what it was when it was read is an error, and not left out."""
    _titles: set[str] = field(default_factory=set)
    _waiting: list[Told] = field(default_factory=list)
    _gone: set[Iri] = field(default_factory=set)
    _derived: bool = False

    @property
    def is_change(self) -> bool:
        """Whether anything was forgotten or came, or follows from other decisions."""
        return bool(self._titles) or self._derived

    def forget_file(self, path: str) -> None:
        """Forget a file, and all pages in it."""
        self._forget(self.store.ledger.pages(file=path))
        self.store.ledger.drop_file(path)

    def forget_article(self, iri: Iri) -> None:
        """Forget all pages of an article; their files count as not read, so that a build finds them again."""
        pages = self.store.ledger.pages(article=iri)
        self._forget(pages)
        for file in sorted({page.file for page in pages}):
            self.store.ledger.put_file(file, "")

    def _forget(self, pages: Sequence[Leaf]) -> None:
        ledger = self.store.ledger
        ledger.drop_pages([page.path for page in pages])
        for page in pages:
            self._titles.add(page.title)
            self._dissolve(page.article)

    def _dissolve(self, article: Iri) -> None:
        """Remove an article; which article its pages show is to be found out."""
        if article:
            self._store_waiting()
            self._gone.add(article)
            self.store.unload([article], self.vocabulary)
            self.store.ledger.name(Iri(""), [page.path for page in self.store.ledger.pages(article=article)])

    # Reading

    def read(self, files: Sequence[Job]) -> None:
        """Read files, in any number of processes, and store what each page says that is new or changed."""
        articles = 0
        for done, (job, some) in enumerate(read(files, self.options)):
            for outcome in self._taken(job, some):
                articles += isinstance(outcome, Made | Kept)
                self.tell("reading", done, len(files), articles)
        self.tell("reading", len(files), len(files), articles)

    def _taken(self, job: Job, some: Iterable[Outcome]) -> Iterator[Outcome]:
        """Note what became of a file."""
        ledger, file = self.store.ledger, job.file.path
        before = {page.path: page for page in ledger.pages(file=file)}
        ledger.drop_file(file)
        key = job.key
        for outcome in some:
            if isinstance(outcome, Made | Kept) and outcome.path not in before and ledger.pages(path=outcome.path):
                ledger.put_outcomes([untold(_namesake(outcome.path), file)])
            elif isinstance(outcome, Made):
                self._make(outcome, file, before.pop(outcome.path, None))
            elif isinstance(outcome, Kept):
                before.pop(outcome.path)
            else:
                ledger.put_outcomes([untold(outcome, file)])
                is_passing = outcome.path == file or isinstance(outcome, Lost)
                key = "" if is_passing else key  # what is wrong with a whole file, or a process, may pass
            yield outcome
        self._forget(list(before.values()))
        ledger.put_file(file, key)

    def _make(self, made: Made, file: str, before: Leaf | None) -> None:
        """Store what a page says, as an article of its own unless another page has that name already."""
        ledger, record, known = self.store.ledger, made.told.record, made.identity
        if before:
            self._forget([before])
        is_free = not ledger.pages(article=record.iri)
        (_, sha256), told = record.files[0], tuple(sorted(known.told))
        names = (known.title, known.publisher, known.curator, told)
        ledger.put_pages([Leaf(made.path, file, sha256, made.key, *names, record.iri if is_free else Iri(""))])
        self._titles.add(known.title)
        if is_free:
            self._keep(made.told)

    def _keep(self, told: Told) -> None:
        self._waiting.append(told)
        if len(self._waiting) >= BATCH:
            self._store_waiting()

    def _store_waiting(self) -> None:
        """Store the articles that wait for it, and what follows from them and from those that are gone."""
        self.store.load((told.record for told in self._waiting), self.vocabulary)
        changes = self.derivation.update(sorted(self._gone), (told.profile for told in self._waiting), self.decisions)
        self._derived |= self.store.apply(derived_graph(self.store.base), changes.gone(), changes.came())
        self._gone.clear()
        self._waiting.clear()

    # Which pages show one article together

    def settle(self) -> None:
        """Find out which pages show one article, where that may have changed, and describe what articles share."""
        self._store_waiting()
        waiting = [paths for title in sorted(self._titles) for paths in self._changed(title)]
        while waiting:
            waiting = self._join(waiting)
        self._store_waiting()
        self.tell("writing", 0, 0, 0)
        self.store.describe(self.vocabulary)

    def _changed(self, title: str) -> list[tuple[str, ...]]:
        """Return the groups of pages of a title that no article is made of, and dissolve those in their way."""
        leaves = {leaf.path: leaf for leaf in self.store.ledger.pages(title=title)}
        shown = defaultdict[Iri, set[str]](set)
        for leaf in leaves.values():
            shown[leaf.article].add(leaf.path)
        whole = {frozenset(paths) for article, paths in shown.items() if article}
        changed = [paths for paths in group(_identities(leaves)) if frozenset(paths) not in whole]
        for article in sorted({leaves[path].article for paths in changed for path in paths}):
            self._dissolve(article)
        return changed

    def _join(self, groups: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Make an article of each group of pages; return those that turn out to have one name with others."""
        named = defaultdict[Iri, list[Told]](list)
        whole = list(self._read_again(groups))
        work = run(partial(joined, options=self.options), whole, self.options.processes(len(whole)))
        for done, outcome in enumerate(work, 1):
            self.tell("joining", done, len(groups), done)
            if isinstance(outcome, Told):
                named[outcome.record.iri].append(outcome)
            else:
                self._drop(outcome)
        clashing = []
        for iri, same in sorted(named.items()):
            paths = {path for told in same for path, _ in told.record.files}
            known = {page.path for page in self.store.ledger.pages(article=iri)}
            if len(same) == 1 and not known:
                self._keep(same[0])
                self.store.ledger.name(iri, paths)
            else:
                self._dissolve(iri)
                clashing.append(tuple(sorted(paths | known)))
        return clashing

    def _read_again(self, groups: Sequence[tuple[str, ...]]) -> Iterator[tuple[Page, ...]]:
        """Yield the pages of each group, but for those that are not what they were when their file was read."""
        leaves = {leaf.path: leaf for paths in groups for path in paths for leaf in self.store.ledger.pages(path=path)}
        read = pages_at(leaves, self.where, self.options.limits)
        pages = {page.path: page for page in read if page_key(page) == leaves[page.path].key}
        self._lose([leaf for path, leaf in sorted(leaves.items()) if path not in pages])
        for paths in groups:
            if whole := tuple(pages[path] for path in paths if path in pages):
                yield whole

    def _drop(self, unread: Iterable[Unread]) -> None:
        """Forget pages of which no article can be made together, though each was one by itself."""
        for one in unread:
            (leaf,) = self.store.ledger.pages(path=one.path)
            self.store.ledger.drop_pages([one.path])
            self.store.ledger.put_outcomes([untold(one, leaf.file)])

    def _lose(self, leaves: Iterable[Leaf]) -> None:
        """Forget pages that are not what they were, and tell of them."""
        for leaf in leaves:
            if self.is_strict:
                what = "is not what it was when it was read, and another article's page depends on it"
                raise InputError(leaf.path, what, "read all articles anew: kg build PATH")
            self.store.ledger.drop_pages([leaf.path])
            told = Untold(leaf.path, leaf.file, "changed while it was read", "build again", is_failure=True)
            self.store.ledger.put_outcomes([told])
            self.store.ledger.put_file(leaf.file, "")


def untold(outcome: Skipped | Unread, file: str) -> Untold:
    """Return what gave no article as the ledger keeps it."""
    if isinstance(outcome, Unread):
        return Untold(outcome.path, file, outcome.reason, outcome.hint, is_failure=True)
    return Untold(outcome.path, file, outcome.reason)


def _namesake(path: str) -> Unread:
    return Unread(path, "has the path of another article", "give one of the two another name")


def _identities(leaves: dict[str, Leaf]) -> dict[str, Identity]:
    return {
        path: Identity(leaf.title, leaf.publisher, leaf.curator, frozenset(leaf.told)) for path, leaf in leaves.items()
    }
