"""Where sentences end, and where they do not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.sentences import sentences
from kg.model import Span

PIECES = st.lists(
    st.sampled_from(
        [
            "No. ",
            "e.g. ",
            "U.S. ",
            "3. ",
            "Ask first. ",
            "Why?! ",
            "“Yes.” ",
            "... ",
            ":\n",
            "\n\n",
            "是。",
            "[1] ",
            "a",
            "I",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "Ask first.| Then merge.",
        "Is it slow?| Yes!| Measure it … | Then tune it.",
        # Abbreviations
        "Use a queue, e.g. Kafka, or a log, i.e. Redpanda.",
        "Dr. Oduya of the U.S. Navy and Mr. J. R. Smith wrote it for Acme Inc. Europe.",
        "She moved to the U.S.| In May she came back.",
        "It was signed by W. W. Rouse Ball and Samuel L. Jackson.",
        "We chose plan B.| Then we left.| It is in C.| (If you know R, skip it.)",
        "In Pelaez, A. (2021), Kari L. Jordan wrote for the U.S. Department of Labor.",
        "Caches, queues, etc.| Nothing else was shared.",
        "See p. 3, Fig. 2, No. 5 and vol. IV of it.",
        "No.| Ask first.",
        "It opens at 9 a.m. Monday and closes at 5 p.m.| On Sunday it rests.",
        "Smith et al. (2019) disagree.| Others do not.",
        "He has a Ph.D. from Oslo.",
        # Numbers, versions, names of files
        "It fell from 6.5 to 3.| Then it rose to v1.2.3.| 40 people use it.",
        "Open main.rs, then https://example.org/a.b?c=d.| Node.js is next.",
        "1. Do this.| 2. Do that.",
        "2.1. Methods",
        "Figure 1. The reader.",
        # What begins in lower case
        "It runs on phones.| iPhone users wait.| `npm` is installed first.",
        "“Really?!” she asked.| “Yes!” he said.",
        "It said “keep it small.” and went on.",
        "He waited ... and waited ...| Nothing came.",
        # What belongs to the end
        "(It works.)| [So does this.]| **Keep it.**| _Or not._| The end.",
        "Bias is old. [1] [2–4]| Research is not.[^note]| [This guide](https://example.org) tells more.",
        "It is known.¹²| So is this.",
        "Run `make test.`| Then push.",
        # Lines
        "Three things matter:\n|Speed, size and price.",
        "this line is wrapped\nand goes on.| The next\nalso.",
        "One paragraph\n\n|another paragraph",
        # Other languages
        "一句。|二句！|「三句。」|四",
        "यह पहला वाक्य है।| यह दूसरा है।",
        "هل هذا سؤال؟| نعم.",
        "¿Qué pasa?| ¡Nada!| Así es.",
        "Er kam am 3. Mai.| Es war im 19. Jahrhundert, z. B. Abends.",
        "Il a dit : « C’est fini. »| Puis M. Dupont est parti.",
        "„Das ist gut.“| Dann ging er.",
    ],
)  # fmt: skip
def test_where_sentences_end(text: str) -> None:
    whole = text.replace("|", "")
    assert [s.cut(whole) for s in sentences(whole)] == [piece.strip() for piece in text.split("|")]


@given(st.one_of(st.text(), PIECES))
def test_only_space_stands_between_sentences(text: str) -> None:
    spans = list(sentences(text))
    assert "".join("".join(s.cut(text).split()) for s in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.cut(text) == s.cut(text).strip() != "" for s in spans)


@given(PIECES, PIECES, PIECES)
def test_a_span_is_cut_as_if_it_were_the_whole_text(before: str, text: str, after: str) -> None:
    cut = sentences(f"{before}\n\n{text}\n\n{after}", Span(len(before) + 2, len(before) + 2 + len(text)))
    assert list(cut) == [s.moved(len(before) + 2) for s in sentences(text)]


@given(PIECES, PIECES)
def test_an_empty_line_makes_two_texts_of_one(first: str, second: str) -> None:
    joined = [s.cut(f"{first}\n\n{second}") for s in sentences(f"{first}\n\n{second}")]
    assert joined == [s.cut(t) for t in (first, second) for s in sentences(t)]
