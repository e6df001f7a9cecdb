"""`python -m tests.bench.mutation [INPUTS] [FOLDER]`: spoilt files of every format, read under limits.

Each input must give pages or an error of ours, within 5 seconds and 1 GB. FOLDER adds real files to those of
tests/formats.py. The seed is fixed: two runs try the same inputs. Exit code 1 when one breaks the rule; the input is
then written to the current folder.
"""

from __future__ import annotations

import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NoReturn

from kg.errors import InputError
from kg.model import Page
from kg.read import File, article_on, read_pages, table
from tests.formats import FILES, spoilt

_SECONDS: Final = 5
_BYTES: Final = 1_000_000_000
_BATCH: Final = 50


@dataclass(frozen=True)
class Outcome:
    """What became of one input: "pages" or "refused", else what went wrong; seconds; the process's peak in MB."""

    name: str
    seed: int
    what: str
    seconds: float
    peak: float


def _seeds(folder: str) -> dict[str, bytes]:
    real = sorted(Path(folder).iterdir()) if folder else []
    return {**FILES, **{f"{n}-{p.name}": p.read_bytes() for n, p in enumerate(real) if p.suffix != ".csv"}}


def made(names: list[str], files: dict[str, bytes], seed: int) -> tuple[str, bytes]:
    """Return the input of a seed: the name of a file and its spoilt bytes."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    name = names[seed % len(names)]
    return name, spoilt(files[name][:400_000], chance)


def _too_slow(*_: object) -> NoReturn:
    raise TimeoutError


def attempt(seed: int, folder: str) -> Outcome:
    """Read one input and tell what became of it."""
    files = _seeds(folder)
    name, data = made(sorted(files), files, seed)
    start = time.perf_counter()
    signal.signal(signal.SIGALRM, _too_slow)
    signal.alarm(_SECONDS)
    with tempfile.TemporaryDirectory() as place:
        location = Path(place, "input" + "".join(Path(name).suffixes[-2:]))
        location.write_bytes(data)
        try:
            pages = [p for p in read_pages(File(location.name, location, location.name)) if isinstance(p, Page)]
            for page in pages:
                article_on(page, table())
            what = "pages" if pages else "refused"
        except InputError:
            what = "refused"
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what this looks for
            what = f"{type(error).__name__}: {error}"
        finally:
            signal.alarm(0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(name, seed, what, time.perf_counter() - start, peak)


def _batch(seeds: range, folder: str) -> list[Outcome]:
    resource.setrlimit(resource.RLIMIT_AS, (4 * _BYTES, 4 * _BYTES))
    return [attempt(seed, folder) for seed in seeds]


def main() -> None:
    """Try the inputs, and print what became of them."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    folder = sys.argv[2] if len(sys.argv) > 2 else ""
    batches = [range(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH)]
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for done in [pool.submit(_batch, batch, folder) for batch in batches]:
            outcomes += done.result()
    bad = [o for o in outcomes if o.what not in {"pages", "refused"}]
    sys.stdout.write(
        f"{count} inputs: {dict(Counter(o.what for o in outcomes if o not in bad))}, {len(bad)} broke the rule\n"
    )
    slowest, largest = max(outcomes, key=lambda o: o.seconds), max(outcomes, key=lambda o: o.peak)
    sys.stdout.write(f"slowest {slowest.seconds:.2f} s ({slowest.name}), peak {largest.peak:.0f} MB\n")
    files = _seeds(folder)
    for outcome in bad:
        sys.stdout.write(f"{outcome.name}, seed {outcome.seed}: {outcome.what}\n")
        Path(f"broken-{outcome.seed}-{Path(outcome.name).name}").write_bytes(
            made(sorted(files), files, outcome.seed)[1]
        )
    sys.exit(bool(bad) or largest.peak > _BYTES / 1e6)


if __name__ == "__main__":
    main()
