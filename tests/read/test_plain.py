"""Plain text: what marks it is in no block, what it states is stated, and every offset is one of the file itself."""

from __future__ import annotations

import random

import pytest

from kg.errors import InputError
from kg.read.documents import documents as read_all
from kg.read.formats.plain import blocks_of, documents
from kg.read.inputs import Document, Input

ASCIIDOC = """\
= How we review code
Ann Oduya <ann@example.org>
v1.0, 2024-03-05
:toc:
:tags: review, hiring

[.lead]
We review *early*.

== Why it is slow ==

Teams batch.

[[timing]]
=== Timing

* Review within
two hours
. [x] Keep it small

[source,python]
----
# not a heading
print("x")
----

|===
|Who |What |
|===

.A titled block
====
An example.
====

image::diagram.png[Diagram]

// a comment

////
A longer one.
////
"""
RST = """\
==================
How we review code
==================

:Author: Ann Oduya
:Date: 2024-03-05

.. contents:: Table of Contents
   :depth: 2

Why it is slow
==============

See `the guide <https://example.org>`_.

.. note:: This matters.
   Really.

.. code-block:: python
   :linenos:

   # not a heading
   if x:
       print("x")

Timing
------

* Review within
  two hours
#. Keep it small

Type this::

   kg build

.. image:: a.png
   :alt: A picture

.. a comment
   that goes on

.. _a-target:

An end. [1]_

.. [1] A footnote.
"""
ORG = """\
#+TITLE: How we review code
#+AUTHOR: Ann Oduya
#+OPTIONS: toc:nil

* TODO Why it is slow :work:
:PROPERTIES:
:ID: 3
:END:
Teams batch.
** Timing
- [X] Keep it small
# a comment
#+BEGIN_SRC python
# not a heading
#+END_SRC
"""
SRT = """\
1
00:00:00,000 --> 00:00:03,500
Welcome to <i>the show</i>

2
00:00:03,500 --> 00:00:06,000
- 1984 was fine.
1984
"""
VTT = """\
WEBVTT
Kind: captions

NOTE for nobody
at all

intro
00:00.000 --> 00:03.500 align:start
<v Ann Oduya>Welcome.</v>
"""
OTTER = "Ann Oduya  0:03  \nWelcome to the show.\n\nBo Lind  0:15  \nThanks.\n\nAnn Oduya  1:02:30\nGreat.\n"
STAMPED = "[00:00:00] Host: Welcome.\n[00:00:05] Ann Oduya: Thank you.\n[00:00:09] Host: Why is it slow?\n"
LONE = "0:00\nwelcome to the show\n0:05\ntoday we talk\n0:09\nabout review\n"
THREAD = "Thread by @ann\n\n1/ Review is slow. 🧵\n\n2/ Teams batch.\nA lot.\n\n3/3 Review early.\n"

SAMPLES = [ASCIIDOC, RST, ORG, SRT, VTT, OTTER, STAMPED, LONE, THREAD]


def read(text: str) -> Document:
    (document,) = documents(Input.of_bytes("a.txt", text.encode()))
    assert isinstance(document, Document)
    return document


def seen(document: Document) -> list[tuple[str, str]]:
    return [(f"{b.kind.value}{b.level or ''}", b.span.cut(document.text)) for b in document.blocks]


def told(document: Document) -> list[tuple[str, str]]:
    return [(s.name, s.value) for s in document.stated]


def test_asciidoc_is_read_without_its_marks() -> None:
    document = read(ASCIIDOC)
    assert seen(document) == [
        ("heading1", "How we review code"),
        ("line", "We review *early*."),
        ("heading2", "Why it is slow"),
        ("line", "Teams batch."),
        ("heading3", "Timing"),
        ("item", "Review within\ntwo hours"),
        ("item", "Keep it small"),
        ("code", '# not a heading\nprint("x")'),
        ("line", "Who |What"),
        ("line", "A titled block"),
        ("line", "An example."),
    ]
    assert told(document) == [
        ("author", "Ann Oduya <ann@example.org>"),
        ("date", "2024-03-05"),
        ("tag", "review, hiring"),
    ]


def test_restructuredtext_is_read_without_its_marks() -> None:
    document = read(RST)
    assert seen(document) == [
        ("heading1", "How we review code"),
        ("heading2", "Why it is slow"),
        ("line", "See `the guide <https://example.org>`_."),
        ("line", "This matters."),
        ("line", "Really."),
        ("code", '   # not a heading\n   if x:\n       print("x")'),
        ("heading3", "Timing"),
        ("item", "Review within\n  two hours"),
        ("item", "Keep it small"),
        ("line", "Type this::"),
        ("code", "   kg build"),
        ("line", "An end. [1]_"),
        ("line", "A footnote."),
    ]
    assert told(document) == [("author", "Ann Oduya"), ("date", "2024-03-05")]


def test_org_is_read_without_its_marks() -> None:
    document = read(ORG)
    assert seen(document) == [
        ("heading1", "Why it is slow"),
        ("line", "Teams batch."),
        ("heading2", "Timing"),
        ("item", "Keep it small"),
        ("code", "# not a heading"),
    ]
    assert told(document) == [("title", "How we review code"), ("author", "Ann Oduya")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (SRT, ["Welcome to <i>the show", "1984 was fine.", "1984"]),
        (VTT, ["Welcome."]),
        (OTTER, ["Ann Oduya", "Welcome to the show.", "Bo Lind", "Thanks.", "Ann Oduya", "Great."]),
        (STAMPED, ["Host: Welcome.", "Ann Oduya: Thank you.", "Host: Why is it slow?"]),
        (LONE, ["welcome to the show", "today we talk", "about review"]),
        (THREAD, ["Thread by @ann", "Review is slow.", "Teams batch.", "A lot.", "Review early."]),
    ],
)
def test_numbers_and_times_of_what_was_said_are_no_text(text: str, lines: list[str]) -> None:
    assert seen(read(text)) == [("line", line) for line in lines]


@pytest.mark.parametrize("text", SAMPLES)
def test_the_text_is_the_file_itself(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert document.is_set


@pytest.mark.parametrize(
    "text",
    [
        "On review\n=========\n\nBe kind.\n",
        "Agenda\n9:00 Opening\n10:30 Break\n12:00 Lunch\n",
        "== Encyclopedia ==\n\nText of a wiki.\n",
        "1/2 a cup of sugar\n1/3 of flour\n",
        "* One\n* Two\n",
        "Note: this is no header.\n",
    ],
)
def test_ordinary_text_stays_ordinary(text: str) -> None:
    document = read(text)
    assert document.stated == ()
    assert document.blocks == blocks_of(text)


def test_a_mail_that_was_saved_as_text_is_read_as_one() -> None:
    text = "From: Ann Oduya <ann@example.org>\nSubject: On review\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n\nBe kind.\n"
    (found,) = read_all(Input.of_bytes("a.txt", text.encode()))
    assert isinstance(found, tuple)
    assert found[1].text.strip() == "Be kind."
    assert ("title", "On review") in told(found[1])


@pytest.mark.untraced
@pytest.mark.parametrize(
    "text",
    [
        "A\n===\n\n.. x::\n" + "  a::\n\n" * 60_000,
        "= A\n\n[source]\n\n* a\n" + "!!!\n" * 200_000,
        "= A\n\n[source]\n\n== " + " " * 500_000 + "a",
        "1\n00:01 --> 00:02\n" + "<b> " * 100_000 + "a",
        "[0:01] a\n[0:02] b\n[0:03] c" + " " * 500_000 + "a",
        "1/ a\n2/ b\n3/ " + "🧵" * 200_000 + "a",
        "A\n===\n\n.. x::\n\n* a\n" + "!\n" * 200_000,
        "0 " * 500_000,
        "From: a\n" * 100_000,
    ],
)
def test_hostile_text_is_read(text: str) -> None:
    assert list(documents(Input.of_bytes("a.txt", text.encode())))


@pytest.mark.untraced
def test_a_damaged_file_gives_a_document_or_an_error_and_the_same_twice() -> None:
    chance = random.Random(11)  # noqa: S311 - the same damage in every run
    for _ in range(600):
        data = bytearray(chance.choice(SAMPLES).encode())
        for _ in range(chance.choice([0, 1, 5, 40])):
            data[chance.randrange(len(data))] = chance.choice(b"\n =-*:.|[]#~\x00\xff1a")
        at = chance.randrange(len(data))
        data[at:at] = data[: chance.choice([0, 30, at])]
        input_ = Input.of_bytes("a.txt", bytes(data[: chance.choice([None, None, at])]))
        try:
            found = list(documents(input_))
        except InputError:
            continue
        assert found == list(documents(input_)) or not isinstance(found[0], Document)
