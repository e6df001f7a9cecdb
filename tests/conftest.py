"""What several tests start from: the sample data, and its build."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg import pipeline
from kg.store import Build, open_build
from tests.browser.chromium import browser

__all__ = ["ARTICLES", "ROOT", "SEED", "Builder", "browser", "build", "sample", "sample_build", "seed", "seed_build"]

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "data" / "articles"
SEED = ARTICLES / "thoughts-on-the-job-market-in-the-age-of-llms.txt"

Builder = Callable[..., Path]

settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")
"""How long an example takes is no property of the program: another job may share the machine."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Hide from coverage what walks the same lines again and again, properties first: watched, it takes twice the time.

    pytest-cov's own mark for this hides neither other processes nor, in a worker of pytest-xdist, anything.
    """
    if not any(map(pyfuncitem.get_closest_marker, ("hypothesis", "untraced"))):
        return (yield)
    tracer = sys.gettrace()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        sys.settrace(None)
        try:
            return (yield)
        finally:
            sys.settrace(tracer)


def build(*paths: Path, output: Path, base: str = pipeline.Options().base, workers: int = 1) -> Path:
    """Build some paths into a folder and return it."""
    pipeline.build(paths, output, pipeline.Options(base, workers), lambda *_: None)
    return output


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample data."""
    return build(ARTICLES, output=tmp_path_factory.mktemp("sample") / "output")


@pytest.fixture(scope="session")
def sample_build(sample: Path) -> Build:
    """Open the build of the sample data."""
    return open_build(sample)


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the seed alone."""
    return build(SEED, output=tmp_path_factory.mktemp("seed") / "output")


@pytest.fixture(scope="session")
def seed_build(seed: Path) -> Build:
    """Open the build of the seed."""
    return open_build(seed)
