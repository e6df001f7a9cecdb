"""What is asked of the elements of any tree, of XML or HTML: names, attributes, words, whatever the namespace."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, or "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def label(element: etree._Element) -> str:
    """Return the name of an element as it is written, with its prefix."""
    return f"{element.prefix}:{local(element)}" if element.prefix else local(element)


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute, whatever namespace it is in, or ""."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def find(element: etree._Element, *names: str) -> etree._Element | None:
    """Return the first element below another, step by step, whatever namespaces they are in."""
    for name in names:
        below = next((child for child in element if local(child) == name), None)
        if below is None:
            return None
        element = below
    return element


def words(element: etree._Element) -> str:
    """Return all text in an element on one line."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def fields(element: etree._Element) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield the elements of metadata that say something: each one's name, its words, and itself."""
    for field in element:
        if local(field) and (value := words(field)):
            yield local(field), value, field
