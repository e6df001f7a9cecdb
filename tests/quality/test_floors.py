"""The ratchet: what was once reached on annotated articles never falls in silence.

Floors stand in floors.json, a little below what was measured; raise them when a change does better, and say so in
CHANGELOG.md when one must fall. The articles are not part of the project: without them nothing is checked, and pytest
says so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from tests.quality.gold import SHARED, examples, present
from tests.quality.scoring import table

FLOORS: Final = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.skipif(not present(), reason=f"no annotated articles at {SHARED / 'gold'}"),
    pytest.mark.untraced,
]


@pytest.mark.parametrize("name", ["train", "dev"])
def test_no_kind_of_thing_is_found_worse_than_before(name: str) -> None:
    scores = table(examples(name))
    found = {kind: round(f1 if kind != "topics_central" else recall, 3) for kind, (_, recall, f1, _) in scores.items()}
    fallen = {kind: (found[kind], floor) for kind, floor in FLOORS[name].items() if found[kind] < floor}
    assert not fallen, f"found, floor: {fallen}"
