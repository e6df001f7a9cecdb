"""The interactive page: one HTML file that shows a knowledge graph and asks the network for nothing."""

from __future__ import annotations

from kg.view.page import render, write_html

__all__ = ["render", "write_html"]
