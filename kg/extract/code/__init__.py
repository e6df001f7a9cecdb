"""Code references: the repositories, packages, commands and names of code that an article points its readers to."""

from __future__ import annotations

from kg.extract.code.references import code_references

__all__ = ["code_references"]
