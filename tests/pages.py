"""Digest pages for tests: one page's content, and the renderings in which users really have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from hypothesis import strategies as st

PROSE = ("Summary", "Key takeaway", "Key insights", "Method")
LISTS = ("Principles", "In practice", "Topics", "Code references")


@dataclass(frozen=True)
class Digest:
    """What a digest page says."""

    title: str
    publisher: str
    curator: str = "Lectern"
    filed: str = "Technology & Digital — Cybersecurity & Privacy"
    depth: str = "Advanced, long"
    prose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audience: tuple[str, ...] = ("CTO",)
    related: tuple[str, ...] = ()

    @property
    def meta(self) -> str:
        """The line above the first section."""
        return f"· Source: {self.publisher} · Field: {self.filed} · Depth: {self.depth}"

    @property
    def credit(self) -> str:
        """The page's closing words."""
        names = f"Original article published by {self.publisher}."
        return f"Editorial summary, takeaway, and curation by {self.curator}. {names}"


def rendering_a(page: Digest) -> str:
    """Return the copy that keeps the meta line and loses every list."""
    lines = [page.title, page.meta]
    for name in PROSE:
        lines += [name, " ".join(page.prose.get(name, ()))]
    lines += LISTS
    lines += [f"Best for: {', '.join(page.audience)}", f"Related on {page.curator}", f"Open in {page.curator} →"]
    return "\n\n".join(line for line in [*lines, page.credit] if line) + "\n"


def rendering_b(page: Digest, bullet: str = "- ") -> str:
    """Return the copy that keeps the lists and loses the meta line."""
    lines = [page.title]
    for name in PROSE:
        lines += [name, " ".join(page.prose.get(name, ()))]
    for name in LISTS:
        lines += [name, *(f"{bullet}{item}" for item in page.lists.get(name, ()))]
    lines += [f"Best for: {', '.join(page.audience)}", f"Related on {page.curator}"]
    lines += [*(f"{bullet}{title}" for title in page.related), f"Open in {page.curator} →", page.credit]
    return "\n".join(line for line in lines if line) + "\n"


def markdown(page: Digest) -> str:
    """Return the page as Markdown."""
    parts = [f"# {page.title}", page.meta]
    parts += [f"## {name}\n\n{' '.join(page.prose.get(name, ()))}" for name in PROSE]
    parts += [f"## {name}\n\n" + "\n".join(f"* {item}" for item in page.lists.get(name, ())) for name in LISTS]
    parts += [f"**Best for:** {', '.join(page.audience)}", f"## Related on {page.curator}"]
    parts += ["\n".join(f"- [{title}](/a)" for title in page.related), "---", page.credit]
    return "\n\n".join(part for part in parts if part) + "\n"


def html(page: Digest) -> str:
    """Return the page as a web page with a menu and a footer around it."""
    body = [f"<h1>{escape(page.title)}</h1><p>{escape(page.meta)}</p>"]
    body += [f"<h2>{name}</h2><p>{escape(' '.join(page.prose.get(name, ())))}</p>" for name in PROSE]
    for name in LISTS:
        items = "".join(f"<li>{escape(item)}</li>" for item in page.lists.get(name, ()))
        body.append(f"<h2>{name}</h2><ul>{items}</ul>")
    related = "".join(f"<li><a href='/a'>{escape(title)}</a></li>" for title in page.related)
    body.append(f"<p><b>Best for:</b> {escape(', '.join(page.audience))}</p><h2>Related on {page.curator}</h2>")
    body.append(f"<ul>{related}</ul><p>{escape(page.credit)}</p>")
    menu = "<nav><a href='/'>Home</a><ul><li>Topics</li></ul></nav>"
    return (
        f"<!doctype html><html lang='en'><body>{menu}<main>{''.join(body)}</main><footer>Privacy</footer></body></html>"
    )


RENDERINGS = {"a.txt": rendering_a, "b.txt": rendering_b, "c.md": markdown, "d.html": html}

_OPENINGS = (
    "Teams",
    "A team",
    "Every change",
    "Coding agents",
    "VPs of Engineering",
    "The platform",
    "Hiring managers",
)
_MIDDLES = ("should keep", "must name", "wrote", "reviewed", "lost", "prefer", "can replace", "reported")
_ENDINGS = (
    "large language models in “production”",
    "an owner for each pull request",
    "data quality over speed — always",
    "open-source tools, not closed ones",
    "nothing of note in 2024",
    "its job market & hiring plan",
)

sentences = st.builds(
    lambda a, b, c: f"{a} {b} {c}.", st.sampled_from(_OPENINGS), st.sampled_from(_MIDDLES), st.sampled_from(_ENDINGS)
)
_titles = st.sampled_from(("On review", "The naïve agent", "Who owns “done”?", "Data & promises", "Small teams first"))
_publishers = st.sampled_from(
    ("The Quiet Deploy", "Signal & Sediment", "Marit Oduya's Notebook", "Practical Inference")
)
_topics = st.sampled_from(
    ("LLMs", "Hiring", "Startup Engineering", "startup engineering", "Manual Review", "Code Review")
)
_code = st.sampled_from(("https://github.com/org/tool", "org/tool", "https://example.org/x", "left-pad"))
_roles = st.sampled_from(("CTO", "VP of Engineering/Data", "Data Scientists", "Chief Zen Officer", "AI Engineer"))


def _unique(items: st.SearchStrategy[str], least: int = 0, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(items, min_size=least, max_size=most, unique=True).map(tuple)


digests = st.builds(
    Digest,
    title=_titles,
    publisher=_publishers,
    curator=st.sampled_from(("Lectern", "AIssential")),
    filed=st.sampled_from(
        ("Technology & Digital — Cybersecurity & Privacy", "Crafts — Weaving, Pottery", "Business & Management")
    ),
    depth=st.sampled_from(("Advanced, long", "Beginner", "short", "Arcane, 12 min")),
    prose=st.fixed_dictionaries({name: _unique(sentences, 1 if name == "Summary" else 0) for name in PROSE}),
    lists=st.fixed_dictionaries(
        {
            "Principles": _unique(sentences),
            "In practice": _unique(sentences),
            "Topics": _unique(_topics),
            "Code references": _unique(_code),
        }
    ),
    audience=_unique(_roles, 1),
    related=_unique(_titles),
)
